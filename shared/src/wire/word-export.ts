/** What a person chooses of a Word file that is made of a draft. */
import { z } from 'zod'

/** Template families and symbols, as `docx` writes them. */
export const wordFamilies = ['wtdc', 'wrc', 'wtsa'] as const
export const proposalSymbols = ['ADD', 'ADD*', 'MOD', '(MOD)', 'SUP', 'SUP*', 'NOC'] as const

const line = z.string().max(300).default('')
const words = z.string().max(5000).default('')

/** What stands around the text of a contribution; an empty line is left out. */
export const frameSchema = z.strictObject({
  conference: line,
  placeAndDates: line,
  body: line,
  document: line,
  addendum: line,
  date: line,
  original: line,
  source: line,
  title: words,
  agendaItem: line,
  priorityArea: words,
  summary: words,
  expectedResults: words,
  references: words,
  symbol: z.enum(proposalSymbols),
  identifier: line,
  reasons: words,
})

export const wordExportSchema = z.strictObject({
  view: z.enum(['base', 'marked', 'clean', 'accepted']),
  /** Of the marked view: which changes have marks; the others are not in the file at all. */
  changes: z
    .union([z.enum(['all', 'accepted']), z.array(z.string().max(32)).min(1).max(200)])
    .default('all'),
  family: z.enum(wordFamilies).default('wtdc'),
  numberLine: z.enum(['published', 'capitals']).default('published'),
  /** Whether the persons behind the revisions are named, in the file's properties. */
  persons: z.enum(['unnamed', 'named']).default('unnamed'),
  /**
   * Whether the marked view has comments on its insertions and deletions: persons where they are
   * named, further proposers, the notes of decisions.
   */
  comments: z.enum(['none', 'changes']).default('none'),
  /** Stands over every page but the first; empty: the title. */
  header: line,
  /** null: the text alone. */
  frame: frameSchema.nullable().default(null),
})
export type WordExport = z.infer<typeof wordExportSchema>
