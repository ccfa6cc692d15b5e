/** Snapshots in SQLite, read and taken by whichever thread. */
import type { DatabaseSync } from 'node:sqlite'
import { z } from 'zod'
import * as Y from 'yjs'
import { digestOf, sameLink } from '../chain.ts'
import type { Snapshot } from '../snapshot.ts'
import type { LogRows } from './log-rows.ts'

const bytes = z.instanceof(Uint8Array)
const snapshotRow = z.object({ seq: z.number(), head: bytes, digest: bytes, data: bytes })

/** Finds the newest snapshot that belongs to the log, by its digest and the hash of its last entry. */
export function snapshotReader(
  database: DatabaseSync,
  rows: LogRows,
): (draft: string) => Snapshot | null {
  const select = database.prepare('SELECT seq, head, digest, data FROM snapshots WHERE draft = ?')
  return (draft) => {
    const row = select.get(draft)
    if (row === undefined) return null
    const { seq, head, digest, data } = snapshotRow.parse(row)
    const known = rows.hashAt(draft, seq)
    const sound = sameLink(digest, digestOf(draft, seq, head, data))
    return known && sound && sameLink(known, head) ? { seq, data } : null
  }
}

/** Builds a snapshot from the last one and the log behind it, and puts it in that one's place. */
export function snapshotTaker(database: DatabaseSync, rows: LogRows): (draft: string) => void {
  const newest = snapshotReader(database, rows)
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
