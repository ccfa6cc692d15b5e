/** Text and whole paragraphs put into the draft where the selection is. */
import type { Pen, Place } from '@revmark/shared/ledger'
import type { Binding } from './binding.ts'
import type { Passage } from './clipboard.ts'
import { lengthOf, placeAt } from './lines.ts'
import type { Line, Spot } from './lines.ts'
import { isCaret } from './selection.ts'
import type { Span } from './selection.ts'
import { write } from './writing.ts'

export const wordsOf = ({ paragraphs }: Passage): string =>
  paragraphs.map(({ text }) => text).join('\n')

export const isEmpty = (passage: Passage): boolean => wordsOf(passage) === ''

/** Writes text in place of a span and returns the place after it. */
export function replace(binding: Binding, span: Span, text: string): Place {
  const lines = write(binding.hand, binding.lines, { ...span, text })
  return placeAfter(lines, span.from, text)
}

/** The place after a text that begins at a spot of lines that have it. */
export function placeAfter(lines: readonly Line[], { line, offset }: Spot, text: string): Place {
  const texts = text.split('\n')
  const last = texts.at(-1)!.length
  const at = line + texts.length - 1
  return placeAt(lines[at]!, texts.length === 1 ? offset + last : last)
}

/**
 * Writes a passage in place of a span, each paragraph as what it says it is, and returns the place
 * after it. A first paragraph that is whole begins a new one: after the caret's, or, at the start of
 * one with words, before it.
 */
export function putPassage(binding: Binding, pen: Pen, span: Span, passage: Passage): Place {
  const { lines } = binding
  const { line, offset } = span.from
  const length = lengthOf(lines[line]!)
  const goesBefore = offset === 0 && line > 0
  const begins = passage.isWhole && isCaret(span) && length > 0 && (goesBefore || offset === length)
  const at = begins && goesBefore ? { line: line - 1, offset: lengthOf(lines[line - 1]!) } : null
  const from = at ?? span.from
  const text = (begins ? '\n' : '') + wordsOf(passage)
  const written = write(binding.hand, lines, { from, to: at ?? span.to, text })
  // The first paragraph goes on in the caret's own, unless it is whole and nothing stood there.
  const first = begins || (passage.isWhole && length === 0) ? 0 : 1
  const shift = from.line + (begins ? 1 : 0)
  pen.shape(
    passage.paragraphs.flatMap(({ shape }, i) => {
      const { key } = written[shift + i]!
      return shape === null || i < first ? [] : [{ key, kind: shape.kind, level: shape.level }]
    }),
  )
  return placeAfter(written, from, text)
}
