/** The sample meeting with which an empty store begins. */
import type { Contributions, Corpus } from '@revmark/corpus'
import type { Delegation, Seat } from '@revmark/shared/wire'
import { createDraft, createMarkedDraft, marksOfContribution } from './draft-creation.ts'
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
  person('secretariat', 'Secretariat', 'secretariat', null),
]

/**
 * Fills an empty store with the sample meeting, its draft of Resolution 45, and Brazil's contribution as
 * a draft of its own; a store that has a meeting is left as it is. Throws where the corpus lacks them. `at` is milliseconds since 1970.
 */
export async function fillWithSample(
  store: Store,
  corpus: Corpus,
  contributions: Contributions,
  at: number,
): Promise<void> {
  if ((await store.meetings.all()).length > 0) return
  const edition = corpus.find('res45-dubai-2014')
  const brazil = contributions.find('res45-brazil-2017')
  if (!edition || !brazil) throw new RangeError('the corpus lacks the texts of the sample meeting')
  await store.meetings.add(meeting, delegations)
  for (const seat of samplePeople) await store.people.add(seat)
  await createDraft(store, 'res45', meeting.id, edition, at)
  const marks = marksOfContribution(brazil, edition, 'brazil')
  await createMarkedDraft(store, 'res45-brazil', meeting.id, edition, marks, at)
}
