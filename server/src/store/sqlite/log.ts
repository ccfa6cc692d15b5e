/** The log in SQLite: committed in a thread, synced here, read here. */
import type { Log } from '../log.ts'
import type { LogRows } from './log-rows.ts'
import type { Wal } from './wal.ts'
import type { Writer } from './writer.ts'

/** What of a store writes: a thread that commits, and the file that it commits to. */
export interface LogDisk {
  readonly writer: Pick<Writer, 'perform'>
  readonly wal: Pick<Wal, 'sync'>
}

export const sqliteLog = (rows: LogRows, { writer, wal }: LogDisk): Log => ({
  append: (draft, entries) => writer.perform({ type: 'append', draft, entries }),
  sync: () => wal.sync(),
  read: async (draft, after = 0) => rows.read(draft, after),
  head: async (draft) => rows.head(draft),
  decisions: async (draft) => rows.decisions(draft),
  probe: () => writer.perform({ type: 'probe' }),
})
