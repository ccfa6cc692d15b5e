/** The log in SQLite: the hot path, written by hand. */
import { open } from 'node:fs/promises'
import type { FileHandle } from 'node:fs/promises'
import type { DatabaseSync } from 'node:sqlite'
import { z } from 'zod'
import type { Log, LogEntry } from '../log.ts'
import { transaction } from './database.ts'

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

/** Writes one entry inside a transaction that somebody else has begun. */
export interface LogWriter {
  write(draft: string, entry: LogEntry): void
}

/** The log of the database at `path`, with what `Drafts.create` and `Store.close` need of it. */
export function sqliteLog(
  database: DatabaseSync,
  path: string,
): Log & LogWriter & { close(): Promise<void> } {
  const insert = database.prepare(
    'INSERT INTO updates (draft, seq, user, client, at, kind, data) VALUES (?, ?, ?, ?, ?, ?, ?)',
  )
  const decide = database.prepare(
    'INSERT INTO decisions (id, draft, seq, user, at, note) VALUES (?, ?, ?, ?, ?, ?)',
  )
  const read = database.prepare(
    `SELECT u.seq, u.user, u.client, u.at, u.kind, u.data FROM updates u
     WHERE u.draft = ? ORDER BY u.seq`,
  )
  const decisions = database.prepare(
    'SELECT id, note, user, at, seq FROM decisions WHERE draft = ? ORDER BY seq',
  )

  // SQLite keeps one WAL file as long as a connection is open. A handle of our own on it is safe:
  // SQLite's locks are on the database and its -shm file, so closing this one releases none of them.
  let wal: Promise<FileHandle> | null = null

  const write = (
    draft: string,
    { seq, user, client, at, kind, data, decision }: LogEntry,
  ): void => {
    insert.run(draft, seq, user, client, at, kind, data)
    if (decision !== null) decide.run(decision.id, draft, seq, user, at, decision.note)
  }

  return {
    write,
    async append(draft, entries) {
      transaction(database, () => {
        for (const entry of entries) write(draft, entry)
      })
    },
    async sync() {
      wal ??= open(`${path}-wal`, 'r')
      await (await wal).datasync()
    },
    async read(draft) {
      const notes = new Map(
        decisions.all(draft).map((row) => {
          const { id, note } = decisionRow.parse(row)
          return [Number(row['seq']), { id, note }] as const
        }),
      )
      return read.all(draft).map((row) => {
        const entry = entryRow.parse(row)
        return { ...entry, decision: notes.get(entry.seq) ?? null }
      })
    },
    async decisions(draft) {
      return decisions.all(draft).map((row) => decisionRow.parse(row))
    },
    async close() {
      if (wal !== null) await (await wal).close()
    },
  }
}
