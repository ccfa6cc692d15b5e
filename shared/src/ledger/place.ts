/** Where a hand writes: between two tokens, named by the one on the left, never by an index. */
import { baseClient, idKey, parseIdKey } from './id.ts'
import type { Id } from './id.ts'
import type { Ledger } from './ledger.ts'
import type { Paragraph, Piece, Projection } from './paragraph.ts'
import { findItem, lettersOf, markerOf } from './sequence.ts'
import type { Item } from './sequence.ts'
import type { TokenState } from './state.ts'

/**
 * The caret: directly after a token that the view shows, or after the paragraph's own marker (its
 * start). `paragraph` is the key of the paragraph in which it is seen.
 */
export interface Place {
  readonly paragraph: string
  readonly after: Id
}

/** One stretch of equal tokens on a walk through the sequence. */
export interface Step {
  readonly type: 'text' | 'anchor' | 'marker'
  readonly client: number
  readonly clock: number
  readonly length: number
  readonly text: string
  readonly state: TokenState
  readonly item: Item
}

/** The stretches from directly after a token to the end of the body. */
export function* walk(ledger: Ledger, after: Id): Generator<Step> {
  const start = findItem(ledger.ydoc, after)
  if (!start) throw new RangeError(`unknown token ${after.client}:${after.clock}`)
  for (let item: Item | null = start; item; item = item.right) {
    if (markerOf(item)?.b === 'notes') return
    const from: number = item === start ? after.clock + 1 - item.id.clock : 0
    if (from >= item.length) continue
    const text = lettersOf(item)
    const type = text !== '' ? 'text' : markerOf(item) ? 'marker' : 'anchor'
    const { client, clock } = item.id
    for (const stretch of ledger.states.stretches(client, clock + from, item.length - from)) {
      const at = stretch.clock - clock
      yield {
        type,
        client,
        clock: stretch.clock,
        length: stretch.length,
        text: text.slice(at, at + stretch.length),
        state: stretch.aspects.state,
        item,
      }
    }
  }
}

/** Whether the clean view shows the token. */
export const isLive = ({ ins, del }: TokenState): boolean =>
  (del === 'none' || del === 'bracketed') && ins !== 'rejected' && ins !== 'withdrawn'

/** Struck: a deletion is proposed or accepted, and the words are not rejected or withdrawn. */
export const isStruck = ({ ins, del }: TokenState): boolean =>
  (del === 'pending' || del === 'accepted') && ins !== 'rejected' && ins !== 'withdrawn'

/**
 * The token after which new text goes when the caret stands after `after`: that token, or the last
 * struck letter of the run of struck, rejected and withdrawn letters that follows it, so that a
 * replacement stands after what it replaces; beside what stands in brackets to be deleted, not in it.
 * Never past a marker or an anchor.
 */
export function landing(ledger: Ledger, after: Id): Id {
  let at = wholeLetter(ledger, after)
  for (const step of walk(ledger, at)) {
    const isBracketed = isLive(step.state) && step.state.del === 'bracketed'
    if (step.type !== 'text' || (isLive(step.state) && !isBracketed)) break
    if (isBracketed || isStruck(step.state))
      at = { client: step.client, clock: step.clock + step.length - 1 }
  }
  return at
}

/** Moves an id off the first half of a surrogate pair, which nothing may separate from the second. */
export function wholeLetter(ledger: Ledger, id: Id): Id {
  const item = findItem(ledger.ydoc, id)
  if (!item) throw new RangeError(`unknown token ${id.client}:${id.clock}`)
  const offset = id.clock - item.id.clock
  const unit = lettersOf(item).charCodeAt(offset)
  const isFirstHalf = unit >= 0xd800 && unit < 0xdc00 && offset + 1 < item.length
  return isFirstHalf ? { client: id.client, clock: id.clock + 1 } : id
}

/** Whether an id is the root's: the number line's marker, before which nothing stands. */
export const isRoot = ({ client, clock }: Id): boolean => client === baseClient && clock === 0

/** The caret after the last letter that a paragraph shows. */
export function endOf({ key, pieces }: Paragraph): Place {
  const last = pieces.findLast((piece) => piece.shown)
  const after = last
    ? { client: last.client, clock: last.clock + last.length - 1 }
    : parseIdKey(key)
  return { paragraph: key, after }
}

/** The place after so many letters that a paragraph shows, at its end where it shows fewer. */
export function placeIn({ key, pieces }: Paragraph, offset: number): Place {
  let after = parseIdKey(key)
  let left = offset
  for (const { shown, client, clock, length } of pieces) {
    if (!shown || left === 0) continue
    const taken = Math.min(left, length)
    after = { client, clock: clock + taken - 1 }
    left -= taken
  }
  return { paragraph: key, after }
}

/** The paragraph of a projection in which a token stands, its own marker included; null after the body. */
export const holding = ({ paragraphs }: Projection, { client, clock }: Id): Paragraph | null =>
  paragraphs.find(
    ({ key, pieces }) =>
      key === idKey(client, clock) || pieces.some((piece) => has(piece, client, clock)),
  ) ?? null

const has = (piece: Piece, client: number, clock: number): boolean =>
  piece.client === client && piece.clock <= clock && clock < piece.clock + piece.length

/**
 * A remembered place as the marked view shows it now: itself, or, where its token is hidden, after
 * the last letter shown before it in its paragraph. null where the token is in no paragraph.
 */
export function seenAt(ledger: Ledger, { after }: Place): Place | null {
  const { client, clock } = after
  const paragraph = holding(ledger.project('marked'), after)
  if (!paragraph) return null
  const { key, pieces } = paragraph
  const index = pieces.findIndex((piece) => has(piece, client, clock))
  return index < 0 || pieces[index]!.shown
    ? { paragraph: key, after }
    : endOf({ ...paragraph, pieces: pieces.slice(0, index) })
}

/**
 * Where a range that begins at a place ends: the text and the bodies of footnotes are apart, so what
 * is marked across their border reaches to the end of the text, or of the footnote, it begins in. Told
 * by the clean view, so that what replaces it stands in a paragraph that stays.
 */
export function reachOf(ledger: Ledger, from: Place, to: Place): Place {
  const [first, last] = [from, to].map(({ after }) => ledger.blockOf(after)?.marker.n)
  if (first === last) return to
  const clean = ledger.project('clean').paragraphs
  const own = clean.find(({ key }) => key === from.paragraph)
  const paragraph = first === undefined && own ? clean.findLast(({ marker }) => !marker.n) : own
  const end = paragraph && endOf(paragraph)
  return end && reaches(ledger, from.after, end.after) ? end : from
}

function reaches(ledger: Ledger, from: Id, to: Id): boolean {
  for (const { client, clock, length } of walk(ledger, from))
    if (client === to.client && clock <= to.clock && to.clock < clock + length) return true
  return false
}
