/**
 * Labels of paragraphs that come between others without moving them: *a bis)*, *a ter)*. ITU's files
 * write them in several ways (`b)bis`, `1bis`); all are read, one is written.
 */

/** How a draft labels what is inserted: by counting on, or by *bis, ter* after what stands before. */
export const numberings = ['renumber', 'bis'] as const

export type Numbering = (typeof numberings)[number]

/** A label as what comes after another one. */
export interface LatinLabel {
  /** The label it comes after, without its closing parenthesis: `a`, `12`, `iv`. */
  readonly stem: string
  readonly closes: boolean
  /** 1: the label itself, 2: bis, 3: ter and so on. */
  readonly ordinal: number
}

const ordinals = [
  'bis',
  'ter',
  'quater',
  'quinquies',
  'sexies',
  'septies',
  'octies',
  'nonies',
  'decies',
  'undecies',
  'duodecies',
  'terdecies',
  'quaterdecies',
  'quindecies',
  'sexdecies',
  'septdecies',
  'octodecies',
  'novodecies',
  'vicies',
] as const

/** Any of the Latin words, for a regular expression. */
export const latinWords = `(?:${ordinals.toReversed().join('|')})`

const written = new RegExp(`^(.+?)(\\))?[ \\u00a0]?(${latinWords})(\\))?$`, 'u')

/** Reads `a bis)`, `b)bis`, `1bis` and plain labels; whatever has no Latin word is a stem. */
export function parseLatin(label: string): LatinLabel {
  const match = written.exec(label)
  if (match) {
    const [, stem, inside, word, outside] = match
    const ordinal = ordinals.findIndex((each) => each === word) + 2
    return { stem: stem!, closes: inside !== undefined || outside !== undefined, ordinal }
  }
  const closes = label.endsWith(')') && label.length > 1
  return { stem: closes ? label.slice(0, -1) : label, closes, ordinal: 1 }
}

/** Writes a label: `a)`, `a bis)`, `1 ter`; after *vicies* it begins again: `a vicies bis)`. */
export function formatLatin({ stem, closes, ordinal }: LatinLabel): string {
  const words: string[] = []
  let rest = ordinal
  for (; rest > ordinals.length + 1; rest -= ordinals.length) words.push(ordinals.at(-1)!)
  if (rest > 1) words.push(ordinals[rest - 2]!)
  return `${[stem, ...words].join(' ')}${closes ? ')' : ''}`
}
