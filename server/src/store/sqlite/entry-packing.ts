/**
 * Entries of the log as bytes, on their way to the thread that commits: one array passes between
 * threads many times faster than objects with an array in each.
 */
import * as decoding from 'lib0/decoding'
import * as encoding from 'lib0/encoding'
import type { EntryKind, LogEntry } from '../log.ts'

/** Packs entries, in order. */
export function packEntries(entries: readonly LogEntry[]): Uint8Array {
  const encoder = encoding.createEncoder()
  encoding.writeVarUint(encoder, entries.length)
  for (const { seq, user, client, at, kind, data, decision } of entries) {
    encoding.writeVarUint(encoder, seq)
    encoding.writeVarString(encoder, user)
    encoding.writeVarUint(encoder, client)
    encoding.writeVarUint(encoder, at)
    encoding.writeVarString(encoder, kind)
    encoding.writeVarUint8Array(encoder, data)
    encoding.writeVarUint(encoder, decision === null ? 0 : 1)
    if (decision === null) continue
    encoding.writeVarString(encoder, decision.id)
    encoding.writeVarString(encoder, decision.note)
  }
  return encoding.toUint8Array(encoder)
}

/** What `packEntries` packed; the updates in it are views of the same bytes. */
export function unpackEntries(packed: Uint8Array): LogEntry[] {
  const decoder = decoding.createDecoder(packed)
  return Array.from({ length: decoding.readVarUint(decoder) }, () => ({
    seq: decoding.readVarUint(decoder),
    user: decoding.readVarString(decoder),
    client: decoding.readVarUint(decoder),
    at: decoding.readVarUint(decoder),
    kind: decoding.readVarString(decoder) as EntryKind,
    data: decoding.readVarUint8Array(decoder),
    decision:
      decoding.readVarUint(decoder) === 0
        ? null
        : { id: decoding.readVarString(decoder), note: decoding.readVarString(decoder) },
  }))
}
