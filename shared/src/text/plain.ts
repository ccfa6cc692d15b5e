/** A view as plain text. */
import { inBrackets } from '../ledger/brackets.ts'
import type { Projection } from '../ledger/paragraph.ts'

/**
 * One paragraph a line, `label TAB text`, or the text alone where there is no label, square brackets with their holders. Every line ends
 * with a line feed, the last one too. Of the marked view all letters come, without marks and with
 * the clean labels: `criticMarkup` is its text.
 */
export const plainText = ({ paragraphs }: Projection): string =>
  paragraphs
    .map((paragraph) => {
      const text = [...inBrackets(paragraph)].map((one) => one.text).join('')
      const { view } = paragraph.label
      return view === null ? `${text}\n` : `${view}\t${text}\n`
    })
    .join('')
