/** Opening a store's file: its tables brought up to this version of the program. */
import { existsSync } from 'node:fs'
import { DatabaseSync } from 'node:sqlite'
import { pathToFileURL } from 'node:url'
import { busyTimeout, connect, transaction } from './connection.ts'
import type { StoreLimits } from './connection.ts'
import { migrations } from './schema.ts'

/**
 * Opens the database at `path` for the server, creating and migrating it where needed.
 * Throws where the file is no database or was written by a later version of the program.
 */
export function openDatabase(path: string, limits: StoreLimits): DatabaseSync {
  const database = connect(path, limits)
  try {
    // This connection writes names and addresses: what is erased is not to be left in the file.
    database.exec('PRAGMA secure_delete = ON')
    migrate(database)
    return database
  } catch (error) {
    database.close()
    throw error
  }
}

/**
 * Opens an existing database for reading only; works while the server runs, and on a disk that takes
 * no writes. Throws where there is none or its tables are not those of this version.
 */
export function openDatabaseReadOnly(path: string): DatabaseSync {
  const options = { readOnly: true, timeout: busyTimeout }
  let database = new DatabaseSync(path, options)
  try {
    if (!isReadable(database) && !existsSync(`${path}-wal`)) {
      // To read beside a writer SQLite makes a file, which such a disk does not take. Without a WAL
      // nobody writes.
      database.close()
      const url = pathToFileURL(path)
      url.searchParams.set('immutable', '1')
      database = new DatabaseSync(url, options)
    }
    const version = userVersion(database)
    if (version !== migrations.length)
      throw new Error(`the store has version ${version}, this program reads ${migrations.length}`)
    return database
  } catch (error) {
    database.close()
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
    for (const migration of migrations.slice(version))
      if (typeof migration === 'string') database.exec(migration)
      else migration(database)
    database.exec(`PRAGMA user_version = ${migrations.length}`)
  })
}

function isReadable(database: DatabaseSync): boolean {
  try {
    userVersion(database)
    return true
  } catch {
    return false
  }
}

function userVersion(database: DatabaseSync): number {
  return Number(database.prepare('PRAGMA user_version').get()?.['user_version'] ?? 0)
}
