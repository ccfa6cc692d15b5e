/** What Backspace and Delete take: the next letter or word that one's own delegation has not struck. */
import type { Paragraph, TokenState } from '@revmark/shared/ledger'
import { lettersOf } from './letters.ts'
import type { Letters } from './letters.ts'

export type Unit = 'grapheme' | 'word'

/** Offsets in what a paragraph shows; `to` is excluded. */
export interface Reach {
  readonly from: number
  readonly to: number
}

const segmenters = {
  grapheme: new Intl.Segmenter(undefined, { granularity: 'grapheme' }),
  word: new Intl.Segmenter(undefined, { granularity: 'word' }),
}

/** Struck already by the delegation, or accepted as deleted: a key passes over it. */
const isPassed = ({ del, proposers }: TokenState, delegation: string | null): boolean =>
  del === 'accepted' || proposers.some((proposer) => proposer.delegation === delegation)

/** The letters shown that a key can still take. */
const takeable = (paragraph: Paragraph, delegation: string | null): Letters =>
  lettersOf(paragraph, (state) => !isPassed(state, delegation))

/** What Backspace takes at an offset; null where the paragraph has nothing to take before it. */
export function reachBackward(
  paragraph: Paragraph,
  offset: number,
  unit: Unit,
  delegation: string | null,
): Reach | null {
  const { text, offsets } = takeable(paragraph, delegation)
  const end = countBelow(offsets, offset)
  if (end === 0) return null
  const segments = segmenters[unit].segment(text)
  let at = segments.containing(end - 1)!
  if (unit === 'word') {
    while (isSpace(at.segment) && at.index > 0) at = segments.containing(at.index - 1)!
  }
  return { from: offsets[at.index]!, to: offsets[end - 1]! + 1 }
}

/** What Delete takes at an offset; null where the paragraph has nothing to take after it. */
export function reachForward(
  paragraph: Paragraph,
  offset: number,
  unit: Unit,
  delegation: string | null,
): Reach | null {
  const { text, offsets } = takeable(paragraph, delegation)
  const start = countBelow(offsets, offset)
  if (start === text.length) return null
  const segments = segmenters[unit].segment(text)
  let end = endOf(segments.containing(start)!)
  if (unit === 'word') {
    while (end < text.length && isSpace(text.slice(start, end))) {
      end = endOf(segments.containing(end)!)
    }
  }
  return { from: offsets[start]!, to: offsets[end - 1]! + 1 }
}

const endOf = ({ index, segment }: Intl.SegmentData): number => index + segment.length

const isSpace = (text: string): boolean => text.trim() === ''

/** How many of the ascending numbers are below a limit. */
function countBelow(numbers: readonly number[], limit: number): number {
  const found = numbers.findIndex((number) => number >= limit)
  return found < 0 ? numbers.length : found
}
