/** From references that are stale to what a hand writes so that they say again what they mean. */
import { labelRevision } from '../resolution/label-revision.ts'
import { parseIdKey } from './id.ts'
import type { Ledger } from './ledger.ts'
import { lettersOf } from './meanings.ts'
import type { Meaning } from './meanings.ts'
import { placeIn } from './place.ts'
import type { Place } from './place.ts'
import { sameRanges } from './ranges.ts'
import type { StaleReference } from './references.ts'

/** What is written in place of what stands between two places. */
export interface Mending {
  readonly from: Place
  readonly to: Place
  readonly text: string
}

/** What makes a reference say its provision's labels; null where its letters are not as they were. */
export function mendingOf(ledger: Ledger, stale: StaleReference): Mending | null {
  const { fate, path, from } = stale
  const paragraph = paragraphOf(ledger, stale)
  if (!paragraph || fate.type !== 'moved' || !fate.isMendable) return null
  // Of a label only the letters that differ are written: "e)" to "f)" strikes and writes one.
  const parts = labelRevision(path, fate.path)
  const head = parts[0]?.type === 'kept' ? parts[0].text.length : 0
  const deleted = parts.find(({ type }) => type === 'deleted')?.text.length ?? 0
  return {
    from: placeIn(paragraph, from + head),
    to: placeIn(paragraph, from + head + deleted),
    text: parts.find(({ type }) => type === 'inserted')?.text ?? '',
  }
}

/** What a reference means that has just been mended; null where it does not read so. */
export function mendedMeaning(
  ledger: Ledger,
  { paragraph: key, from, fate, target }: StaleReference,
): Meaning | null {
  const clean = ledger.project('clean')
  const paragraph = clean.paragraphs.find((one) => one.key === key)
  const end = fate.type === 'moved' ? from + fate.path.length : from
  const reads = paragraph?.text.slice(from, end).replaceAll(/\s/gu, ' ')
  if (!paragraph || fate.type !== 'moved' || reads !== fate.path) return null
  return { r: lettersOf(paragraph, { from, to: end }), to: parseIdKey(target) }
}

/** The paragraph of a stale reference, if it still reads so there. */
function paragraphOf(ledger: Ledger, { paragraph: key, r, from, to }: StaleReference) {
  const paragraph = ledger.project('clean').paragraphs.find((one) => one.key === key)
  return paragraph && sameRanges(lettersOf(paragraph, { from, to }), r) ? paragraph : null
}
