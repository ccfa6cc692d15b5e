/** The secretariat's calls: people of a meeting and their links. */
import { madeLinkSchema, membershipSchema, personSchema } from '@revmark/shared/wire'
import type { MadeLink, Membership, NewLink, NewPerson, Person } from '@revmark/shared/wire'
import type { PersonChange } from '@revmark/shared/wire'
import { ask, posting, send, take } from './http.ts'
import type { Result } from './problem.ts'

/** Where a meeting's people are managed, and the seat of the secretariat that does it. */
export interface Office {
  readonly meeting: string
  readonly seat: string
}

/** The address of something of a meeting; the seat that asks is in its query. */
export const pathIn = (
  { meeting, seat }: Office,
  rest: string,
  query: Readonly<Record<string, string>> = {},
): string => {
  const search = new URLSearchParams({ ...query, seat })
  return `/api/meetings/${encodeURIComponent(meeting)}${rest}?${search.toString()}`
}

const personPath = (person: string): string => `/people/${encodeURIComponent(person)}`

export const membership = (office: Office): Promise<Result<Membership>> =>
  ask(membershipSchema, pathIn(office, '/people'))

export const add = (office: Office, person: NewPerson): Promise<Result<Person>> =>
  send(personSchema, pathIn(office, '/people'), person)

export const change = (
  office: Office,
  person: string,
  changed: PersonChange,
): Promise<Result<Person>> =>
  ask(personSchema, pathIn(office, personPath(person)), { ...posting(changed), method: 'PATCH' })

/** Takes a seat away; its open drafts are closed. */
export const revoke = (office: Office, person: string): Promise<Result<null>> =>
  take(pathIn(office, personPath(person)))

/** Takes a seat away, and erases the name and the address of who had it. */
export const erase = (office: Office, person: string): Promise<Result<null>> =>
  take(pathIn(office, `${personPath(person)}/identity`))

/** Ends every session of a seat; its links go on working. */
export const signOut = (office: Office, person: string): Promise<Result<null>> =>
  take(pathIn(office, `${personPath(person)}/browsers`))

/** Makes a link; its token is told this once. */
export const invite = (office: Office, person: string, link: NewLink): Promise<Result<MadeLink>> =>
  send(madeLinkSchema, pathIn(office, `${personPath(person)}/links`), link)

export const revokeLink = (office: Office, link: string): Promise<Result<null>> =>
  take(pathIn(office, `/links/${encodeURIComponent(link)}`))
