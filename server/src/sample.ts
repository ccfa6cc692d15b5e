/** The sample meeting with which an empty store begins. */
import type { Corpus } from '@revmark/corpus'
import { baseClient, writeBase } from '@revmark/shared/ledger'
import { editionName } from '@revmark/shared/resolution'
import type { Edition } from '@revmark/shared/resolution'
import type { Delegation, Seat } from '@revmark/shared/wire'
import * as Y from 'yjs'
import type { Store } from './store/store.ts'

const meeting = {
  id: 'wtdc-17',
  name: 'World Telecommunication Development Conference 2017 (WTDC-17)',
  place: 'Buenos Aires, 9-20 October 2017',
}

const delegations: readonly Delegation[] = [
  { code: 'B', name: 'Brazil', colour: 0 },
  { code: 'CAN', name: 'Canada', colour: 1 },
  { code: 'EGY', name: 'Egypt', colour: 2 },
  { code: 'J', name: 'Japan', colour: 3 },
]

const person = (id: string, name: string, role: Seat['role'], delegation: string | null): Seat => ({
  id,
  name,
  role,
  delegation,
  meeting: meeting.id,
})

/** Those who get a sign-in link at each start, in this order. */
export const samplePeople: readonly Seat[] = [
  person('chair', 'Chair of Working Group 3', 'chair', null),
  person('brazil', 'Delegate of Brazil', 'delegate', 'B'),
  person('canada', 'Delegate of Canada', 'delegate', 'CAN'),
  person('observer', 'Observer', 'observer', null),
]

/**
 * Fills an empty store with the sample meeting and its draft of Resolution 45; one that has a meeting
 * is left as it is. Throws where the corpus lacks the edition. `at` is milliseconds since 1970.
 */
export async function fillWithSample(store: Store, corpus: Corpus, at: number): Promise<void> {
  if ((await store.meetings.all()).length > 0) return
  const edition = corpus.find('res45-dubai-2014')
  if (!edition) throw new RangeError('the corpus has no res45-dubai-2014')
  await store.meetings.add(meeting, delegations)
  for (const seat of samplePeople) await store.people.add(seat)
  await createDraft(store, 'res45', meeting.id, edition, at)
}

/** Begins a draft that amends an edition; the log's first entry is its base. */
export async function createDraft(
  store: Store,
  id: string,
  meetingId: string,
  edition: Edition,
  at: number,
): Promise<void> {
  const ydoc = new Y.Doc()
  writeBase(ydoc, edition.id, edition.provisions)
  await store.drafts.create(
    {
      id,
      meeting: meetingId,
      title: editionName(edition),
      edition: edition.id,
      baseHash: edition.hash,
    },
    edition.provisions,
    {
      seq: 1,
      user: 'server',
      client: baseClient,
      at,
      kind: 'base',
      data: Y.encodeStateAsUpdate(ydoc),
      decision: null,
    },
  )
  ydoc.destroy()
}
