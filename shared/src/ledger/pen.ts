/** One delegate's hand: every edit as tokens and entries. Nothing it writes deletes anything. */
import { referenceLetter } from '../resolution/notes.ts'
import type { Format, FormatSpan } from '../resolution/provision.ts'
import type { Change } from './changes.ts'
import { deletionBetween, deletionOf, joinOf, withdrawalOf, withNotes } from './deletion.ts'
import type { Deletion } from './deletion.ts'
import { anchorAfter, entersAt, followerOf, isIdle, markerLike, paragraphOf } from './enter.ts'
import { entryName } from './entries.ts'
import { EntryWriter } from './entry-writer.ts'
import type { Author } from './entry-writer.ts'
import type { EntryKey } from './entry.ts'
import { History } from './history.ts'
import type { Growth, Part } from './history.ts'
import { idKey, parseIdKey } from './id.ts'
import type { Id } from './id.ts'
import { insertedLines } from './inserted.ts'
import type { Inserted } from './inserted.ts'
import type { Marker } from './marker.ts'
import type { Ledger } from './ledger.ts'
import { isNoteMarker } from './marker.ts'
import type { Direction, MoveProblem } from './journey.ts'
import { writeMove } from './moving.ts'
import { insertNoted } from './noted-tokens.ts'
import { endOf, isLive, landing, reachOf, seenAt } from './place.ts'
import type { Place } from './place.ts'
import { mayEndReference, meaningsOf } from './meanings.ts'
import { mendedMeaning, mendingOf } from './mending.ts'
import type { StaleReference } from './references.ts'
import { shapingOf, turningOf } from './shaping.ts'
import type { FormattedRun, Wish } from './shaping.ts'
import { countOf, eachRange, intersect, range, toRanges, union } from './ranges.ts'
import type { Ranges } from './ranges.ts'
import { findItem, insertAfter, knownClock, sentinelOf } from './sequence.ts'
import type { Token } from './sequence.ts'
import { endures } from './state.ts'

/** What an undo or a redo did: where the caret goes, and how many tokens it left alone as decided. */
export interface Undone {
  readonly place: Place | null
  readonly decided: number
}

/** The paragraphs that were moved, by their keys afterwards, or why none was. */
export type Moved = { readonly keys: readonly string[] } | { readonly problem: MoveProblem }

export class Pen {
  private readonly ledger: Ledger
  private readonly author: Author
  private readonly now: () => number
  private readonly history = new History()
  private readonly writer: EntryWriter

  /** `now` tells the time in milliseconds; it only decides what one undo step takes in. */
  constructor(ledger: Ledger, author: Author, now: () => number) {
    this.ledger = ledger
    this.author = author
    this.writer = new EntryWriter(ledger, author)
    this.now = now
  }

  get canUndo(): boolean {
    return this.history.canUndo
  }

  get canRedo(): boolean {
    return this.history.canRedo
  }

  /** Ends the undo step in the making: the caret was set elsewhere. */
  rest(): void {
    this.history.rest()
  }

  /** From now on everything written is one undo step, until `closeStep`: a composed word, a drag. */
  openStep(): void {
    this.history.gather()
  }

  closeStep(): void {
    this.history.scatter()
  }

  /**
   * Writes text at the caret, its letters with the formats `looks`; a line feed in it splits, but not
   * in a footnote, where text with looks must have none. A word that is being typed stays together
   * even where somebody strikes what stands around it meanwhile.
   */
  insert(at: Place, text: string, looks: readonly FormatSpan[] = []): Inserted {
    const growth: Growth = { kind: 'typing', at: idKey(at.after.client, at.after.clock) }
    const after = this.history.follows(growth) ? at.after : landing(this.ledger, at.after)
    return this.write(at, after, text, looks, this.history.grows(growth, this.now()))
  }

