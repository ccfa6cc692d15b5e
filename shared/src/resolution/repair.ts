/**
 * A place where an edition differs from its source file beyond white space. A repair says what was
 * done to the source, so that a program can do it again and compare; lines are the source's, from 1.
 */
export type Repair =
  /** `text`, cut out of line `from`, stands at the end of line `to`. */
  | {
      readonly what: 'moved'
      readonly text: string
      readonly from: number
      readonly to: number
      readonly reason: string
    }
  /** `text`, which the source does not have, stands before line `at`. */
  | {
      readonly what: 'restored'
      readonly text: string
      readonly at: number
      readonly reason: string
    }
  /** `text` is left out wherever it stands in the lines `at`: a file format's marks, no words. */
  | {
      readonly what: 'removed'
      readonly text: string
      readonly at: readonly number[]
      readonly reason: string
    }

/** A repair that cannot be done to the source: its index in the list, and why. */
export interface RepairFailure {
  readonly index: number
  readonly message: string
}

interface SourceLine {
  readonly before: string[]
  text: string
  readonly after: string[]
}

/**
 * Does the repairs to a source text, in their order, and returns its lines as they then read. Of
 * several repairs that put text in one place, the earlier stands first. A repair finds its text in
 * the source only, white space aside, never in what another repair has put there; where it finds none, or the source
 * has no such line, it is skipped and reported.
 */
export function applyRepairs(
  source: string,
  repairs: readonly Repair[],
): { readonly lines: readonly string[]; readonly failures: readonly RepairFailure[] } {
  const lines = source.split('\n').map((text): SourceLine => ({ before: [], text, after: [] }))
  const failures: RepairFailure[] = []
  for (const [index, repair] of repairs.entries()) {
    const message = applyRepair(lines, repair)
    if (message !== null) failures.push({ index, message })
  }
  return {
    lines: lines.map(({ before, text, after }) => [...before, text, ...after].join('')),
    failures,
  }
}

function applyRepair(lines: readonly SourceLine[], repair: Repair): string | null {
  for (const number of linesOf(repair)) {
    if (lines[number - 1] === undefined) return `the source has no line ${number}`
  }
  if (repair.what === 'restored') {
    lines[repair.at - 1]!.before.push(repair.text)
    return null
  }
  const pattern = patternOf(repair.text)
  if (repair.what === 'moved') {
    const from = lines[repair.from - 1]!
    if (!pattern.test(from.text)) return missing(repair.text, repair.from)
    from.text = from.text.replace(pattern, '')
    lines[repair.to - 1]!.after.push(repair.text)
    return null
  }
  const without = repair.at.find((number) => !pattern.test(lines[number - 1]!.text))
  if (without !== undefined) return missing(repair.text, without)
  for (const number of repair.at) {
    const line = lines[number - 1]!
    line.text = line.text.replaceAll(new RegExp(pattern, 'gu'), '')
  }
  return null
}

/** White space of a repair's text stands for any white space of the source. */
function patternOf(text: string): RegExp {
  const parts = text.split(/\s+/u).map((part) => part.replace(/[\\^$.*+?()[\]{}|/]/g, '\\$&'))
  return new RegExp(parts.join('\\s+'), 'u')
}

function linesOf(repair: Repair): readonly number[] {
  if (repair.what === 'moved') return [repair.from, repair.to]
  return repair.what === 'removed' ? repair.at : [repair.at]
}

const missing = (text: string, line: number): string =>
  `line ${line} of the source does not have ${JSON.stringify(text)}`
