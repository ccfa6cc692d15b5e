/** Word files sent in: looked at, taken into a draft, and handed out again. */
import { attachmentsSchema, importedSchema, largestFile } from '@revmark/shared/wire'
import type { Attachment, Imported, ImportRequest } from '@revmark/shared/wire'
import { ask } from './http.ts'
import { failure } from './problem.ts'
import type { Problem, Result } from './problem.ts'

/** Where a file goes: into a draft, or into a meeting, where it begins a draft of its own. */
export interface Destination {
  readonly place: 'drafts' | 'meetings'
  readonly id: string
}

/** How a file is taken; without `differences` it is only looked at. */
export interface Taking {
  readonly seat: string
  readonly text: number
  /** Of the secretariat: in whose name. */
  readonly delegation: string | null
  /** The edition that it amends; null: the one that it names, or the draft's. */
  readonly edition: string | null
  readonly differences: ImportRequest['differences'] | null
}

/** Sends a file. Refused with the reason where it is none that can be taken: nothing is kept then. */
export function sendFile(
  { place, id }: Destination,
  file: File,
  { seat, text, delegation, edition, differences }: Taking,
): Promise<Result<Imported>> {
  if (file.size > largestFile) return Promise.resolve(failure(tooLarge))
  const query = new URLSearchParams({
    seat,
    name: file.name.slice(-200),
    text: String(text),
    trial: differences === null ? 'yes' : 'no',
    differences: differences ?? 'leave',
    ...(delegation !== null && { delegation }),
    ...(edition !== null && { edition }),
  })
  const path = `/api/${place}/${encodeURIComponent(id)}/contributions?${query.toString()}`
  return ask(importedSchema, path, { method: 'POST', body: file })
}

const tooLarge: Problem = {
  code: 'too-large',
  status: 413,
  message: `The file has more than ${largestFile / 1024 / 1024} MB. It was not sent.`,
  advice: 'Take large pictures out of it in Word, and try again.',
}

/** The files that were taken into a draft, the first first. */
export const attachments = (
  draft: string,
  seat: string,
): Promise<Result<{ attachments: readonly Attachment[] }>> =>
  ask(attachmentsSchema, attachmentPath(draft, '', seat))

/** Where such a file is downloaded, as it was sent. */
export const attachmentAddress = (draft: string, id: string, seat: string): string =>
  attachmentPath(draft, `/${encodeURIComponent(id)}`, seat)

const attachmentPath = (draft: string, rest: string, seat: string): string =>
  `/api/drafts/${encodeURIComponent(draft)}/attachments${rest}?${new URLSearchParams({ seat }).toString()}`
