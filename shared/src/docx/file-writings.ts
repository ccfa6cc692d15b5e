/** What was taken in from Word files, as it was signed there: so it goes out again. */
import type * as Y from 'yjs'
import { parseIdKey } from '../ledger/id.ts'
import { entrySignatureOf, signatureOf } from '../ledger/signatures.ts'
import type { Signed } from '../ledger/signatures.ts'
import type { RevisionWritings, Writing } from './signature.ts'

/**
 * The writings of a draft's tokens and entries that were signed in a file; null for all others. An
 * author that is one of `delegations`, by code or by name, is no person.
 */
export function fileWritings(
  ydoc: Y.Doc,
  delegations: readonly { readonly code: string; readonly name: string }[],
): RevisionWritings {
  const codes = new Set(delegations.flatMap(({ code, name }) => [code, name]))
  const writing = (signed: Signed | null): Writing | null =>
    signed && {
      at: timeOf(signed),
      person: signed.author !== null && codes.has(signed.author) ? null : signed.author,
    }
  return {
    insertion: (token) => writing(signatureOf(ydoc, parseIdKey(token)).by),
    stretch: (id) => signatureOf(ydoc, id).end - id.clock,
    entry: (_delegation, key) => writing(entrySignatureOf(ydoc, key)),
  }
}

function timeOf({ date, isUtc }: Signed): Writing['at'] {
  const at = date !== null && isUtc ? Date.parse(date) : NaN
  return Number.isNaN(at) ? date : at
}
