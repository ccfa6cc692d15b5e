/** The head of an edition's file: YAML between two lines `---`, checked key by key. */
import { Document, isCollection, isMap, isNode, isScalar, parseDocument, visit } from 'yaml'
import { z } from 'zod'
import type { Problem } from './problem.ts'

const text = z.string().trim().min(1)
const sha256 = z.string().regex(/^[0-9a-f]{64}$/, 'must be 64 lower-case hex digits')
const lineNumber = z.int().min(1)

const repairSchema = z.discriminatedUnion('what', [
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

const frontMatterSchema = z.strictObject({
  id: z.string().regex(/^[a-z0-9]+(-[a-z0-9]+)*$/, 'must be lower-case words joined by hyphens'),
  organ: text,
  conference: text,
  place: text,
  year: z.int().min(1865).max(9999),
  number: z.int().min(1),
  language: z
    .string()
    .regex(/^[a-z]{2,3}(-[A-Za-z0-9]{2,8})*$/, 'must be a language tag such as en'),
  source: z.strictObject({ file: z.string().regex(/^[\w.-]+$/, 'must be a file name'), sha256 }),
  repairs: z.array(repairSchema),
  hash: sha256,
})

export type FrontMatter = z.infer<typeof frontMatterSchema>

type Path = readonly PropertyKey[]

/** What was read, null where it is not valid, and how to say where a key stands in the file. */
export interface FrontMatterReading {
  readonly value: FrontMatter | null
  readonly problems: readonly Problem[]
  /** A problem at the value under `path`, or at the nearest value around it that the file has. */
  readonly problemAt: (path: Path, message: string) => Problem
}

/** Reads the YAML text whose first line is line `firstLine` of the file. */
export function parseFrontMatter(yaml: string, firstLine: number): FrontMatterReading {
  const document = parseDocument(yaml, { prettyErrors: false })
  // Counted here: yaml's own LineCounter loses lines where the parser recovers from an error.
  const problem = (offset: number, message: string): Problem => {
    const before = yaml.slice(0, offset).split('\n')
    return { line: firstLine + before.length - 1, column: before.at(-1)!.length + 1, message }
  }
  const problemAt = (path: Path, message: string): Problem =>
    problem(offsetOf(document, path), path.length > 0 ? `${path.join('.')}: ${message}` : message)

  const faults = [...document.errors, ...document.warnings].map(({ pos, message }) =>
    problem(pos[0], message),
  )
  visit(document, {
    Alias: (_, { range }) => void faults.push(problem(range?.[0] ?? 0, 'no YAML aliases here')),
  })
  if (faults.length > 0) return { value: null, problems: faults, problemAt }
  const result = frontMatterSchema.safeParse(document.toJS())
  if (result.success) return { value: result.data, problems: [], problemAt }
  const problems = result.error.issues.flatMap((issue) =>
    issue.code === 'unrecognized_keys'
      ? issue.keys.map((key) => problemAt([...issue.path, key], 'not a key of the front matter'))
      : [problemAt(issue.path, issue.message)],
  )
  return { value: null, problems, problemAt }
}

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

/** Where the value under a path begins; of a path that the file lacks, where its last part begins. */
function offsetOf(document: Document, path: Path): number {
  for (let length = path.length; length > 0; length -= 1) {
    const parent = document.getIn(path.slice(0, length - 1), true)
    const key = path[length - 1]
    if (!isCollection(parent)) continue
    const value: unknown = parent.get(key, true)
    if (isNode(value) && value.range) return value.range[0]
    if (!isMap(parent)) continue
    const pair = parent.items.find((item) => isScalar(item.key) && item.key.value === key)
    if (pair && isScalar(pair.key) && pair.key.range) return pair.key.range[0]
  }
  return document.contents?.range?.[0] ?? 0
}
