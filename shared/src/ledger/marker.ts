/** The embeds of the sequence `t`: markers, anchors, references. Everything else in it is letters. */
import { z } from 'zod'
import { kinds } from '../resolution/provision.ts'
import type { Kind } from '../resolution/provision.ts'

/**
 * Begins a block. `b` is its kind (`notes` only for the sentinel that ends the body), `lvl` how deep
 * it stands, `label` the literal label (in the base only), `s` says that it splits a block: the
 * anchor of the block it was split from is the token just before it, id clock - 1 of the same client.
 * `n` is the id of the footnote whose body it begins, after the sentinel. `from` says that the block
 * was moved: the marker of the block of which it is the copy, `client:clock`, and `size` how many
 * tokens its client wrote for it directly after the marker, footnotes included; `on` that it was moved
 * together with the block whose copy was written just before.
 */
export interface Marker {
  readonly b: Kind | 'notes'
  readonly lvl?: number | undefined
  readonly label?: string | undefined
  readonly s?: 1 | undefined
  readonly n?: string | undefined
  readonly from?: string | undefined
  readonly size?: number | undefined
  readonly on?: 1 | undefined
}

/** Ends a block: never shown, never decided, never deleted; keeps neighbouring blocks' letters apart. */
export interface Anchor {
  readonly e: 1
}

/**
 * A letter of the text that stands for a footnote: `f` is the footnote's id, the id of the token that
 * first refers to it, `client:clock`.
 */
export interface Reference {
  readonly f: string
}

export type Embed = Marker | Anchor | Reference

const shape = { b: z.enum(kinds), lvl: z.number().int().min(1).max(9).optional() }

export const markerSchema = z.strictObject({ ...shape, s: z.literal(1).optional() })

/** The marker of the copy of a block that was moved; nothing is split from another and moved at once. */
export const movedMarkerSchema = z.strictObject({
  ...shape,
  from: z.string().regex(/^(0|[1-9]\d{0,9}):(0|[1-9]\d{0,9})$/),
  size: z.number().int().min(1).max(0xffffffff),
  on: z.literal(1).optional(),
})

/** The marker of a footnote's body. */
export const noteMarkerSchema = z.strictObject({ b: z.literal('footnote'), n: z.string() })

export const referenceSchema = z.strictObject({ f: z.string() })

export const anchorSchema = z.strictObject({ e: z.literal(1) })

export const isMarker = (embed: object): embed is Marker => 'b' in embed

/** Whether it begins the body of a footnote: nobody covers or decides it, it follows its references. */
export const isNoteMarker = (embed: object): boolean => 'b' in embed && 'n' in embed
