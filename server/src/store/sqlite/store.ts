/** The store in one SQLite file (`node:sqlite`, WAL). */
import type { DatabaseSync } from 'node:sqlite'
import type { Store } from '../store.ts'
import { sqliteClients } from './clients.ts'
import { openDatabase, openDatabaseReadOnly } from './database.ts'
import { sqliteDrafts } from './drafts.ts'
import { sqliteLinks } from './links.ts'
import { sqliteLog } from './log.ts'
import { sqliteMeetings } from './meetings.ts'
import { sqlitePeople } from './people.ts'
import { sqliteSessions } from './sessions.ts'

/**
 * Opens the store in the file `path`, creating it where there is none. The folder must exist.
 * One process at a time may write to it.
 */
export function openSqliteStore(path: string): Store {
  return assemble(openDatabase(path), path)
}

/** Opens an existing store for reading, while the server runs or not; whatever writes rejects. */
export function openSqliteStoreReadOnly(path: string): Store {
  return assemble(openDatabaseReadOnly(path), path)
}

function assemble(database: DatabaseSync, path: string): Store {
  const log = sqliteLog(database, path)
  return {
    meetings: sqliteMeetings(database),
    people: sqlitePeople(database),
    links: sqliteLinks(database),
    sessions: sqliteSessions(database),
    drafts: sqliteDrafts(database, log),
    clients: sqliteClients(database),
    log,
    async close() {
      await log.close()
      database.close()
    },
  }
}
