/** Client ids that the server has issued to a seat for pages that open without it. */
import { clientDays } from '@revmark/shared/wire'
import { database, day, ofSeat } from './database.ts'
import type { Locks } from './locks.ts'
import { clientLock } from './outbox.ts'

export interface SpareClient {
  readonly draft: string
  readonly seat: string
  readonly client: number
  /** When it came, by this browser's clock; milliseconds since 1970. */
  readonly at: number
}

export interface Pool {
  /**
   * Takes an id for one copy, for good: no other page, not even this one when it is loaded again or
   * duplicated, ever gets the same. null: there is none.
   */
  take(): Promise<number | null>
  /** Says that a living page writes under an id, so that nobody takes its edits over. */
  claim(client: number): Promise<void>
  put(clients: readonly number[]): Promise<void>
  /** How many there are. */
  count(): Promise<number>
  /** Gives them up: the server does not take what is written under one of them. */
  drop(): Promise<void>
}

const life = clientDays.taken * day

/** The pool of a seat in a draft; its locks are the caller's to release. */
export function openPool(draft: string, seat: string, locks: Locks): Pool {
  const claim = (client: number): Promise<void> =>
    database.attempt(undefined, async () => void (await locks.take(clientLock(draft, client))))
  return {
    claim,
    async take() {
      const client = await database.attempt(null, async (db) => {
        // Strict: an id that is taken must not come back when the machine loses its power.
        const taking = db.transaction('clients', 'readwrite', { durability: 'strict' })
        let taken: number | null = null
        for (const spare of await taking.store.getAll(ofSeat(draft, seat))) {
          const isFresh = Date.now() - spare.at < life
          if (isFresh && taken !== null) continue
          if (isFresh) taken = spare.client
          await taking.store.delete([draft, seat, spare.client])
        }
        await taking.done
        return taken
      })
      if (client !== null) await claim(client)
      return client
    },
    put: (clients) =>
      database.attempt(undefined, async (db) => {
        const putting = db.transaction('clients', 'readwrite')
        const at = Date.now()
        for (const client of clients) await putting.store.put({ draft, seat, client, at })
        await putting.done
      }),
    count: () => database.attempt(0, (db) => db.count('clients', ofSeat(draft, seat))),
    drop: () => database.attempt(undefined, (db) => db.delete('clients', ofSeat(draft, seat))),
  }
}
