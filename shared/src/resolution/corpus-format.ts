/**
 * The file of an edition, made to be read and corrected by a person: a front matter, then one
 * paragraph a line.
 *
 *     ---
 *     id: res45-dubai-2014
 *     ...
 *     ---
 *
 *     number      RESOLUTION 45 (Rev. Dubai, 2014)
 *     title       Mechanisms for enhancing cooperation on cybersecurity
 *
 *     call        resolves
 *     item        1   to review:
 *     item            i)  the work done so far, *inter alia* by ITU;
 *     text        to give this work high priority
 *
 * A line is a kind, filled up to 12 columns, then 4 columns for each level below the first, then
 * for items and footnotes the label, then the text with its character formats (see markup.ts).
 * Blank lines mean nothing; a printed file has one before each heading.
 */
import { bodyProblems, parseBody, printBody } from './corpus-body.ts'
import { sourceProblems } from './corpus-source.ts'
import { fingerprint } from './edition.ts'
import type { Edition } from './edition.ts'
import { parseFrontMatter, printFrontMatter } from './front-matter.ts'
import type { FrontMatter, FrontMatterReading } from './front-matter.ts'
import type { Problem } from './problem.ts'
import type { Provision } from './provision.ts'
import { headAndBody } from './yaml-head.ts'

export type ParsedEdition =
  | { readonly edition: Edition }
  | { readonly problems: readonly Problem[] }

/**
 * Reads an edition's file and checks what it says of itself: the form of every line, labels in
 * order, the number line against the front matter, the hash. With `sourceOf`, which gives the text
 * of a source file by its name, null where there is none, also that the source is the one named,
 * that every repair can be done to it, and that source and edition then agree letter by letter,
 * white space aside.
 *
 * Gives the edition, or what is wrong with it, in the order of the file: every fault of its form,
 * and where the form is right every disagreement with hash, number line and source.
 */
export function parseEdition(
  file: string,
  sourceOf?: (name: string) => string | null,
): ParsedEdition {
  const parts = headAndBody(file)
  if ('problem' in parts) return { problems: [parts.problem] }
  const { firstLine } = parts
  const head = parseFrontMatter(parts.head, 2)
  const body = parseBody(parts.body, firstLine)
  const problems = [...head.problems, ...body.problems, ...bodyProblems(body.placed, firstLine)]
  if (head.value === null || problems.length > 0) return { problems: problems.toSorted(byLine) }

  const provisions = body.placed.map(({ provision }) => provision)
  const edition = toEdition(head.value, provisions)
  const disagreements = [
    ...headProblems(edition, head),
    ...(sourceOf ? sourceProblems(edition, body.placed, sourceOf, head.problemAt) : []),
  ]
  return disagreements.length > 0 ? { problems: disagreements.toSorted(byLine) } : { edition }
}

/**
 * Writes an edition's file; `parseEdition` reads the same edition from it. Throws a RangeError where
 * a provision cannot stand on one line: an item without a label, a label or a text with white space
 * at its ends, formats out of place.
 */
export function printEdition(edition: Edition): string {
  const { title: _, provisions, ...head } = edition
  const { source, repairs, ...rest } = head
  const value: FrontMatter = {
    ...rest,
    source: { ...source },
    repairs: repairs.map((repair) =>
      repair.what === 'removed' ? { ...repair, at: [...repair.at] } : { ...repair },
    ),
  }
  return `---\n${printFrontMatter(value)}---\n\n${printBody(provisions)}`
}

function toEdition(head: FrontMatter, provisions: readonly Provision[]): Edition {
  const title = provisions.find(({ kind }) => kind === 'title')?.text ?? ''
  return { ...head, title, provisions }
}

function headProblems(edition: Edition, { problemAt }: FrontMatterReading): Problem[] {
  const found: Problem[] = []
  const numberLine = edition.provisions[0]!.text
  for (const key of ['number', 'place', 'year'] as const) {
    if (!numberLine.includes(String(edition[key]))) {
      found.push(problemAt([key], `the number line does not say ${edition[key]}`))
    }
  }
  const hash = fingerprint(edition.provisions)
  if (hash !== edition.hash) {
    found.push(problemAt(['hash'], `the text below has the hash ${hash}`))
  }
  return found
}

function byLine(a: Problem, b: Problem): number {
  return a.line - b.line || a.column - b.column
}
