/** The marked view as text: CriticMarkup (criticmarkup.com), for readers, diffs and scripts. */
import { isKept, paragraphMarks, untouchedBlock } from './paragraph-marks.ts'
import { blocksWithMarks, grouped } from './story.ts'
import type { MarkedViews, Revision } from './story.ts'

/** Stands in the braces for the end of a line that is inserted or deleted. */
export const pilcrow = '¶'

/**
 * One paragraph a line, `label TAB text`, every line ended by a line feed, with
 * `{--deleted--}` and `{++inserted++}` letters; an insertion whose deletion is proposed stands in
 * both, `{++{--so--}++}`. A label is marked letter by letter: `{--b--}{++c++})`.
 *
 * `¶` is the line's own end: inside braces, as the last letter of its line, it says that the line
 * feed which follows the braces is inserted or deleted. A line feed without it is in both texts.
 *
 *     {++b)    new;¶++}           a paragraph inserted
 *     {--d)    old;¶--}           a paragraph deleted
 *     a)    one {++¶++}           a paragraph split: its second half is on the next line,
 *     {++b)    ++}two;            under a label of its own
 *     a)    one;{--¶--}           two paragraphs joined
 *     {--b)    --}two;
 *
 * So to accept, leave out what is deleted, a line feed after a deleted `¶` included, and take the
 * braces and the other `¶` away: that gives `plainText` of the clean view. To reject, the same with
 * what is inserted: that gives `plainText` of the base view. Both are exact, line feeds included.
 *
 * A backslash before a brace, a `¶` or a backslash makes it a letter of the text. Whose a change is
 * CriticMarkup does not say.
 */
export function criticMarkup(views: MarkedViews): string {
  const blocks = blocksWithMarks(views)
  const marks = paragraphMarks([...blocks, untouchedBlock('text')])
  return blocks
    .map(({ runs }, k) => {
      const stretches = runs.map(({ text, revision }) => ({ text: escaped(text), revision }))
      const mark = marks[k]!
      if (!isKept(mark)) stretches.push({ text: pilcrow, revision: mark })
      return `${inBraces(stretches)}\n`
    })
    .join('')
}

interface Stretch {
  readonly text: string
  readonly revision: Revision
}

/** Insertions on the outside, so that a deletion inside one is left out together with it. */
const inBraces = (stretches: readonly Stretch[]): string =>
  grouped(stretches, ({ revision }) => revision.inserted !== null)
    .map(([inserted, group]) => {
      const inner = grouped(group, ({ revision }) => revision.deleted !== null)
        .map(([deleted, parts]) => {
          const text = parts.map((part) => part.text).join('')
          return deleted ? `{--${text}--}` : text
        })
        .join('')
      return inserted ? `{++${inner}++}` : inner
    })
    .join('')

const escaped = (text: string): string => text.replace(/[\\{}¶]/g, '\\$&')
