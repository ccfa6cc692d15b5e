/** The server's HTTP API, call by call. Which seat speaks is said each time: a browser may hold several. */
import type { DecisionRequest, View } from '@revmark/shared/ledger'
import type { Numbering } from '@revmark/shared/resolution'
import {
  decidedSchema,
  draftSchema,
  issuedClientSchema,
  meetingSchema,
  numberingSchema,
  seatSchema,
  seatsSchema,
  signInWaysSchema,
} from '@revmark/shared/wire'
import type {
  Decided,
  Draft,
  ExportFormat,
  IssuedClient,
  Meeting,
  Seat,
  Seats,
  SignInWays,
  WordExport,
} from '@revmark/shared/wire'
import { ask, fetchFile, posting, send } from './http.ts'
import type { FetchedFile } from './http.ts'
import type { Result } from './problem.ts'

/**
 * Takes the seat that a sign-in link stands for; the server sets the session's cookie. Pages of one
 * browser take turns, so that the second comes with the cookie of the first: at once they would get a
 * session each, of which the browser keeps one. Without TLS a browser has no locks.
 */
export function join(token: string): Promise<Result<Seat>> {
  const ask = (): Promise<Result<Seat>> => send(seatSchema, '/api/join', { token })
  // Where there is no secure context there is no `locks`, whatever the type says.
  const locks = navigator.locks as LockManager | undefined
  return locks ? locks.request('revmark-join', ask) : ask()
}

/** The seats that this browser has taken, in that order; none where it is not signed in. */
export const seats = (): Promise<Result<Seats>> => ask(seatsSchema, '/api/seats')

/** How people come in beside links. */
export const signInWays = (): Promise<Result<SignInWays>> =>
  ask(signInWaysSchema, '/api/sign-in/ways')

/** Gives up every seat of this browser; its open drafts are closed. */
export const signOut = (): Promise<Result<Seats>> => send(seatsSchema, '/api/sign-out', {})

export const meeting = (id: string): Promise<Result<Meeting>> =>
  ask(meetingSchema, `/api/meetings/${encodeURIComponent(id)}`)

/** A draft as the seat may see it. Who waits longer than `patience` milliseconds counts as offline. */
export const draft = (id: string, seat: string, patience?: number): Promise<Result<Draft>> =>
  ask(
    draftSchema,
    draftPath(id, '', { seat }),
    patience === undefined ? {} : { signal: AbortSignal.timeout(patience) },
  )

/**
 * A fresh client id for one copy of a draft, registered to the person before its first edit, and up to
 * `spare` more to be kept.
 */
export const issueClient = (
  id: string,
  seat: string,
  spare: number,
): Promise<Result<IssuedClient>> =>
  send(issuedClientSchema, draftPath(id, '/clients', { seat }), { spare })

/** The chair's decision. Refused with status 409 where the draft is no longer as the chair saw it. */
export const decide = (
  id: string,
  seat: string,
  request: DecisionRequest,
): Promise<Result<Decided>> => send(decidedSchema, draftPath(id, '/decisions', { seat }), request)

/** Has what is inserted labelled in another way; the chair's to choose. */
export const number = (
  id: string,
  seat: string,
  numbering: Numbering,
): Promise<Result<{ numbering: Numbering }>> =>
  send(numberingSchema, draftPath(id, '/numbering', { seat }), { numbering })

/** A draft as a file, as it is on the server now. */
export const exportFile = (
  id: string,
  seat: string,
  format: ExportFormat,
  view: View,
): Promise<Result<FetchedFile>> =>
  fetchFile(draftPath(id, '/export', { seat, format, view }), `${id}-${view}.${format}`)

/** A draft as a Word file with what was chosen for it. */
export const exportWord = (
  id: string,
  seat: string,
  wanted: WordExport,
): Promise<Result<FetchedFile>> =>
  fetchFile(draftPath(id, '/word', { seat }), `${id}-${wanted.view}.docx`, posting(wanted))

/** The address of something of a draft; the seat that asks is in its query. */
export const draftPath = (id: string, rest: string, query: Record<string, string>): string =>
  `/api/drafts/${encodeURIComponent(id)}${rest}?${new URLSearchParams(query).toString()}`
