import type { DatabaseSync } from 'node:sqlite'
import { auditEntrySchema } from '@revmark/shared/wire'
import type { AuditEntry } from '@revmark/shared/wire'
import { z } from 'zod'
import { AuditDamaged, firstHash, hashAfter } from '../audit.ts'
import type { Audit } from '../audit.ts'

const auditRow = z
  .object({ details: z.string(), log_seq: z.number().nullable(), log_hash: z.string().nullable() })
  .loose()
  .transform(({ details, log_seq: seq, log_hash: hash, ...row }): unknown => ({
    ...row,
    details: JSON.parse(details) as unknown,
    log: seq === null ? null : { seq, hash },
  }))
  .pipe(auditEntrySchema)

/** So many entries are read and proved at a time. */
const stretch = 500

/** The record of what was done in SQLite; details are JSON. `append` has a deed committed. */
export function sqliteAudit(database: DatabaseSync, append: Audit['append']): Audit {
  const hashAt = database.prepare('SELECT hash FROM audit WHERE meeting = ? AND seq = ?')
  const latest = database.prepare(
    `SELECT * FROM audit
     WHERE meeting = ? AND seq < ? AND (? IS NULL OR act IN (SELECT value FROM json_each(?)))
     ORDER BY seq DESC LIMIT ?`,
  )
  const following = database.prepare(
    'SELECT * FROM audit WHERE meeting = ? AND seq > ? ORDER BY seq LIMIT ?',
  )

  const before = (meeting: string, seq: number): string =>
    seq === 1 ? firstHash(meeting) : String(hashAt.get(meeting, seq - 1)?.['hash'])

  /** Reads a row that must be entry `seq`, and follow `previous`. */
  const proved = (meeting: string, seq: number, previous: string, row: unknown): AuditEntry => {
    const parsed = auditRow.safeParse(row)
    if (parsed.data?.seq !== seq || parsed.data.hash !== hashAfter(previous, parsed.data))
      throw new AuditDamaged(meeting, seq)
    return parsed.data
  }

  return {
    append,
    async latest(meeting, { before: end, acts, most }) {
      const wanted = acts && JSON.stringify(acts)
      return latest
        .all(meeting, end ?? Number.MAX_SAFE_INTEGER, wanted, wanted, most)
        .map((row) => {
          const seq = Number(row['seq'])
          return proved(meeting, seq, before(meeting, seq), row)
        })
    },
    async all(meeting) {
      const entries: AuditEntry[] = []
      let previous = firstHash(meeting)
      for (;;) {
        const rows = following.all(meeting, entries.length, stretch)
        for (const row of rows) {
          const entry = proved(meeting, entries.length + 1, previous, row)
          previous = entry.hash
          entries.push(entry)
        }
        if (rows.length < stretch) return entries
        // A long record takes seconds: others go between.
        await new Promise((resolve) => setImmediate(resolve))
      }
    },
  }
}
