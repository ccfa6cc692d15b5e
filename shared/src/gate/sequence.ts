/** What may be written into the sequence: letters, markers, anchors and references, each in its part. */
import { idKey, parseIdKey } from '../ledger/id.ts'
import type { Id } from '../ledger/id.ts'
import {
  anchorSchema,
  markerSchema,
  movedMarkerSchema,
  noteMarkerSchema,
  referenceSchema,
} from '../ledger/marker.ts'
import { isHeld } from './letters.ts'
import type { Order } from './order.ts'
import { embedOf, sameId } from './struct.ts'
import type { Struct } from './struct.ts'
import type { Tokens } from './tokens.ts'
import type { RefusalCode } from './verdict.ts'

/** Judges one new struct of the sequence, after all that it stands beside. */
export function judgeSequence(struct: Struct, tokens: Tokens, order: Order): RefusalCode | null {
  return judgeContent(struct, tokens) ?? judgePlace(struct, tokens, order)
}

function judgeContent(struct: Struct, tokens: Tokens): RefusalCode | null {
  const { content } = struct
  if (content.type === 'letters') return isHeld(content.text) ? null : 'bad-letters'
  if (content.type === 'deleted') return 'deletes-text'
  if (content.type === 'entries') return 'forbidden-content'
  if (anchorSchema.safeParse(content.value).success) return null
  if (referenceSchema.safeParse(content.value).success) return judgeReference(struct, tokens)
  if (noteMarkerSchema.safeParse(content.value).success) return judgeNoteMarker(struct, tokens)
  if (movedMarkerSchema.safeParse(content.value).success) return judgeInText(struct.origin, tokens)
  const marker = markerSchema.safeParse(content.value)
  if (!marker.success) return 'bad-marker'
  if (marker.data.s !== undefined && !followsItsAnchor(struct, tokens)) return 'bad-marker'
  return judgeInText(struct.origin, tokens)
}

/** A reference is in the text, and names a footnote by its own id, so that no two have one. */
function judgeReference(struct: Struct, tokens: Tokens): RefusalCode | null {
  const isOwn = embedOf(struct)!.f === idKey(struct.client, struct.clock)
  return isOwn ? judgeInText(struct.origin, tokens) : 'bad-note'
}

/** A body stands directly after the sentinel, and its marker was written directly after its reference. */
function judgeNoteMarker(struct: Struct, tokens: Tokens): RefusalCode | null {
  const { client, clock, origin } = struct
  const reference = { client, clock: clock - 1 }
  const isOfReference =
    embedOf(struct)!.n === idKey(client, clock - 1) && tokens.kindAt(reference) === 'reference'
  return isOfReference && origin && tokens.kindAt(origin) === 'sentinel' ? null : 'bad-note'
}

/**
 * Judges what a marker says that it is the copy of, once all new structs of the update are known: a
 * block of the body that was there before it; the root never moves.
 */
export function judgeOrigin(struct: Struct, tokens: Tokens): RefusalCode | null {
  const from = embedOf(struct)?.from
  if (typeof from !== 'string') return null
  const origin = parseIdKey(from)
  const isBefore = origin.client !== struct.client || origin.clock < struct.clock
  return isBefore && tokens.kindAt(origin) === 'marker' ? null : 'bad-move'
}

/** A token stands before the sentinel: what it was written after leads to a marker of the text. */
function judgeInText(id: Id | null, tokens: Tokens): RefusalCode | null {
  let at = id
  while (at) {
    if (!tokens.spend(1)) return 'too-costly'
    const struct = tokens.at(at)
    const kind = struct && tokens.kindIn(struct, at.clock)
    if (!struct || kind === 'note-marker' || kind === 'sentinel') return 'bad-note'
    if (kind === 'marker' || kind === 'root') return null
    at = struct.origin
  }
  return null
}

/** A split's marker stands directly after the anchor that ends the first half, written just before. */
function followsItsAnchor({ client, clock, origin }: Struct, tokens: Tokens): boolean {
  const before = { client, clock: clock - 1 }
  return sameId(origin, before) && tokens.kindAt(before) === 'anchor'
}

function judgePlace(struct: Struct, tokens: Tokens, order: Order): RefusalCode | null {
  const { origin, rightOrigin } = struct
  if (!origin) return 'before-root'
  if (!rightOrigin) return 'outside-body'
  const left = tokens.kindAt(origin)
  const right = tokens.kindAt(rightOrigin)
  if (right === 'root') return 'before-root'
  const isBody = embedOf(struct)?.n !== undefined
  if (!left || !right || (left === 'sentinel' && !isBody)) return 'outside-body'
  if (left === 'first-half' || right === 'second-half') return 'split-letter'
  return order.place(struct, origin, rightOrigin)
}
