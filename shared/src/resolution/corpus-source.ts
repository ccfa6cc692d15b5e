/** Whether a text says what its source file says: letter by letter, white space aside. */
import type { PlacedProvision } from './corpus-body.ts'
import type { Source } from './edition.ts'
import type { Problem } from './problem.ts'
import { applyRepairs } from './repair.ts'
import type { Repair } from './repair.ts'
import { sha256Hex } from './sha256.ts'

/** The letters of a text without its white space, each with the line it stands on. */
interface Letters {
  readonly text: string
  readonly lineAt: (offset: number) => number
}

/** How many letters of both texts a message shows. */
const shownLetters = 24

/** Where a text comes from and what was done to it. */
export interface Sourced {
  readonly source: Source
  readonly repairs: readonly Repair[]
}

/** Whether a letter here may stand for a letter of the source; `line` is the one here. */
export type SameLetter = (here: string, there: string, line: number) => boolean

/**
 * What keeps a text from being its source with the repairs done. White space counts nowhere, since
 * the sources break their lines anywhere; labels stand before their texts. Of several differences
 * the first is named, in the text's own file, with the source's line.
 */
export function sourceProblems(
  sourced: Sourced,
  placed: readonly PlacedProvision[],
  sourceOf: (name: string) => string | null,
  problemAt: (path: readonly PropertyKey[], message: string) => Problem,
  sameLetter: SameLetter = (here, there) => here === there,
): readonly Problem[] {
  const source = sourceOf(sourced.source.file)
  if (source === null) {
    return [problemAt(['source', 'file'], `no source file ${sourced.source.file}`)]
  }
  const sha256 = sha256Hex(source)
  if (sha256 !== sourced.source.sha256) {
    const message = `${sourced.source.file} is not the file that was transcribed: it has ${sha256}`
    return [problemAt(['source', 'sha256'], message)]
  }
  const { lines, failures } = applyRepairs(source, sourced.repairs)
  if (failures.length > 0) {
    return failures.map(({ index, message }) => problemAt(['repairs', index], message))
  }
  const ours = letters(
    placed.map(({ line, provision }) => [line, (provision.label ?? '') + provision.text]),
  )
  const theirs = letters(lines.map((text, index) => [index + 1, text]))
  const at = firstDifference(ours, theirs, sameLetter)
  if (at < 0) return []
  const line = ours.lineAt(at)
  const column = placed.find((each) => each.line === line)?.column ?? 1
  const message =
    `differs from line ${theirs.lineAt(at)} of ${sourced.source.file}, white space aside: ` +
    `${excerpt(ours.text, at)} here, ${excerpt(theirs.text, at)} there`
  return [{ line, column, message }]
}

function letters(lines: readonly (readonly [number, string])[]): Letters {
  let text = ''
  const ends: (readonly [end: number, line: number])[] = []
  for (const [line, content] of lines) {
    text += content.replace(/\s+/gu, '')
    ends.push([text.length, line])
  }
  const lineAt = (offset: number): number =>
    (ends.find(([end]) => end > offset) ?? ends.at(-1))?.[1] ?? 1
  return { text, lineAt }
}

/** The offset of the first difference, -1 where there is none. */
function firstDifference(ours: Letters, theirs: Letters, same: SameLetter): number {
  const a = ours.text
  const b = theirs.text
  let at = 0
  while (at < a.length && at < b.length) {
    if (a[at] !== b[at] && !same(a[at]!, b[at]!, ours.lineAt(at))) return at
    at += 1
  }
  return a.length === b.length ? -1 : at
}

function excerpt(text: string, at: number): string {
  const part = text.slice(at, at + shownLetters)
  return part === '' ? 'nothing more' : JSON.stringify(part)
}
