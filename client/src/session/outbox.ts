/**
 * What this browser has written and no server has confirmed: it outlives the page. Nothing is ever
 * written again under a client id found here; what was is only sent.
 */
import { database, ofSeat } from './database.ts'
import type { Locks } from './locks.ts'

/** One edit: the tokens of a client with clocks from `start` on, `end` excluded. */
export interface Edit {
  readonly draft: string
  readonly seat: string
  readonly client: number
  readonly start: number
  readonly end: number
  readonly update: Uint8Array
  /** Milliseconds since 1970; a page's edits are after those of the pages that it took over from. */
  readonly at: number
}

/** The edits that a page left behind, in the order in which they were made; there is at least one. */
export interface Leftover {
  readonly client: number
  readonly edits: readonly Edit[]
}

/** Where the copies of one seat in one draft keep their edits until they are confirmed. */
export interface Outbox {
  /** Whether all that was to be kept is. */
  readonly settled: boolean
  /**
   * Takes over what pages that have gone left behind, the oldest first: no other page gets it while
   * this one holds its locks. Empty where the browser keeps nothing.
   */
  takeOver(): Promise<readonly Leftover[]>
  keep(edit: Pick<Edit, 'client' | 'start' | 'end' | 'update'>): void
  /** Forgets what a client wrote before a clock, or all of it. */
  forget(client: number, before?: number): void
}

/** The lock of whoever writes under a client id, or has taken over what was. */
export const clientLock = (draft: string, client: number): string => `revmark ${draft} ${client}`

/** The outbox of a seat in a draft; its locks are the caller's to release. */
export function openOutbox(draft: string, seat: string, locks: Locks): Outbox {
  let waiting: Edit[] = []
  let isWriting = false
  // What comes while the browser writes is written next in one piece: a transaction costs more than it holds.
  const write = async (): Promise<void> => {
    isWriting = true
    while (waiting.length > 0) {
      const edits = waiting
      waiting = []
      await database.attempt(undefined, async (db) => {
        const writing = db.transaction('edits', 'readwrite')
        await Promise.all([...edits.map((edit) => writing.store.put(edit)), writing.done])
      })
    }
    isWriting = false
  }
  return {
    get settled() {
      return !isWriting
    },
    takeOver: () =>
      database.attempt<readonly Leftover[]>([], async (db) => {
        const clients = new Set(
          (await db.getAllKeys('edits', ofSeat(draft, seat))).map(([, , client]) => client),
        )
        const leftovers: Leftover[] = []
        for (const client of clients) {
          if (!(await locks.take(clientLock(draft, client)))) continue
          const edits = await db.getAll('edits', ofClient(draft, seat, client))
          if (edits.length > 0) leftovers.push({ client, edits })
        }
        return leftovers.toSorted((a, b) => a.edits[0]!.at - b.edits[0]!.at)
      }),
    keep(edit) {
      waiting.push({ ...edit, draft, seat, at: Date.now() })
      if (!isWriting) void write()
    },
    forget(client, before = Infinity) {
      waiting = waiting.filter((edit) => edit.client !== client || edit.end > before)
      void database.attempt(undefined, (db) =>
        db.delete('edits', ofClient(draft, seat, client, before)),
      )
    },
  }
}

const ofClient = (draft: string, seat: string, client: number, before = Infinity): IDBKeyRange =>
  IDBKeyRange.bound([draft, seat, client], [draft, seat, client, before])
