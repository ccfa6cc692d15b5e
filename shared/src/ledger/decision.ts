/** What the chair decided: entries of the append-only Y.Array `decisions`, written by the server only. */
import { z } from 'zod'
import type { EntryKey, Join } from './entry.ts'
import type { Ranges } from './ranges.ts'

export const verbs = ['accept', 'reject', 'bracket', 'reopen'] as const

export type Verb = (typeof verbs)[number]

/** A deletion entry by its full name, delegation included. */
export interface EntryRef {
  readonly delegation: string
  readonly entry: EntryKey
}

/** What a delegation had made of the tokens `r` of its insertion, by which entries. */
export interface Own {
  readonly r: Ranges
  readonly entries: readonly EntryRef[]
}

/**
 * What is decided of `attr` and `fmt` entries over the tokens `r`, each of which all of them covered:
 * the verb holds for `entries`; accepting them rejects those `against` them, other values of the same
 * properties.
 */
export interface Settled extends Own {
  readonly against: readonly EntryRef[]
}

/**
 * Covers the insertion aspect of the tokens in `ins` and the deletion aspect of those in `del`.
 * A rejected deletion names its `entries`; one that is accepted or put in brackets keeps its own
 * copy of `w` and `j`; such an insertion its own copy of what its delegation had set of it, `own`.
 * Who decided and when stands in the server's log under `id`.
 */
export interface Decision {
  readonly id: string
  readonly verb: Verb
  readonly ins: Ranges
  readonly del: Ranges
  readonly entries: readonly EntryRef[]
  readonly w: Ranges
  readonly j: readonly Join[]
  readonly own?: readonly Own[] | undefined
  readonly settled?: readonly Settled[] | undefined
  /** Why, in the chair's words. */
  readonly note?: string | undefined
}

/** A chair's request: the ranges with what the chair saw of them; refused where that is no longer so. */
export const decisionRequestSchema = z.strictObject({
  verb: z.enum(verbs),
  ins: z.array(z.number().int().nonnegative()).max(30_000),
  del: z.array(z.number().int().nonnegative()).max(30_000),
  /** Tokens of which what is set is decided. */
  set: z.array(z.number().int().nonnegative()).max(30_000).optional(),
  entries: z
    .array(
      z.strictObject({
        delegation: z.string().max(32),
        entry: z.string().max(32),
        /** The tokens of `set` for which it is meant; left out: all of them. */
        r: z.array(z.number().int().nonnegative()).max(30_000).optional(),
      }),
    )
    .max(10_000),
  /** What the chair saw: the digest of the decided aspects, from `seenDigest`. */
  seen: z.string().max(500_000),
  note: z.string().max(2000).optional(),
})

export type DecisionRequest = z.infer<typeof decisionRequestSchema>
