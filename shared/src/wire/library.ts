/** The corpus over HTTP: editions, contributions, comparisons, outcomes. */
import { z } from 'zod'
import { numberings } from '../resolution/latin.ts'
import { exportFormats } from './api.ts'

/** An adopted text that drafts may amend. */
export const editionSummarySchema = z.object({
  id: z.string(),
  name: z.string(),
  title: z.string(),
  organ: z.string(),
  number: z.number().int(),
  place: z.string(),
  year: z.number().int(),
  language: z.string(),
})
export type EditionSummary = z.infer<typeof editionSummarySchema>

/** A delegation's contribution that the corpus holds; `edition` is what it amends. */
export const contributionSummarySchema = z.object({
  id: z.string(),
  name: z.string(),
  title: z.string(),
  edition: z.string(),
  delegation: z.string(),
})
export type ContributionSummary = z.infer<typeof contributionSummarySchema>

export const librarySchema = z.object({
  editions: z.array(editionSummarySchema),
  contributions: z.array(contributionSummarySchema),
})
export type Library = z.infer<typeof librarySchema>

/** In whose name a comparison writes its marks: nobody's, they are what a later text has done. */
export const comparedDelegation = 'Compared'

/** What became of one change of a contribution in a later edition; null where it has no place. */
export const outcomeRowSchema = z.object({
  address: z.string(),
  deleted: z.string(),
  inserted: z.string(),
  result: z.enum(['taken over', 'in other words', 'not taken over']),
  place: z.string().nullable(),
  there: z.string(),
})
export type OutcomeRow = z.infer<typeof outcomeRowSchema>

export const outcomeSchema = z.object({ rows: z.array(outcomeRowSchema) })

/** `with`: the text whose difference is exported. */
export const libraryExportSchema = z.strictObject({
  format: z.enum(exportFormats),
  view: z.enum(['base', 'marked', 'clean', 'accepted']).optional(),
  with: z.string().max(64).optional(),
})

/** With `compared` the draft begins with that edition's marks on the other, to be decided. */
export const newDraftSchema = z.strictObject({
  edition: z.string().min(1).max(64),
  compared: z.string().min(1).max(64).optional(),
  numbering: z.enum(numberings).default('renumber'),
})

export const createdDraftSchema = z.object({ id: z.string() })

/** How a draft is to label what is inserted. */
export const newNumberingSchema = z.strictObject({ numbering: z.enum(numberings) })

/** How a draft labels what is inserted. */
export const numberingSchema = z.object({ numbering: z.enum(numberings) })
