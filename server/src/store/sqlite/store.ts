/** The store in one SQLite file (`node:sqlite`, WAL). */
import type { DatabaseSync } from 'node:sqlite'
import type { Audit } from '../audit.ts'
import type { Store } from '../store.ts'
import { sqliteAttachments } from './attachments.ts'
import { sqliteAudit } from './audit.ts'
import { sqliteClients } from './clients.ts'
import { noLimits, rereading } from './connection.ts'
import type { StoreLimits } from './connection.ts'
import { openDatabase, openDatabaseReadOnly } from './database.ts'
import { sqliteDrafts } from './drafts.ts'
import { examine } from './examination.ts'
import type { KeeperTask } from './keeper-thread.ts'
import { sqliteLinks } from './links.ts'
import { logRows } from './log-rows.ts'
import { sqliteLog } from './log.ts'
import type { LogDisk } from './log.ts'
import { sqliteMeetings } from './meetings.ts'
import { sqlitePeople } from './people.ts'
import { sqliteSessions } from './sessions.ts'
import { snapshotReader } from './snapshots.ts'
import { sqliteTokens } from './tokens.ts'
import { sqliteVersions } from './versions.ts'
import { Thread } from '../../thread.ts'
import { leniently } from '../trouble.ts'
import { errorOf } from './answer.ts'
import type { Answer } from './answer.ts'
import { Wal } from './wal.ts'
import { QuickWriter } from './quick-writer.ts'
import type { WriterTask } from './writer-thread.ts'
import { Writer } from './writer.ts'

/**
 * Opens the store in the file `path`, creating it where there is none. The folder must exist.
 * One process at a time may write to it.
 */
export function openSqliteStore(path: string, limits: StoreLimits = noLimits): Store {
  const database = openDatabase(path, limits)
  const quick = new QuickWriter(path, limits)
  const writer = new Writer(path, limits)
  const keeper = new Thread<KeeperTask, Answer>(keeperThread, { path, limits })
  const wal = new Wal(path)
  const keep = async (task: KeeperTask): Promise<void> => {
    const answer = await keeper.ask(task)
    if (!answer.ok) throw errorOf(answer)
  }
  // From the first commit on somebody has to carry the WAL over.
  const commit: QuickWriter['commit'] = (draft, entries) => {
    keeper.wake()
    // Never past what the other thread has not committed yet.
    return writer.isIdle && quick.commit(draft, entries)
  }
  const perform = (task: WriterTask): Promise<void> => {
    keeper.wake()
    return writer.perform(task)
  }
  return assemble(database, {
    disk: {
      quick: { commit },
      writer: { perform },
      wal,
      checkpoint: () => keep({ type: 'checkpoint' }),
    },
    take: (draft) => keep({ type: 'snapshot', draft }),
    // Also by the thread that commits: the main one waits for no lock.
    audit: (meeting, deed) => perform({ type: 'audit', meeting, deed }),
    close: async () => {
      await Promise.all([writer.close(), keeper.close()])
      await wal.close()
      quick.close()
    },
  })
}

/** Opens an existing store for reading, while the server runs or not; whatever writes rejects. */
export function openSqliteStoreReadOnly(path: string): Store {
  const refuse = (): Promise<never> =>
    Promise.reject(new Error('attempt to write a readonly database'))
  return assemble(openDatabaseReadOnly(path), {
    disk: {
      quick: { commit: () => false },
      writer: { perform: refuse },
      wal: { sync: refuse, mend: refuse },
      checkpoint: refuse,
    },
    take: refuse,
    audit: refuse,
    close: () => Promise.resolve(),
  })
}

const keeperThread = new URL('./keeper-thread.ts', import.meta.url)

/** What a store that writes has beside its connection. */
interface Hands {
  readonly disk: LogDisk
  readonly take: (draft: string) => Promise<void>
  readonly audit: Audit['append']
  readonly close: () => Promise<void>
}

function assemble(database: DatabaseSync, { disk, take, audit, close }: Hands): Store {
  const rows = logRows(database)
  const snapshots = snapshotReader(database, rows)
  return {
    meetings: sqliteMeetings(database),
    people: sqlitePeople(database),
    links: sqliteLinks(database),
    sessions: sqliteSessions(database),
    tokens: sqliteTokens(database),
    drafts: sqliteDrafts(database, rows),
    clients: sqliteClients(database),
    log: sqliteLog(rows, disk),
    versions: sqliteVersions(database),
    attachments: sqliteAttachments(database),
    audit: sqliteAudit(database, audit),
    snapshots: {
      newest: async (draft) => snapshots.newest(draft),
      sound: async (draft) => snapshots.sound(draft),
      take,
    },
    examine: async () => examine(database),
    async reread() {
      database.exec(rereading)
      await leniently(disk.writer.perform({ type: 'reread' }))
    },
    async close() {
      await close()
      database.close()
    },
  }
}
