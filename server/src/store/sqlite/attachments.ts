import type { DatabaseSync } from 'node:sqlite'
import { attachmentSchema } from '@revmark/shared/wire'
import { z } from 'zod'
import type { Attachments } from '../attachment.ts'

const bytesRow = z.object({ bytes: z.instanceof(Uint8Array) })

/** Attachments in SQLite, the bytes beside the rest; reports are JSON. */
export function sqliteAttachments(database: DatabaseSync): Attachments {
  const insert = database.prepare(
    `INSERT INTO attachments (draft, id, name, user, delegation, at, hash, report, bytes)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)`,
  )
  const drop = database.prepare('DELETE FROM attachments WHERE draft = ? AND id = ?')
  const of = database.prepare(
    `SELECT id, name, user, delegation, at, hash, report, length(bytes) AS size
     FROM attachments WHERE draft = ? ORDER BY at, rowid`,
  )
  const bytes = database.prepare('SELECT bytes FROM attachments WHERE draft = ? AND id = ?')
  return {
    async add(draft, { id, name, user, delegation, at, hash, report }, file) {
      insert.run(draft, id, name, user, delegation, at, hash, JSON.stringify(report), file)
    },
    async drop(draft, id) {
      drop.run(draft, id)
    },
    async of(draft) {
      return of
        .all(draft)
        .map((row) => attachmentSchema.parse({ ...row, report: JSON.parse(String(row['report'])) }))
    },
    async bytes(draft, id) {
      const row = bytes.get(draft, id)
      return row === undefined ? null : new Uint8Array(bytesRow.parse(row).bytes)
    },
  }
}
