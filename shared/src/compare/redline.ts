/** A comparison written down as a draft: the target as one delegation's revision marks on the base. */
import type * as Y from 'yjs'
import { baseClient } from '../ledger/id.ts'
import type { Id } from '../ledger/id.ts'
import { ledgerOf } from '../ledger/entries.ts'
import type { Join } from '../ledger/entry.ts'
import type { Marker } from '../ledger/marker.ts'
import { toRanges } from '../ledger/ranges.ts'
import { insertAfter } from '../ledger/sequence.ts'
import type { Token } from '../ledger/sequence.ts'
import type { Provision } from '../resolution/provision.ts'
import { align, sizeOf } from './align.ts'
import type { Alignment, Step } from './align.ts'
import { editsBetween } from './edits.ts'
import { paragraphMark } from './words.ts'

/** In whose name, and under which client id, the marks are written. */
export interface Hand {
  readonly client: number
  readonly delegation: string
  readonly user: string
}

/** Where a base paragraph's tokens are: its marker's clock; letters follow, then the anchor. */
type Places = readonly number[]

/**
 * Writes the difference between the base that a Y.Doc was made with and a target text into it, as
 * insertions and one deletion entry a step. `base` must be the provisions that the base was written
 * from. The clean view is `text` then, its labels as the base's rule computes them, without character
 * formats. A text without a number line keeps the base's, which nothing may delete: the alignment
 * counts it as the first of its paragraphs.
 */
export function redline(
  ydoc: Y.Doc,
  base: readonly Provision[],
  text: readonly Provision[],
  hand: Hand,
): Alignment {
  const target = text[0]?.kind === 'number' ? text : [base[0]!, ...text]
  const alignment = align(base, target)
  const places = placesOf(base)
  const client = ydoc.clientID
  ydoc.clientID = hand.client
  ydoc.transact((transaction) => {
    const writer = new Writer(transaction, hand)
    let last: Id | null = null
    for (const step of alignment.steps) last = writer.step(step, base, target, places, last)
  })
  ydoc.clientID = client
  return alignment
}

function placesOf(base: readonly Provision[]): Places {
  const places: number[] = []
  let clock = 0
  for (const { text } of base) {
    places.push(clock)
    clock += text.length + 2
  }
  return places
}

class Writer {
  private readonly transaction: Y.Transaction
  private readonly hand: Hand
  private entries = 0

  constructor(transaction: Y.Transaction, hand: Hand) {
    this.transaction = transaction
    this.hand = hand
  }

  /** Writes one step after the token `last`; returns the last token of what now stands. */
  step(
    step: Step,
    base: readonly Provision[],
    target: readonly Provision[],
    places: Places,
    last: Id | null,
  ): Id {
    const { from, to } = step.base
    if (sizeOf(step.base) === 0) {
      const { kind, level, text } = target[step.target.from]!
      const tokens: Token[] = [markerOf(kind, level), text, { e: 1 }]
      const first = insertAfter(this.transaction, last, tokens)
      return { client: first.client, clock: first.clock + text.length + 1 }
    }
    const end = { client: baseClient, clock: places[to - 1]! + base[to - 1]!.text.length + 1 }
    if (sizeOf(step.target) === 0) {
      const clock = places[from]!
      this.delete([baseClient, clock, base[from]!.text.length + 1], [baseClient, clock, 1], [])
      return end
    }
    this.change(step, base, target, places)
    return end
  }

  /** One or more base paragraphs that became one or more target paragraphs. */
  private change(
    { base: of, target: to }: Step,
    base: readonly Provision[],
    target: readonly Provision[],
    places: Places,
  ): void {
    const old = base.slice(of.from, of.to)
    const now = target.slice(to.from, to.to)
    const edits = editsBetween(
      old.map(({ text }) => text).join(paragraphMark),
      now.map(({ text }) => text).join(paragraphMark),
    )
    const deleted: number[] = []
    const joins: Join[] = []
    // From the end, so that what is inserted does not come between later edits and their places.
    for (const edit of edits.toReversed()) {
      for (let at = edit.from; at < edit.to; at++) {
        const { paragraph, clock, isMark } = this.locate(old, places, of.from, at)
        deleted.push(baseClient, clock, 1)
        if (isMark) joins.push([baseClient, clock, baseClient, places[of.from + paragraph]!])
      }
      if (edit.insert === '') continue
      const after = this.tokenBefore(old, places, of.from, edit.to)
      insertAfter(this.transaction, after, this.tokens(edit.insert, now[0]!))
    }
    if (deleted.length > 0) this.delete(deleted, [], joins)
  }

  private tokens(insert: string, like: Provision): Token[] {
    return insert
      .split(paragraphMark)
      .flatMap((line, i): Token[] =>
        i === 0 ? [line] : [{ e: 1 }, { ...markerOf(like.kind, like.level), s: 1 }, line],
      )
  }

  /** The token that stands for an offset of several paragraphs' joined texts. */
  private locate(old: readonly Provision[], places: Places, first: number, offset: number) {
    let at = offset
    for (const [paragraph, { text }] of old.entries()) {
      if (at < text.length)
        return { paragraph, clock: places[first + paragraph]! + 1 + at, isMark: false }
      if (at === text.length)
        return { paragraph, clock: places[first + paragraph + 1]!, isMark: true }
      at -= text.length + 1
    }
    throw new RangeError(`no letter ${offset} in the step`)
  }

  private tokenBefore(
    old: readonly Provision[],
    places: Places,
    first: number,
    offset: number,
  ): Id {
    if (offset === 0) return { client: baseClient, clock: places[first]! }
    const { clock } = this.locate(old, places, first, offset - 1)
    return { client: baseClient, clock }
  }

  private delete(r: readonly number[], w: readonly number[], j: readonly Join[]): void {
    const { client, delegation, user } = this.hand
    ledgerOf(this.transaction.doc, delegation).set(`${client}:${this.entries++}`, {
      type: 'del',
      r: toRanges(r),
      ...(w.length > 0 && { w: toRanges(w) }),
      ...(j.length > 0 && { j }),
      user,
    })
  }
}

const markerOf = (kind: Provision['kind'], level: number): Marker => ({
  b: kind,
  ...(level > 1 && { lvl: level }),
})
