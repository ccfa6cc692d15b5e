/** The paragraphs of a contribution's file (see contribution-format.ts for the form). */
import { parseBody } from '../resolution/corpus-body.ts'
import type { PlacedProvision } from '../resolution/corpus-body.ts'
import type { Edition } from '../resolution/edition.ts'
import type { Problem } from '../resolution/problem.ts'
import type { Provision } from '../resolution/provision.ts'
import type { MarkedProvision } from './contribution.ts'
import { allLetters, baseLetters, isWhole, parseMarkedText } from './marked-text.ts'

/** A paragraph with the line and the column of the file where its label or text begins. */
export interface PlacedParagraph {
  readonly paragraph: MarkedProvision
  readonly line: number
  readonly column: number
}

const doubtLine = /^doubt +(?=\S)/

/** Reads the lines after the head, the first of them being line `firstLine` of the file. */
export function parseMarkedBody(
  lines: readonly string[],
  firstLine: number,
): { readonly placed: readonly PlacedParagraph[]; readonly problems: readonly Problem[] } {
  const isDoubt = (line: string) => doubtLine.test(line)
  const body = parseBody(
    lines.map((line) => (isDoubt(line) ? '' : line)),
    firstLine,
  )
  const problems = [...body.problems]
  const placed: PlacedParagraph[] = []
  for (const each of body.placed) {
    const read = marked(each)
    if ('message' in read) problems.push(read)
    else placed.push({ line: each.line, column: each.column, paragraph: read })
  }
  for (const [index, line] of lines.entries()) {
    if (!isDoubt(line)) continue
    const number = firstLine + index
    const at = placed.findLastIndex((each) => each.line < number)
    const { paragraph, ...place } = placed[at] ?? { line: number, column: 1, paragraph: null }
    if (!paragraph) problems.push({ ...place, message: 'a doubt stands below its paragraph' })
    else {
      const doubts = [...paragraph.doubts, line.replace(doubtLine, '').trim()]
      placed[at] = { ...place, paragraph: { ...paragraph, doubts } }
    }
  }
  return { placed, problems }
}

function marked({ provision, line, column }: PlacedProvision): MarkedProvision | Problem {
  const { kind, level } = provision
  if (provision.formats.length > 0) {
    const message = 'no character formats here: kept words have those of the text in force'
    return { line, column, message }
  }
  const label = provision.label === null ? null : parseMarkedText(provision.label)
  if (label && 'message' in label) {
    return { line, column: column + label.offset, message: label.message }
  }
  const text = parseMarkedText(provision.text)
  if ('message' in text) return { line, column, message: `${text.message}, in the text` }
  return { kind, level, label, text, doubts: [] }
}

/** Whether the paragraph is not in the text in force. */
export const isInserted = ({ label, text }: MarkedProvision): boolean =>
  isWhole(label, 'inserted') && isWhole(text, 'inserted')

/** Whether the paragraph is not in the text as proposed. */
export const isDeleted = ({ label, text }: MarkedProvision): boolean =>
  isWhole(label, 'deleted') && isWhole(text, 'deleted')

/** The paragraph in the text in force, as the marks say. */
export const baseProvision = ({ kind, level, label, text }: MarkedProvision): Provision => ({
  kind,
  level,
  label: label && baseLetters(label),
  text: baseLetters(text),
  formats: [],
})

/** The paragraph with all its letters, as it reads without marks. */
export const letteredProvision = ({ kind, level, label, text }: MarkedProvision): Provision => ({
  kind,
  level,
  label: label && allLetters(label),
  text: allLetters(text),
  formats: [],
})

/** Where the paragraphs without their insertions are not the edition, paragraph by paragraph. */
export function baseProblems(
  placed: readonly PlacedParagraph[],
  edition: Edition,
  lastLine: number,
): Problem[] {
  const ours = placed.filter(({ paragraph }) => !isInserted(paragraph))
  for (const [index, provision] of edition.provisions.entries()) {
    const each = ours[index]
    const name = `${provision.kind} ${provision.label ?? ''}`.trim()
    if (!each) {
      const message = `${edition.id} goes on with ${name}: ${excerpt(provision.text, 0)}`
      return [{ line: lastLine, column: 1, message }]
    }
    const found = difference(baseProvision(each.paragraph), provision)
    if (found === null) continue
    const message = `without its insertions this is not ${name} of ${edition.id}: ${found}`
    return [{ line: each.line, column: each.column, message }]
  }
  const extra = ours[edition.provisions.length]
  if (!extra) return []
  const message = `${edition.id} has no more paragraphs; mark this one as inserted`
  return [{ line: extra.line, column: extra.column, message }]
}

function difference(ours: Provision, theirs: Provision): string | null {
  if (ours.kind !== theirs.kind) return `kind ${ours.kind} here, ${theirs.kind} there`
  if (ours.level !== theirs.level) return `level ${ours.level} here, ${theirs.level} there`
  if (ours.label !== theirs.label) return `label ${ours.label} here, ${theirs.label} there`
  if (ours.text === theirs.text) return null
  let at = 0
  while (ours.text[at] === theirs.text[at]) at++
  return `${excerpt(ours.text, at)} here, ${excerpt(theirs.text, at)} there`
}

const excerpt = (text: string, at: number): string =>
  at < text.length ? JSON.stringify(text.slice(at, at + 24)) : 'nothing more'