  /**
   * Strikes or withdraws everything between two places, markers included: paragraphs after the
   * first are joined to it. Returns the caret at the start of the range.
   */
  erase(from: Place, end: Place): Place {
    const to = reachOf(this.ledger, from, end)
    const deletion = deletionBetween(this.ledger, this.author.delegation, from, to)
    if (!deletion) return from
    const last = this.erasesOn(from, to) ? this.history.last?.parts.at(-1) : undefined
    const key = last?.type === 'entry' ? last.key : null
    const at = idKey(from.after.client, from.after.clock)
    this.strike(from, deletion, key, { kind: 'erasing', at })
    return from
  }

  /** Strikes what lies between two places and writes text after it, as `insert`, in one undo step. */
  replace(from: Place, end: Place, text: string, looks: readonly FormatSpan[] = []): Inserted {
    const to = reachOf(this.ledger, from, end)
    if (from.after.client === to.after.client && from.after.clock === to.after.clock) {
      return this.insert(from, text, looks)
    }
    const deletion = deletionBetween(this.ledger, this.author.delegation, from, to)
    // What is left behind is a paragraph no more once the last of its words has gone.
    const follower = text.includes('\n') ? followerOf(this.ledger, from.paragraph) : null
    if (deletion) this.strike(from, deletion)
    // Over several blocks the text stands in the last one, and is seen in the first.
    const isOneBlock = this.ledger.blockOf(from.after) === this.ledger.blockOf(to.after)
    const after = landing(this.ledger, isOneBlock ? from.after : to.after)
    return this.write(from, after, text, looks, deletion !== null, follower)
  }

  /**
   * Inserts a footnote at the caret, with its words, as one line: a reference there and a body, of
   * which the marker is the next token of the same client. Returns the caret at the end of the body.
   * null in a footnote, and in a draft of an older version, which has no place for bodies.
   */
  insertNote(at: Place, text: string, looks: readonly FormatSpan[] = []): Place | null {
    const { ydoc } = this.ledger
    if (this.isInNote(at) || !sentinelOf(ydoc)?.right) return null
    const after = landing(this.ledger, at.after)
    return ydoc.transact((transaction) => {
      const words = oneLine(text)
      const { first } = insertNoted(transaction, after, [referenceLetter], [words])
      const { client, clock } = first
      const tokens = range(client, clock, knownClock(ydoc, client) - clock)
      const key = idKey(client, clock + 1)
      const lines = insertedLines(key, { client, clock: clock + 2 }, [words], true)
      const parts = [{ type: 'tokens' as const, r: tokens }, ...this.writer.looks(lines, looks)]
      this.history.record({ place: at, parts }, this.now(), false, null)
      return { paragraph: key, after: { client, clock: clock + 1 + words.length } }
    }, this)
  }

  /** Enter. Returns the caret in the later of the two paragraphs, at its start; a footnote is one. */
  split(at: Place): Place {
    const { ledger } = this
    if (this.isInNote(at)) return at
    const enters = entersAt(ledger, at.after)
    if (enters === 'before') {
      const { lastId } = findItem(ledger.ydoc, at.after)!.left!
      const marker = markerLike(paragraphOf(ledger, at.paragraph))
      this.writeStep(at, lastId, [marker, { e: 1 }])
      return at
    }
    const follower = followerOf(ledger, at.paragraph)
    const { client, clock } =
      enters === 'after'
        ? this.writeStep(at, anchorAfter(ledger, at.after), [follower, { e: 1 }])
        : this.writeStep(at, landing(ledger, at.after), [{ e: 1 }, { ...follower, s: 1 }])
    const marker = { client, clock: enters === 'after' ? clock : clock + 1 }
    return { paragraph: idKey(marker.client, marker.clock), after: marker }
  }

