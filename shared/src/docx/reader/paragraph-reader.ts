/** One paragraph while it is being read. */
import type { Format } from '../../resolution/provision.ts'
import { untouched } from './story.ts'
import type { FormerLook, Letters, Properties, Signed, StoryParagraph, Trace } from './story.ts'
import { depthOf } from './style-sheet.ts'
import type { Opened } from './xml-stream.ts'

/** Properties while they are being read. */
class OpenProperties {
  private style: string | null = null
  private list: string | null = null
  private level = 0

  take({ name, get }: Opened): void {
    if (name === 'w:pStyle') this.style = get('val')
    else if (name === 'w:numId') this.list = get('val')
    else if (name === 'w:ilvl') this.level = depthOf(get('val'))
  }

  get properties(): Properties {
    const { style, list, level } = this
    if (list === null) return { style, list: null }
    // The list 0 is none at all.
    return { style, list: list === '0' ? 'none' : { list, level } }
  }
}

export class ParagraphReader {
  private readonly place: Pick<StoryParagraph, 'number' | 'cell' | 'row'>
  private readonly now = new OpenProperties()
  private former: { properties: OpenProperties; by: Signed } | null = null
  private isFormer = false
  private mark = untouched
  private readonly letters: Letters[] = []

  constructor(place: Pick<StoryParagraph, 'number' | 'cell' | 'row'>) {
    this.place = place
  }

  /** Takes an element of its properties, or of those that it had, after `beginFormer`. */
  property(element: Opened): void {
    const open = this.isFormer ? this.former!.properties : this.now
    open.take(element)
  }

  beginFormer(by: Signed): void {
    this.former = { properties: new OpenProperties(), by }
    this.isFormer = true
  }

  endFormer(): void {
    this.isFormer = false
  }

  marked(aspect: keyof Trace, by: Signed): void {
    if (!this.isFormer) this.mark = { ...this.mark, [aspect]: by }
  }

  /** Adds letters; returns whether they are a piece of their own. */
  write(
    text: string,
    trace: Trace,
    formats: readonly Format[],
    former: FormerLook | null,
    note: string | null,
  ): boolean {
    const last = this.letters.at(-1)
    if (
      last &&
      last.note === null &&
      note === null &&
      last.inserted === trace.inserted &&
      last.deleted === trace.deleted &&
      last.formats.join() === formats.join() &&
      last.former?.by === former?.by &&
      last.former?.formats.join() === former?.formats.join()
    ) {
      this.letters[this.letters.length - 1] = { ...last, text: last.text + text }
      return false
    }
    this.letters.push({ ...trace, text, formats, former, note })
    return true
  }

  close(): StoryParagraph {
    const former = this.former && {
      properties: this.former.properties.properties,
      by: this.former.by,
    }
    const { place, mark, letters } = this
    return {
      ...place,
      endsBeforeTable: false,
      properties: this.now.properties,
      former,
      mark,
      letters,
    }
  }
}
