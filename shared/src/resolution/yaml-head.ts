/** The head of a file of the corpus: YAML between two lines `---`, checked key by key. */
import { isCollection, isMap, isNode, isScalar, parseDocument, visit } from 'yaml'
import type { Document } from 'yaml'
import type { z } from 'zod'
import type { Problem } from './problem.ts'

type Path = readonly PropertyKey[]

/** What was read, null where it is not valid, and how to say where a key stands in the file. */
export interface HeadReading<Value> {
  readonly value: Value | null
  readonly problems: readonly Problem[]
  /** A problem at the value under `path`, or at the nearest value around it that the file has. */
  readonly problemAt: (path: Path, message: string) => Problem
}

/**
 * Parts a file into the lines of its head and of its body, with the number of the body's first line.
 * A problem instead where it is not plain text with LF, or does not begin with a head.
 */
export function headAndBody(
  file: string,
):
  | { readonly head: string; readonly body: readonly string[]; readonly firstLine: number }
  | { readonly problem: Problem } {
  const lines = file.split('\n')
  const strange = lines.findIndex((line) => /\r|^\uFEFF/.test(line))
  if (strange >= 0) {
    const column = lines[strange]!.search(/\r|\uFEFF/) + 1
    const message =
      'byte order mark or carriage return: keep the file as plain UTF-8, lines with LF'
    return { problem: { line: strange + 1, column, message } }
  }
  const end = lines[0] === '---' ? lines.indexOf('---', 1) : -1
  if (end < 0) {
    const message = 'the file begins with a front matter between two lines ---'
    return { problem: { line: 1, column: 1, message } }
  }
  const head = lines.slice(1, end).join('\n')
  return { head, body: lines.slice(end + 1), firstLine: end + 2 }
}

/** Reads the YAML text whose first line is line `firstLine` of the file. */
export function readHead<Value>(
  schema: z.ZodType<Value>,
  yaml: string,
  firstLine: number,
): HeadReading<Value> {
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
  const result = schema.safeParse(document.toJS())
  if (result.success) return { value: result.data, problems: [], problemAt }
  const problems = result.error.issues.flatMap((issue) =>
    issue.code === 'unrecognized_keys'
      ? issue.keys.map((key) => problemAt([...issue.path, key], 'not a key of the front matter'))
      : [problemAt(issue.path, issue.message)],
  )
  return { value: null, problems, problemAt }
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
