import type { DatabaseSync } from 'node:sqlite'
import { versionSchema } from '@revmark/shared/wire'
import type { Versions } from '../version.ts'
import { recorder } from './audit-writer.ts'

export function sqliteVersions(database: DatabaseSync): Versions {
  const recorded = recorder(database)
  const insert = database.prepare(
    'INSERT INTO versions (draft, name, seq, user, at) VALUES (?, ?, ?, ?, ?) ON CONFLICT DO NOTHING',
  )
  const of = database.prepare(
    'SELECT name, seq, user, at FROM versions WHERE draft = ? ORDER BY seq, at, name',
  )
  return {
    async add(draft, { name, seq, user, at }, told) {
      return recorded(told, () => insert.run(draft, name, seq, user, at).changes === 1)
    },
    async of(draft) {
      return of.all(draft).map((row) => versionSchema.parse(row))
    },
  }
}
