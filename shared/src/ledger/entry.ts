/** What a delegation writes beside the text: entries of its ledger `d:<code>`. */
import { z } from 'zod'
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

/** Takes the ranges `r` out of one named `del` or `keep` of the same delegation. */
export interface Keep {
  readonly type: 'keep'
  readonly of: EntryKey
  readonly r: Ranges
  readonly user: string
}

export type Entry = Del | Keep

/** The most ranges that one list of an entry may have. */
export const mostRanges = 1000

const int = z.number().int().nonnegative().max(0xffffffff)
const ranges = z.array(int).max(3 * mostRanges)

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
    user: z.string().min(1).max(64),
  }),
  z.strictObject({
    type: z.literal('keep'),
    of: z.string().regex(/^\d{1,10}:\d{1,10}$/),
    r: ranges,
    user: z.string().min(1).max(64),
  }),
])

/** The root name of a delegation's ledger in the Y.Doc. */
export const ledgerName = (delegation: string): string => `d:${delegation}`
