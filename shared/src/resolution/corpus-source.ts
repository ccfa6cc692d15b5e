/** Whether an edition says what its source file says: letter by letter, white space aside. */
import type { PlacedProvision } from './corpus-body.ts'
import type { Edition } from './edition.ts'
import type { Problem } from './problem.ts'
import { applyRepairs } from './repair.ts'
import { sha256Hex } from './sha256.ts'

/** The letters of a text without its white space, each with the line it stands on. */
interface Letters {
  readonly text: string
  readonly lineAt: (offset: number) => number
}

/** How many letters of both texts a message shows. */
const shownLetters = 24

/**
 * What keeps the edition from being its source with the repairs done. White space counts nowhere,
 * since the sources break their lines anywhere; labels stand before their texts. Of several
 * differences the first is named, in the edition's file, with the source's line.
 */
export function sourceProblems(
  edition: Edition,
  placed: readonly PlacedProvision[],
  sourceOf: (name: string) => string | null,
  problemAt: (path: readonly PropertyKey[], message: string) => Problem,
): readonly Problem[] {
  const source = sourceOf(edition.source.file)
  if (source === null) {
    return [problemAt(['source', 'file'], `no source file ${edition.source.file}`)]
  }
  const sha256 = sha256Hex(source)
  if (sha256 !== edition.source.sha256) {
    const message = `${edition.source.file} is not the file that was transcribed: it has ${sha256}`
    return [problemAt(['source', 'sha256'], message)]
  }
  const { lines, failures } = applyRepairs(source, edition.repairs)
  if (failures.length > 0) {
    return failures.map(({ index, message }) => problemAt(['repairs', index], message))
  }
  const ours = letters(
    placed.map(({ line, provision }) => [line, (provision.label ?? '') + provision.text]),
  )
  const theirs = letters(lines.map((text, index) => [index + 1, text]))
  const at = firstDifference(ours.text, theirs.text)
  if (at < 0) return []
  const line = ours.lineAt(at)
  const column = placed.find((each) => each.line === line)?.column ?? 1
  const message =
    `differs from line ${theirs.lineAt(at)} of ${edition.source.file}, white space aside: ` +
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
function firstDifference(a: string, b: string): number {
  if (a === b) return -1
  let at = 0
  while (at < a.length && a[at] === b[at]) at += 1
  return at
}

function excerpt(text: string, at: number): string {
  const part = text.slice(at, at + shownLetters)
  return part === '' ? 'nothing more' : JSON.stringify(part)
}
