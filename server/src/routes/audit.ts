/** Who did what in a meeting: read by its chair and its secretariat, and taken away as a file. */
import {
  acts,
  auditExportSchema,
  auditPageSchema,
  auditRequestSchema,
  kindOfAct,
} from '@revmark/shared/wire'
import type { AuditPage } from '@revmark/shared/wire'
import { Hono } from 'hono'
import { linesOf, tableOf } from '../audit-file.ts'
import { fileHeaders } from '../export.ts'
import { promises } from './contract.ts'
import { requirePlace, seated, signedIn } from './seat.ts'
import type { Services } from './services.ts'
import { validQuery } from './valid.ts'

/** Entries of one page. */
const pageSize = 100

const types = { jsonl: 'application/jsonl', csv: 'text/csv; charset=utf-8' } as const

/** `/meetings/:id/audit`. */
export const audit = (services: Services) => {
  const { store } = services
  return new Hono()
    .get(
      '/meetings/:id/audit',
      promises({
        does: 'Reads who did what',
        scope: 'audit',
        answers: { 200: auditPageSchema },
        fails: ['wrong-role', 'damaged'],
      }),
      signedIn(services),
      seated(),
      validQuery(auditRequestSchema),
      async (context) => {
        const meeting = context.req.param('id')
        requirePlace(context.var.seat, meeting, 'chair', 'secretariat')
        const { before = null, kind } = context.req.valid('query')
        const entries = await store.audit.latest(meeting, {
          before,
          acts: kind === undefined ? null : acts.filter((act) => kindOfAct[act] === kind),
          most: pageSize,
        })
        const last = entries.length < pageSize ? null : (entries.at(-1)?.seq ?? null)
        const everyone = await store.people.everyone(meeting)
        const people = everyone.map(({ id, name }) => ({ id, name }))
        const answer: AuditPage = { entries: [...entries], people, next: last }
        return context.json(answer)
      },
    )
    .get(
      '/meetings/:id/audit/export',
      promises({
        does: 'Exports who did what',
        act: 'audit-read',
        scope: 'audit',
        answers: { 200: Object.values(types) },
        fails: ['wrong-role', 'damaged'],
      }),
      signedIn(services),
      seated(),
      validQuery(auditExportSchema),
      async (context) => {
        const meeting = context.req.param('id')
        requirePlace(context.var.seat, meeting, 'chair', 'secretariat')
        const { format } = context.req.valid('query')
        const entries = await store.audit.all(meeting)
        const people = await store.people.everyone(meeting)
        const names = new Map(people.map(({ id, name }) => [id, name]))
        const text = format === 'csv' ? tableOf(entries, names) : linesOf(entries)
        context.set('told', { details: { format, entries: entries.length } })
        return context.body(text, 200, fileHeaders(types[format], `${meeting}-audit.${format}`))
      },
    )
}
