/** Word files over HTTP: taken into a draft as a delegation's changes, kept beside it, handed out again. */
import { createHash } from 'node:crypto'
import type { Edition, Numbering } from '@revmark/shared/resolution'
import { attachmentsSchema, importedSchema, importRequestSchema } from '@revmark/shared/wire'
import type { Attachment, Imported, ImportRequest, Seat } from '@revmark/shared/wire'
import { Hono } from 'hono'
import type { Context } from 'hono'
import type { z } from 'zod'
import type { Done } from '../audit.ts'
import { createDraft, newDraftId } from '../draft-creation.ts'
import { fileHeaders, wordType } from '../export.ts'
import { corpusClient } from '../readable.ts'
import { deliver } from '../room/delivery.ts'
import { newId } from '../secret.ts'
import type { Taken } from '../word/taking.ts'
import { promises } from './contract.ts'
import { draftAccess } from './draft-access.ts'
import { Failure } from './failure.ts'
import { fileBody } from './file-body.ts'
import { namedEdition } from './named-edition.ts'
import { requireMeeting, requireRole, seated, signedIn } from './seat.ts'
import type { Services } from './services.ts'
import { validQuery } from './valid.ts'

/** Requests whose body is a file, and may be as large as one. */
export const fileRoutes = ['/api/drafts/*/contributions', '/api/meetings/*/contributions']

/** What both routes that take a file promise. */
const taking = {
  act: 'imported',
  scope: 'import',
  takes: wordType,
  answers: { 200: importedSchema, 201: importedSchema },
} as const

const takingFails = [
  'wrong-role',
  'unknown-text',
  'unknown-edition',
  'unreadable-file',
  'too-large',
  'damaged',
] as const

const hashOfFile = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex')

/** What the record says of a file; after a trial, that it was one. */
const toldOf = ({ draft, attachment }: Imported, { delegation }: Seat): Partial<Done> => ({
  ...(draft !== null && { draft }),
  subject: attachment,
  details: { delegation, trial: attachment === null },
})

