/** The styles of a Word file: what they are called, and what of them a reader has to know. */
import type { Format } from '../../resolution/provision.ts'
import type { Archive } from './archive.ts'
import { readXml } from './xml-stream.ts'

export interface DocxStyle {
  readonly id: string
  readonly name: string
  readonly based: string | null
  /** The list in which its paragraphs stand; null: as its base says. */
  readonly list: ListPlace | null
  /** Of a character style. */
  readonly formats: readonly Format[]
}

/** A place in an automatic list: which list, and how deep, from 0. */
export interface ListPlace {
  readonly list: string
  readonly level: number
}

export class StyleSheet {
  private readonly styles = new Map<string, DocxStyle>()
  /** The id of the style that a paragraph has which names none. */
  private normal: string | null = null

  /** Reads the part; an empty sheet where there is none. */
  constructor(archive: Archive, part: string | null) {
    if (part === null) return
    let open: { id: string; name: string; based: string | null; formats: Format[] } | null = null
    let list: { list: string | null; level: number } = { list: null, level: 0 }
    readXml(archive, part, {
      open: ({ name, get }) => {
        if (name === 'w:style') {
          const id = get('styleId') ?? ''
          open = { id, name: id, based: null, formats: [] }
          list = { list: null, level: 0 }
          const isDefault = get('default') === '1' || get('default') === 'true'
          if (get('type') === 'paragraph' && isDefault) this.normal = id
        } else if (!open) return
        else if (name === 'w:name') open.name = get('val') ?? open.name
        else if (name === 'w:basedOn') open.based = get('val')
        else if (name === 'w:numId') list.list = get('val')
        else if (name === 'w:ilvl') list.level = depthOf(get('val'))
        else if (name === 'w:b' && isOn(get('val'))) open.formats.push('bold')
        else if (name === 'w:i' && isOn(get('val'))) open.formats.push('italic')
        else if (name === 'w:vertAlign') {
          const place = get('val')
          if (place === 'superscript' || place === 'subscript') open.formats.push(place)
        }
      },
      close: (name) => {
        if (name !== 'w:style' || !open) return
        const place = list.list === null ? null : { list: list.list, level: list.level }
        this.styles.set(open.id, { ...open, list: place })
        open = null
      },
    })
  }

  /** The name of a paragraph's style, or its id where the sheet does not know it. */
  nameOf(id: string | null): string {
    const wanted = id ?? this.normal
    return wanted === null ? 'Normal' : (this.styles.get(wanted)?.name ?? wanted)
  }

  /** Where the style, or what it is based on, puts its paragraphs. */
  listOf(id: string | null): ListPlace | null {
    return this.chain(id ?? this.normal).find(({ list }) => list !== null)?.list ?? null
  }

  /** The formats of a character style and what it is based on. */
  formatsOf(id: string): readonly Format[] {
    return this.chain(id).flatMap(({ formats }) => formats)
  }

  private chain(id: string | null): DocxStyle[] {
    const chain: DocxStyle[] = []
    for (let at = id; at !== null && chain.length < 20;) {
      const style: DocxStyle | undefined = this.styles.get(at)
      if (!style) break
      chain.push(style)
      at = style.based
    }
    return chain
  }
}

/** A property that is there is on, unless it says otherwise. */
export const isOn = (value: string | null): boolean =>
  value === null || !['0', 'false', 'off', 'none'].includes(value)

/** How deep in a list, 0 to 8 as Word counts; 0 for what is no such number. */
export function depthOf(value: string | null): number {
  const depth = Number(value ?? 0)
  return Number.isInteger(depth) && depth >= 0 && depth <= 8 ? depth : 0
}
