/**
 * References in words, as ITU writes them: *considering* *e)*, *resolves* 2 *a)*, *instructs the
 * Director* 3 and 4 above. What they mean is told by whoever knows the labels.
 */
import { latinWords } from './latin.ts'

/** A call by its name and its words. */
export interface NamedCall {
  readonly key: string
  readonly words: string
}

/** A label in a text, after the words of a call or after another label of them. */
export interface WordedReference {
  /** Names of the calls that begin with its words; if some are those words, of these only. */
  readonly calls: readonly string[]
  /** The words of the call as they stand in the text. */
  readonly call: string
  /** The labels, from the first level on, with plain spaces between: `2 a)`. */
  readonly path: string
  /** Where in the text they begin and end, in UTF-16 code units. */
  readonly from: number
  readonly to: number
}

const letters = `-?[a-z]{1,3}(?: ?${latinWords})?\\)(?: ?${latinWords})?`
const number = `-?\\d{1,3}(?:\\.\\d{1,2})*(?:[A-Z]| ?${latinWords})?`

/** Labels: a number or letters, and letters below them. A number that goes on is another thing. */
const path = new RegExp(
  `(?:${letters}|${number}(?![\\p{L}\\p{N}]))(?: (?:${letters}))*(?![\\p{L}\\p{N}])`,
  'uy',
)

/** What parts two labels of one call. */
const separator = /,? (?:and|or|to|and\/or) |, ?|–/uy

/** A number after a separator is a label only where the list ends, or goes on, after it. */
const listed = /$|[,;.:)\]]|,? (?:and|or|to|and\/or|above|below|of this|of the present)(?!\p{L})/uy

const documents =
  '(?:Resolution|Recommendation|Decision|Opinion|Declaration|Article|Annex|Appendix|Agenda|Constitution|Convention|Regulations|Report|Plan|Statement|Strategy)s?'

/** After a label: it is one of another text. */
const foreignAfter = new RegExp(
  `(?: (?:above|below))?,?(?: of (?!this|the present|these)| \\(?(?:(?:in|to|from|under|by) )?(?:the )?(?:annexe?s? to )?${documents} )`,
  'uy',
)

/** Before the words of a call: they are those of another text. */
const foreignBefore = new RegExp(
  `(?:\\b${documents} [^\\s,;]*\\d[^\\s,;]*(?: \\([^()]*\\))?,?(?: in)?(?: its)?|\\b(?:its|their)) $`,
  'u',
)

/** How far back the name of another text may stand. */
const namesBefore = 120

const spaces = /\s/gu

/** The labels to which a text refers under the words of calls, in their order. */
export function referencesIn(text: string, calls: readonly NamedCall[]): WordedReference[] {
  if (!/\d|\)/.test(text)) return []
  // Hard spaces read as plain ones; every letter keeps its place.
  const plain = text.replaceAll(spaces, ' ')
  const lower = plain.toLowerCase()
  const split = calls.map(({ key, words }) => ({ key, words: wordsOf(words) }))
  const found: WordedReference[] = []
  for (const first of new Set(split.map(({ words }) => words[0]))) {
    if (!first) continue
    for (let at = lower.indexOf(first); at >= 0; at = lower.indexOf(first, at + 1)) {
      if (/[\p{L}\p{N}]/u.test(plain[at - 1] ?? ' ')) continue
      found.push(...referencesAt(plain, lower, at, split))
    }
  }
  return found
    .toSorted((a, b) => a.from - b.from || b.call.length - a.call.length)
    .filter(({ from }, i, all) => from !== all[i - 1]?.from)
}

/** A call by its name, and each of its words. */
interface SplitCall {
  readonly key: string
  readonly words: readonly string[]
}

function referencesAt(
  plain: string,
  lower: string,
  at: number,
  calls: readonly SplitCall[],
): WordedReference[] {
  let meant = calls
  let end = at
  for (let count = 0; ; count++) {
    const start = count === 0 ? at : end + 1
    if (count > 0 && lower[end] !== ' ') return []
    if (count > 0 && matchAt(path, plain, start)) {
      const whole = meant.filter(({ words }) => words.length === count)
      const keys = (whole.length > 0 ? whole : meant).map(({ key }) => key)
      return labelsAt(plain, start, plain.slice(at, end), keys)
    }
    const word = /^[^ ]*/.exec(lower.slice(start))![0]
    meant = meant.filter(({ words }) => words[count] === word)
    if (word === '' || meant.length === 0) return []
    end = start + word.length
  }
}

function labelsAt(
  plain: string,
  start: number,
  call: string,
  calls: readonly string[],
): WordedReference[] {
  const before = plain.slice(
    Math.max(start - call.length - 1 - namesBefore, 0),
    start - call.length - 1,
  )
  if (foreignBefore.test(before)) return []
  const found: WordedReference[] = []
  let at = start
  for (;;) {
    const label = matchAt(path, plain, at)
    const isBare = label !== null && /\d$/.test(label)
    if (
      label === null ||
      (found.length > 0 && isBare && !matches(listed, plain, at + label.length))
    )
      return found
    const to = at + label.length
    // What is said of the last label is said of those before it: "considering a) and b) of Resolution 1".
    if (matches(foreignAfter, plain, to)) return []
    found.push({ calls, call, path: label, from: at, to })
    const gap = matchAt(separator, plain, to)
    if (gap === null) return found
    at = to + gap.length
  }
}

const wordsOf = (words: string): string[] =>
  words
    .replaceAll(spaces, ' ')
    .toLowerCase()
    .trim()
    .replace(/[,:;]$/, '')
    .split(/ +/)

const matches = (pattern: RegExp, text: string, at: number): boolean =>
  matchAt(pattern, text, at) !== null

function matchAt(pattern: RegExp, text: string, at: number): string | null {
  pattern.lastIndex = at
  return pattern.exec(text)?.[0] ?? null
}
