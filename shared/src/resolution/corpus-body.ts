/** The body of an edition's file: one provision a line (see corpus-format.ts for the form). */
import { labelProblems } from './label-order.ts'
import { parseMarkup, printMarkup } from './markup.ts'
import type { Problem } from './problem.ts'
import { kinds } from './provision.ts'
import type { Kind, Provision } from './provision.ts'

/** A provision with its place in the file: its line, and the column where its label or text begins. */
export interface PlacedProvision {
  readonly provision: Provision
  readonly line: number
  readonly column: number
}

/** Columns for the kind, for each further level, and at least for a label. */
const kindWidth = 12
const levelWidth = 4
const labelWidth = 4
const maxLevel = 9

const labelled: ReadonlySet<Kind> = new Set(['item', 'footnote'])

/** Reads the lines after the front matter, the first of them being line `firstLine` of the file. */
export function parseBody(
  lines: readonly string[],
  firstLine: number,
): { readonly placed: readonly PlacedProvision[]; readonly problems: readonly Problem[] } {
  const placed: PlacedProvision[] = []
  const problems: Problem[] = []
  for (const [index, raw] of lines.entries()) {
    const text = raw.trimEnd()
    if (text === '') continue
    const line = firstLine + index
    const read = parseLine(text)
    if ('message' in read) problems.push({ line, ...read })
    else placed.push({ line, ...read })
  }
  return { placed, problems }
}

type LineReading = Omit<PlacedProvision, 'line'> | Omit<Problem, 'line'>

function parseLine(line: string): LineReading {
  const word = /^\S*/.exec(line)![0]
  const kind = kinds.find((each) => each === word)
  if (!kind) {
    const message = `unknown kind ${JSON.stringify(word)}: a line begins with ${kinds.join(', ')}`
    return { column: 1, message }
  }
  const control = line.search(/[\p{Cc}\p{Zl}\p{Zp}]/u)
  if (control >= 0) return { column: control + 1, message: 'a tab or another control character' }
  const start = word.length + /^ */.exec(line.slice(word.length))![0].length
  if (start === line.length) return { column: start + 1, message: `${kind} without a text` }
  const level = (start - kindWidth) / levelWidth + 1
  if (!Number.isInteger(level) || level < 1 || level > maxLevel) {
    const first = kindWidth + 1
    const message = `begins in column ${start + 1}: level 1 in ${first}, level 2 in ${first + levelWidth}`
    return { column: start + 1, message: `${message} and so on` }
  }
  const label = labelled.has(kind) ? /^\S+/.exec(line.slice(start))![0] : null
  const afterLabel = start + (label?.length ?? 0)
  const textStart = afterLabel + /^ */.exec(line.slice(afterLabel))![0].length
  if (textStart === line.length) {
    return { column: textStart + 1, message: `${kind} without a label or without a text` }
  }
  const marked = parseMarkup(line.slice(textStart))
  if ('message' in marked) {
    return { column: textStart + marked.offset + 1, message: marked.message }
  }
  return { column: start + 1, provision: { kind, level, label, ...marked } }
}

/**
 * Problems of the provisions together: what begins the text, and the order of the labels. `firstLine`
 * is the place of what an empty body lacks.
 */
export function bodyProblems(placed: readonly PlacedProvision[], firstLine: number): Problem[] {
  const at = (index: number, message: string): Problem => ({
    line: placed[index]?.line ?? firstLine,
    column: placed[index]?.column ?? 1,
    message,
  })
  const provisions = placed.map(({ provision }) => provision)
  const found = labelProblems(provisions).map(({ index, message }) => at(index, message))
  if (provisions[0]?.kind !== 'number') found.push(at(0, 'a resolution begins with its number'))
  if (!provisions.some(({ kind }) => kind === 'title')) found.push(at(0, 'no line with the title'))
  for (const [index, { kind }] of provisions.entries()) {
    if (kind === 'number' && index > 0) found.push(at(index, 'a second number line'))
  }
  return found
}

const headings: ReadonlySet<Kind> = new Set(['call', 'footnote', 'annexNumber'])

/** Writes the provisions, one a line, a blank line before each heading and the first footnote. */
export function printBody(provisions: readonly Provision[]): string {
  return provisions
    .map((provision, index) => {
      const previous = provisions[index - 1]?.kind
      const apart = headings.has(provision.kind) && index > 0
      const blank = apart && !(provision.kind === 'footnote' && previous === 'footnote')
      return `${blank ? '\n' : ''}${printLine(provision)}\n`
    })
    .join('')
}

function printLine(provision: Provision): string {
  const { kind, level, label, text } = provision
  const indent = ' '.repeat((level - 1) * levelWidth)
  const head = label === null ? '' : `${label.padEnd(labelWidth - 1)} `
  const line = kind.padEnd(kindWidth) + indent + head + printMarkup(provision)
  const read = parseLine(line)
  const same =
    'provision' in read &&
    line === line.trimEnd() &&
    read.provision.level === level &&
    read.provision.label === label &&
    read.provision.text === text
  if (!same)
    throw new RangeError(`a provision that one line cannot hold: ${JSON.stringify(provision)}`)
  return line
}
