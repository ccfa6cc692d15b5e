/** What the head of an edition's file says. */
import { Document, isCollection } from 'yaml'
import { z } from 'zod'
import { readHead } from './yaml-head.ts'
import type { HeadReading } from './yaml-head.ts'

const text = z.string().trim().min(1)
const sha256 = z.string().regex(/^[0-9a-f]{64}$/, 'must be 64 lower-case hex digits')
const lineNumber = z.int().min(1)

/** One repair, see repair.ts. */
export const repairSchema = z.discriminatedUnion('what', [
  z.strictObject({
    what: z.literal('moved'),
    text,
    from: lineNumber,
    to: lineNumber,
    reason: text,
  }),
  z.strictObject({ what: z.literal('restored'), text, at: lineNumber, reason: text }),
  z.strictObject({
    what: z.literal('removed'),
    text: z.string().min(1),
    at: z.array(lineNumber).min(1),
    reason: text,
  }),
])

/** `res45-dubai-2014`, the name of a text in addresses and on the command line. */
export const idSchema = z
  .string()
  .regex(/^[a-z0-9]+(-[a-z0-9]+)*$/, 'must be lower-case words joined by hyphens')

export const languageSchema = z
  .string()
  .regex(/^[a-z]{2,3}(-[A-Za-z0-9]{2,8})*$/, 'must be a language tag such as en')

export const sourceSchema = z.strictObject({
  file: z.string().regex(/^[\w.-]+$/, 'must be a file name'),
  sha256,
})

const frontMatterSchema = z.strictObject({
  id: idSchema,
  organ: text,
  conference: text,
  place: text,
  year: z.int().min(1865).max(9999),
  number: z.int().min(1),
  language: languageSchema,
  source: sourceSchema,
  repairs: z.array(repairSchema),
  hash: sha256,
})

export type FrontMatter = z.infer<typeof frontMatterSchema>

export type FrontMatterReading = HeadReading<FrontMatter>

/** Reads the YAML text whose first line is line `firstLine` of the file. */
export const parseFrontMatter = (yaml: string, firstLine: number): FrontMatterReading =>
  readHead(frontMatterSchema, yaml, firstLine)

/** Writes the YAML text, keys in the order of the schema, long reasons folded, line numbers in a row. */
export function printFrontMatter(value: FrontMatter): string {
  const keys = Object.keys(frontMatterSchema.shape) as (keyof FrontMatter)[]
  const document = new Document(Object.fromEntries(keys.map((key) => [key, value[key]])))
  for (const index of value.repairs.keys()) {
    const at = document.getIn(['repairs', index, 'at'], true)
    if (isCollection(at)) at.flow = true
  }
  return document.toString({ lineWidth: 100, flowCollectionPadding: false })
}
