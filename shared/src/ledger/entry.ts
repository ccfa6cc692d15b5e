/** What a delegation writes beside the text: entries of its ledger `d:<code>`. */
import { z } from 'zod'
import { isLabelValue } from '../resolution/hand-label.ts'
import { formats, kinds } from '../resolution/provision.ts'
import type { Format, Kind } from '../resolution/provision.ts'
import type { Ranges } from './ranges.ts'

/** `<clientID>:<n>`, unique in a delegation's ledger; written only under that client id. */
export type EntryKey = string

/** `[marker client, marker clock, client and clock of the marker of the block shown before it]`. */
export type Join = readonly [number, number, number, number]

/**
 * A deletion. Over one's own delegation's pending insertion it is a withdrawal, over anything else
 * a proposal. `w` names the markers that go with their block; a marker in `r` without `w` is a join,
 * and `j` names for each the block it was joined to.
 */
export interface Del {
  readonly type: 'del'
  readonly r: Ranges
  readonly w?: Ranges | undefined
  readonly j?: readonly Join[] | undefined
  readonly user: string
}

/** Takes the ranges `r` out of one named entry, a `keep` included, of the same delegation. */
export interface Keep {
  readonly type: 'keep'
  readonly of: EntryKey
  readonly r: Ranges
  readonly user: string
}

interface AttrOf<P, V> {
  readonly type: 'attr'
  /** The one marker, as a range of length 1. */
  readonly r: Ranges
  readonly property: P
  readonly value: V
  /** The settings of this property of this marker that were in force when it was written. */
  readonly supersedes: readonly EntryKey[]
  readonly user: string
}

/**
 * Sets what a block is, or how it is labelled: by a text, by none (`noLabel`), or as it is counted
 * (`automaticLabel`). Over one's own delegation's insertion that is not accepted it is simply the
 * value, over anything else a proposal.
 */
export type Attr = AttrOf<'kind', Kind> | AttrOf<'level', number> | AttrOf<'label', string>

/** Turns a format of letters into the opposite of what they have of themselves; else like `Attr`. */
export interface Fmt {
  readonly type: 'fmt'
  readonly r: Ranges
  readonly format: Format
  readonly user: string
}

/** Says which provision a reference in words means; its letters are `r`, `to` is that block's marker. */
export interface Ref {
  readonly type: 'ref'
  readonly r: Ranges
  readonly to: readonly [client: number, clock: number]
  readonly user: string
}

export type Entry = Del | Keep | Attr | Fmt | Ref

/** The kinds that a block can be made: not the number line, and no footnote. */
export const settableKinds = kinds.filter((kind) => kind !== 'number' && kind !== 'footnote')

/** How deep a block can be set. */
export const deepest = 9

/** The most settings that one `attr` supersedes. */
const mostSuperseded = 100

/** The most ranges that one list of an entry may have. */
export const mostRanges = 1000

const int = z.number().int().nonnegative().max(0xffffffff)
const ranges = z.array(int).max(3 * mostRanges)
const user = z.string().min(1).max(64)
const key = z.string().regex(/^\d{1,10}:\d{1,10}$/)
const attr = {
  type: z.literal('attr'),
  r: ranges,
  supersedes: z.array(key).max(mostSuperseded),
  user,
}

/** The shape of an entry as it arrives; whether its ranges are well formed and known is the gate's. */
export const entrySchema: z.ZodType<Entry> = z.discriminatedUnion('type', [
  z.strictObject({
    type: z.literal('del'),
    r: ranges,
    w: ranges.optional(),
    j: z
      .array(z.tuple([int, int, int, int]))
      .max(mostRanges)
      .optional(),
    user,
  }),
  z.strictObject({
    type: z.literal('keep'),
    of: key,
    r: ranges,
    user,
  }),
  z.discriminatedUnion('property', [
    z.strictObject({ ...attr, property: z.literal('kind'), value: z.enum(settableKinds) }),
    z.strictObject({
      ...attr,
      property: z.literal('level'),
      value: z.number().int().min(1).max(deepest),
    }),
    z.strictObject({
      ...attr,
      property: z.literal('label'),
      value: z.string().refine(isLabelValue),
    }),
  ]),
  z.strictObject({
    type: z.literal('fmt'),
    r: ranges,
    format: z.enum(formats),
    user,
  }),
  z.strictObject({ type: z.literal('ref'), r: ranges, to: z.tuple([int, int]), user }),
])

/** The root name of a delegation's ledger in the Y.Doc. */
export const ledgerName = (delegation: string): string => `d:${delegation}`
