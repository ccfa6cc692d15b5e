/** What may be written into the sequence: letters, block markers and anchors, inside the body. */
import { anchorSchema, markerSchema } from '../ledger/marker.ts'
import { isHeld } from './letters.ts'
import type { Order } from './order.ts'
import { sameId } from './struct.ts'
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
  const marker = markerSchema.safeParse(content.value)
  if (!marker.success) return 'bad-marker'
  return marker.data.s === undefined || followsItsAnchor(struct, tokens) ? null : 'bad-marker'
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
  if (!left || !right || left === 'sentinel') return 'outside-body'
  if (left === 'first-half' || right === 'second-half') return 'split-letter'
  return order.place(struct, origin, rightOrigin)
}
