/**
 * Who signed, in a Word file, what was taken in from it: kept with the draft, by the client id under
 * which it came, and written by the server only.
 */
import type * as Y from 'yjs'
import type { Change } from './changes.ts'
import type { EntryKey } from './entry.ts'
import { parseIdKey } from './id.ts'
import type { Id } from './id.ts'
import { partitionPoint } from './partition-point.ts'

/** Who revised something, and when; null where the file does not say. */
export interface Signed {
  readonly author: string | null
  /** As the file writes it. Word labels local time Z; it is UTC for certain where `isUtc` says so. */
  readonly date: string | null
  readonly isUtc: boolean
}

/** The signatures of what came under one client id; signers are named by their index. */
export interface Signatures {
  readonly signers: readonly Signed[]
  /** Triples of clock, length and signer, by clock; what lies between was signed by nobody. */
  readonly tokens: readonly number[]
  /** The signer of each entry, by the number in its key; -1: nobody. */
  readonly entries: readonly number[]
}

export const signaturesOf = (ydoc: Y.Doc): Y.Map<Signatures> => ydoc.getMap('signed')

/** Keeps the signatures of a client id, in front of its update. Server only. */
export function enterSignatures(ydoc: Y.Doc, client: number, signatures: Signatures): void {
  signaturesOf(ydoc).set(String(client), signatures)
}

/** Who signed the tokens of a client from one up to the clock `end`; null: nobody, or they came in no file. */
export function signatureOf(
  ydoc: Y.Doc,
  { client, clock }: Id,
): { readonly by: Signed | null; readonly end: number } {
  const known = signaturesOf(ydoc).get(String(client))
  if (!known) return { by: null, end: Infinity }
  const { tokens, signers } = known
  const next = partitionPoint(tokens.length / 3, (i) => tokens[3 * i]! <= clock)
  const [start = 0, length = 0, signer = -1] = next > 0 ? tokens.slice(3 * next - 3, 3 * next) : []
  if (clock < start + length) return { by: signers[signer] ?? null, end: start + length }
  return { by: null, end: tokens[3 * next] ?? Infinity }
}

/** Who signed what an entry says in the file that it came from; null: it came unsigned. */
export function entrySignatureOf(ydoc: Y.Doc, key: EntryKey): Signed | null {
  const { client, clock: number } = parseIdKey(key)
  const known = signaturesOf(ydoc).get(String(client))
  return known?.signers[known.entries[number] ?? -1] ?? null
}

/** Who signed, in files, what a change inserts, deletes or sets; each once, in the order of the text. */
export function signersOf(
  ydoc: Y.Doc,
  { ins, entries }: Pick<Change, 'ins' | 'entries'>,
): Signed[] {
  if (signaturesOf(ydoc).size === 0) return []
  const signers = new Set<Signed>()
  for (let i = 0; i + 2 < ins.length; i += 3) {
    const [client, clock, length] = [ins[i]!, ins[i + 1]!, ins[i + 2]!]
    for (let at = clock; at < clock + length;) {
      const { by, end } = signatureOf(ydoc, { client, clock: at })
      if (by) signers.add(by)
      at = end
    }
  }
  for (const { entry } of entries) {
    const signed = entrySignatureOf(ydoc, entry)
    if (signed) signers.add(signed)
  }
  return [...signers]
}
