/** Texts to be read: documents of their own, which nobody writes in. */
import { Ledger } from '@revmark/shared/ledger'
import { Awareness } from 'y-protocols/awareness'
import * as Y from 'yjs'
import { fetchFile } from './http.ts'
import { Presence } from './presence.ts'
import { success } from './problem.ts'
import type { Result } from './problem.ts'

/** A text to be read: its ledger, and the empty company of a page that is in no room. */
export interface Reading {
  readonly ledger: Ledger
  readonly presence: Presence
}

/** Fetches a document's state from an address of the API. */
export async function fetchReading(path: string): Promise<Result<Reading>> {
  const file = await fetchFile(path, '')
  if (!file.ok) return file
  const ydoc = new Y.Doc({ gc: false })
  Y.applyUpdate(ydoc, new Uint8Array(await file.value.blob.arrayBuffer()))
  const presence = new Presence(new Awareness(ydoc), '', false)
  return success({ ledger: new Ledger(ydoc), presence })
}
