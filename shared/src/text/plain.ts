/** A view as plain text. */
import type { Projection } from '../ledger/paragraph.ts'

/**
 * One paragraph a line, `label TAB text`, or the text alone where there is no label. Every line ends
 * with a line feed, the last one too. Of the marked view all letters come, without marks and with
 * the clean labels: `criticMarkup` is its text.
 */
export const plainText = ({ paragraphs }: Projection): string =>
  paragraphs
    .map(({ label, text }) => (label.view === null ? `${text}\n` : `${label.view}\t${text}\n`))
    .join('')
