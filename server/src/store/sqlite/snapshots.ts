/** Snapshots in SQLite, read and taken by whichever thread. */
import type { DatabaseSync } from 'node:sqlite'
import { z } from 'zod'
import * as Y from 'yjs'
import { digestOf, sameLink } from '../chain.ts'
import type { Snapshot } from '../snapshot.ts'
import { isStoreDamage } from '../trouble.ts'
import type { LogRows } from './log-rows.ts'

const bytes = z.instanceof(Uint8Array)
const snapshotRow = z.object({ seq: z.number(), head: bytes, digest: bytes, data: bytes })

interface SnapshotReader {
  /** The snapshot of a draft, by its digest alone; null where that is not its own, or cannot be read. */
  readonly sound: (draft: string) => Snapshot | null
  /** The same where it belongs to the log, by the hash of its last entry. */
  readonly newest: (draft: string) => Snapshot | null
}

/** Finds snapshots over one connection. */
export function snapshotReader(database: DatabaseSync, rows: LogRows): SnapshotReader {
  const select = database.prepare('SELECT seq, head, digest, data FROM snapshots WHERE draft = ?')
  const sound = (draft: string): Snapshot | null => {
    try {
      const parsed = snapshotRow.safeParse(select.get(draft))
      if (!parsed.success) return null
      const { digest, ...snapshot } = parsed.data
      const { seq, head, data } = snapshot
      return sameLink(digest, digestOf(draft, seq, head, data)) ? snapshot : null
    } catch (error) {
      // The log behind it is whole, or says itself that it is not.
      if (isStoreDamage(error)) return null
      throw error
    }
  }
  return {
    sound,
    newest(draft) {
      const snapshot = sound(draft)
      const known = snapshot && rows.hashAt(draft, snapshot.seq)
      return known && sameLink(known, snapshot.head) ? snapshot : null
    },
  }
}

/** Builds a snapshot from the last one and the log behind it, and puts it in that one's place. */
export function snapshotTaker(database: DatabaseSync, rows: LogRows): (draft: string) => void {
  const { newest } = snapshotReader(database, rows)
  const replace = database.prepare(
    'INSERT OR REPLACE INTO snapshots (draft, seq, head, digest, data) VALUES (?, ?, ?, ?, ?)',
  )
  return (draft) => {
    const last = newest(draft)
    const entries = rows.read(draft, last?.seq ?? 0)
    const seq = entries.at(-1)?.seq
    const head = seq === undefined ? null : rows.hashAt(draft, seq)
    if (seq === undefined || head === null) return
    const ydoc = new Y.Doc({ gc: false })
    if (last) Y.applyUpdateV2(ydoc, last.data)
    ydoc.transact(() => {
      for (const { data } of entries) Y.applyUpdate(ydoc, data)
    })
    const data = Y.encodeStateAsUpdateV2(ydoc)
    ydoc.destroy()
    replace.run(draft, seq, head, digestOf(draft, seq, head, data), data)
  }
}
