/**
 * The grammar of labels: how ITU counts the paragraphs of a list. Labels are typed text in ITU's
 * files, never automatic numbers, so a label is computed here and written out as letters.
 */

/** `a) b) ... z) aa) ab)`, `1 2 3` and `i) ii) iii)`. */
export type LabelStyle = 'letter' | 'number' | 'roman'

/** A label as a place in a sequence; `ordinal` counts from 1. */
export interface ParsedLabel {
  readonly style: LabelStyle
  readonly ordinal: number
}

/** The highest ordinal of each style: `zzz)`, 99999 and `mmmcmxcix)`. */
export const highestOrdinal: Readonly<Record<LabelStyle, number>> = {
  letter: 18_278,
  number: 99_999,
  roman: 3999,
}

const styles: readonly LabelStyle[] = ['letter', 'number', 'roman']

/**
 * Reads a literal label: `a)` is letter 1, `ab)` letter 28, `12` number 12, `iv)` roman 4.
 *
 * Some labels can be read in two ways (`i)` is letter 9 and roman 1). With `style` only that reading
 * counts, as for every label of a list after its first. Without it the lower ordinal wins, which is
 * right for the first label of a list: `i)` begins a roman list, `a)` and `c)` are letters.
 *
 * Returns null for what is in no sequence: `b)bis`, `01`, `–`, and, with `style`, for another style.
 */
export function parseLabel(literal: string, style?: LabelStyle): ParsedLabel | null {
  let best: ParsedLabel | null = null
  for (const candidate of style ? [style] : styles) {
    const ordinal = ordinalOf(candidate, literal)
    if (ordinal === null) continue
    if (best === null || ordinal < best.ordinal) best = { style: candidate, ordinal }
  }
  return best
}

/** Whether a label is a dash or a bullet, which stand in no order. */
export const isUnordered = (literal: string): boolean => /^[–—•-]$/.test(literal)

/**
 * Writes a label as it stands in the text, `formatLabel('letter', 27)` being `aa)`. Throws a
 * RangeError where `ordinal` is not an integer from 1 to the last label of the style.
 */
export function formatLabel(style: LabelStyle, ordinal: number): string {
  if (!Number.isInteger(ordinal) || ordinal < 1 || ordinal > highestOrdinal[style]) {
    throw new RangeError(`no ${style} label with the ordinal ${ordinal}`)
  }
  if (style === 'number') return String(ordinal)
  return `${style === 'letter' ? toLetters(ordinal) : toRoman(ordinal)})`
}

/**
 * The verbs of operative calls. A call of the preamble is a participle (*recalling*) or an adjective
 * (*aware*, *mindful*), so whatever is not one of these verbs belongs to the preamble.
 */
const operativeVerbs: ReadonlySet<string> = new Set([
  'adopts',
  'agrees',
  'appeals',
  'approves',
  'authorizes',
  'calls',
  'charges',
  'decides',
  'declares',
  'directs',
  'encourages',
  'instructs',
  'invites',
  'recommends',
  'requests',
  'resolves',
  'suggests',
  'urges',
])

/**
 * The style of the first label under a call that has no labelled paragraph yet: letters in the
 * preamble (*recalling*, *considering also*), numbers in the operative part (*resolves*,
 * *further instructs the Director ...*). English calls only; letters where the call says nothing.
 */
export function sectionStyle(callText: string): LabelStyle {
  const words = callText.toLowerCase().match(/\p{L}+/gu) ?? []
  const verb = words.find((word) => word !== 'further' && word !== 'also')
  return verb !== undefined && operativeVerbs.has(verb) ? 'number' : 'letter'
}

function ordinalOf(style: LabelStyle, literal: string): number | null {
  if (style === 'number') return /^[1-9]\d{0,4}$/.test(literal) ? Number(literal) : null
  if (style === 'letter') {
    return /^[a-z]{1,3}\)$/.test(literal) ? fromLetters(literal.slice(0, -1)) : null
  }
  return /^[ivxlcdm]{1,15}\)$/.test(literal) ? fromRoman(literal.slice(0, -1)) : null
}

/** Letters count like the columns of a spreadsheet: 26 digits from a = 1, without a zero. */
function fromLetters(letters: string): number {
  let ordinal = 0
  for (const letter of letters) ordinal = ordinal * 26 + letter.charCodeAt(0) - 96
  return ordinal
}

function toLetters(ordinal: number): string {
  let letters = ''
  for (let rest = ordinal; rest > 0; rest = Math.floor((rest - 1) / 26)) {
    letters = String.fromCharCode(97 + ((rest - 1) % 26)) + letters
  }
  return letters
}

const romanDigits = [
  ['m', 1000],
  ['cm', 900],
  ['d', 500],
  ['cd', 400],
  ['c', 100],
  ['xc', 90],
  ['l', 50],
  ['xl', 40],
  ['x', 10],
  ['ix', 9],
  ['v', 5],
  ['iv', 4],
  ['i', 1],
] as const

function toRoman(ordinal: number): string {
  let rest = ordinal
  let roman = ''
  for (const [digit, value] of romanDigits) {
    roman += digit.repeat(Math.floor(rest / value))
    rest %= value
  }
  return roman
}

/** null for letters that are no roman number as it is written today, such as `iiii` or `vx`. */
function fromRoman(roman: string): number | null {
  let rest = roman
  let ordinal = 0
  for (const [digit, value] of romanDigits) {
    while (rest.startsWith(digit)) {
      rest = rest.slice(digit.length)
      ordinal += value
    }
  }
  return rest === '' && ordinal <= highestOrdinal.roman && toRoman(ordinal) === roman
    ? ordinal
    : null
}
