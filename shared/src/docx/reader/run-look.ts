/** What a run looks like, as its properties say one by one. */
import type { Format } from '../../resolution/provision.ts'
import { isOn } from './style-sheet.ts'
import type { StyleSheet } from './style-sheet.ts'
import type { Opened } from './xml-stream.ts'

export class RunLook {
  private readonly sheet: StyleSheet
  private style: string | null = null
  private readonly own = new Map<Format, boolean>()

  constructor(sheet: StyleSheet) {
    this.sheet = sheet
  }

  /** Takes one element of a run's properties. */
  take({ name, get }: Opened): void {
    const value = get('val')
    if (name === 'w:b') this.own.set('bold', isOn(value))
    else if (name === 'w:i') this.own.set('italic', isOn(value))
    else if (name === 'w:rStyle') this.style = value
    else if (name === 'w:vertAlign') {
      this.own.set('superscript', value === 'superscript')
      this.own.set('subscript', value === 'subscript')
    }
  }

  /** Whether it has the style of footnotes' numbers. */
  get isReference(): boolean {
    return this.style !== null && /^footnote reference$/i.test(this.sheet.nameOf(this.style))
  }

  /** The run's own formats and those of its character style, always in one order. */
  get formats(): readonly Format[] {
    if (this.style === null && this.own.size === 0) return none
    const styled = this.style === null ? none : this.sheet.formatsOf(this.style)
    return formats.filter((format) => this.own.get(format) ?? styled.includes(format))
  }
}

const none: readonly Format[] = []

const formats: readonly Format[] = ['bold', 'italic', 'superscript', 'subscript']
