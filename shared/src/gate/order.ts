/**
 * Where new structs come to stand in the sequence: Yjs's own rule for concurrent insertions (YATA),
 * played through beside the document. Needed because Yjs trusts that a right origin stands after
 * the origin: one that does not would carry a struct past the sentinel, and elsewhere in each client.
 */
import { baseClient } from '../ledger/id.ts'
import type { Id } from '../ledger/id.ts'
import { endOf, originAt, sameId } from './struct.ts'
import type { Struct } from './struct.ts'
import type { Tokens } from './tokens.ts'
import type { RefusalCode } from './verdict.ts'

/** A part of a struct, from `start` to `end` (excluded), in the order of the sequence. */
interface Run {
  readonly struct: Struct
  readonly start: number
  end: number
  /** The next one; undefined while nothing but what the document says is known of it. */
  right: Run | null | undefined
}

/** What the writer of new structs had certainly seen. */
interface Writer {
  /** By client, the clock below which it had seen all. */
  readonly seen: Map<number, number>
  /** Structs whose origins it had seen too, not entered in `seen` yet: it is seldom asked for. */
  readonly unread: Struct[]
}

export class Order {
  private readonly tokens: Tokens
  /** The runs looked at so far, by client, in the order of their clocks. */
  private readonly runs = new Map<number, Run[]>()
  private readonly writers = new Map<number, Writer>()

  constructor(tokens: Tokens) {
    this.tokens = tokens
  }

  /**
   * Takes in a new struct between its origins, or says why it cannot stand there. Whoever wrote it
   * saw the two side by side, so that between them stands only what its writer cannot have seen.
   */
  place(struct: Struct, origin: Id, rightOrigin: Id): RefusalCode | null {
    const { isSingle, known } = this.tokens
    // A keystroke stands between two neighbours, and nothing comes after that would ask where.
    if (isSingle && known.areNeighbours(origin, rightOrigin)) return null
    const right = this.startingAt(rightOrigin)
    const left = this.endingAt(origin)
    const writer = this.writerOf(struct)
    writer.unread.push(struct, left.struct, right.struct)
    const place = this.rightOf(left) === right ? left : this.passRivals(struct, left, right, writer)
    if (typeof place === 'string') return place
    const placed = { struct, start: struct.clock, end: endOf(struct), right: this.rightOf(place) }
    place.right = placed
    this.insert(placed)
    return null
  }

  /** The run after which a struct comes to stand, where others stand between its origins already. */
  private passRivals(struct: Struct, left: Run, right: Run, writer: Writer): Run | RefusalCode {
    const { origin, rightOrigin } = struct
    const seen = this.seenBy(writer, struct)
    // Typing goes on before the same token: what stands between was judged for the letter before.
    const isTyping =
      origin?.client === struct.client &&
      origin.clock + 1 === struct.clock &&
      sameId(left.struct.rightOrigin, rightOrigin)
    const passed = new Set<Run>()
    const rivals = new Set<Run>()
    let place = left
    let settled = false
    for (let run = this.rightOf(left); run !== right; run = this.rightOf(run)) {
      if (!run) return 'bad-place'
      if (!this.tokens.spend(1)) return 'too-costly'
      if (settled && isTyping) break
      if (run.start < (seen.get(run.struct.client) ?? 0)) return 'bad-place'
      if (settled) continue
      passed.add(run)
      rivals.add(run)
      const runOrigin = originAt(run.struct, run.start)
      if (sameId(runOrigin, origin)) {
        if (run.struct.client < struct.client) {
          place = run
          rivals.clear()
        } else settled = sameId(run.struct.rightOrigin, rightOrigin)
        continue
      }
      const before = runOrigin && this.runAt(runOrigin)
      if (!before || !passed.has(before)) settled = true
      else if (!rivals.has(before)) {
        place = run
        rivals.clear()
      }
    }
    return place
  }

  private writerOf({ client }: Struct): Writer {
    let writer = this.writers.get(client)
    if (!writer) {
      writer = { seen: new Map([[baseClient, Infinity]]), unread: [] }
      this.writers.set(client, writer)
    }
    return writer
  }

  /** What the writer of a struct had seen: the base, its own, its neighbours, and what those had. */
  private seenBy({ seen, unread }: Writer, { client, clock }: Struct): Map<number, number> {
    for (const { origin, rightOrigin } of unread.splice(0))
      for (const id of [origin, rightOrigin])
        if (id) seen.set(id.client, Math.max(seen.get(id.client) ?? 0, id.clock + 1))
    seen.set(client, clock)
    return seen
  }

  private rightOf(run: Run): Run | null {
    if (run.right === undefined) {
      const last = { client: run.struct.client, clock: run.end - 1 }
      const next = this.tokens.known.rightOf(last)
      run.right = next && this.runAt(next)
    }
    return run.right
  }

  private startingAt(id: Id): Run {
    const run = this.runAt(id)
    return run.start < id.clock ? this.cut(run, id.clock) : run
  }

  private endingAt(id: Id): Run {
    const run = this.runAt(id)
    if (id.clock + 1 < run.end) this.cut(run, id.clock + 1)
    return run
  }

  private cut(run: Run, clock: number): Run {
    const tail = { struct: run.struct, start: clock, end: run.end, right: run.right }
    run.end = clock
    run.right = tail
    this.insert(tail)
    return tail
  }

  /** The run that holds a token of the sequence. */
  private runAt(id: Id): Run {
    const runs = this.runs.get(id.client)
    const run = runs?.[indexOf(runs, id.clock) - 1]
    if (run && id.clock < run.end) return run
    const struct = this.tokens.at(id)
    if (!struct) throw new RangeError(`not a token: ${id.client}:${id.clock}`)
    const whole = { struct, start: struct.clock, end: endOf(struct), right: undefined }
    this.insert(whole)
    return whole
  }

  private insert(run: Run): void {
    const runs = this.runs.get(run.struct.client)
    if (runs) runs.splice(indexOf(runs, run.start), 0, run)
    else this.runs.set(run.struct.client, [run])
  }
}

/** How many runs begin at or before `clock`. */
function indexOf(runs: readonly Run[], clock: number): number {
  let low = 0
  let high = runs.length
  while (low < high) {
    const mid = (low + high) >> 1
    if (runs[mid]!.start <= clock) low = mid + 1
    else high = mid
  }
  return low
}
