/**
 * The rows of the log, written: the hot path. It checks what it reads by hand, since the thread that
 * commits reads nothing but hashes.
 */
import type { DatabaseSync, SQLOutputValue } from 'node:sqlite'
import { placeOf } from '../audit.ts'
import { firstLink, linkOf } from '../chain.ts'
import type { Link } from '../chain.ts'
import type { LogHead, NewEntry } from '../log.ts'
import { auditWriter } from './audit-writer.ts'

export interface LogWriter {
  /** Writes entries inside a transaction that somebody else has begun. Throws where one is not the next. */
  write(draft: string, entries: readonly NewEntry[]): void
  head(draft: string): LogHead | null
  /** The hash of one entry; null where there is none. */
  hashAt(draft: string, seq: number): Link | null
}

/** The writing of the log over one connection. */
export function logWriter(database: DatabaseSync): LogWriter {
  const insert = database.prepare(
    `INSERT INTO updates (draft, seq, user, client, at, kind, data, hash)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?)`,
  )
  const decide = database.prepare(
    'INSERT INTO decisions (id, draft, seq, user, at, note) VALUES (?, ?, ?, ?, ?, ?)',
  )
  const last = database.prepare(
    'SELECT seq, hash FROM updates WHERE draft = ? ORDER BY seq DESC LIMIT 1',
  )
  const at = database.prepare('SELECT hash FROM updates WHERE draft = ? AND seq = ?')

  const audit = auditWriter(database)

  const head = (draft: string): LogHead | null => {
    const row = last.get(draft)
    return row === undefined ? null : { seq: Number(row['seq']), hash: linkIn(row['hash']) }
  }

  return {
    head,
    write(draft, entries) {
      let before = head(draft) ?? { seq: 0, hash: firstLink(draft) }
      for (const entry of entries) {
        const { seq, user, client, at, kind, data, decision, act } = entry
        if (seq !== before.seq + 1)
          throw new RangeError(`entry ${seq} of draft ${draft} would follow entry ${before.seq}`)
        before = { seq, hash: linkOf(before.hash, entry) }
        insert.run(draft, seq, user, client, at, kind, data, before.hash)
        if (decision !== null) decide.run(decision.id, draft, seq, user, at, decision.note)
        if (act) audit(act.meeting, { ...act.deed, log: placeOf(before) })
      }
    },
    hashAt(draft, seq) {
      const row = at.get(draft, seq)
      return row === undefined ? null : linkIn(row['hash'])
    },
  }
}

function linkIn(value: SQLOutputValue | undefined): Link {
  if (value instanceof Uint8Array) return value
  throw new RangeError(`not a hash: ${String(value)}`)
}
