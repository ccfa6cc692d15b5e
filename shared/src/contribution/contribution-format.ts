/**
 * The file of a contribution, made to be read and corrected by a person: a head with the cover, then
 * the text with its revision marks, one paragraph a line, as in an edition's file.
 *
 *     item        {--b)--}{++c)++} Resolution 174 {++(Rev.Busan,2014) ++}{--(Guadalajara, 2010) --}of ...
 *     item        {++b)++} {++Resolution 140 (Rev. Busan, 2014) of ...;++}
 *     item        {--d)--} {--Resolution 181 (Guadalajara, 2010) of ...;--}
 *     doubt       That the whole paragraph is struck is read from the labels.
 *
 * A line whose label and text are wholly inserted or wholly deleted is a paragraph that comes or goes.
 * A line `doubt` says, of the paragraph above it, why a mark is where it is though it could be
 * elsewhere.
 */
import { sourceProblems } from '../resolution/corpus-source.ts'
import type { SameLetter } from '../resolution/corpus-source.ts'
import type { Edition } from '../resolution/edition.ts'
import type { Problem } from '../resolution/problem.ts'
import { headAndBody } from '../resolution/yaml-head.ts'
import { baseProblems, letteredProvision, parseMarkedBody } from './contribution-body.ts'
import type { PlacedParagraph } from './contribution-body.ts'
import { parseContributionHead } from './contribution-head.ts'
import type { ContributionHead } from './contribution-head.ts'
import type { Contribution } from './contribution.ts'
import { labelDifferences } from './draft.ts'

export type ParsedContribution =
  | { readonly contribution: Contribution }
  | { readonly problems: readonly Problem[] }

/**
 * Reads a contribution's file and checks what it says of itself: the form of every line; that without
 * its insertions it is, letter by letter, the edition that it amends; that a draft computes the labels
 * that it says; and, with `sourceOf`, which gives the text of a source file by its name, that with
 * insertions and deletions together it is its source, apart from the listed repairs and from what no
 * mark stands for: white space, the shape of quotes and dashes, and the case of the number line.
 *
 * Gives the contribution, or what is wrong with it, in the order of the file.
 */
export function parseContribution(
  file: string,
  editionOf: (id: string) => Edition | null,
  sourceOf?: (name: string) => string | null,
): ParsedContribution {
  const parts = headAndBody(file)
  if ('problem' in parts) return { problems: [parts.problem] }
  const head = parseContributionHead(parts.head, 2)
  const body = parseMarkedBody(parts.body, parts.firstLine)
  const problems = [...head.problems, ...body.problems].toSorted((a, b) => a.line - b.line)
  if (head.value === null || problems.length > 0) return { problems }

  const { value, problemAt } = head
  const edition = editionOf(value.base)
  if (!edition) return { problems: [problemAt(['base'], `no edition ${value.base}`)] }
  const unlike = baseProblems(body.placed, edition, parts.firstLine + parts.body.length - 1)
  const found = [
    ...unlike,
    ...(unlike.length > 0 ? [] : labelProblems(body.placed, edition)),
    ...(sourceOf
      ? sourceProblems(
          value,
          [...coverOf(value), ...lettersOf(body.placed)],
          sourceOf,
          problemAt,
          sameLetterBut(body.placed[0]?.line ?? 0),
        )
      : []),
  ].toSorted((a, b) => a.line - b.line)
  if (found.length > 0) return { problems: found }
  return { contribution: toContribution(value, body.placed) }
}

function toContribution(
  { title, summary, expectedResults, references, ...rest }: ContributionHead,
  placed: readonly PlacedParagraph[],
): Contribution {
  const cover = { title, summary, expectedResults, references }
  return { ...rest, cover, paragraphs: placed.map(({ paragraph }) => paragraph) }
}

function labelProblems(placed: readonly PlacedParagraph[], edition: Edition): Problem[] {
  const paragraphs = placed.map(({ paragraph }) => paragraph)
  return labelDifferences(edition.provisions, paragraphs).map(({ index, computed, marked }) => {
    const { line, column } = placed[index]!
    const message = `label ${marked} is out of order: counted, it is ${computed ?? 'none'}`
    return { line, column, message }
  })
}

/** The cover as it stands at the head of a source, all of it counted as line 1 of the file. */
function coverOf({ summary, expectedResults, references }: ContributionHead) {
  const text = `Summary:${summary}Expected results:${expectedResults}References:${references}`
  const provision = { kind: 'text' as const, level: 1, label: null, text, formats: [] }
  return [{ line: 1, column: 1, provision }]
}

const lettersOf = (placed: readonly PlacedParagraph[]) =>
  placed.map(({ line, column, paragraph }) => ({
    line,
    column,
    provision: letteredProvision(paragraph),
  }))

const shapes: Readonly<Record<string, string>> = {
  '\u2010': '-',
  '\u2011': '-',
  '\u2013': '-',
  '\u2018': "'",
  '\u2019': "'",
  '\u201c': '"',
  '\u201d': '"',
}

const plain = (letter: string): string => shapes[letter] ?? letter

const sameLetterBut =
  (numberLine: number): SameLetter =>
  (here, there, line) =>
    plain(here) === plain(there) ||
    (line === numberLine && here.toLowerCase() === there.toLowerCase())
