/** Meetings, for whoever sits in one. */
import { createdDraftSchema, meetingSchema, newDraftSchema } from '@revmark/shared/wire'
import type { Meeting } from '@revmark/shared/wire'
import { Hono } from 'hono'
import { createDraft, createMarkedDraft, marksOfComparison, newDraftId } from '../draft-creation.ts'
import type { DraftRecord } from '../store/draft.ts'
import { promises } from './contract.ts'
import { Failure } from './failure.ts'
import { namedEdition } from './named-edition.ts'
import { actOf, requirePlace, seated, signedIn } from './seat.ts'
import type { Services } from './services.ts'
import { validJson } from './valid.ts'

const summaryOf = ({ id, title, edition }: DraftRecord) => ({ id, title, edition })

/** `/meetings/:id` and its drafts. */
export const meetings = (services: Services) => {
  const { store, corpus, dice, log, now } = services

  return new Hono()
    .get(
      '/meetings/:id',
      promises({
        does: 'Reads a meeting',
        scope: 'read',
        answers: { 200: meetingSchema },
        fails: ['unknown-meeting'],
      }),
      signedIn(services),
      async (context) => {
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
      },
    )
    .post(
      '/meetings/:id/drafts',
      promises({
        does: 'Begins a draft',
        act: 'draft-begun',
        scope: 'import',
        answers: { 201: createdDraftSchema },
        fails: ['wrong-role', 'unknown-text'],
      }),
      signedIn(services),
      seated(),
      validJson(newDraftSchema),
      async (context) => {
        const { seat } = context.var
        const id = context.req.param('id')
        requirePlace(seat, id, 'chair', 'secretariat')
        const { edition: wanted, compared, numbering } = context.req.valid('json')
        const edition = namedEdition(corpus, wanted)
        const draft = newDraftId(edition, dice)
        const details = { edition: edition.id, compared: compared ?? null, numbering }
        const act = actOf(context, now(), { draft, details })
        if (compared === undefined)
          await createDraft(store, draft, id, edition, now(), { numbering, act })
        else {
          const marks = marksOfComparison(edition, namedEdition(corpus, compared), seat.id)
          await createMarkedDraft(store, draft, id, edition, marks, now(), { numbering, act })
        }
        log.info({ draft, seat: seat.id, edition: edition.id }, 'draft begun')
        return context.json({ id: draft }, 201)
      },
    )
}
