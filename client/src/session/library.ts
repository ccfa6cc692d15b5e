/** The library over HTTP: texts as documents of their own, which nobody writes in. */
import { Ledger } from '@revmark/shared/ledger'
import type { View } from '@revmark/shared/ledger'
import { createdDraftSchema, librarySchema, outcomeSchema } from '@revmark/shared/wire'
import type { ExportFormat, Library, OutcomeRow } from '@revmark/shared/wire'
import { Awareness } from 'y-protocols/awareness'
import * as Y from 'yjs'
import { ask, fetchFile, send } from './http.ts'
import type { FetchedFile } from './http.ts'
import { Presence } from './presence.ts'
import { success } from './problem.ts'
import type { Result } from './problem.ts'

/** A text to be read: its ledger, and the empty company of a page that is in no room. */
export interface Reading {
  readonly ledger: Ledger
  readonly presence: Presence
}

export const library = (): Promise<Result<Library>> => ask(librarySchema, '/api/editions')

/** A text of the library, or, with `other`, that one as revision marks on it. */
export async function read(id: string, other: string | null): Promise<Result<Reading>> {
  const compared = other === null ? '' : `/compared/${encodeURIComponent(other)}`
  const file = await fetchFile(`/api/library/${encodeURIComponent(id)}${compared}/state`, id)
  if (!file.ok) return file
  const ydoc = new Y.Doc({ gc: false })
  Y.applyUpdate(ydoc, new Uint8Array(await file.value.blob.arrayBuffer()))
  const presence = new Presence(new Awareness(ydoc), '', false)
  return success({ ledger: new Ledger(ydoc), presence })
}

/** What became of each change of a contribution in a later edition. */
export const outcome = (
  id: string,
  edition: string,
): Promise<Result<{ rows: readonly OutcomeRow[] }>> =>
  ask(
    outcomeSchema,
    `/api/library/${encodeURIComponent(id)}/outcome/${encodeURIComponent(edition)}`,
  )

/** A text as a file; with `other` the comparison. */
export function exportText(
  id: string,
  other: string | null,
  format: ExportFormat,
  view: View,
): Promise<Result<FetchedFile>> {
  const query = new URLSearchParams({ format, view, ...(other !== null && { with: other }) })
  const path = `/api/library/${encodeURIComponent(id)}/export?${query.toString()}`
  return fetchFile(path, `${id}.${format}`)
}

/**
 * Begins a draft on an edition, for the chair or the secretariat of a meeting; with `other` the
 * draft has that edition's marks in it, to be decided.
 */
export const beginDraft = (
  meeting: string,
  seat: string,
  edition: string,
  other: string | null,
): Promise<Result<{ id: string }>> =>
  send(
    createdDraftSchema,
    `/api/meetings/${encodeURIComponent(meeting)}/drafts?${new URLSearchParams({ seat }).toString()}`,
    { edition, ...(other !== null && { compared: other }) },
  )
