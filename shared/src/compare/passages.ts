/** Revision marks known beforehand, written into a draft: the way in for whole texts with changes. */
import type * as Y from 'yjs'
import { baseClient, idKey } from '../ledger/id.ts'
import { basePlaces } from '../ledger/base.ts'
import type { Id } from '../ledger/id.ts'
import { ledgerOf } from '../ledger/entries.ts'
import type { Join } from '../ledger/entry.ts'
import type { Marker } from '../ledger/marker.ts'
import { toRanges } from '../ledger/ranges.ts'
import { insertNoted } from '../ledger/noted-tokens.ts'
import type { Token } from '../ledger/sequence.ts'
import { countReferences } from '../resolution/notes.ts'
import type { Lifted } from '../resolution/notes.ts'
import type { Provision } from '../resolution/provision.ts'
import type { Span } from './align.ts'
import type { Edit } from './edits.ts'
import { paragraphMark } from './words.ts'

/** In whose name, and under which client id, which must be new to the draft, the marks are written. */
export interface Hand {
  readonly client: number
  readonly delegation: string
  readonly user: string
}

/**
 * The base's paragraphs of a span and what became of them: nothing left (`target` empty: they are
 * deleted), new paragraphs (`base` empty), or edits of the texts, joined by paragraph marks.
 */
export interface Passage {
  readonly base: Span
  readonly target: readonly Provision[]
  /** In order; they may touch, as where an insertion stands before what it replaces. */
  readonly edits: readonly Edit[]
  /** Of one new paragraph the deleted one of the base, by its index, that was moved there. */
  readonly origin?: number | undefined
  /** The words of the footnotes to which `target`, or else `edits`, insert references, in order. */
  readonly notes?: readonly string[] | undefined
}

/** Edits of the words of one footnote of the base, by its index. */
export interface NoteEdits {
  readonly note: number
  readonly edits: readonly Edit[]
}

/**
 * Writes passages that together span the body of the base, in order, as insertions and one deletion
 * entry an edit. `base` must be what the draft's base was written from, its footnotes lifted, its
 * number line among the body as the base of an edit. Offsets are those of lifted texts.
 */
export function writePassages(
  ydoc: Y.Doc,
  base: Pick<Lifted, 'body' | 'notes'>,
  passages: readonly Passage[],
  hand: Hand,
  noteEdits: readonly NoteEdits[] = [],
): void {
  const client = ydoc.clientID
  ydoc.clientID = hand.client
  ydoc.transact((transaction) => {
    const writer = new Writer(transaction, base, hand)
    let last: Id | null = null
    for (const passage of passages) last = writer.passage(passage, last)
    for (const { note, edits } of noteEdits) writer.note(note, edits)
  })
  ydoc.clientID = client
}

class Writer {
  private readonly transaction: Y.Transaction
  private readonly base: readonly Provision[]
  private readonly bodyLength: number
  private readonly places: readonly number[]
  private readonly hand: Hand
  private entries = 0

  constructor(transaction: Y.Transaction, base: Pick<Lifted, 'body' | 'notes'>, hand: Hand) {
    this.transaction = transaction
    this.base = [...base.body, ...base.notes]
    this.bodyLength = base.body.length
    this.places = basePlaces(base)
    this.hand = hand
  }

  /** Writes one passage after the token `last`; returns the last token of what now stands. */
  passage(passage: Passage, last: Id | null): Id {
    const { from, to } = passage.base
    if (from === to) return this.insert(passage, last)
    if (passage.target.length === 0) {
      for (let i = from; i < to; i++) {
        const clock = this.places[i]!
        this.delete([baseClient, clock, this.base[i]!.text.length + 1], [baseClient, clock, 1], [])
      }
    } else this.change(passage)
    return { client: baseClient, clock: this.places[to - 1]! + this.base[to - 1]!.text.length + 1 }
  }

  /** Edits the words of a footnote of the base. */
  note(index: number, edits: readonly Edit[]): void {
    const at = this.bodyLength + index
    this.change({ base: { from: at, to: at + 1 }, target: [this.base[at]!], edits })
  }

  private insert({ target, origin, notes = [] }: Passage, last: Id | null): Id {
    const tokens = target.flatMap(({ kind, level, text }): Token[] => {
      // A footnote has a marker and an anchor of its own.
      const size = notes.reduce((sum, words) => sum + words.length + 2, text.length + 1)
      const from = origin === undefined ? null : idKey(baseClient, this.places[origin]!)
      return [{ ...markerOf(kind, level), ...(from && { from, size }) }, text, { e: 1 }]
    })
    if (!last) throw new RangeError('the number line comes first')
    return insertNoted(this.transaction, last, tokens, notes).last
  }

  /** One or more base paragraphs that became one or more target paragraphs. */
  private change({ base: { from, to }, target, edits, notes = [] }: Passage): void {
    const rest = [...notes]
    const old = this.base.slice(from, to)
    // From the end, so that what is inserted does not come between later edits and their places.
    for (const edit of edits.toReversed()) {
      const deleted: number[] = []
      const joins: Join[] = []
      for (let at = edit.from; at < edit.to; at++) {
        const { paragraph, clock, isMark } = this.locate(old, from, at)
        deleted.push(baseClient, clock, 1)
        if (isMark) joins.push([baseClient, clock, baseClient, this.places[from + paragraph]!])
      }
      if (deleted.length > 0) this.delete(deleted, [], joins)
      if (edit.insert === '') continue
      const own = rest.splice(rest.length - countReferences(edit.insert))
      insertNoted(
        this.transaction,
        this.tokenBefore(old, from, edit.to),
        tokensOf(edit.insert, target[0]!),
        own,
      )
    }
  }

  /** The token that stands for an offset of several paragraphs' joined texts. */
  private locate(old: readonly Provision[], first: number, offset: number) {
    let at = offset
    for (const [paragraph, { text }] of old.entries()) {
      if (at < text.length)
        return { paragraph, clock: this.places[first + paragraph]! + 1 + at, isMark: false }
      if (at === text.length)
        return { paragraph, clock: this.places[first + paragraph + 1]!, isMark: true }
      at -= text.length + 1
    }
    throw new RangeError(`no letter ${offset} in the passage`)
  }

  private tokenBefore(old: readonly Provision[], first: number, offset: number): Id {
    if (offset === 0) return { client: baseClient, clock: this.places[first]! }
    return { client: baseClient, clock: this.locate(old, first, offset - 1).clock }
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

const tokensOf = (insert: string, { kind, level }: Provision): Token[] =>
  insert
    .split(paragraphMark)
    .flatMap((line, i): Token[] =>
      i === 0 ? [line] : [{ e: 1 }, { ...markerOf(kind, level), s: 1 }, line],
    )

const markerOf = (kind: Provision['kind'], level: number): Marker => ({
  b: kind,
  ...(level > 1 && { lvl: level }),
})
