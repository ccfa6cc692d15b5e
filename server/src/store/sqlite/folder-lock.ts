/** One process at a time works with a data folder. */
import { DatabaseSync } from 'node:sqlite'

/** Held until it is closed, or the process has ended in whatever way: the kernel keeps it. */
export interface FolderLock {
  close(): void
}

/**
 * Takes the folder; null where another process has it. Throws where the folder takes no writes.
 * An empty database serves, because Node.js has no locks of files and SQLite does.
 */
export function lockFolder(folder: string): FolderLock | null {
  const lock = new DatabaseSync(`${folder}/revmark.lock`, { timeout: 0 })
  try {
    lock.exec('BEGIN EXCLUSIVE')
    return lock
  } catch (error) {
    lock.close()
    // SQLITE_BUSY
    if (error instanceof Error && 'errcode' in error && error.errcode === 5) return null
    throw error
  }
}
