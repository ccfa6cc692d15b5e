/** The library: every text of the corpus, compared and judged, for whoever is signed in. */
import { outcomesOf } from '@revmark/shared/compare'
import { editionName, isLaterEdition } from '@revmark/shared/resolution'
import type { Edition } from '@revmark/shared/resolution'
import { libraryExportSchema, librarySchema, outcomeSchema } from '@revmark/shared/wire'
import type { Library, OutcomeRow } from '@revmark/shared/wire'
import { Hono } from 'hono'
import { exportFile, exportTypes, headersOf, stateHeaders, stateOf, stateType } from '../export.ts'
import { contributionName, readComparison, readContribution, readEdition } from '../readable.ts'
import type { Readable } from '../readable.ts'
import { promises } from './contract.ts'
import { Failure } from './failure.ts'
import { signedIn } from './seat.ts'
import type { Services } from './services.ts'
import { validQuery } from './valid.ts'

/** `/editions`, and `/library/:id` with what is below it. */
export const library = (services: Services) => {
  const { corpus, contributions, typesetter, now } = services

  const unknown = (id: string): Failure =>
    new Failure('unknown-text', `The library has no text ${JSON.stringify(id)}.`)

  const editionOf = (id: string): Edition => {
    const edition = corpus.find(id)
    if (!edition) throw unknown(id)
    return edition
  }

  const read = (id: string): Readable => {
    const contribution = contributions.find(id)
    return contribution ? readContribution(contribution, corpus) : readEdition(editionOf(id))
  }

  const compare = (id: string, other: string): Readable => {
    if (id === other)
      throw new Failure('invalid-request', 'A text does not differ from itself: choose another.')
    if (contributions.find(id) ?? contributions.find(other))
      throw new Failure(
        'invalid-request',
        'A contribution is compared already: it is marks on the edition that it amends.',
      )
    return readComparison(editionOf(id), editionOf(other))
  }

  return new Hono()
    .get(
      '/editions',
      promises({
        does: 'Lists the texts of the library',
        scope: 'read',
        answers: { 200: librarySchema },
      }),
      signedIn(services),
      (context) => {
        const answer: Library = {
          editions: corpus.editions.map((edition) => {
            const { id, title, organ, number, place, year, language } = edition
            return { id, name: editionName(edition), title, organ, number, place, year, language }
          }),
          contributions: contributions.list.map((contribution) => ({
            id: contribution.id,
            name: contributionName(contribution, editionOf(contribution.base)),
            title: contribution.cover.title,
            edition: contribution.base,
            delegation: contribution.delegation,
          })),
        }
        return context.json(answer)
      },
    )
    .get(
      '/library/:id/state',
      promises({
        does: 'Reads a text as a Yjs update',
        scope: 'read',
        answers: { 200: [stateType] },
        fails: ['unknown-text'],
      }),
      signedIn(services),
      (context) =>
        context.body(stateOf(read(context.req.param('id')).ledger.ydoc), 200, stateHeaders),
    )
    .get(
      '/library/:id/compared/:other/state',
      promises({
        does: 'Compares two editions, as a Yjs update',
        scope: 'read',
        answers: { 200: [stateType] },
        fails: ['invalid-request', 'unknown-text'],
      }),
      signedIn(services),
      (context) => {
        const { id, other } = context.req.param()
        return context.body(stateOf(compare(id, other).ledger.ydoc), 200, stateHeaders)
      },
    )
    .get(
      '/library/:id/outcome/:edition',
      promises({
        does: 'Tells what became of a contribution',
        scope: 'read',
        answers: { 200: outcomeSchema },
        fails: ['invalid-request', 'unknown-text'],
      }),
      signedIn(services),
      (context) => {
        const { id, edition } = context.req.param()
        const contribution = contributions.find(id)
        if (!contribution) throw unknown(id)
        const later = editionOf(edition)
        const amended = editionOf(contribution.base)
        if (!isLaterEdition(later, amended))
          throw new Failure(
            'invalid-request',
            `${editionName(later)} is no later edition of ${editionName(amended)}, so it cannot have taken anything over.`,
          )
        const { ledger } = readContribution(contribution, corpus)
        const rows = outcomesOf(ledger, later.provisions).map(
          ({ address, deleted, inserted, result, place, there }): OutcomeRow => ({
            address,
            deleted,
            inserted,
            result,
            place,
            there,
          }),
        )
        return context.json({ rows })
      },
    )
    .get(
      '/library/:id/export',
      promises({
        does: 'Exports a text of the library',
        scope: 'export',
        answers: { 200: exportTypes },
        fails: ['unknown-text'],
      }),
      signedIn(services),
      validQuery(libraryExportSchema),
      async (context) => {
        const { format, view, with: other } = context.req.valid('query')
        const id = context.req.param('id')
        const readable = other === undefined ? read(id) : compare(id, other)
        const shown = view ?? readable.usualView
        const file = await exportFile(readable, shown, format, now(), typesetter)
        return context.body(file.bytes, 200, headersOf(file, `${readable.id}-${shown}.${format}`))
      },
    )
}
