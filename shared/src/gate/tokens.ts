/** All tokens as they will be once an update is applied: what is known, and what is new in it. */
import type { Id } from '../ledger/id.ts'
import { embedOf, endOf, text } from './struct.ts'
import type { Home, Struct } from './struct.ts'
import type { Known } from './yjs.ts'

/** Steps that one update may cost; an honest one of 8,000 edits takes about 50,000. */
const effort = 2_000_000

/** What is found at a token of the sequence: half of a letter, a whole one, or what an embed is. */
export type Kind =
  | 'letter'
  | 'first-half'
  | 'second-half'
  | 'marker'
  | 'note-marker'
  | 'reference'
  | 'anchor'
  | 'root'
  | 'sentinel'

export class Tokens {
  readonly known: Known
  /** The new structs by client, in the order of their clocks. */
  readonly fresh: ReadonlyMap<number, readonly Struct[]>
  /** Whether there is but one new struct, as in a keystroke. */
  readonly isSingle: boolean
  private readonly root: Id | null
  private steps = 0

  constructor(known: Known, fresh: ReadonlyMap<number, readonly Struct[]>) {
    this.known = known
    this.fresh = fresh
    this.root = known.root
    const [only] = fresh.values()
    this.isSingle = fresh.size === 1 && only!.length === 1
  }

  /** The clock after the last token of a client. */
  end(client: number): number {
    const last = this.fresh.get(client)?.at(-1)
    return last ? endOf(last) : this.known.clock(client)
  }

  /** Counts work done. False when an update costs more than the server will spend on one. */
  spend(steps: number): boolean {
    this.steps += steps
    return this.steps <= effort
  }

  /** The struct that holds a token; null where there is none. */
  at(id: Id): Struct | null {
    if (id.clock < this.known.clock(id.client)) return this.known.at(id)
    return this.freshAt(id)
  }

  /** The new struct that holds a token. */
  freshAt({ client, clock }: Id): Struct | null {
    const structs = this.fresh.get(client)
    const struct = structs?.[indexOf(structs, clock)]
    return struct && clock >= struct.clock ? struct : null
  }

  /** The structs that hold the tokens of a client from `clock` to `end` (excluded). */
  *runs(client: number, clock: number, end: number): Generator<Struct> {
    yield* this.known.runs(client, clock, end)
    const structs = this.fresh.get(client)
    if (!structs) return
    for (let i = indexOf(structs, clock); i < structs.length; i++) {
      if (structs[i]!.clock >= end) return
      yield structs[i]!
    }
  }

  /** What stands at a token of the sequence; null where the token is unknown or stands elsewhere. */
  kindAt(id: Id): Kind | null {
    const struct = this.at(id)
    return struct && isInText(struct.home) ? this.kindIn(struct, id.clock) : null
  }

  /** What stands at a token of a struct of the sequence. */
  kindIn(struct: Struct, clock: number): Kind | null {
    if (struct.content.type === 'letters') {
      const unit = struct.content.text.charCodeAt(clock - struct.clock)
      if (unit >= 0xd800 && unit < 0xdc00) return 'first-half'
      return unit >= 0xdc00 && unit < 0xe000 ? 'second-half' : 'letter'
    }
    const embed = embedOf(struct)
    if (!embed) return null
    if (embed.e !== undefined) return 'anchor'
    if (embed.f !== undefined) return 'reference'
    if (embed.b === 'notes') return 'sentinel'
    if (embed.n !== undefined) return 'note-marker'
    const { root } = this
    return root && root.client === struct.client && root.clock === clock ? 'root' : 'marker'
  }
}

export const isInText = (home: Home | null): boolean => home?.root === text && home.key === null

/** Index of the first struct that ends after `clock`. */
function indexOf(structs: readonly Struct[], clock: number): number {
  let low = 0
  let high = structs.length
  while (low < high) {
    const mid = (low + high) >> 1
    if (endOf(structs[mid]!) <= clock) low = mid + 1
    else high = mid
  }
  return low
}
