import type { DatabaseSync } from 'node:sqlite'
import { z } from 'zod'
import type { Links } from '../link.ts'
import { recorder } from './audit-writer.ts'

const linkRow = z.object({
  hash: z.string(),
  person: z.string(),
  purpose: z.enum(['start', 'invitation']),
  at: z.number().nullable(),
  expires: z.number(),
  revoked: z.number().nullable(),
  uses: z.number().nullable(),
  used: z.number(),
})

const columns = 'hash, person, purpose, at, expires, revoked, uses, used'

/** Sign-in links in SQLite. */
export function sqliteLinks(database: DatabaseSync): Links {
  const recorded = recorder(database)
  const insert = database.prepare(
    'INSERT INTO links (hash, person, purpose, at, expires, uses) VALUES (?, ?, ?, ?, ?, ?)',
  )
  const find = database.prepare(`SELECT ${columns} FROM links WHERE hash = ?`)
  const of = database.prepare(
    `SELECT ${columns} FROM links WHERE person IN (SELECT id FROM people WHERE meeting = ?)
     ORDER BY at DESC, hash`,
  )
  const use = database.prepare(
    `UPDATE links SET used = used + 1
     WHERE hash = ? AND revoked IS NULL AND expires > ? AND (uses IS NULL OR used < uses)`,
  )
  const revoke = database.prepare(
    'UPDATE links SET revoked = ? WHERE purpose = ? AND revoked IS NULL',
  )
  const revokeOne = database.prepare(
    'UPDATE links SET revoked = ? WHERE hash = ? AND revoked IS NULL',
  )
  return {
    async add({ hash, person, purpose, at, expires, uses }, told) {
      recorded(told, () => insert.run(hash, person, purpose, at, expires, uses))
    },
    async find(hash) {
      const row = find.get(hash)
      return row === undefined ? null : linkRow.parse(row)
    },
    async redeem(hash, at) {
      const done = use.run(hash, at).changes === 1
      const row = find.get(hash)
      if (row === undefined) return { refused: 'unknown' }
      const { person, revoked, expires } = linkRow.parse(row)
      if (done) return { person }
      const refused = revoked !== null ? 'revoked' : expires <= at ? 'expired' : 'used'
      return { refused, of: person }
    },
    async of(meeting) {
      return of.all(meeting).map((row) => linkRow.parse(row))
    },
    async revoke(purpose, at) {
      revoke.run(at, purpose)
    },
    async revokeOne(hash, at, told) {
      recorded(told, () => revokeOne.run(at, hash))
    },
  }
}