  /**
   * Backspace at a paragraph's start: joins it to the one before, or, if nothing in it is live,
   * strikes it whole. Where the one before is an empty one of one's own, that is taken back instead:
   * Enter did no more. Returns the caret where the two meet; null at the root.
   */
  joinBackward(key: string): Place | null {
    const { paragraphs } = this.ledger.project('marked')
    const index = paragraphs.findIndex((paragraph) => paragraph.key === key)
    const paragraph = paragraphs[index]
    if (index <= 0 || !paragraph || isNoteMarker(paragraph.marker)) return null
    const before = paragraphs[index - 1]!
    const caret = endOf(before)
    const id = parseIdKey(key)
    const { delegation } = this.author
    if (paragraph.state.proposers.some((proposer) => proposer.delegation === delegation)) {
      return caret
    }
    if (isIdle(before, paragraph, delegation)) {
      this.strikeParagraphs([before.key])
      return { paragraph: key, after: id }
    }
    const r = range(id.client, id.clock, 1)
    // In the clean view it may have words that the marked view shows behind a struck mark.
    const clean = this.ledger.project('clean').paragraphs.find((other) => other.key === key)
    const hasLive = [...paragraph.pieces, ...(clean?.pieces ?? [])].some(
      ({ type, state }) => type === 'text' && isLive(state),
    )
    this.strike(caret, hasLive ? { r, j: [joinOf(id, before.key)] } : { r, w: r })
    return caret
  }

  /** Strikes or withdraws whole paragraphs, markers and words; of footnotes their references. */
  strikeParagraphs(keys: readonly string[]): void {
    const { paragraphs } = this.ledger.project('marked')
    const struck = paragraphs.filter(({ key }) => keys.includes(key))
    const deletion = deletionOf(this.ledger, this.author.delegation, struck)
    if (!deletion) return
    const { key } = struck[0]!
    this.strike({ paragraph: key, after: parseIdKey(key) }, deletion)
  }

  /**
   * Moves whole paragraphs with what stands under them, as one undo step; `place` is where the caret
   * stood. Returns the paragraphs by their new keys, or why nothing was moved.
   */
  move(keys: readonly string[], direction: Direction, place: Place | null = null): Moved {
    const { ledger, writer } = this
    const moved = ledger.ydoc.transact(
      (transaction) =>
        writeMove(transaction, ledger, writer, this.author.delegation, keys, direction),
      this,
    )
    if ('problem' in moved) return moved
    this.history.record({ place, parts: moved.parts }, this.now(), false, null)
    return moved
  }

  /**
   * Makes paragraphs another kind or level, as one undo step. False where none of them changes: the
   * number line stays what it is.
   */
  shape(wishes: readonly Wish[]): boolean {
    const { delegation } = this.author
    const parts = this.ledger.ydoc.transact(() => {
      return wishes.flatMap((wish): Part[] => {
        const { attrs, keeps } = shapingOf(this.ledger, delegation, wish)
        return [
          ...attrs.map((attr) => this.writer.attr(attr)),
          ...keeps.flatMap(({ of, r }) => this.writer.keep(of, r)),
        ]
      })
    }, this)
    return this.recordSetting(parts)
  }

  /**
   * Gives letters a format, or takes it where all of them have it, as one undo step. Says how many
   * letters stay as they are, since another's proposal or a decision made them so.
   */
  format(pieces: readonly FormattedRun[], format: Format): { readonly others: number } {
    const { r, keeps, others } = turningOf(this.ledger, this.author.delegation, pieces, format)
    const parts = this.ledger.ydoc.transact(
      () => [
        ...this.writer.fmt(format, r),
        ...keeps.flatMap((keep) => this.writer.keep(keep.of, keep.r)),
      ],
      this,
    )
    this.recordSetting(parts)
    return { others }
  }

