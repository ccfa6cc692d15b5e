/** A story with all revisions accepted, or all rejected. */
import { stands } from './story.ts'
import type { Letters, Properties, Reading, StoryParagraph } from './story.ts'

/**
 * One paragraph of a reading. Where marks are gone it has several pieces, each the text up to a mark;
 * the last one's properties hold (ISO/IEC 29500-1, 17.13.5.15).
 */
export interface ReadParagraph {
  readonly pieces: readonly StoryParagraph[]
  readonly properties: Properties
}

/**
 * The paragraphs of a reading, those in tables among them, where they stand. Before a table, at the
 * end of a cell and of the story nothing follows that could take a paragraph's text: there a mark
 * that is gone takes its paragraph along if that is empty, and else stays; with `keepsEmpty` it
 * always stays, so that there is a paragraph for every marker that stands.
 */
export function paragraphsIn(
  paragraphs: readonly StoryParagraph[],
  reading: Reading,
  keepsEmpty = false,
): ReadParagraph[] {
  const out: ReadParagraph[] = []
  let open: StoryParagraph[] = []
  const close = () => {
    const last = open.at(-1)
    const paragraph = last && { pieces: open, properties: propertiesIn(last, reading) }
    open = []
    if (!paragraph) return
    const isMarked = stands(last.mark, reading)
    if (isMarked || keepsEmpty || textIn(paragraph, reading) !== '') out.push(paragraph)
  }
  for (const paragraph of paragraphs) {
    if (!stands(paragraph.row, reading)) continue
    if (open.length > 0 && open[0]!.cell !== paragraph.cell) close()
    open.push(paragraph)
    if (stands(paragraph.mark, reading) || paragraph.endsBeforeTable) close()
  }
  close()
  return out
}

const propertiesIn = ({ properties, former }: StoryParagraph, reading: Reading): Properties =>
  reading === 'rejected' && former ? former.properties : properties

/** The letters of a paragraph that stand in a reading. */
export const lettersIn = ({ pieces }: ReadParagraph, reading: Reading): Letters[] =>
  pieces.flatMap(({ letters }) => letters.filter((each) => stands(each, reading)))

export const textIn = (paragraph: ReadParagraph, reading: Reading): string =>
  lettersIn(paragraph, reading)
    .map(({ text }) => text)
    .join('')

/** The ids of the footnotes whose marks stand in a reading, in the order of the text. */
export function notesIn(paragraphs: readonly StoryParagraph[], reading: Reading): string[] {
  const ids = new Set<string>()
  for (const { letters, row } of paragraphs) {
    for (const each of letters) {
      if (each.note !== null && stands(each, reading) && stands(row, reading)) ids.add(each.note)
    }
  }
  return [...ids]
}
