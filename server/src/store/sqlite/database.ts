/** Opening a SQLite file the way the durability rules need it. */
import { DatabaseSync } from 'node:sqlite'
import { migrations } from './schema.ts'

/** How long to wait for another process that writes, such as a backup; milliseconds. */
const busyTimeout = 5000

/**
 * Opens the database at `path` for the server, creating and migrating it where needed.
 * Throws where the file is no database or was written by a later version of the program.
 */
export function openDatabase(path: string): DatabaseSync {
  const database = new DatabaseSync(path, { timeout: busyTimeout })
  try {
    // The pragmas hold for a connection, not for the file, and builds of SQLite differ in defaults:
    // set at every open. NORMAL leaves the fsync of each commit to `Log.sync`.
    database.exec(
      'PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL; PRAGMA foreign_keys = ON',
    )
    migrate(database)
    return database
  } catch (error) {
    database.close()
    throw error
  }
}

/**
 * Opens an existing database for reading only; works while the server runs.
 * Throws where there is none or its tables are not those of this version.
 */
export function openDatabaseReadOnly(path: string): DatabaseSync {
  const database = new DatabaseSync(path, { readOnly: true, timeout: busyTimeout })
  try {
    const version = userVersion(database)
    if (version !== migrations.length)
      throw new Error(`the store has version ${version}, this program reads ${migrations.length}`)
    return database
  } catch (error) {
    database.close()
    throw error
  }
}

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

function migrate(database: DatabaseSync): void {
  transaction(database, () => {
    const version = userVersion(database)
    if (version > migrations.length)
      throw new Error(
        `the store has version ${version}, this program knows ${migrations.length}: ` +
          'it was written by a later version of Revmark',
      )
    for (const migration of migrations.slice(version)) database.exec(migration)
    database.exec(`PRAGMA user_version = ${migrations.length}`)
  })
}

function userVersion(database: DatabaseSync): number {
  return Number(database.prepare('PRAGMA user_version').get()?.['user_version'] ?? 0)
}
