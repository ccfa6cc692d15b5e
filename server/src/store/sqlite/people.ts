import type { DatabaseSync } from 'node:sqlite'
import { seatSchema } from '@revmark/shared/wire'
import type { People } from '../person.ts'

/** People in SQLite. */
export function sqlitePeople(database: DatabaseSync): People {
  const insert = database.prepare(
    'INSERT INTO people (id, meeting, name, role, delegation) VALUES (?, ?, ?, ?, ?)',
  )
  const find = database.prepare(
    'SELECT id, meeting, name, role, delegation FROM people WHERE id = ? AND revoked IS NULL',
  )
  const of = database.prepare(
    `SELECT id, meeting, name, role, delegation FROM people
     WHERE meeting = ? AND revoked IS NULL ORDER BY id`,
  )
  const revoke = database.prepare('UPDATE people SET revoked = ? WHERE id = ? AND revoked IS NULL')
  return {
    async add({ id, meeting, name, role, delegation }) {
      insert.run(id, meeting, name, role, delegation)
    },
    async find(id) {
      const row = find.get(id)
      return row === undefined ? null : seatSchema.parse(row)
    },
    async of(meeting) {
      return of.all(meeting).map((row) => seatSchema.parse(row))
    },
    async revoke(id, at) {
      revoke.run(at, id)
    },
  }
}
