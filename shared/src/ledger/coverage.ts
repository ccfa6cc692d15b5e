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

/** A cover with one entry more. */
export const withEntry = <T>(cover: Cover<T>, last: EntryRecord): Cover<T> => ({
  ...cover,
  entries: { last, rest: cover.entries },
})

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

/** The segments of a client, sorted and disjoint, and where in them somebody has last read. */
interface Segments<T> {
  readonly list: Segment<T>[]
  near: number
}

/** A stretch of a queried range: `cover` is null where nothing covers it. */
export interface Stretch<T> {
  readonly clock: number
  readonly length: number
  readonly cover: Cover<T> | null
}

/**
 * Goes through the stretches of equal cover in a range, in order, without gaps. One reader serves for
 * any number of ranges, and is itself the stretch that it has come to: thousands are read at once.
 */
export class CoverReader<T> implements Stretch<T> {
  clock = 0
  length = 0
  cover: Cover<T> | null = null
  private readonly coverage: Coverage<T>
  private segments: Segments<T> | null = null
  private client = -1
  private index = 0
  private end = 0

  constructor(coverage: Coverage<T>) {
    this.coverage = coverage
  }

  /** Begins with a range; `next` comes to its first stretch. */
  open(client: number, clock: number, length: number): void {
    if (client !== this.client) {
      this.client = client
      this.segments = this.coverage.segmentsOf(client)
    }
    this.index = this.segments ? nearest(this.segments, clock) : 0
    this.clock = clock
    this.length = 0
    this.end = clock + length
  }

  /** Comes to the next stretch; false where there is none. */
  next(): boolean {
    const clock = this.clock + this.length
    if (clock >= this.end) return false
    const segment = this.segments?.list[this.index]
    const isCovered = segment !== undefined && segment.clock <= clock
    const to = !segment ? this.end : isCovered ? segment.clock + segment.length : segment.clock
    this.clock = clock
    this.length = Math.min(to, this.end) - clock
    this.cover = isCovered ? segment.cover : null
    if (isCovered && to <= this.end) this.segments!.near = ++this.index
    return true
  }
}

export class Coverage<T> {
  private readonly clients = new Map<number, Segments<T>>()

  /** What covers one token; null: nothing. */
  at(client: number, clock: number): Cover<T> | null {
    const list = this.clients.get(client)?.list
    const segment = list?.[firstEndingAfter(list, clock)]
    return segment && segment.clock <= clock ? segment.cover : null
  }

  /** For a reader of its own: what is known of a client. */
  segmentsOf(client: number): Segments<T> | null {
    return this.clients.get(client) ?? null
  }

  /** The stretches of equal cover in a range, in order, without gaps. */
  query(client: number, clock: number, length: number): Stretch<T>[] {
    const out: Stretch<T>[] = []
    const reader = new CoverReader(this)
    reader.open(client, clock, length)
    while (reader.next()) {
      const { clock: at, length: tokens, cover } = reader
      out.push({ clock: at, length: tokens, cover })
    }
    return out
  }

  /** Lets entries cover what they are over: thousands, when a draft is opened. */
  load(records: readonly EntryRecord[]): void {
    const fresh = new Map<number, Segment<T>[]>()
    for (const record of records) {
      let of = -1
      let cover: Cover<T> = uncovered
      let list: Segment<T>[] = []
      eachRange(record.entry.r, (client, clock, length) => {
        if (client !== of) {
          // What is computed of a cover holds for the tokens of one client.
          of = client
          cover = withEntry(uncovered, record)
          list = fresh.get(client) ?? []
          if (list.length === 0) fresh.set(client, list)
        }
        list.push({ clock, length, cover })
      })
    }
    for (const [client, segments] of fresh) {
      const isFirst = !this.clients.has(client)
      const list: Segment<T>[] = []
      if (isFirst) this.clients.set(client, { list, near: 0 })
      // In order each is put behind the one before; only what overlaps has to look for its place.
      const apart: Segment<T>[] = []
      for (const segment of segments.toSorted((a, b) => a.clock - b.clock)) {
        const last = list.at(-1)
        const isNext = isFirst && (!last || last.clock + last.length <= segment.clock)
        ;(isNext ? list : apart).push(segment)
      }
      for (const { clock, length, cover } of apart)
        this.update([client, clock, length], (known) => withEntry(known, cover.entries!.last))
    }
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
      const known = this.clients.get(client)?.list
      const next = known ? firstEndingAfter(known, clock) : 0
      if (!known || next === known.length || known[next]!.clock >= clock + length) {
        // Nothing covers it yet, which is what most entries find.
        const segment = { clock, length, cover: anew(uncovered) }
        if (known) known.splice(next, 0, segment)
        else this.clients.set(client, { list: [segment], near: 0 })
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
    for (const { cover } of this.clients.get(client)?.list ?? []) cover.computed = null
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

/** The same, beginning where somebody has last read: mostly the next one is asked for. */
function nearest<T>(segments: Segments<T>, clock: number): number {
  const { list, near } = segments
  const [before, at] = [list[near - 1], list[near]]
  const isNear =
    (!before || before.clock + before.length <= clock) && (!at || at.clock + at.length > clock)
  return isNear ? near : (segments.near = firstEndingAfter(list, clock))
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
