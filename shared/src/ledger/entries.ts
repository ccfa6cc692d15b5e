/** The entries of all delegations' ledgers, by full name, with the keeps that bear on them. */
import type * as Y from 'yjs'
import { ledgerName } from './entry.ts'
import type { Entry, EntryKey } from './entry.ts'

/** One entry in force. The record stays the same object when its own client widens the entry. */
export interface EntryRecord {
  readonly delegation: string
  readonly key: EntryKey
  entry: Entry
}

export const entryName = (delegation: string, key: EntryKey): string => `${delegation}/${key}`

/** The delegations that have a ledger in the Y.Doc, sorted. */
export const delegationsOf = (ydoc: Y.Doc): string[] =>
  [...ydoc.share.keys()]
    .filter((name) => name.startsWith('d:'))
    .map((name) => name.slice(2))
    .toSorted()

export const ledgerOf = (ydoc: Y.Doc, delegation: string): Y.Map<Entry> =>
  ydoc.getMap(ledgerName(delegation))

/**
 * Which of the entries that cover one token take effect there: an entry does unless a `keep` of it
 * does. Keeps of keeps form chains as long as somebody undoes and redoes; a circle, which no honest
 * client writes, has no effect at all.
 */
export function effective(entries: readonly EntryRecord[]): Set<EntryRecord> {
  const keeps = new Map<string, EntryRecord[]>()
  for (const record of entries) {
    if (record.entry.type !== 'keep') continue
    const name = entryName(record.delegation, record.entry.of)
    const list = keeps.get(name)
    if (list) list.push(record)
    else keeps.set(name, [record])
  }
  if (keeps.size === 0) return new Set(entries)
  const known = new Map<EntryRecord, boolean>()
  const open = new Set<EntryRecord>()
  for (const start of entries) {
    const stack = [start]
    while (stack.length > 0) {
      const record = stack.at(-1)!
      if (known.has(record)) {
        stack.pop()
        continue
      }
      const above = keeps.get(entryName(record.delegation, record.key)) ?? []
      const waiting = above.filter((keep) => !known.has(keep))
      if (waiting.length === 0) known.set(record, !above.some((keep) => known.get(keep)))
      else if (open.has(record)) known.set(record, false)
      else {
        open.add(record)
        stack.push(...waiting)
      }
    }
  }
  return new Set(entries.filter((record) => known.get(record)))
}
