/** One connection to a SQLite file, the way the durability rules need it; every thread has its own. */
import { DatabaseSync } from 'node:sqlite'

/** How long to wait for another process that writes, such as a backup; milliseconds. */
export const busyTimeout = 5000

/** SQLite's own default; bytes. */
const pageSize = 4096

/** Bounds of a store. */
export interface StoreLimits {
  /** The file grows no further than this; bytes; null: as far as the disk goes. */
  readonly mostBytes: number | null
}

export const noLimits: StoreLimits = { mostBytes: null }

/**
 * A connection that writes, and waits for others that do for up to `timeout` milliseconds. Throws where
 * the file is no database.
 */
export function connect(
  path: string,
  { mostBytes }: StoreLimits,
  timeout = busyTimeout,
): DatabaseSync {
  const database = new DatabaseSync(path, { timeout })
  try {
    // The pragmas hold for a connection, not for the file, and builds of SQLite differ in defaults:
    // set at every open. NORMAL leaves the fsync of each commit to `Log.sync`, and no connection
    // checkpoints but the keeper's, since that fsyncs too.
    database.exec(
      `PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL; PRAGMA foreign_keys = ON;
       PRAGMA wal_autocheckpoint = 0`,
    )
    if (mostBytes !== null)
      database.exec(`PRAGMA max_page_count = ${Math.max(1, Math.floor(mostBytes / pageSize))}`)
    return database
  } catch (error) {
    database.close()
    throw error
  }
}

/** Has a connection read from the file again what it has read before. */
export const rereading = 'PRAGMA shrink_memory'

/** Runs `work` in a write transaction; undone whole where it throws. */
export function transaction<T>(database: DatabaseSync, work: () => T): T {
  database.exec('BEGIN IMMEDIATE')
  try {
    const result = work()
    database.exec('COMMIT')
    return result
  } catch (error) {
    // Some failures, such as a full disk, have rolled back already.
    if (database.isTransaction) database.exec('ROLLBACK')
    throw error
  }
}
