/** The thread that keeps house: checkpoints the WAL and takes snapshots, so that no commit waits for it. */
import type { DatabaseSync } from 'node:sqlite'
import { parentPort, workerData } from 'node:worker_threads'
import { StoreTrouble } from '../trouble.ts'
import { connect } from './connection.ts'
import type { StoreLimits } from './connection.ts'
import { logRows } from './log-rows.ts'
import { snapshotTaker } from './snapshots.ts'
import { serve } from '../../thread.ts'
import { answer } from './answer.ts'

/** How often the WAL is carried over into the database; milliseconds. */
const interval = 2000

export type KeeperTask =
  | { readonly type: 'snapshot'; readonly draft: string }
  | { readonly type: 'checkpoint' }

/** Carries the WAL over whole, or throws. */
function carryOver(database: DatabaseSync): void {
  const row = database.prepare('PRAGMA wal_checkpoint(FULL)').get()
  if (row?.['busy'] !== 0) throw new StoreTrouble('the WAL could not be carried over: it is in use')
}

/** Carries the WAL over; where nothing has come since the last time, its file is emptied. */
function checkpointer(database: DatabaseSync): () => void {
  const passive = database.prepare('PRAGMA wal_checkpoint(PASSIVE)')
  let last = 0
  return () => {
    const frames = Number(passive.get()?.['log'] ?? 0)
    if (frames > 0 && frames === last) database.exec('PRAGMA wal_checkpoint(TRUNCATE)')
    last = frames
  }
}

const { path, limits } = workerData as { path: string; limits: StoreLimits }
const database = connect(path, limits)
const take = snapshotTaker(database, logRows(database))
const checkpoint = checkpointer(database)
// A checkpoint that fails, as on a full disk, is tried again; the WAL holds everything meanwhile.
const timer = setInterval(() => answer(checkpoint), interval)

serve(parentPort!, {
  reply: (task: KeeperTask) =>
    answer(() => (task.type === 'snapshot' ? take(task.draft) : carryOver(database))),
  close: () => {
    clearInterval(timer)
    database.close()
  },
})
