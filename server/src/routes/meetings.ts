/** Meetings and editions, for whoever sits in one. */
import type { EditionSummary, Meeting } from '@revmark/shared/wire'
import { editionName } from '@revmark/shared/resolution'
import { Hono } from 'hono'
import type { DraftRecord } from '../store/draft.ts'
import { Failure } from './failure.ts'
import { signedIn } from './seat.ts'
import type { Services } from './services.ts'

const summaryOf = ({ id, title, edition }: DraftRecord) => ({ id, title, edition })

/** `/meetings/:id`, `/editions`. */
export const meetings = (services: Services) => {
  const { store, corpus } = services
  return new Hono()
    .get('/meetings/:id', signedIn(services), async (context) => {
      const id = context.req.param('id')
      const meeting = await store.meetings.find(id)
      // Who has no seat in a meeting does not learn whether there is one.
      if (!meeting || !context.var.signed.seats.some((seat) => seat.meeting === id))
        throw new Failure(
          'unknown-meeting',
          `There is no meeting ${JSON.stringify(id)} for you here.`,
        )
      const answer: Meeting = {
        ...meeting,
        delegations: [...(await store.meetings.delegations(id))],
        drafts: (await store.drafts.of(id)).map(summaryOf),
      }
      return context.json(answer)
    })
    .get('/editions', signedIn(services), async (context) => {
      const editions: EditionSummary[] = corpus.editions.map((edition) => ({
        id: edition.id,
        name: editionName(edition),
        title: edition.title,
      }))
      return context.json({ editions })
    })
}
