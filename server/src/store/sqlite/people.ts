import type { DatabaseSync } from 'node:sqlite'
import { seatSchema } from '@revmark/shared/wire'
import { z } from 'zod'
import type { People } from '../person.ts'

const personRow = seatSchema.extend({
  email: z.string().nullable(),
  revoked: z.number().nullable(),
})

/** People in SQLite. */
export function sqlitePeople(database: DatabaseSync): People {
  const insert = database.prepare(
    'INSERT INTO people (id, meeting, name, role, delegation, email) VALUES (?, ?, ?, ?, ?, ?)',
  )
  const find = database.prepare('SELECT * FROM people WHERE id = ? AND revoked IS NULL')
  const of = database.prepare(
    'SELECT * FROM people WHERE meeting = ? AND revoked IS NULL ORDER BY id',
  )
  const everyone = database.prepare('SELECT * FROM people WHERE meeting = ? ORDER BY name, id')
  const change = database.prepare(
    'UPDATE people SET name = ?, role = ?, delegation = ?, email = ? WHERE id = ?',
  )
  const revoke = database.prepare('UPDATE people SET revoked = ? WHERE id = ? AND revoked IS NULL')
  return {
    async add({ id, meeting, name, role, delegation }, email = null) {
      insert.run(id, meeting, name, role, delegation, email)
    },
    async find(id) {
      const row = find.get(id)
      return row === undefined ? null : seatSchema.parse(row)
    },
    async of(meeting) {
      return of.all(meeting).map((row) => seatSchema.parse(row))
    },
    async everyone(meeting) {
      return everyone.all(meeting).map((row) => personRow.parse(row))
    },
    async change(id, changed) {
      const row = find.get(id)
      if (row === undefined) return false
      const { name, role, delegation, email } = { ...personRow.parse(row), ...changed }
      change.run(name, role, delegation, email, id)
      return true
    },
    async revoke(id, at) {
      revoke.run(at, id)
    },
  }
}
