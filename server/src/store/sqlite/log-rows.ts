/** The rows of the log, read: each proved by the chain of hashes. */
import type { DatabaseSync, SQLOutputValue } from 'node:sqlite'
import { z } from 'zod'
import { firstLink, linkOf, sameLink } from '../chain.ts'
import type { Link } from '../chain.ts'
import { LogDamaged } from '../log.ts'
import type { DecisionRecord, LogEntry, LogHead } from '../log.ts'
import { isStoreDamage } from '../trouble.ts'
import { logWriter } from './log-writer.ts'
import type { LogWriter } from './log-writer.ts'

const entryRow = z.object({
  seq: z.number(),
  user: z.string(),
  client: z.number(),
  at: z.number(),
  kind: z.enum(['base', 'person', 'edit', 'decision']),
  data: z.instanceof(Uint8Array),
})

const decisionRow = z.object({
  id: z.string(),
  note: z.string(),
  user: z.string(),
  at: z.number(),
})

export interface LogRows extends LogWriter {
  /** See `Log.read`; throws LogDamaged. */
  read(draft: string, after: number, until?: number): LogEntry[]
  /** See `Log.provable`. */
  provable(draft: string, after: LogHead | null): LogEntry[]
  decisions(draft: string): DecisionRecord[]
}

/** The rows of the log over one connection. */
export function logRows(database: DatabaseSync): LogRows {
  const writer = logWriter(database)
  const behind = `SELECT seq, user, client, at, kind, data, hash FROM updates
     WHERE draft = ? AND seq > ? AND seq <= ? ORDER BY seq`
  const read = database.prepare(behind)
  const decisions = database.prepare(
    'SELECT id, note, user, at, seq FROM decisions WHERE draft = ? AND seq > ? ORDER BY seq',
  )

  /** Entry by entry behind `after`, whose hash is `before`; throws LogDamaged at the first that does not follow. */
  function* proved(
    rows: Iterable<Record<string, SQLOutputValue>>,
    draft: string,
    after: number,
    before: Link | null,
  ): Generator<LogEntry> {
    const notes = new Map(
      decisions.all(draft, after).map((row) => {
        const { id, note } = decisionRow.parse(row)
        return [Number(row['seq']), { id, note }] as const
      }),
    )
    let expected = after
    for (const row of rows) {
      const parsed = entryRow.safeParse(row)
      expected++
      if (!parsed.success || before === null) throw new LogDamaged(draft, expected)
      const entry = { ...parsed.data, decision: notes.get(parsed.data.seq) ?? null }
      before = linkOf(before, entry)
      if (entry.seq !== expected || !sameLink(before, row['hash'] as Uint8Array))
        throw new LogDamaged(draft, expected)
      yield entry
    }
  }

  return {
    ...writer,
    read(draft, after, until = Number.MAX_SAFE_INTEGER) {
      const before = after === 0 ? firstLink(draft) : writer.hashAt(draft, after)
      return [...proved(read.all(draft, after, until), draft, after, before)]
    },
    provable(draft, after) {
      const entries: LogEntry[] = []
      const { seq, hash } = after ?? { seq: 0, hash: firstLink(draft) }
      try {
        // A statement of its own, since one that has failed within its rows fails once more at its next use.
        const rows = database.prepare(behind).iterate(draft, seq, Number.MAX_SAFE_INTEGER)
        for (const entry of proved(rows, draft, seq, hash)) entries.push(entry)
      } catch (error) {
        if (!(error instanceof LogDamaged) && !isStoreDamage(error)) throw error
      }
      return entries
    },
    decisions(draft) {
      return decisions.all(draft, 0).map((row) => decisionRow.parse(row))
    },
  }
}

/** Gives the entries of a store that was written before logs had a chain their hashes. */
export function chainOldLogs(database: DatabaseSync): void {
  const rows = database.prepare(
    `SELECT u.draft, u.seq, u.user, u.client, u.at, u.kind, u.data, d.id, d.note
     FROM updates u LEFT JOIN decisions d ON d.draft = u.draft AND d.seq = u.seq
     ORDER BY u.draft, u.seq`,
  )
  const set = database.prepare('UPDATE updates SET hash = ? WHERE draft = ? AND seq = ?')
  const heads = new Map<string, Link>()
  for (const row of rows.all()) {
    const { draft, id, note } = oldRow.parse(row)
    const entry = {
      ...entryRow.parse(row),
      decision: id === null ? null : { id, note: note ?? '' },
    }
    const link = linkOf(heads.get(draft) ?? firstLink(draft), entry)
    heads.set(draft, link)
    set.run(link, draft, entry.seq)
  }
}

const oldRow = z.object({
  draft: z.string(),
  id: z.string().nullable(),
  note: z.string().nullable(),
})
