/**
 * The record of who did what in a meeting: append-only, each entry's hash over the entry and the hash
 * before it. What was done to a draft carries the head of the draft's log, so that neither can be cut
 * short without the other telling.
 */
import { createHash } from 'node:crypto'
import type { Act, AuditEntry } from '@revmark/shared/wire'
import { hexOf } from './chain.ts'
import type { LogHead } from './log.ts'

/** What was done, before it has its place in the record. */
export type Deed = Omit<AuditEntry, 'seq' | 'hash'>

/** A deed for the record of a meeting, on its way there in the commit of what it tells. */
export interface Told {
  readonly meeting: string
  readonly deed: Deed
}

/** An entry of a draft's log, as a deed names it. */
export const placeOf = ({ seq, hash }: LogHead): Deed['log'] => ({ seq, hash: hexOf(hash) })

/** An entry of the record is not what was written, or is missing. */
export class AuditDamaged extends Error {
  constructor(meeting: string, seq: number) {
    super(`the audit of meeting ${meeting} is damaged at entry ${seq}: its hash does not follow`)
    this.name = 'AuditDamaged'
  }
}

export interface AuditQuery {
  /** Only entries before this one. */
  readonly before: number | null
  /** Only these acts; null: all. */
  readonly acts: readonly Act[] | null
  readonly most: number
}

export interface Audit {
  /** Writes one entry behind all others of the meeting. */
  append(meeting: string, deed: Deed): Promise<void>

  /** Entries, the newest first; each is proved against the one before it. Rejects with AuditDamaged. */
  latest(meeting: string, query: AuditQuery): Promise<readonly AuditEntry[]>

  /** All entries, the oldest first, the whole chain proved. Rejects with AuditDamaged. */
  all(meeting: string): Promise<readonly AuditEntry[]>
}

const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex')

/** What stands before the first entry: a record cannot be passed off as another meeting's. */
export const firstHash = (meeting: string): string => sha256(`revmark audit of ${meeting}`)

/** The hash of an entry, from the hash before it; an export can be proved by this and `firstHash`. */
export function hashAfter(before: string, entry: Omit<AuditEntry, 'hash'>): string {
  const { seq, at, person, token, act, draft, log, subject, details } = entry
  const known = [seq, at, person, token, act, draft, log && [log.seq, log.hash], subject]
  return sha256(`${before}\n${JSON.stringify([...known, Object.entries(details)])}`)
}
