/** From a chair's request to a decision, or to the reason why it no longer fits. Server only. */
import { removalOf } from './aspect.ts'
import type { Decision, DecisionRequest, EntryRef } from './decision.ts'
import { entryName } from './entries.ts'
import type { Join } from './entry.ts'
import { baseClient } from './id.ts'
import type { Ledger } from './ledger.ts'
import { eachRange, isCanonical, noRanges, toRanges } from './ranges.ts'
import { changedSince, seenDigest } from './seen.ts'
import { embedOf, itemsOf, knownClock, lettersOf, markerOf } from './sequence.ts'
import { isNoteMarker } from './marker.ts'
import { isRoot } from './place.ts'
import { ownOf, settledBy } from './settling.ts'

export type Decided =
  | { readonly decision: Decision }
  /** The ranges are no longer what the chair saw, in a sentence; and where, as addresses. */
  | { readonly conflict: string; readonly changed: readonly string[] }
  /** The request could never be granted, in a sentence. */
  | { readonly problem: string }

/** Decides what a request asks for, over exactly the ranges that the chair saw. */
export function decide(ledger: Ledger, request: DecisionRequest, id: string): Decided {
  const { verb, ins, del, set = noRanges } = request
  const problem = problemIn(ledger, request)
  if (problem) return { problem }
  if (seenDigest(ledger, ins, del, set) !== request.seen) {
    const changed = changedSince(ledger, ins, del, set, request.seen)
    return { conflict: staleness(changed), changed }
  }
  // What the draft shows from now on keeps its own copy of how it was meant.
  const keeps = verb === 'accept' || verb === 'bracket'
  const w: number[] = []
  const j: Join[] = []
  const live = new Map<string, EntryRef>()
  let isProposed = true
  eachRange(del, (client, clock, length) => {
    for (const { aspects } of ledger.states.stretches(client, clock, length)) {
      const { proposers } = aspects.state
      for (const ref of proposers) live.set(entryName(ref.delegation, ref.entry), ref)
      isProposed &&= proposers.length > 0
    }
    if (!keeps) return
    for (const item of itemsOf(ledger.ydoc, client, clock, length)) {
      if (!markerOf(item)) continue
      const { whole, joins } = removalOf(
        ledger.aspectsOf(item.id),
        client,
        item.id.clock,
        'proposed',
      )
      if (whole) w.push(client, item.id.clock, 1)
      j.push(...joins)
    }
  })
  const named = new Map(
    request.entries.map(({ delegation, entry, r }) => [entryName(delegation, entry), r ?? null]),
  )
  const entries = [...live].filter(([name]) => keeps || named.has(name))
  const isEmpty = del.length > 0 && entries.length === 0
  if ((keeps && !isProposed) || (verb === 'reject' && isEmpty)) {
    return {
      conflict: 'Nobody proposes this deletion, or not all of it. Look at it again.',
      changed: [],
    }
  }
  const settled = set.length > 0 ? settledBy(ledger, verb, set, named) : undefined
  if (settled?.length === 0) {
    return { conflict: 'Nobody proposes this any more. Look at it again.', changed: [] }
  }
  const own = keeps ? ownOf(ledger, ins) : []
  return {
    decision: {
      id,
      verb,
      ins,
      del,
      entries: verb === 'reopen' ? [] : entries.map(([, ref]) => ref),
      w: toRanges(w),
      j,
      ...(own.length > 0 && { own }),
      ...(settled && { settled }),
      ...(request.note && { note: request.note }),
    },
  }
}

/** So many addresses are named at most. */
const mostNamed = 4

function staleness(changed: readonly string[]): string {
  const more = changed.length > mostNamed ? ` and ${changed.length - mostNamed} more` : ''
  const where = changed.length > 0 ? ` at ${changed.slice(0, mostNamed).join(', ')}${more}` : ''
  return `The text changed${where} while you were deciding. Look at it again.`
}

function problemIn(
  ledger: Ledger,
  { ins, del, set = [], entries, verb }: DecisionRequest,
): string | null {
  if (ins.length + del.length + set.length === 0) return 'The request covers nothing.'
  if (verb === 'bracket' && set.length > 0) return 'Only words can stand in square brackets.'
  if (!entries.every(({ r = [] }) => isCanonical(r))) return 'The ranges are not well formed.'
  for (const ranges of [ins, del, set]) {
    if (!isCanonical(ranges)) return 'The ranges are not well formed.'
    let bad: string | null = null
    eachRange(ranges, (client, clock, length) => {
      if (clock + length > knownClock(ledger.ydoc, client)) bad = 'The ranges reach unknown text.'
      else bad ??= problemOf(ledger, client, clock, length, ranges === ins)
    })
    if (bad) return bad
  }
  if (verb === 'reopen') return null
  let withdrawn = false
  eachRange(ins, (client, clock, length) => {
    for (const { aspects } of ledger.states.stretches(client, clock, length)) {
      if (aspects.state.ins === 'withdrawn') withdrawn = true
    }
  })
  return withdrawn ? 'These words have been withdrawn by their delegation.' : null
}

/** Whether an offset lies between the halves of a surrogate pair. */
const isCut = (letters: string, offset: number): boolean =>
  offset > 0 && (letters.codePointAt(offset - 1) ?? 0) > 0xffff

function problemOf(
  ledger: Ledger,
  client: number,
  clock: number,
  length: number,
  isInsertion: boolean,
): string | null {
  if (isInsertion && client === baseClient) return 'The text in force is not an insertion.'
  if (isRoot({ client, clock })) return 'The number line itself cannot be deleted.'
  let found = 0
  for (const item of itemsOf(ledger.ydoc, client, clock, length)) {
    const from = Math.max(item.id.clock, clock)
    const to = Math.min(item.id.clock + item.length, clock + length)
    found += to - from
    const letters = lettersOf(item)
    if (isCut(letters, from - item.id.clock) || isCut(letters, to - item.id.clock)) {
      return 'The ranges cut a letter in two.'
    }
    const embed = embedOf(item)
    if (embed && ('e' in embed || isNoteMarker(embed))) {
      return 'The ranges cover the border of a paragraph, which nobody decides.'
    }
  }
  return found === length ? null : 'The ranges name something that is not text.'
}
