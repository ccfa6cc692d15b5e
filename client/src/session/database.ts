/** The database in which this browser keeps what must outlive a page; gone when somebody signs out. */
import { openDB } from 'idb'
import type { DBSchema, IDBPDatabase } from 'idb'
import type { Edit } from './outbox.ts'
import type { SpareClient } from './pool.ts'
import type { ShelfRecord, ShelfUpdate } from './shelf.ts'

export interface Schema extends DBSchema {
  readonly edits: { readonly key: [string, string, number, number]; readonly value: Edit }
  readonly clients: { readonly key: [string, string, number]; readonly value: SpareClient }
  readonly drafts: {
    readonly key: [string, string]
    readonly value: ShelfRecord
    readonly indexes: { readonly at: number }
  }
  readonly updates: {
    readonly key: number
    readonly value: ShelfUpdate
    readonly indexes: { readonly place: [string, string] }
  }
}

/** A day in milliseconds. */
export const day = 86_400_000

export interface DatabaseListener {
  /** `keeps` has changed. */
  readonly changed: () => void
  /** Things are kept again; what was to be kept meanwhile, and before, may not be. */
  readonly again: () => void
}

/** After what time a database is looked for that the person, or the browser, has removed; milliseconds. */
const retryAfter = 500

/** A browser that keeps things, or does not: private windows and full disks may refuse at any time. */
class Database {
  private readonly listeners = new Set<DatabaseListener>()
  private opening: Promise<IDBPDatabase<Schema>> | null = null
  private refused = false
  private isForgotten = false
  private pages: BroadcastChannel | null = null

  /** Removes everything, and has the other pages of this browser keep nothing from now on. */
  async forget(): Promise<void> {
    await this.attempt(undefined, async (db) => {
      this.pages?.postMessage('forgotten')
      const stores = ['edits', 'clients', 'drafts', 'updates'] as const
      const all = db.transaction(stores, 'readwrite')
      await Promise.all([...stores.map((name) => all.objectStore(name).clear()), all.done])
    })
  }

  /** Whether what is written here is kept, as far as is known. */
  get keeps(): boolean {
    return isAvailable() && !this.refused
  }

  /**
   * Does something with the database; `otherwise` where the browser keeps nothing, or fails to: that
   * is never a reason not to write a text.
   */
  async attempt<T>(otherwise: T, act: (db: IDBPDatabase<Schema>) => Promise<T>): Promise<T> {
    if (!isAvailable() || this.isForgotten) return otherwise
    try {
      const result = await act(await this.opened())
      this.become(false)
      return result
    } catch {
      this.become(true)
      return otherwise
    }
  }

  /** Returns the way out. */
  follow(listener: DatabaseListener): () => void {
    this.listeners.add(listener)
    return () => this.listeners.delete(listener)
  }

  private opened(): Promise<IDBPDatabase<Schema>> {
    this.opening ??= this.open().catch((error: unknown) => {
      this.opening = null
      throw error
    })
    return this.opening
  }

  private open(): Promise<IDBPDatabase<Schema>> {
    this.pages ??= this.hearOthers()
    const { promise, resolve, reject } = Promise.withResolvers<IDBPDatabase<Schema>>()
    openDB<Schema>('revmark', 3, {
      upgrade(db, from, _to, change) {
        if (from < 1) db.createObjectStore('edits', { keyPath: ['draft', 'seat', 'client', 'end'] })
        if (from < 2) {
          db.createObjectStore('clients', { keyPath: ['draft', 'seat', 'client'] })
          db.createObjectStore('drafts', { keyPath: ['draft', 'seat'] })
          db.createObjectStore('updates', { autoIncrement: true }).createIndex('place', [
            'draft',
            'seat',
          ])
        }
        change.objectStore('drafts').createIndex('at', 'at')
      },
      blocked: () => reject(new Error('a page of an older version is open')),
      // A page of a newer version waits for this one to let go.
      blocking: (_from, _to, event) => {
        this.opening = null
        ;(event.target as IDBDatabase).close()
      },
      terminated: () => {
        this.opening = null
        this.become(true)
        // Not before it has been removed.
        setTimeout(() => void this.attempt(undefined, () => Promise.resolve()), retryAfter)
      },
    }).then(resolve, reject)
    return promise
  }

  private hearOthers(): BroadcastChannel {
    const pages = new BroadcastChannel('revmark')
    // Somebody has signed out: what this page still holds is not for this device any more.
    pages.addEventListener('message', () => {
      this.isForgotten = true
      this.become(true)
    })
    return pages
  }

  private become(refused: boolean): void {
    if (this.refused === refused) return
    this.refused = refused
    for (const { changed, again } of this.listeners) {
      changed()
      if (!refused) again()
    }
  }
}

export const database = new Database()

/** Plain http, but for localhost, has no Web Locks: nothing would say which pages still live. */
function isAvailable(): boolean {
  try {
    return 'locks' in globalThis.navigator && typeof globalThis.indexedDB === 'object'
  } catch {
    // Where cookies are forbidden the very name throws.
    return false
  }
}

/** Removes everything that this browser has kept, of every seat: for who signs out. */
export const forgetAll = (): Promise<void> => database.forget()

/** How many edits of all seats wait here for a server. */
export const countUnsent = (): Promise<number> => database.attempt(0, (db) => db.count('edits'))

// An array sorts after every number and every string.
/** The keys of a seat in a draft, in stores whose keys begin with both. */
export const ofSeat = (draft: string, seat: string): IDBKeyRange =>
  IDBKeyRange.bound([draft, seat], [draft, seat, []])
