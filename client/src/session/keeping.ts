/** What this browser keeps of one seat's work in one draft: edits, client ids, the draft itself. */
import { database } from './database.ts'
import type { DatabaseListener } from './database.ts'
import { Locks } from './locks.ts'
import { openOutbox } from './outbox.ts'
import type { Outbox } from './outbox.ts'
import { openPool } from './pool.ts'
import type { Pool } from './pool.ts'
import { openShelf } from './shelf.ts'
import type { Shelf } from './shelf.ts'

export interface Keeping {
  readonly outbox: Outbox
  readonly pool: Pool
  readonly shelf: Shelf
  /** Whether anything is kept beyond the page, as far as is known. */
  readonly keeps: boolean
  /** Returns the way out. */
  follow(listener: DatabaseListener): () => void
  /** Lets other pages take over what this one leaves. */
  close(): void
}

/** What this browser keeps of a seat in a draft, until it is closed. */
export function openKeeping(draft: string, seat: string): Keeping {
  const locks = new Locks()
  return {
    outbox: openOutbox(draft, seat, locks),
    pool: openPool(draft, seat, locks),
    shelf: openShelf(draft, seat, locks),
    get keeps() {
      return database.keeps
    },
    follow: (listener) => database.follow(listener),
    close: () => locks.release(),
  }
}
