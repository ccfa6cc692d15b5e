import type { DatabaseSync } from 'node:sqlite'
import { z } from 'zod'
import type { Links } from '../link.ts'

const linkRow = z.object({
  hash: z.string(),
  person: z.string(),
  purpose: z.enum(['start', 'invitation']),
  expires: z.number(),
  revoked: z.number().nullable(),
})

/** Sign-in links in SQLite. */
export function sqliteLinks(database: DatabaseSync): Links {
  const insert = database.prepare(
    'INSERT INTO links (hash, person, purpose, expires) VALUES (?, ?, ?, ?)',
  )
  const find = database.prepare(
    'SELECT hash, person, purpose, expires, revoked FROM links WHERE hash = ?',
  )
  const revoke = database.prepare(
    'UPDATE links SET revoked = ? WHERE purpose = ? AND revoked IS NULL',
  )
  return {
    async add({ hash, person, purpose, expires }) {
      insert.run(hash, person, purpose, expires)
    },
    async find(hash) {
      const row = find.get(hash)
      return row === undefined ? null : linkRow.parse(row)
    },
    async revoke(purpose, at) {
      revoke.run(at, purpose)
    },
  }
}
