/** What an operator does on the command line, in the record of the meetings that it concerns. */
import { pino } from 'pino'
import { record } from '../audit.ts'
import type { Done } from '../audit.ts'
import { databasePath } from '../config.ts'
import { openSqliteStore } from '../store/sqlite/store.ts'
import type { Store } from '../store/store.ts'

/** The place of the store, the time, and where to say what could not be done. */
export interface RecordPlace {
  readonly data: string
  /** Milliseconds since 1970. */
  readonly now: () => number
  readonly complain: (text: string) => void
}

/** Records, without a person, what was done with one draft, or with the whole store where `draft` is null. */
export async function recordOperator(
  place: RecordPlace,
  draft: string | null,
  done: Omit<Done, 'draft'>,
): Promise<void> {
  const meetingsIn = async ({ drafts, meetings }: Store): Promise<readonly string[]> =>
    draft === null
      ? (await meetings.all()).map(({ id }) => id)
      : [await drafts.find(draft)].flatMap((found) => found?.meeting ?? [])
  let why: string | null = null
  // What need not be recorded is told here only, where it could not be.
  const log = pino({}, { write: () => (why ??= 'the disk takes no writes') })
  try {
    // What was read a moment ago is of this version, so that nothing is migrated beside a server.
    const store = openSqliteStore(databasePath(place))
    try {
      for (const meeting of await meetingsIn(store))
        await record({ store, log, now: place.now }, meeting, { ...done, draft })
    } finally {
      await store.close()
    }
  } catch (error) {
    why = error instanceof Error ? error.message : String(error)
  }
  if (why !== null)
    place.complain(`revmark: done, but the record of the meeting does not tell it: ${why}\n`)
}
