/** A draft over HTTP: what it is, client ids, decisions, exports. */
import { decisionRequestSchema } from '@revmark/shared/ledger'
import {
  clientRequestSchema,
  decidedSchema,
  draftSchema,
  exportRequestSchema,
  issuedClientSchema,
  newNumberingSchema,
  numberingSchema,
  wordExportSchema,
} from '@revmark/shared/wire'
import type { Draft, IssuedClient, Seat } from '@revmark/shared/wire'
import { Hono } from 'hono'
import { exportFile, exportTypes, headersOf, wordType } from '../export.ts'
import { readOpenDraft } from '../readable.ts'
import { newId } from '../secret.ts'
import { exportWord } from '../word/writing.ts'
import { promises } from './contract.ts'
import { draftAccess, unknownDraft } from './draft-access.ts'
import { Failure } from './failure.ts'
import { requireRole, seated, signedIn } from './seat.ts'
import type { Services } from './services.ts'
import { validJson, validQuery } from './valid.ts'

/** `/drafts/:id` and what is below it. */
export const drafts = (services: Services) => {
  const { store, corpus, typesetter, limiter, dice, log, now } = services

  const { find, enter, enterToWrite } = draftAccess(services)

  return new Hono()
    .get(
      '/drafts/:id',
      promises({
        does: 'Reads what a draft is',
        scope: 'read',
        answers: { 200: draftSchema },
        fails: ['unknown-draft'],
      }),
      signedIn(services),
      seated(),
      async (context) => {
        const { seat } = context.var
        const { baseHash, ...draft } = await find(context.req.param('id'), seat)
        const meeting = await store.meetings.find(draft.meeting)
        if (!meeting) throw unknownDraft(draft.id)
        const answer: Draft = {
          ...draft,
          meetingName: meeting.name,
          baseHash,
          delegations: [...(await store.meetings.delegations(meeting.id))],
          seat,
        }
        return context.json(answer)
      },
    )
    .post(
      '/drafts/:id/clients',
      promises({
        does: 'Issues a Yjs client id, and spare ones',
        answers: { 201: issuedClientSchema },
        fails: ['wrong-role', 'unknown-draft', 'damaged'],
      }),
      signedIn(services),
      seated(),
      validJson(clientRequestSchema),
      async (context) => {
        const { seat } = context.var
        const room = await enterToWrite(context.req.param('id'), seat)
        limiter.demand('clientIds', seat.id)
        const issued = await room.issue(seat)
        if ('refused' in issued) throw notIssued(issued.refused, seat)
        let allowed = 0
        const { spare } = context.req.valid('json')
        while (allowed < spare && limiter.take('clientIds', seat.id) === 0) allowed++
        const answer: IssuedClient = { ...issued, spare: await room.issueSpare(seat, allowed) }
        return context.json(answer, 201)
      },
    )
    .post(
      '/drafts/:id/decisions',
      promises({
        does: 'Decides changes',
        act: 'decided',
        scope: 'decide',
        answers: { 201: decidedSchema },
        fails: ['wrong-role', 'unknown-draft', 'changed-meanwhile', 'damaged'],
      }),
      signedIn(services),
      seated(),
      validJson(decisionRequestSchema),
      async (context) => {
        const { seat, signed } = context.var
        requireRole(seat, 'chair')
        const room = await enterToWrite(context.req.param('id'), seat)
        const request = context.req.valid('json')
        const result = await room.decide(seat, request, newId(dice), signed.token)
        if ('problem' in result) throw new Failure('invalid-request', result.problem)
        if ('conflict' in result) {
          const { conflict, changed } = result
          throw new Failure('changed-meanwhile', conflict, { changed })
        }
        const { id, verb } = result.decision
        context.set('isRecorded', true)
        log.info({ draft: room.draft.id, seat: seat.id, decision: id, verb }, 'decided')
        return context.json({ decision: result.decision }, 201)
      },
    )
    .post(
      '/drafts/:id/numbering',
      promises({
        does: 'Chooses how what is inserted is labelled',
        act: 'decided',
        scope: 'decide',
        answers: { 201: numberingSchema },
        fails: ['wrong-role', 'unknown-draft', 'damaged'],
      }),
      signedIn(services),
      seated(),
      validJson(newNumberingSchema),
      async (context) => {
        const { seat, signed } = context.var
        requireRole(seat, 'chair')
        const room = await enterToWrite(context.req.param('id'), seat)
        const { numbering } = context.req.valid('json')
        const id = newId(dice)
        await room.number(seat, numbering, id, signed.token)
        context.set('isRecorded', true)
        log.info({ draft: room.draft.id, seat: seat.id, decision: id, numbering }, 'numbered')
        return context.json({ numbering }, 201)
      },
    )
    .post(
      '/drafts/:id/word',
      promises({
        does: 'Exports a draft as a chosen Word file',
        act: 'exported',
        scope: 'export',
        answers: { 200: [wordType] },
        fails: ['unknown-draft', 'damaged'],
      }),
      signedIn(services),
      seated(),
      validJson(wordExportSchema),
      async (context) => {
        const room = await enter(context.req.param('id'), context.var.seat)
        const readable = await readOpenDraft(room, store, corpus)
        const wanted = context.req.valid('json')
        const file = exportWord(readable, wanted, now())
        const name = `${room.draft.id}-${wanted.view}.docx`
        context.set('told', {
          details: { format: 'docx', view: wanted.view, persons: wanted.persons },
        })
        return context.body(file.bytes, 200, headersOf(file, name))
      },
    )
    .get(
      '/drafts/:id/export',
      promises({
        does: 'Exports a draft',
        act: 'exported',
        scope: 'export',
        answers: { 200: exportTypes },
        fails: ['unknown-draft', 'damaged'],
      }),
      signedIn(services),
      seated(),
      validQuery(exportRequestSchema),
      async (context) => {
        const room = await enter(context.req.param('id'), context.var.seat)
        const { format, view } = context.req.valid('query')
        const readable = await readOpenDraft(room, store, corpus)
        const file = await exportFile(readable, view, format, now(), typesetter)
        context.set('told', { details: { format, view } })
        return context.body(file.bytes, 200, headersOf(file, `${room.draft.id}-${view}.${format}`))
      },
    )
}

const notIssued = (because: 'read-only' | 'too-many', seat: Seat): Failure =>
  because === 'read-only'
    ? new Failure('wrong-role', `As ${seat.role} you can read this draft, not change it.`)
    : new Failure(
        'too-many',
        'This seat has opened the draft too many times. Ask the secretariat for another seat.',
      )
