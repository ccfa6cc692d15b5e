/**
 * What this browser has written and no server has confirmed, kept in IndexedDB: it outlives the page.
 * Nothing is ever written again under a client id found here; what was is only sent.
 */
import { openDB } from 'idb'
import type { DBSchema, IDBPDatabase } from 'idb'

/** One edit: the tokens of a client with clocks from `start` on, `end` excluded. */
export interface Edit {
  readonly draft: string
  readonly seat: string
  readonly client: number
  readonly start: number
  readonly end: number
  readonly update: Uint8Array
}

/** The edits that a page left behind, in the order in which they were made; there is at least one. */
export interface Leftover {
  readonly client: number
  readonly edits: readonly Edit[]
}

/** Where the copies of one seat in one draft keep their edits until they are confirmed. */
export interface Outbox {
  /**
   * Takes over what pages that have gone left behind: no other page gets it while this outbox is
   * open. Empty where the browser stores nothing.
   */
  takeOver(): Promise<readonly Leftover[]>
  /** Says that a living page writes under a client id, so that nobody takes its edits over. */
  claim(client: number): Promise<void>
  keep(edit: Pick<Edit, 'client' | 'start' | 'end' | 'update'>): void
  /** Forgets what a client wrote before a clock, or all of it. */
  forget(client: number, before?: number): void
  /** Lets go of every claim. */
  close(): void
}

interface Schema extends DBSchema {
  readonly edits: { readonly key: [string, string, number, number]; readonly value: Edit }
}

let database: Promise<IDBPDatabase<Schema>> | null = null

/** The one database of this browser, made when it is first asked for. */
const opened = (): Promise<IDBPDatabase<Schema>> =>
  (database ??= openDB<Schema>('revmark', 1, {
    upgrade: (db) =>
      void db.createObjectStore('edits', { keyPath: ['draft', 'seat', 'client', 'end'] }),
  }))

/** Removes everything that this browser has kept, of every seat: for who signs out. */
export async function forgetAll(): Promise<void> {
  if (isAvailable()) await (await opened()).clear('edits')
}

/** Plain http, but for localhost, has no Web Locks: nothing would say which pages still live. */
const isAvailable = (): boolean =>
  'locks' in globalThis.navigator && typeof globalThis.indexedDB === 'object'

/**
 * The outbox of a seat in a draft. A browser that stores nothing, or fails to, is no reason not to
 * write: edits are then kept in the page alone, and closing it warns as ever.
 */
export function openOutbox(draft: string, seat: string): Outbox {
  const letGo: (() => void)[] = []
  let closed = false

  /** True once this page holds the lock of a client id; it keeps it until the outbox is closed. */
  const lock = (client: number): Promise<boolean> =>
    new Promise((resolve, reject) => {
      navigator.locks
        .request(`revmark ${draft} ${client}`, { ifAvailable: true }, (held) => {
          resolve(held !== null)
          if (held && !closed) return new Promise<void>((release) => letGo.push(release))
          return undefined
        })
        .catch(reject)
    })

  const attempt = async <T>(otherwise: T, act: () => Promise<T>): Promise<T> => {
    if (!isAvailable()) return otherwise
    try {
      return await act()
    } catch {
      return otherwise
    }
  }

  return {
    takeOver: () =>
      attempt<readonly Leftover[]>([], async () => {
        const db = await opened()
        const clients = new Set(
          (await db.getAllKeys('edits', ofSeat(draft, seat))).map(([, , client]) => client),
        )
        const leftovers: Leftover[] = []
        for (const client of clients) {
          if (!(await lock(client))) continue
          const edits = await db.getAll('edits', ofClient(draft, seat, client))
          if (edits.length > 0) leftovers.push({ client, edits })
        }
        return leftovers
      }),
    claim: (client) => attempt(undefined, async () => void (await lock(client))),
    keep: (edit) =>
      void attempt(undefined, async () => {
        await (await opened()).put('edits', { draft, seat, ...edit })
      }),
    forget: (client, before) =>
      void attempt(undefined, async () => {
        await (await opened()).delete('edits', ofClient(draft, seat, client, before))
      }),
    close: () => {
      closed = true
      for (const release of letGo.splice(0)) release()
    },
  }
}

// An array sorts after every number.
const ofSeat = (draft: string, seat: string): IDBKeyRange =>
  IDBKeyRange.bound([draft, seat], [draft, seat, []])

const ofClient = (draft: string, seat: string, client: number, before?: number): IDBKeyRange =>
  IDBKeyRange.bound([draft, seat, client], [draft, seat, client, before ?? []])
