/** The embeds of the sequence `t`: block markers and anchors. Everything else in it is letters. */
import { z } from 'zod'
import { kinds } from '../resolution/provision.ts'
import type { Kind } from '../resolution/provision.ts'

/**
 * Begins a block. `b` is its kind (`notes` only for the sentinel that ends the body), `lvl` how deep
 * it stands, `label` the literal label (in the base only), `s` says that it splits a block: the
 * anchor of the block it was split from is the token just before it, id clock - 1 of the same client.
 */
export interface Marker {
  readonly b: Kind | 'notes'
  readonly lvl?: number | undefined
  readonly label?: string | undefined
  readonly s?: 1 | undefined
}

/** Ends a block: never shown, never decided, never deleted; keeps neighbouring blocks' letters apart. */
export interface Anchor {
  readonly e: 1
}

export type Embed = Marker | Anchor

export const markerSchema = z.strictObject({
  b: z.enum(kinds),
  lvl: z.number().int().min(1).max(9).optional(),
  s: z.literal(1).optional(),
})

export const anchorSchema = z.strictObject({ e: z.literal(1) })

export const isMarker = (embed: object): embed is Marker => 'b' in embed
