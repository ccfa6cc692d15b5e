import type { DatabaseSync } from 'node:sqlite'
import { seatSchema } from '@revmark/shared/wire'
import { z } from 'zod'
import { day } from '../../secret.ts'
import type { Sessions } from '../session.ts'
import { recorder } from './audit-writer.ts'

/** So exactly is it known when a session or a token was last used; milliseconds. */
export const seenStep = 300_000

/** A session that nobody has used for so long has ended; milliseconds. */
const idleLife = 7 * day

const sessionRow = z.object({
  hash: z.string(),
  agent: z.string(),
  at: z.number(),
  seen: z.number(),
})

/** Browser sessions in SQLite. */
export function sqliteSessions(database: DatabaseSync): Sessions {
  const recorded = recorder(database)
  const insert = database.prepare(
    'INSERT INTO sessions (hash, at, expires, agent, seen) VALUES (?, ?, ?, ?, ?)',
  )
  const sit = database.prepare(
    'INSERT INTO seats (session, person, at) VALUES (?, ?, ?) ON CONFLICT DO NOTHING',
  )
  const find = database.prepare(
    'SELECT 1 FROM sessions WHERE hash = ? AND expires > ? AND seen > ?',
  )
  const seats = database.prepare(
    `SELECT p.id, p.meeting, p.name, p.role, p.delegation
     FROM seats s JOIN people p ON p.id = s.person
     WHERE s.session = ? AND p.revoked IS NULL ORDER BY s.rowid`,
  )
  const stale = database.prepare('SELECT 1 FROM sessions WHERE hash = ? AND seen < ?')
  const touch = database.prepare('UPDATE sessions SET seen = ? WHERE hash = ?')
  const of = database.prepare(
    `SELECT hash, agent, at, seen FROM sessions
     WHERE expires > ? AND seen > ? AND hash IN (SELECT session FROM seats WHERE person = ?)
     ORDER BY seen DESC, hash`,
  )
  const leave = database.prepare('DELETE FROM seats WHERE session = ? AND person = ?')
  const leaveAll = database.prepare('DELETE FROM seats WHERE person = ?')
  const end = database.prepare('DELETE FROM sessions WHERE hash = ?')
  const sweep = database.prepare('DELETE FROM sessions WHERE expires <= ? OR seen <= ?')
  return {
    async open(hash, at, expires, agent = '') {
      insert.run(hash, at, expires, agent, at)
    },
    async sit(hash, person, at) {
      sit.run(hash, person, at)
    },
    async seats(hash, at) {
      if (find.get(hash, at, at - idleLife) === undefined) return null
      return seats.all(hash).map((row) => seatSchema.parse(row))
    },
    async touch(hash, at) {
      // A look first: most requests write nothing.
      if (stale.get(hash, at - seenStep) !== undefined) touch.run(at, hash)
    },
    async of(person, at) {
      return of.all(at, at - idleLife, person).map((row) => sessionRow.parse(row))
    },
    async leave(hash, person, told) {
      recorded(told, () => (hash === null ? leaveAll.run(person) : leave.run(hash, person)))
    },
    async end(hash) {
      end.run(hash)
    },
    async sweep(at) {
      sweep.run(at, at - idleLife)
    },
  }
}
