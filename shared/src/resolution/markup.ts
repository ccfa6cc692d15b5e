/**
 * Character formats in the corpus format, as marks that switch a format on and off: `*italic*`,
 * `**bold**`, `^superscript^` and `~subscript~`. A backslash before a mark or a backslash makes it
 * a letter. Marks need not nest, since each says its own format.
 */
import type { Format, FormatSpan, Provision } from './provision.ts'

export type FormattedText = Pick<Provision, 'text' | 'formats'>

/** What is wrong with a marked-up text; `offset` is where, in UTF-16 code units from 0. */
export interface MarkupProblem {
  readonly offset: number
  readonly message: string
}

/** Longer marks first, in reading and in writing: `***` is bold and italic, whichever ends there. */
const marks: readonly (readonly [string, Format])[] = [
  ['**', 'bold'],
  ['*', 'italic'],
  ['^', 'superscript'],
  ['~', 'subscript'],
]

/** What a backslash makes a letter. */
const letters = '\\*^~'

/** Reads a marked-up text. The formats are sorted by `from`, then `to`, then name. */
export function parseMarkup(source: string): FormattedText | MarkupProblem {
  const open = new Map<Format, { readonly from: number; readonly offset: number }>()
  const formats: FormatSpan[] = []
  let text = ''
  let offset = 0
  while (offset < source.length) {
    const mark = marks.find(([sign]) => source.startsWith(sign, offset))
    if (mark) {
      const [sign, format] = mark
      const start = open.get(format)
      if (!start) {
        if (formats.some((span) => span.format === format && span.to === text.length)) {
          return { offset, message: `${format} ends and begins again here: leave both marks out` }
        }
        open.set(format, { from: text.length, offset })
      } else {
        if (start.from === text.length) return { offset, message: `nothing is ${format} here` }
        formats.push({ from: start.from, to: text.length, format })
        open.delete(format)
      }
      offset += sign.length
    } else if (source[offset] === '\\') {
      const escaped = source[offset + 1]
      if (escaped === undefined || !letters.includes(escaped)) {
        return { offset, message: 'a backslash stands only before * ^ ~ or another backslash' }
      }
      text += escaped
      offset += 2
    } else {
      text += source[offset]
      offset += 1
    }
  }
  for (const [format, { offset: at }] of open) {
    return { offset: at, message: `${format} begins here and never ends` }
  }
  return { text, formats: formats.toSorted(byPlace) }
}

/**
 * Writes a text with its formats so that `parseMarkup` reads the same. Throws a RangeError where the
 * spans of one format are empty, touch, overlap or leave the text.
 */
export function printMarkup({ text, formats }: FormattedText): string {
  const switches = new Map<number, Set<Format>>()
  for (const [, format] of marks) {
    let end = -1
    for (const span of formats.filter((each) => each.format === format).toSorted(byPlace)) {
      if (span.from <= end || span.to <= span.from || span.to > text.length) {
        throw new RangeError(`format out of place: ${JSON.stringify(span)}`)
      }
      end = span.to
      for (const place of [span.from, span.to]) {
        switches.set(place, (switches.get(place) ?? new Set()).add(format))
      }
    }
  }
  let out = ''
  let from = 0
  for (const place of [...switches.keys()].toSorted((a, b) => a - b)) {
    const signs = marks.filter(([, format]) => switches.get(place)?.has(format))
    out += escape(text.slice(from, place)) + signs.map(([sign]) => sign).join('')
    from = place
  }
  return out + escape(text.slice(from))
}

const escape = (text: string): string => text.replace(/[\\*^~]/g, '\\$&')

/** The order of formats in a provision and in its fingerprint: `from`, `to`, name. */
export function byPlace(a: FormatSpan, b: FormatSpan): number {
  return a.from - b.from || a.to - b.to || (a.format < b.format ? -1 : 1)
}
