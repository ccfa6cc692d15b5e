import type { DatabaseSync } from 'node:sqlite'
import { scopeSchema, seatSchema } from '@revmark/shared/wire'
import { z } from 'zod'
import type { Tokens } from '../token.ts'
import { seenStep } from './sessions.ts'
import { recorder } from './audit-writer.ts'

const scopesColumn = z
  .string()
  .transform((text): unknown => JSON.parse(text))
  .pipe(z.array(scopeSchema))

const tokenRow = z.object({
  hash: z.string(),
  person: z.string(),
  name: z.string(),
  scopes: scopesColumn,
  at: z.number(),
  expires: z.number(),
  revoked: z.number().nullable(),
  seen: z.number().nullable(),
})

/** Tokens of scripts in SQLite; scopes are JSON. */
export function sqliteTokens(database: DatabaseSync): Tokens {
  const recorded = recorder(database)
  const insert = database.prepare(
    'INSERT INTO tokens (hash, person, name, scopes, at, expires) VALUES (?, ?, ?, ?, ?, ?)',
  )
  const find = database.prepare(
    `SELECT p.id, p.meeting, p.name, p.role, p.delegation, t.scopes
     FROM tokens t JOIN people p ON p.id = t.person
     WHERE t.hash = ? AND t.expires > ? AND t.revoked IS NULL AND p.revoked IS NULL`,
  )
  const touch = database.prepare(
    'UPDATE tokens SET seen = ? WHERE hash = ? AND (seen IS NULL OR seen < ?)',
  )
  const of = database.prepare(
    `SELECT * FROM tokens WHERE person IN (SELECT id FROM people WHERE meeting = ?)
     ORDER BY at DESC, hash`,
  )
  const revoke = database.prepare(
    'UPDATE tokens SET revoked = ? WHERE hash = ? AND revoked IS NULL',
  )
  return {
    async add({ hash, person, name, scopes, at, expires }, told) {
      recorded(told, () => insert.run(hash, person, name, JSON.stringify(scopes), at, expires))
    },
    async find(hash, at) {
      const row = find.get(hash, at)
      if (row === undefined) return null
      return { seat: seatSchema.parse(row), scopes: scopesColumn.parse(row['scopes']) }
    },
    async touch(hash, at) {
      touch.run(at, hash, at - seenStep)
    },
    async of(meeting) {
      return of.all(meeting).map((row) => tokenRow.parse(row))
    },
    async revoke(hash, at, told) {
      recorded(told, () => revoke.run(at, hash))
    },
  }
}
