/**
 * Which entries and decisions cover which tokens, by client and ranges of clocks. Letters never touch
 * it: a token that nothing covers has its client's default state. An immutable `Cover` is shared by
 * all tokens that the same entries and decisions cover, and carries what was computed from it.
 */
import type { EntryRecord } from './entries.ts'
import type { Decision, Own, Settled } from './decision.ts'
import type { Ranges } from './ranges.ts'
import { eachRange } from './ranges.ts'

/** A part of a decision that holds for some of its tokens. */
export interface DecidedPart<T> {
  readonly decision: Decision
  readonly part: T
}

/** What covers a run of one client's tokens; `computed` is the aspect module's to fill. */
export interface Cover<T> {
  readonly entries: EntryList | null
  /** Decisions on the insertion and on the deletion, oldest first. */
  readonly ins: readonly Decision[]
  readonly del: readonly Decision[]
  /** What decisions say of settings, and what they keep of the insertion's own, oldest first. */
  readonly set: readonly DecidedPart<Settled>[]
  readonly own: readonly DecidedPart<Own>[]
  computed: T | null
}

/**
 * The entries over a token, the last one that came first. A list that shares its rest, since thousands
 * may cover one token, and each that is added makes a cover of its own.
 */
export interface EntryList {
  readonly last: EntryRecord
  readonly rest: EntryList | null
}

/** The entries of a list, in the order in which they came. */
export function recordsIn(list: EntryList | null): EntryRecord[] {
  const records: EntryRecord[] = []
  for (let at = list; at; at = at.rest) records.push(at.last)
  return records.toReversed()
}

/** A list without one entry. */
export const without = (list: EntryList | null, record: EntryRecord): EntryList | null =>
  recordsIn(list)
    .filter((other) => other !== record)
    .reduce<EntryList | null>((rest, last) => ({ last, rest }), null)

interface Segment<T> {
  clock: number
  length: number
  cover: Cover<T>
}

/** A stretch of a queried range: `cover` is null where nothing covers it. */
export interface Stretch<T> {
  readonly clock: number
  readonly length: number
  readonly cover: Cover<T> | null
}

export class Coverage<T> {
  private readonly clients = new Map<number, Segment<T>[]>()

  /** What covers one token; null: nothing. */
  at(client: number, clock: number): Cover<T> | null {
    const segments = this.clients.get(client)
    const segment = segments?.[firstEndingAfter(segments, clock)]
    return segment && segment.clock <= clock ? segment.cover : null
  }

  /** The stretches of equal cover in a range, in order, without gaps. */
  query(client: number, clock: number, length: number): Stretch<T>[] {
    const out: Stretch<T>[] = []
    this.visit(client, clock, length, (at, tokens, cover) =>
      out.push({ clock: at, length: tokens, cover }),
    )
    return out
  }

  /** The same, without a list of them. */
  visit(
    client: number,
    clock: number,
    length: number,
    see: (clock: number, length: number, cover: Cover<T> | null) => void,
  ): void {
    const end = clock + length
    const segments = this.clients.get(client)
    let at = clock
    if (segments) {
      for (let i = firstEndingAfter(segments, clock); i < segments.length; i++) {
        const segment = segments[i]!
        if (segment.clock >= end) break
        if (segment.clock > at) see(at, segment.clock - at, null)
        const from = Math.max(at, segment.clock)
        const to = Math.min(end, segment.clock + segment.length)
        see(from, to - from, segment.cover)
        at = to
      }
    }
    if (at < end) see(at, end - at, null)
  }

  /**
   * Replaces the cover of every token in a set by what `change` makes of it, and forgets what was
   * computed from it.
   */
  update(set: Ranges, change: (cover: Cover<T>) => Cover<T>): void {
    const anew = (cover: Cover<T>): Cover<T> => {
      const made = change(cover)
      made.computed = null
      return made
    }
    eachRange(set, (client, clock, length) => {
      const known = this.clients.get(client)
      const next = known ? firstEndingAfter(known, clock) : 0
      if (!known || next === known.length || known[next]!.clock >= clock + length) {
        // Nothing covers it yet, which is what most entries find.
        const segment = { clock, length, cover: anew(uncovered) }
        if (known) known.splice(next, 0, segment)
        else this.clients.set(client, [segment])
        return
      }
      // Equal covers of one client stay one object, so that what is computed from them is shared.
      const changed = new Map<Cover<T> | null, Cover<T>>()
      const once = (cover: Cover<T> | null): Cover<T> => {
        let made = changed.get(cover)
        if (!made) changed.set(cover, (made = anew(cover ?? uncovered)))
        return made
      }
      const segments = known
      this.cut(segments, clock)
      this.cut(segments, clock + length)
      const start = firstEndingAfter(segments, clock)
      let stop = start
      while (stop < segments.length && segments[stop]!.clock < clock + length) stop++
      const fresh = this.query(client, clock, length).map((stretch) => ({
        clock: stretch.clock,
        length: stretch.length,
        cover: once(stretch.cover),
      }))
      if (fresh.length === stop - start)
        fresh.forEach((segment, i) => (segments[start + i] = segment))
      else segments.splice(start, stop - start, ...fresh)
    })
  }

  /** Forgets what was computed for a client's tokens. */
  forget(client: number): void {
    for (const segment of this.clients.get(client) ?? []) segment.cover.computed = null
  }

  private cut(segments: Segment<T>[], clock: number): void {
    const i = firstEndingAfter(segments, clock)
    const segment = segments[i]
    if (!segment || segment.clock >= clock) return
    const head = clock - segment.clock
    segments.splice(i + 1, 0, { clock, length: segment.length - head, cover: segment.cover })
    segment.length = head
  }
}

const undecided: readonly never[] = []

/** What a token has that nothing covers; each cover is made of another. */
const uncovered: Cover<never> = {
  entries: null,
  ins: undecided,
  del: undecided,
  set: undecided,
  own: undecided,
  computed: null,
}

/** Index of the first segment that ends after `clock`. */
function firstEndingAfter<T>(segments: readonly Segment<T>[], clock: number): number {
  let low = 0
  let high = segments.length
  while (low < high) {
    const mid = (low + high) >> 1
    if (segments[mid]!.clock + segments[mid]!.length <= clock) low = mid + 1
    else high = mid
  }
  return low
}
