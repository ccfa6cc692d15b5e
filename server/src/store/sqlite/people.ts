import type { DatabaseSync } from 'node:sqlite'
import { seatSchema } from '@revmark/shared/wire'
import { z } from 'zod'
import { erasedName } from '../person.ts'
import type { People } from '../person.ts'
import { recorder } from './audit-writer.ts'

const personRow = seatSchema.extend({
  email: z.string().nullable(),
  revoked: z.number().nullable(),
  erased: z.number().nullable(),
})

/** People in SQLite. */
export function sqlitePeople(database: DatabaseSync): People {
  const recorded = recorder(database)
  const insert = database.prepare(
    'INSERT INTO people (id, meeting, name, role, delegation, email) VALUES (?, ?, ?, ?, ?, ?)',
  )
  const find = database.prepare('SELECT * FROM people WHERE id = ? AND revoked IS NULL')
  const of = database.prepare(
    'SELECT * FROM people WHERE meeting = ? AND revoked IS NULL ORDER BY id',
  )
  const withEmail = database.prepare(
    'SELECT * FROM people WHERE email = ? AND revoked IS NULL ORDER BY meeting, id',
  )
  const everyone = database.prepare('SELECT * FROM people WHERE meeting = ? ORDER BY name, id')
  const change = database.prepare(
    'UPDATE people SET name = ?, role = ?, delegation = ?, email = ? WHERE id = ?',
  )
  const revoke = database.prepare('UPDATE people SET revoked = ? WHERE id = ? AND revoked IS NULL')
  const forget = database.prepare(
    `UPDATE people SET name = ?, email = NULL, revoked = coalesce(revoked, ?), erased = ?
     WHERE id = ? AND erased IS NULL`,
  )
  // Of a browser in which somebody else sits too only the seat goes.
  const forgetBrowsers = database.prepare(
    `DELETE FROM sessions WHERE hash IN (SELECT session FROM seats WHERE person = ?1)
       AND hash NOT IN (SELECT session FROM seats WHERE person <> ?1)`,
  )
  const leave = database.prepare('DELETE FROM seats WHERE person = ?')
  const forgetTokens = database.prepare(
    'UPDATE tokens SET name = ?, revoked = coalesce(revoked, ?) WHERE person = ?',
  )
  const forgetLinks = database.prepare(
    'UPDATE links SET revoked = coalesce(revoked, ?) WHERE person = ?',
  )
  return {
    async add({ id, meeting, name, role, delegation }, email = null, told) {
      recorded(told, () => insert.run(id, meeting, name, role, delegation, email))
    },
    async find(id) {
      const row = find.get(id)
      return row === undefined ? null : seatSchema.parse(row)
    },
    async of(meeting) {
      return of.all(meeting).map((row) => seatSchema.parse(row))
    },
    async withEmail(email) {
      return withEmail.all(email).map((row) => seatSchema.parse(row))
    },
    async everyone(meeting) {
      return everyone.all(meeting).map((row) => personRow.parse(row))
    },
    async change(id, changed, told) {
      return recorded(told, () => {
        const row = find.get(id)
        if (row === undefined) return false
        const { name, role, delegation, email } = { ...personRow.parse(row), ...changed }
        change.run(name, role, delegation, email, id)
        return true
      })
    },
    async revoke(id, at, told) {
      recorded(told, () => revoke.run(at, id))
    },
    async erase(id, at, told) {
      recorded(told, () => {
        forget.run(erasedName, at, at, id)
        forgetBrowsers.run(id)
        leave.run(id)
        forgetTokens.run(erasedName, at, id)
        forgetLinks.run(at, id)
      })
    },
  }
}
