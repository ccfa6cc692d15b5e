import type { DatabaseSync } from 'node:sqlite'
import { seatSchema } from '@revmark/shared/wire'
import type { Sessions } from '../session.ts'

/** Browser sessions in SQLite. */
export function sqliteSessions(database: DatabaseSync): Sessions {
  const insert = database.prepare('INSERT INTO sessions (hash, at, expires) VALUES (?, ?, ?)')
  const sit = database.prepare(
    'INSERT INTO seats (session, person, at) VALUES (?, ?, ?) ON CONFLICT DO NOTHING',
  )
  const find = database.prepare('SELECT 1 FROM sessions WHERE hash = ? AND expires > ?')
  const seats = database.prepare(
    `SELECT p.id, p.meeting, p.name, p.role, p.delegation
     FROM seats s JOIN people p ON p.id = s.person
     WHERE s.session = ? AND p.revoked IS NULL ORDER BY s.rowid`,
  )
  const end = database.prepare('DELETE FROM sessions WHERE hash = ?')
  return {
    async open(hash, at, expires) {
      insert.run(hash, at, expires)
    },
    async sit(hash, person, at) {
      sit.run(hash, person, at)
    },
    async seats(hash, at) {
      if (find.get(hash, at) === undefined) return null
      return seats.all(hash).map((row) => seatSchema.parse(row))
    },
    async end(hash) {
      end.run(hash)
    },
  }
}
