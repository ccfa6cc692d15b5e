/** What a deletion covers: from places and paragraphs to the ranges, `w` and `j` of an entry. */
import { referencesIn } from './blocks.ts'
import type { Join } from './entry.ts'
import { parseIdKey } from './id.ts'
import type { Id } from './id.ts'
import type { Ledger } from './ledger.ts'
import { isNoteMarker } from './marker.ts'
import type { Paragraph } from './paragraph.ts'
import { isLive, isRoot, isStruck, walk, wholeLetter } from './place.ts'
import type { Place } from './place.ts'
import { eachRange, toRanges, union } from './ranges.ts'
import type { Ranges } from './ranges.ts'
import { itemsOf, lettersOf, markerOf, referenceOf } from './sequence.ts'
import type { TokenState } from './state.ts'

/** A `del` before it is signed. */
export interface Deletion {
  readonly r: Ranges
  readonly w?: Ranges | undefined
  readonly j?: readonly Join[] | undefined
}

/** Gathers tokens; null where there was nothing to delete. */
export class Gathering {
  private readonly r: number[] = []
  private readonly w: number[] = []
  private readonly j: Join[] = []

  letters(client: number, clock: number, length: number): void {
    this.r.push(client, clock, length)
  }

  whole({ client, clock }: Id): void {
    this.r.push(client, clock, 1)
    this.w.push(client, clock, 1)
  }

  joined(id: Id, before: string): void {
    this.r.push(id.client, id.clock, 1)
    this.j.push(joinOf(id, before))
  }

  get deletion(): Deletion | null {
    if (this.r.length === 0) return null
    return {
      r: toRanges(this.r),
      ...(this.w.length > 0 && { w: toRanges(this.w) }),
      ...(this.j.length > 0 && { j: this.j }),
    }
  }
}

export function joinOf({ client, clock }: Id, before: string): Join {
  const to = parseIdKey(before)
  return [client, clock, to.client, to.clock]
}

/** Whether a delegation has struck a token already, or nothing is left of it to strike. */
export const isGone = (state: TokenState, delegation: string): boolean =>
  !(isLive(state) || isStruck(state)) ||
  state.del === 'accepted' ||
  state.proposers.some((proposer) => proposer.delegation === delegation)

/**
 * Everything between two places: what is shown, and the struck letters and markers among it, shown
 * or not; never rejected or withdrawn ones, never anchors, never what the delegation has struck
 * already. Markers are joined to the paragraph in which the range begins.
 */
export function deletionBetween(
  ledger: Ledger,
  delegation: string,
  from: Place,
  to: Place,
): Deletion | null {
  const start = wholeLetter(ledger, from.after)
  const end = wholeLetter(ledger, to.after)
  if (start.client === end.client && start.clock === end.clock) return null
  const gathering = new Gathering()
  for (const { type, client, clock, length, state } of walk(ledger, start)) {
    const isLast = client === end.client && clock <= end.clock && end.clock < clock + length
    if (type !== 'anchor' && !isGone(state, delegation)) {
      if (type === 'marker') gathering.joined({ client, clock }, from.paragraph)
      else gathering.letters(client, clock, isLast ? end.clock + 1 - clock : length)
    }
    if (isLast) return gathering.deletion
  }
  throw new RangeError('a range must not end before it begins')
}

/** Whole paragraphs, markers and words; the root keeps its marker; of a footnote its references. */
export function deletionOf(
  ledger: Ledger,
  delegation: string,
  paragraphs: readonly Paragraph[],
): Deletion | null {
  const gathering = new Gathering()
  for (const paragraph of paragraphs) {
    if (isNoteMarker(paragraph.marker)) {
      for (const { client, clock, note, aspects } of referencesIn(ledger.freshBlocks()))
        if (note === paragraph.marker.n && !isGone(aspects.state, delegation))
          gathering.letters(client, clock, 1)
      continue
    }
    const id = parseIdKey(paragraph.key)
    if (!isRoot(id) && !isGone(paragraph.state, delegation)) gathering.whole(id)
    for (const { type, client, clock, length, state } of paragraph.pieces) {
      if (type === 'anchor' || isGone(state, delegation)) continue
      if (type === 'marker') gathering.joined({ client, clock }, paragraph.key)
      else gathering.letters(client, clock, length)
    }
  }
  return gathering.deletion
}

/**
 * One's own tokens taken back: a split is joined again to where it was, other blocks go whole. null
 * where there are only anchors, which nothing covers.
 */
export function withdrawalOf(ledger: Ledger, tokens: Ranges): Deletion | null {
  const gathering = new Gathering()
  eachRange(tokens, (client, clock, length) => {
    for (const item of itemsOf(ledger.ydoc, client, clock, length)) {
      const { id } = item
      const marker = markerOf(item)
      const home = marker?.s && ledger.blockOf({ client, clock: id.clock - 1 })
      if (home) gathering.joined(id, home.key)
      else if (marker && !isNoteMarker(marker)) gathering.whole(id)
      else if (lettersOf(item) !== '') {
        const from = Math.max(clock, id.clock)
        const to = Math.min(clock + length, id.clock + item.length)
        gathering.letters(client, from, to - from)
      }
    }
  })
  return gathering.deletion
}

/**
 * A deletion with what goes with it: where a delegation takes back a reference of its own, the words
 * that it has written in the body of that footnote.
 */
export function withNotes(ledger: Ledger, delegation: string, deletion: Deletion): Deletion {
  const r: number[] = []
  const isOwn = ({ ins, author }: TokenState) => ins === 'pending' && author === delegation
  eachRange(deletion.r, (client, clock, length) => {
    for (const item of itemsOf(ledger.ydoc, client, clock, length)) {
      const id = referenceOf(item)
      if (id === null || !isOwn(ledger.aspectsOf(item.id).state)) continue
      for (const run of ledger.freshNote(id)?.runs ?? [])
        if (run.type === 'text' && isOwn(run.aspects.state))
          r.push(run.client, run.clock, run.length)
    }
  })
  return r.length === 0 ? deletion : { ...deletion, r: union(deletion.r, toRanges(r)) }
}
