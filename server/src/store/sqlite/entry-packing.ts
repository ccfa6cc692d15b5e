/**
 * Entries of the log as bytes, on their way to the thread that commits: one array passes between
 * threads many times faster than objects with an array in each.
 */
import * as decoding from 'lib0/decoding'
import * as encoding from 'lib0/encoding'
import type { EntryAct, EntryKind, NewEntry } from '../log.ts'

/** Packs entries, in order. */
export function packEntries(entries: readonly NewEntry[]): Uint8Array {
  const encoder = encoding.createEncoder()
  encoding.writeVarUint(encoder, entries.length)
  for (const { seq, user, client, at, kind, data, decision, act } of entries) {
    encoding.writeVarUint(encoder, seq)
    encoding.writeVarString(encoder, user)
    encoding.writeVarUint(encoder, client)
    encoding.writeVarUint(encoder, at)
    encoding.writeVarString(encoder, kind)
    encoding.writeVarUint8Array(encoder, data)
    // Few entries have either.
    encoding.writeVarString(encoder, decision || act ? JSON.stringify({ decision, act }) : '')
  }
  return encoding.toUint8Array(encoder)
}

/** What `packEntries` packed; the updates in it are views of the same bytes. */
export function unpackEntries(packed: Uint8Array): NewEntry[] {
  const decoder = decoding.createDecoder(packed)
  return Array.from({ length: decoding.readVarUint(decoder) }, () => ({
    seq: decoding.readVarUint(decoder),
    user: decoding.readVarString(decoder),
    client: decoding.readVarUint(decoder),
    at: decoding.readVarUint(decoder),
    kind: decoding.readVarString(decoder) as EntryKind,
    data: decoding.readVarUint8Array(decoder),
    ...moreIn(decoding.readVarString(decoder)),
  }))
}

/** What few entries have: a decision, and the act that they are. */
type More = Pick<NewEntry, 'decision'> & { readonly act?: EntryAct }

const moreIn = (packed: string): More =>
  packed === '' ? { decision: null } : (JSON.parse(packed) as More)
