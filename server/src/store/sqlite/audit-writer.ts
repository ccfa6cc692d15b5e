/** The rows of the record of what was done, written; for the thread that commits, so without a schema. */
import type { DatabaseSync } from 'node:sqlite'
import { firstHash, hashAfter } from '../audit.ts'
import type { Deed, Told } from '../audit.ts'
import { transaction } from './connection.ts'

/** Appends to the record, inside a transaction that somebody else has begun. */
export function auditWriter(database: DatabaseSync): (meeting: string, deed: Deed) => void {
  const insert = database.prepare(
    `INSERT INTO audit
       (meeting, seq, at, person, token, act, draft, log_seq, log_hash, subject, details, hash)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
  )
  const last = database.prepare(
    'SELECT seq, hash FROM audit WHERE meeting = ? ORDER BY seq DESC LIMIT 1',
  )
  return (meeting, { at, person, token, act, draft, log, subject, details }) => {
    const head = last.get(meeting)
    const seq = Number(head?.['seq'] ?? 0) + 1
    const entry = { seq, at, person, token, act, draft, log, subject, details }
    const hash = hashAfter(head ? String(head['hash']) : firstHash(meeting), entry)
    insert.run(
      meeting,
      seq,
      at,
      person,
      token,
      act,
      draft,
      log?.seq ?? null,
      log?.hash ?? null,
      subject,
      JSON.stringify(details),
      hash,
    )
  }
}

/** Makes a write, with what is told of it as one commit; a write that gives false has changed nothing. */
export type Recorded = <T>(told: Told | undefined, write: () => T) => T

/** Writes over one connection that are recorded as they are made. */
export function recorder(database: DatabaseSync): Recorded {
  const audit = auditWriter(database)
  return (told, write) =>
    transaction(database, () => {
      const result = write()
      if (told && result !== false) audit(told.meeting, told.deed)
      return result
    })
}