  /**
   * Writes what references that have come to say another label have to say now, as one undo step. A
   * reference that has changed meanwhile is left alone. Returns how many were written.
   */
  mend(references: readonly StaleReference[]): number {
    let mended = 0
    this.openStep()
    // From the last to the first: what stands before one keeps its place.
    for (const stale of references.toReversed()) {
      const mending = mendingOf(this.ledger, stale)
      if (!mending) continue
      const { from, to, text } = mending
      if (text === '') this.erase(from, to)
      else this.replace(from, to, text)
      const meaning = mendedMeaning(this.ledger, stale)
      if (meaning) this.writer.ref(meaning)
      mended++
    }
    this.closeStep()
    return mended
  }

  private recordSetting(parts: readonly Part[]): boolean {
    if (parts.length > 0) this.history.record({ place: null, parts }, this.now(), false, null)
    return parts.length > 0
  }

  /** Takes back a pending change of one's own delegation. False where it is another's or decided. */
  withdraw(change: Change): boolean {
    const { delegation } = this.author
    if (change.delegation !== delegation || change.state !== 'pending') return false
    const parts: Part[] = []
    this.ledger.ydoc.transact(() => {
      const withdrawal = withdrawalOf(
        this.ledger,
        this.undecided({ type: 'tokens', r: change.ins }),
      )
      if (withdrawal) parts.push(...this.writer.del(withdrawal))
      for (const { delegation: by, entry: key } of change.entries) {
        const record = this.ledger.recordOf(by, key)
        if (!record || by !== delegation) continue
        const r = intersect(record.entry.r, union(change.del, change.set))
        parts.push(...this.writer.keep(key, this.undecided({ type: 'entry', key, r })))
      }
    }, this)
    if (parts.length > 0) this.history.record({ place: null, parts }, this.now(), false, null)
    return parts.length > 0
  }

  /** Takes the last step back, for its full ranges, except where the chair has decided since. */
  undo(): Undone | null {
    return this.turn('undo')
  }

  redo(): Undone | null {
    return this.turn('redo')
  }

  private turn(direction: 'undo' | 'redo'): Undone | null {
    let decided = 0
    const step = this.history.turn(direction, ({ parts, place }) => {
      const inverse: Part[] = []
      this.ledger.ydoc.transact(() => {
        for (const part of parts.toReversed()) {
          const open = this.undecided(part)
          decided += countOf(part.r) - countOf(open)
          if (open.length === 0) continue
          if (part.type === 'entry') {
            inverse.push(...this.writer.keep(part.key, open))
            continue
          }
          const withdrawal = withdrawalOf(this.ledger, open)
          if (withdrawal) inverse.push(...this.writer.del(withdrawal))
        }
      }, this)
      return { parts: inverse, place }
    })
    return step && { place: step.place && seenAt(this.ledger, step.place), decided }
  }

  /** The tokens of a part whose aspect the chair has not decided since. */
  private undecided(part: Part): Ranges {
    const { delegation } = this.author
    const root = part.type === 'entry' ? this.ledger.rootOf(delegation, part.key) : null
    const sets = root?.entry.type === 'attr' || root?.entry.type === 'fmt'
    const out: number[] = []
    eachRange(part.r, (client, clock, length) => {
      for (const stretch of this.ledger.states.stretches(client, clock, length)) {
        const { state, insDecision, rejected, settled } = stretch.aspects
        // Over own words an entry withdraws them, unless they are accepted or in brackets.
        const withdraws = state.author === delegation && !endures(state.ins)
        const name = root ? entryName(delegation, root.key) : ''
        const decided =
          part.type === 'tokens' || withdraws
            ? insDecision !== null
            : sets
              ? settled.has(name)
              : state.del === 'accepted' || state.del === 'bracketed' || rejected.has(name)
        if (!decided) out.push(client, stretch.clock, stretch.length)
      }
    })
    return toRanges(out)
  }

  /** Whether a deletion goes on where the last one stopped, to the left or to the right. */
  private erasesOn(from: Place, to: Place): boolean {
    return [to, from].some(({ after: { client, clock } }) =>
      this.history.grows({ kind: 'erasing', at: idKey(client, clock) }, this.now()),
    )
  }