/** `/drafts/:id/contributions`, `/meetings/:id/contributions` and a draft's attachments. */
export const contributing = (services: Services) => {
  const { store, corpus, wordReader, dice, log, now } = services

  const { find, enter, enterToWrite } = draftAccess(services)

  /** The seat as that of a delegate in whose delegation's name the file is taken. */
  const actingSeat = async (seat: Seat, named: string | undefined): Promise<Seat> => {
    requireRole(seat, 'delegate', 'secretariat')
    if (seat.role === 'delegate') return seat
    const delegations = await store.meetings.delegations(seat.meeting)
    if (delegations.some(({ code }) => code === named))
      return { ...seat, role: 'delegate', delegation: named! }
    throw new Failure('invalid-request', 'delegation: say of which delegation the file is.')
  }

  /** Reads the file for a draft on one of the editions; under any client id, since a trial has none. */
  const read = async (
    bytes: Uint8Array,
    editions: readonly Edition[],
    { text, differences }: ImportRequest,
    { id: user, delegation }: Seat,
    client: number,
    numbering: Numbering,
  ): Promise<Taken> => {
    const hand = { client, user, delegation: delegation! }
    const takesDifferences = differences === 'take'
    const task = { bytes, editions, text, hand, takesDifferences, numbering }
    const taken = await wordReader.take(task)
    if (!('reason' in taken)) return taken
    const code = taken.reason === 'no-edition' ? 'unknown-edition' : 'unreadable-file'
    throw new Failure(code, `${taken.message} Nothing was taken.`, { reason: taken.reason })
  }

  const takenBefore = async (draft: string, bytes: Uint8Array, { delegation }: Seat) => {
    const hash = hashOfFile(bytes)
    const before = await store.attachments.of(draft)
    return before.find((each) => each.hash === hash && each.delegation === delegation)?.at ?? null
  }

  /** Takes a file into an open draft, the file first: no changes of a file without it. */
  const take = async (
    id: string,
    bytes: Uint8Array,
    edition: Edition,
    request: ImportRequest,
    seat: Seat,
    session: string,
  ): Promise<Imported> => {
    const room = await enterToWrite(id, seat)
    const { numbering } = room.ledger
    const issued = await room.issue(seat)
    if (!('client' in issued))
      throw new Failure(
        'too-many',
        'This seat has written into the draft too many times. Ask for another seat.',
      )
    const taken = await read(bytes, [edition], request, seat, issued.client, numbering)
    const { update, signatures, report } = taken
    const attachment: Attachment = {
      id: newId(dice),
      name: request.name,
      user: seat.id,
      delegation: seat.delegation!,
      at: now(),
      size: bytes.length,
      hash: hashOfFile(bytes),
      report,
    }
    const before = await takenBefore(id, bytes, seat)
    await store.attachments.add(id, attachment, bytes)
    const open = await enterToWrite(id, seat)
    if (signatures) open.sign(seat, issued.client, signatures)
    const refusal = await deliver(open, { id: session, seat }, update)
    if (refusal) {
      await store.attachments.drop(id, attachment.id)
      throw new Failure('unreadable-file', `${refusal.message} Nothing was taken.`, refusal)
    }
    log.info({ draft: id, seat: seat.id, attachment: attachment.id }, 'contribution taken')
    return { draft: id, attachment: attachment.id, before, report }
  }

  const holding = <T>(context: Context, work: (bytes: Uint8Array) => Promise<T>): Promise<T> =>
    wordReader.hold(async () => work(await fileBody(context)))

  return new Hono()
    .post(
      '/drafts/:id/contributions',
      promises({
        does: 'Takes a Word file into a draft',
        ...taking,
        fails: ['unknown-draft', ...takingFails],
      }),
      signedIn(services),
      seated(),
      validQuery(importRequestSchema),
      async (context) => {
        const { seat, signed } = context.var
        const request = context.req.valid('query')
        const draft = await find(context.req.param('id'), seat)
        const acting = await actingSeat(seat, request.delegation)
        const edition = namedEdition(corpus, draft.edition)
        const answer = await holding(context, async (bytes): Promise<Imported> => {
          if (request.trial === 'no')
            return take(draft.id, bytes, edition, request, acting, signed.session)
          const { numbering } = (await enter(draft.id, seat)).ledger
          const { report } = await read(bytes, [edition], request, acting, corpusClient, numbering)
          const before = await takenBefore(draft.id, bytes, acting)
          return { draft: null, attachment: null, before, report }
        })
        context.set('told', toldOf(answer, acting))
        return context.json(answer, request.trial === 'yes' ? 200 : 201)
      },
    )
    .post(
      '/meetings/:id/contributions',
      promises({
        does: 'Begins a draft with a Word file',
        ...taking,
        fails: takingFails,
      }),
      signedIn(services),
      seated(),
      validQuery(importRequestSchema),
      async (context) => {
        const { seat, signed } = context.var
        const meeting = context.req.param('id')
        requireMeeting(seat, meeting)
        const request = context.req.valid('query')
        const acting = await actingSeat(seat, request.delegation)
        const { edition: named } = request
        const editions = named === undefined ? corpus.editions : [namedEdition(corpus, named)]
        const answer = await holding(context, async (bytes): Promise<Imported> => {
          const trial = await read(bytes, editions, request, acting, corpusClient, 'renumber')
          const edition = namedEdition(corpus, trial.edition)
          if (request.trial === 'yes')
            return { draft: null, attachment: null, before: null, report: trial.report }
          const id = newDraftId(edition, dice)
          await createDraft(store, id, meeting, edition, now())
          return take(id, bytes, edition, request, acting, signed.session)
        })
        context.set('told', toldOf(answer, acting))
        return context.json(answer, request.trial === 'yes' ? 200 : 201)
      },
    )
    .get(
      '/drafts/:id/attachments',
      promises({
        does: 'Lists the files taken into a draft',
        scope: 'read',
        answers: { 200: attachmentsSchema },
        fails: ['unknown-draft'],
      }),
      signedIn(services),
      seated(),
      async (context) => {
        const { id } = await find(context.req.param('id'), context.var.seat)
        const answer: z.infer<typeof attachmentsSchema> = {
          attachments: [...(await store.attachments.of(id))],
        }
        return context.json(answer)
      },
    )
    .get(
      '/drafts/:id/attachments/:attachment',
      promises({
        does: 'Reads a file as it was sent',
        act: 'file-read',
        scope: 'read',
        answers: { 200: [wordType] },
        fails: ['unknown-draft', 'unknown-text'],
      }),
      signedIn(services),
      seated(),
      async (context) => {
        const { id, attachment } = context.req.param()
        await find(id, context.var.seat)
        context.set('told', { subject: attachment })
        const kept = (await store.attachments.of(id)).find((each) => each.id === attachment)
        const bytes = kept && (await store.attachments.bytes(id, attachment))
        if (!bytes) throw new Failure('unknown-text', `Nothing ${attachment} is attached here.`)
        return context.body(bytes, 200, fileHeaders(wordType, kept.name))
      },
    )
}
