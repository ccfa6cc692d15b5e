/** What the head of a contribution's file says. */
import { z } from 'zod'
import { idSchema, languageSchema, repairSchema, sourceSchema } from '../resolution/front-matter.ts'
import { readHead } from '../resolution/yaml-head.ts'
import type { HeadReading } from '../resolution/yaml-head.ts'

const text = z.string().trim().min(1)

const headSchema = z.strictObject({
  id: idSchema,
  meeting: text,
  conference: text,
  place: text,
  year: z.int().min(1865).max(9999),
  language: languageSchema,
  delegation: z.string().regex(/^[A-Z]{1,8}$/, 'must be a code of capital letters'),
  title: z.string().trim(),
  summary: z.string().trim(),
  expectedResults: z.string().trim(),
  references: z.string().trim(),
  proposal: z.literal('MOD'),
  base: idSchema,
  source: sourceSchema,
  repairs: z.array(repairSchema),
})

export type ContributionHead = z.infer<typeof headSchema>

/** Reads the YAML text whose first line is line `firstLine` of the file. */
export const parseContributionHead = (
  yaml: string,
  firstLine: number,
): HeadReading<ContributionHead> => readHead(headSchema, yaml, firstLine)