  /** Writes a deletion as a step of its own, or into the entry `key` of the step in the making. */
  private strike(
    place: Place,
    deletion: Deletion,
    key: EntryKey | null = null,
    next: Growth | null = null,
  ): void {
    const whole = withNotes(this.ledger, this.author.delegation, deletion)
    const parts = this.ledger.ydoc.transact(() => this.writer.del(whole, key), this)
    const grown = key !== null && parts.some((part) => part.type === 'entry' && part.key === key)
    this.history.record({ place, parts }, this.now(), grown, next)
  }

  /** Writes text, and keeps what the references in it mean. */
  private write(...written: Parameters<Pen['writeLines']>): Inserted {
    const inserted = this.writeLines(...written)
    const [, , text] = written
    if (mayEndReference(text, this.ledger, inserted.after)) {
      const r = inserted.lines.flatMap(({ client, clock, length }) => [client, clock, length])
      for (const meaning of meaningsOf(this.ledger, toRanges(r))) this.writer.ref(meaning)
    }
    return inserted
  }

  /**
   * Writes lines of text after a token, each line but the first in a paragraph of its own: split from
   * the one before, or, where nothing stands after the token, added after it; of the kind `known`, or
   * of what follows the paragraph.
   */
  private writeLines(
    at: Place,
    after: Id,
    text: string,
    looks: readonly FormatSpan[],
    grows: boolean,
    known: Marker | null = null,
  ): Inserted {
    if (text === '') return { ...at, lines: insertedLines(at.paragraph, at.after, [text], false) }
    const [head, ...tails] = this.isInNote(at) ? [oneLine(text)] : text.split('\n')
    const { ydoc } = this.ledger
    const client = ydoc.clientID
    const clock = knownClock(ydoc, client)
    const adds = tails.length > 0 && entersAt(this.ledger, after) === 'after'
    return ydoc.transact(() => {
      const follower = known ?? (tails.length > 0 ? followerOf(this.ledger, at.paragraph) : null)
      if (adds) {
        const anchor = anchorAfter(this.ledger, after)
        this.writeTokens(after, [head!])
        this.writeTokens(
          anchor,
          tails.flatMap((line): Token[] => [follower!, line, { e: 1 }]),
        )
      } else {
        const splits = tails.flatMap((line): Token[] => [{ e: 1 }, { ...follower!, s: 1 }, line])
        this.writeTokens(after, [head!, ...splits])
      }
      const r = range(client, clock, knownClock(ydoc, client) - clock)
      const lines = insertedLines(at.paragraph, { client, clock }, [head!, ...tails], adds)
      const { key, clock: start, length } = lines.at(-1)!
      const last = { client, clock: start + length - 1 }
      const next: Growth = { kind: 'typing', at: idKey(last.client, last.clock) }
      const parts = [{ type: 'tokens' as const, r }, ...this.writer.looks(lines, looks)]
      this.history.record({ place: at, parts }, this.now(), grows, tails.length > 0 ? null : next)
      return { paragraph: key, after: last, lines }
    }, this)
  }

  private isInNote({ after }: Place): boolean {
    return this.ledger.blockOf(after)?.marker.n !== undefined
  }

  /** Writes tokens as a step of its own; returns the id of the first. */
  private writeStep(place: Place, after: Id, tokens: readonly Token[]): Id {
    const first = this.writeTokens(after, tokens)
    const r = range(first.client, first.clock, tokens.length)
    this.history.record({ place, parts: [{ type: 'tokens', r }] }, this.now(), false, null)
    return first
  }

  private writeTokens(after: Id, tokens: readonly Token[]): Id {
    return this.ledger.ydoc.transact((transaction) => insertAfter(transaction, after, tokens), this)
  }
}

/** A footnote is one paragraph. */
const oneLine = (text: string): string => text.replaceAll(/\s*\n\s*/gu, ' ')
