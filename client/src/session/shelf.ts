/**
 * The draft as the server last had it, kept so that it opens without one. Own edits come here when they
 * are confirmed; before that they are in the outbox.
 */
import { draftSchema } from '@revmark/shared/wire'
import type { Draft } from '@revmark/shared/wire'
import type { IDBPDatabase } from 'idb'
import { database, day } from './database.ts'
import type { Schema } from './database.ts'
import type { Locks } from './locks.ts'

export interface ShelfRecord {
  readonly draft: string
  readonly seat: string
  readonly about: Draft
  readonly state: Uint8Array
  /** Milliseconds since 1970. */
  readonly at: number
}

/** What came after the state of the record. */
export interface ShelfUpdate {
  readonly draft: string
  readonly seat: string
  readonly updates: readonly Uint8Array[]
  readonly at: number
}

/** A draft from the shelf: its state, and what came after, in the order in which it came. */
export interface Kept {
  readonly about: Draft
  readonly updates: readonly Uint8Array[]
  /** When the server was last heard; milliseconds since 1970. */
  readonly at: number
}

/** What may be opened here without a server. */
export type KeptDraft = Pick<Kept, 'about' | 'at'>

export interface Shelf {
  /** null where there is nothing; what has lain for too long is removed. */
  read(): Promise<Kept | null>
  /** Whether the whole state should be written: there is none yet, or much has come after it. */
  readonly wantsState: boolean
  write(about: Draft, state: Uint8Array): void
  append(updates: readonly Uint8Array[]): void
  /** Removes the draft: this browser may no longer show it, or the server no longer has it so. */
  drop(): void
}

/** From the last whole state on, which every opening with the server writes; as long as a session lasts. */
const life = 30 * day

/** So many updates are read after a state before it is written anew. */
const mostUpdates = 500

/**
 * The shelf of a seat in a draft; its locks are the caller's to release. Of the pages that have the
 * draft open one writes, the others read.
 */
export function openShelf(draft: string, seat: string, locks: Locks): Shelf {
  let isKeeper = false
  let wantsState = false
  let count = 0
  locks.await(`revmark shelf ${draft} ${seat}`, () => {
    isKeeper = true
    wantsState = true
  })
  return {
    get wantsState() {
      return wantsState
    },
    read: () =>
      database.attempt(null, async (db) => {
        await sweep(db)
        const reading = db.transaction(['drafts', 'updates'])
        const [record, after] = await Promise.all([
          reading.objectStore('drafts').get([draft, seat]),
          reading.objectStore('updates').index('place').getAll([draft, seat]),
        ])
        const about = draftSchema.safeParse(record?.about)
        if (!record || !about.success) return null
        const at = after.at(-1)?.at ?? record.at
        const updates = [record.state, ...after.flatMap((one) => one.updates)]
        return { about: about.data, updates, at }
      }),
    write(about, state) {
      if (!isKeeper) return
      wantsState = false
      count = 0
      void database.attempt(undefined, async (db) => {
        const writing = db.transaction(['drafts', 'updates'], 'readwrite')
        const updates = writing.objectStore('updates')
        const [former] = await Promise.all([
          updates.index('place').getAllKeys([draft, seat]),
          writing.objectStore('drafts').put({ draft, seat, about, state, at: Date.now() }),
        ])
        await Promise.all([...former.map((key) => updates.delete(key)), writing.done])
      })
    },
    append(updates) {
      if (!isKeeper || (wantsState && count === 0)) return
      count += updates.length
      if (count > mostUpdates) wantsState = true
      void database.attempt(undefined, async (db) => {
        await db.add('updates', { draft, seat, updates, at: Date.now() })
      })
    },
    drop() {
      wantsState = isKeeper
      count = 0
      void database.attempt(undefined, (db) => remove(db, [[draft, seat]]))
    },
  }
}

/** Removes what has lain for too long, of every seat. */
async function sweep(db: IDBPDatabase<Schema>): Promise<void> {
  const old = IDBKeyRange.upperBound(Date.now() - life)
  await remove(db, await db.getAllKeysFromIndex('drafts', 'at', old))
}

async function remove(
  db: IDBPDatabase<Schema>,
  places: readonly (readonly [string, string])[],
): Promise<void> {
  if (places.length === 0) return
  const removing = db.transaction(['drafts', 'updates'], 'readwrite')
  const updates = removing.objectStore('updates')
  for (const [draft, seat] of places) {
    for (const key of await updates.index('place').getAllKeys([draft, seat]))
      await updates.delete(key)
    await removing.objectStore('drafts').delete([draft, seat])
  }
  await removing.done
}

/** Every draft that opens here without a server, the one last heard of first. */
export const keptDrafts = (): Promise<readonly KeptDraft[]> =>
  database.attempt<readonly KeptDraft[]>([], async (db) => {
    await sweep(db)
    const found: KeptDraft[] = []
    for (const { about, at } of await db.getAll('drafts')) {
      const draft = draftSchema.safeParse(about)
      if (draft.success) found.push({ about: draft.data, at })
    }
    return found.toSorted((a, b) => b.at - a.at)
  })
