/** A draft's history over HTTP: who did what when, what it was at a moment, what has changed since. */
import type { Ledger } from '@revmark/shared/ledger'
import {
  differenceRequestSchema,
  historySchema,
  newVersionSchema,
  versionSchema,
} from '@revmark/shared/wire'
import type { History } from '@revmark/shared/wire'
import { Hono } from 'hono'
import { stateHeaders, stateOf, stateType } from '../export.ts'
import { momentsIn, writtenIn } from '../history.ts'
import { differenceOf } from '../readable.ts'
import { replayUntil } from '../room/replay.ts'
import { placeOf } from '../store/audit.ts'
import type { DraftRecord } from '../store/draft.ts'
import { promises } from './contract.ts'
import { draftAccess } from './draft-access.ts'
import { Failure } from './failure.ts'
import { actOf, requireRole, seated, signedIn } from './seat.ts'
import type { Services } from './services.ts'
import { validJson, validQuery } from './valid.ts'

const unknownMoment = (seq: number): Failure =>
  new Failure('unknown-moment', `The history of this draft has no entry ${seq}.`)

/** `/drafts/:id/history`, `states`, `difference` and `versions`. */
export const history = (services: Services) => {
  const { store, log, now } = services
  const { find } = draftAccess(services)

  const stateAt = async ({ id }: DraftRecord, seq: number): Promise<Ledger> => {
    const ledger = await replayUntil(store, id, seq)
    if (ledger) return ledger
    throw unknownMoment(seq)
  }

  return new Hono()
    .get(
      '/drafts/:id/history',
      promises({
        does: 'Reads who did what when',
        act: 'history-read',
        scope: 'read',
        answers: { 200: historySchema },
        fails: ['unknown-draft', 'damaged'],
      }),
      signedIn(services),
      seated(),
      async (context) => {
        const draft = await find(context.req.param('id'), context.var.seat)
        const entries = await store.log.read(draft.id)
        const versions = await store.versions.of(draft.id)
        const named = new Set(versions.map(({ seq }) => seq))
        const answer: History = {
          people: [...(await store.people.of(draft.meeting))],
          written: writtenIn(entries),
          decisions: [...(await store.log.decisions(draft.id))],
          moments: momentsIn(entries, named),
          versions: [...versions],
        }
        return context.json(answer)
      },
    )
    .get(
      '/drafts/:id/states/:seq',
      promises({
        does: 'Reads a draft as it was, as a Yjs update',
        act: 'history-read',
        scope: 'read',
        answers: { 200: [stateType] },
        fails: ['unknown-draft', 'unknown-moment', 'damaged'],
      }),
      signedIn(services),
      seated(),
      async (context) => {
        const draft = await find(context.req.param('id'), context.var.seat)
        const seq = Number(context.req.param('seq'))
        const ledger = await stateAt(draft, seq)
        context.set('told', { details: { seq } })
        return context.body(stateOf(ledger.ydoc), 200, stateHeaders)
      },
    )
    .get(
      '/drafts/:id/difference',
      promises({
        does: 'Compares two moments, as a Yjs update',
        act: 'history-read',
        scope: 'read',
        answers: { 200: [stateType] },
        fails: ['unknown-draft', 'unknown-moment', 'damaged'],
      }),
      signedIn(services),
      seated(),
      validQuery(differenceRequestSchema),
      async (context) => {
        const draft = await find(context.req.param('id'), context.var.seat)
        const { from, to, view } = context.req.valid('query')
        context.set('told', { details: { from, to, view } })
        const [before, after] = [await stateAt(draft, from), await stateAt(draft, to)]
        const ydoc = differenceOf(draft.edition, before, after, view)
        return context.body(stateOf(ydoc), 200, stateHeaders)
      },
    )
    .post(
      '/drafts/:id/versions',
      promises({
        does: 'Names a version',
        act: 'version-named',
        answers: { 201: versionSchema },
        fails: ['wrong-role', 'unknown-draft', 'unknown-moment', 'name-taken'],
      }),
      signedIn(services),
      seated(),
      validJson(newVersionSchema),
      async (context) => {
        const { seat } = context.var
        requireRole(seat, 'delegate', 'chair', 'secretariat')
        const draft = await find(context.req.param('id'), seat)
        const head = await store.log.head(draft.id)
        const { name, seq = head?.seq ?? 1 } = context.req.valid('json')
        if (seq > (head?.seq ?? 0)) throw unknownMoment(seq)
        const version = { name, seq, user: seat.id, at: now() }
        const told = actOf(context, version.at, {
          draft: draft.id,
          log: head && placeOf(head),
          details: { seq },
        })
        if (!(await store.versions.add(draft.id, version, told)))
          throw new Failure(
            'name-taken',
            `This draft has a version ${JSON.stringify(name)} already. Choose another name.`,
          )
        log.info({ draft: draft.id, seat: seat.id, version: name, seq }, 'version named')
        return context.json(version, 201)
      },
    )
}
