import type { DatabaseSync } from 'node:sqlite'
import { kinds } from '@revmark/shared/resolution'
import type { Provision } from '@revmark/shared/resolution'
import { z } from 'zod'
import type { Drafts } from '../draft.ts'
import { transaction } from './connection.ts'
import type { LogWriter } from './log-writer.ts'

const draftRow = z
  .object({
    id: z.string(),
    meeting: z.string(),
    title: z.string(),
    edition: z.string(),
    base_hash: z.string(),
  })
  .transform(({ base_hash: baseHash, ...draft }) => ({ ...draft, baseHash }))

const provision: z.ZodType<Provision> = z.object({
  kind: z.enum(kinds),
  level: z.number().int(),
  label: z.string().nullable(),
  text: z.string(),
  formats: z.array(
    z.object({
      from: z.number().int(),
      to: z.number().int(),
      format: z.enum(['italic', 'bold', 'superscript', 'subscript']),
    }),
  ),
})

const columns = 'id, meeting, title, edition, base_hash'

/** Drafts and their base in SQLite; the base is JSON, so that a person can read it there. */
export function sqliteDrafts(database: DatabaseSync, log: LogWriter): Drafts {
  const insert = database.prepare(`INSERT INTO drafts (${columns}, base) VALUES (?, ?, ?, ?, ?, ?)`)
  const find = database.prepare(`SELECT ${columns} FROM drafts WHERE id = ?`)
  const base = database.prepare('SELECT base FROM drafts WHERE id = ?')
  const of = database.prepare(`SELECT ${columns} FROM drafts WHERE meeting = ? ORDER BY id`)
  const all = database.prepare(`SELECT ${columns} FROM drafts ORDER BY id`)
  return {
    async create(draft, provisions, first) {
      transaction(database, () => {
        insert.run(
          draft.id,
          draft.meeting,
          draft.title,
          draft.edition,
          draft.baseHash,
          JSON.stringify(provisions),
        )
        log.write(draft.id, [first])
      })
    },
    async find(id) {
      const row = find.get(id)
      return row === undefined ? null : draftRow.parse(row)
    },
    async base(id) {
      const row = base.get(id)
      if (row === undefined) return null
      return z.array(provision).parse(JSON.parse(String(row['base'])))
    },
    async of(meeting) {
      return of.all(meeting).map((row) => draftRow.parse(row))
    },
    async all() {
      return all.all().map((row) => draftRow.parse(row))
    },
  }
}
