/** `revmark meeting` and `revmark link`: a meeting begins with its secretariat, who lets everybody else in. */
import { existsSync, mkdirSync } from 'node:fs'
import type { Delegation, Seat } from '@revmark/shared/wire'
import { deedAt } from '../audit.ts'
import { databasePath, readConfig } from '../config.ts'
import { makeLink } from '../invite.ts'
import { dice, newPersonId } from '../secret.ts'
import { lockFolder } from '../store/sqlite/folder-lock.ts'
import { openSqliteStore, openSqliteStoreReadOnly } from '../store/sqlite/store.ts'
import type { Store } from '../store/store.ts'

export interface NewMeeting {
  readonly id: string
  readonly title: string
  readonly place: string
  /** In the order of admission. */
  readonly delegations: readonly Pick<Delegation, 'code' | 'name'>[]
}

/** Where the store is, what the operator has set, and milliseconds since 1970. */
export interface MeetingPlace {
  readonly data: string
  readonly environment: Readonly<Record<string, string | undefined>>
  readonly now: () => number
}

/**
 * Adds a meeting with a seat for its secretariat, while the server runs or not, and resolves with the
 * one sign-in link to it. Rejects where the meeting is there already.
 */
export async function addMeeting(meeting: NewMeeting, place: MeetingPlace): Promise<string> {
  const { id, title, delegations } = meeting
  return withStore(place, async (store) => {
    if (await store.meetings.find(id))
      throw new Error(`there is a meeting ${id}; "revmark link ${id}" lets its secretariat in`)
    await store.meetings.add(
      { id, name: title, place: meeting.place },
      delegations.map((delegation, colour) => ({ ...delegation, colour })),
    )
    const person = newPersonId(dice)
    const seat = { id: person, name: 'Secretariat', role: 'secretariat', delegation: null } as const
    const added = { act: 'person-added', subject: person, details: { role: seat.role } } as const
    const deed = deedAt(place.now(), added)
    await store.people.add({ ...seat, meeting: id }, null, { meeting: id, deed })
    const codes = delegations.map(({ code }) => code).join(', ')
    return `${id}: ${title}, with ${codes}\n${await linkFor({ ...seat, meeting: id }, store, place)}`
  })
}

/** Resolves with one more link for the secretariat of a meeting, as for who has lost theirs. */
export async function secretariatLink(id: string, place: MeetingPlace): Promise<string> {
  return withStore(place, async (store) => {
    if (!(await store.meetings.find(id))) throw new Error(`there is no meeting ${id}`)
    const person = (await store.people.of(id)).find(({ role }) => role === 'secretariat')
    if (!person) throw new Error(`the meeting ${id} has no secretariat any more`)
    return linkFor(person, store, place)
  })
}

async function linkFor(
  seat: Pick<Seat, 'id' | 'meeting'>,
  store: Store,
  { environment, now }: MeetingPlace,
): Promise<string> {
  const made = { purpose: 'invitation', at: now(), uses: 1 } as const
  const token = await makeLink({ store, dice }, seat, made)
  return (
    "The secretariat's sign-in link, for one browser and a week; people and links are made there:\n" +
    `  ${publicUrl(environment)}/join#${token}\n`
  )
}

function publicUrl(environment: MeetingPlace['environment']): string {
  const read = readConfig(environment)
  if ('problems' in read) throw new Error(read.problems.join('; '))
  const { config } = read
  return config.publicUrl ?? `http://localhost:${config.port}`
}

async function withStore<T>(
  { data }: MeetingPlace,
  work: (store: Store) => Promise<T>,
): Promise<T> {
  mkdirSync(data, { recursive: true })
  const path = databasePath({ data })
  const lock = lockFolder(data)
  // Beside a server nothing may be migrated: a reader refuses what is not of this version.
  if (!lock && existsSync(path)) await openSqliteStoreReadOnly(path).close()
  const store = openSqliteStore(path)
  try {
    return await work(store)
  } finally {
    await store.close()
    lock?.close()
  }
}
