/** The library over HTTP: texts as documents of their own, which nobody writes in. */
import type { View } from '@revmark/shared/ledger'
import type { Numbering } from '@revmark/shared/resolution'
import { createdDraftSchema, librarySchema, outcomeSchema } from '@revmark/shared/wire'
import type { ExportFormat, Library, OutcomeRow } from '@revmark/shared/wire'
import { ask, fetchFile, send } from './http.ts'
import type { FetchedFile } from './http.ts'
import { pathIn } from './people.ts'
import type { Result } from './problem.ts'
import { fetchReading } from './reading.ts'
import type { Reading } from './reading.ts'

export const library = (): Promise<Result<Library>> => ask(librarySchema, '/api/editions')

/** A text of the library, or, with `other`, that one as revision marks on it. */
export function read(id: string, other: string | null): Promise<Result<Reading>> {
  const compared = other === null ? '' : `/compared/${encodeURIComponent(other)}`
  return fetchReading(`/api/library/${encodeURIComponent(id)}${compared}/state`)
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
  numbering: Numbering,
): Promise<Result<{ id: string }>> =>
  send(createdDraftSchema, pathIn({ meeting, seat }, '/drafts'), {
    edition,
    numbering,
    ...(other !== null && { compared: other }),
  })
