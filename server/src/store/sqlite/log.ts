/** The log in SQLite: a little of it is committed here, much in a thread; synced here, read here. */
import { packEntries } from './entry-packing.ts'
import type { Log } from '../log.ts'
import type { LogRows } from './log-rows.ts'
import type { QuickWriter } from './quick-writer.ts'
import type { Wal } from './wal.ts'
import type { Writer } from './writer.ts'

/** What of a store writes: who commits a little at once, a thread that commits, the file that it commits to, and who empties that. */
export interface LogDisk {
  readonly quick: Pick<QuickWriter, 'commit'>
  readonly writer: Pick<Writer, 'perform'>
  readonly wal: Pick<Wal, 'sync' | 'mend'>
  /** Carries all that the WAL holds over into the database, and syncs it. */
  readonly checkpoint: () => Promise<void>
}

export const sqliteLog = (rows: LogRows, { quick, writer, wal, checkpoint }: LogDisk): Log => ({
  async append(draft, entries) {
    if (!quick.commit(draft, entries))
      await writer.perform({ type: 'append', draft, packed: packEntries(entries) })
  },
  sync: () => wal.sync(),
  read: async (draft, after = 0, until) => rows.read(draft, after, until),
  provable: async (draft, after) => rows.provable(draft, after),
  head: async (draft) => rows.head(draft),
  hashAt: async (draft, seq) => rows.hashAt(draft, seq),
  decisions: async (draft) => rows.decisions(draft),
  async probe() {
    await writer.perform({ type: 'probe' })
    await wal.mend(checkpoint)
  },
})
