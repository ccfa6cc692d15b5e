/** A text without a ledger: what one delegate's deeds make of it, said as plainly as possible. */
import type { Format, Kind, Provision } from '../resolution/index.ts'
import { made } from './deed.ts'
import type { Deed, Spot } from './deed.ts'
import { boundariesOf } from './letters.ts'

interface PlainParagraph {
  readonly kind: Kind
  readonly level: number
  readonly text: string
  /** The formats of each letter (UTF-16 code unit), sorted, in one string. */
  readonly formats: readonly string[]
}

type PlainParagraphs = readonly PlainParagraph[]

/** What has no levels stands on the first, and remembers its own. */
const shownLevel = ({ kind, level }: Pick<PlainParagraph, 'kind' | 'level'>): number =>
  kind === 'item' || kind === 'text' ? level : 1

type Letters = Pick<PlainParagraph, 'text' | 'formats'>

/** The formats of each letter of a provision. */
export const formatsByLetter = ({ text, formats }: Pick<Provision, 'text' | 'formats'>): string[] =>
  Array.from({ length: text.length }, (_, i) =>
    formats
      .filter(({ from, to }) => from <= i && i < to)
      .map(({ format }) => format)
      .toSorted()
      .join(' '),
  )

const sliced = ({ text, formats }: Letters, from: number, to?: number): Letters => ({
  text: text.slice(from, to),
  formats: formats.slice(from, to),
})

const together = (...parts: readonly Letters[]): Letters => ({
  text: parts.map(({ text }) => text).join(''),
  formats: parts.flatMap(({ formats }) => formats),
})

const plainly = (text: string): Letters => ({
  text,
  formats: Array.from({ length: text.length }, () => ''),
})

export class PlainText {
  private paragraphs: PlainParagraphs
  private readonly done: PlainParagraphs[] = []
  private readonly undone: PlainParagraphs[] = []

  constructor(provisions: readonly Provision[]) {
    this.paragraphs = provisions.map((one) => {
      const { kind, level, text } = one
      return { kind, level, text, formats: formatsByLetter(one) }
    })
  }

  get lines(): string[] {
    return this.paragraphs.map(
      (one) => `${one.kind}/${shownLevel(one)} ${one.text} ${one.formats.join()}`,
    )
  }

  /** Does a deed whose places are those of this text. */
  do(deed: Deed): void {
    if (deed.does === 'undo' || deed.does === 'redo') {
      const [from, to] = deed.does === 'undo' ? [this.done, this.undone] : [this.undone, this.done]
      const paragraphs = from.pop()
      if (!paragraphs) return
      to.push(this.paragraphs)
      this.paragraphs = paragraphs
      return
    }
    const next = after(this.paragraphs, deed)
    if (next === this.paragraphs) return
    this.done.push(this.paragraphs)
    this.undone.length = 0
    this.paragraphs = next
  }
}

function after(paragraphs: PlainParagraphs, deed: Deed): PlainParagraphs {
  if (deed.does === 'undo' || deed.does === 'redo') return paragraphs
  if (deed.does === 'erase') return replaced(paragraphs, deed.from, deed.to, '')
  if (deed.does === 'replace') return replaced(paragraphs, deed.from, deed.to, deed.text)
  if (deed.does === 'split') return split(paragraphs, deed.at)
  if (deed.does === 'join') return joined(paragraphs, deed.paragraph)
  if (deed.does === 'format') return formatted(paragraphs, deed)
  if (deed.does === 'shape') return shaped(paragraphs, deed)
  if (deed.does === 'strike') return struck(paragraphs, deed.first, deed.last)
  if (deed.does === 'backspace') return erasedBefore(paragraphs, deed.at, deed.times)
  return replaced(paragraphs, deed.at, deed.at, deed.text)
}

function erasedBefore(
  paragraphs: PlainParagraphs,
  { paragraph, offset }: Spot,
  times: number,
): PlainParagraphs {
  const offsets = boundariesOf(paragraphs[paragraph]!.text.slice(0, offset))
  const from = { paragraph, offset: offsets.at(-1 - times) ?? 0 }
  return replaced(paragraphs, from, { paragraph, offset }, '')
}

/** Lines after the first are paragraphs of their own, and the last of them has what follows. */
function replaced(
  paragraphs: PlainParagraphs,
  from: Spot,
  to: Spot,
  text: string,
): PlainParagraphs {
  const first = paragraphs[from.paragraph]!
  const isSame = from.paragraph === to.paragraph && from.offset === to.offset
  if (isSame && text === '') return paragraphs
  const head = sliced(first, 0, from.offset)
  const tail = sliced(paragraphs[to.paragraph]!, to.offset)
  const lines = text.split('\n').map(plainly)
  const follower = followerOf(first)
  const made = lines.map((line, i) => ({
    ...(i === 0 ? first : follower),
    ...together(...(i === 0 ? [head] : []), line, ...(i === lines.length - 1 ? [tail] : [])),
  }))
  return paragraphs.toSpliced(from.paragraph, to.paragraph - from.paragraph + 1, ...made)
}

function split(paragraphs: PlainParagraphs, { paragraph, offset }: Spot): PlainParagraphs {
  const whole = paragraphs[paragraph]!
  if (offset === 0 && whole.text !== '' && paragraph > 0) {
    return paragraphs.toSpliced(paragraph, 0, {
      kind: whole.kind,
      level: shownLevel(whole),
      ...plainly(''),
    })
  }
  return paragraphs.toSpliced(
    paragraph,
    1,
    { ...whole, ...sliced(whole, 0, offset) },
    { ...followerOf(whole), ...sliced(whole, offset) },
  )
}

function joined(paragraphs: PlainParagraphs, paragraph: number): PlainParagraphs {
  if (paragraph === 0) return paragraphs
  const before = paragraphs[paragraph - 1]!
  const letters = together(before, paragraphs[paragraph]!)
  return paragraphs.toSpliced(paragraph - 1, 2, { ...before, ...letters })
}

function shaped(
  paragraphs: PlainParagraphs,
  { first, last, as }: Extract<Deed, { does: 'shape' }>,
): PlainParagraphs {
  const next = paragraphs.map((one, i) => {
    if (i < first || i > last) return one
    const { kind, level } = made(one, i, as)
    return { ...one, kind, level }
  })
  const isSame = next.every((one, i) => {
    return one.kind === paragraphs[i]!.kind && one.level === paragraphs[i]!.level
  })
  return isSame ? paragraphs : next
}

/** All letters get the format, or lose it where all have it. */
function formatted(
  paragraphs: PlainParagraphs,
  { from, to, format }: Extract<Deed, { does: 'format' }>,
): PlainParagraphs {
  const isWithin = (paragraph: number, offset: number): boolean =>
    (paragraph > from.paragraph || (paragraph === from.paragraph && offset >= from.offset)) &&
    (paragraph < to.paragraph || (paragraph === to.paragraph && offset < to.offset))
  const within = paragraphs.flatMap(({ formats }, i) => formats.filter((_, k) => isWithin(i, k)))
  const has = (formats: string, one: Format): boolean => formats.split(' ').includes(one)
  const isOn = within.every((formats) => has(formats, format))
  if (within.length === 0) return paragraphs
  const changed = (formats: string): string =>
    has(formats, format) === isOn
      ? formats
          .split(' ')
          .filter((one) => one !== '' && one !== format)
          .concat(isOn ? [] : [format])
          .toSorted()
          .join(' ')
      : formats
  return paragraphs.map((one, i) => ({
    ...one,
    formats: one.formats.map((formats, k) => (isWithin(i, k) ? changed(formats) : formats)),
  }))
}

/** The number line keeps its mark. */
function struck(paragraphs: PlainParagraphs, first: number, last: number): PlainParagraphs {
  if (first > 0) return paragraphs.toSpliced(first, last - first + 1)
  const root = paragraphs[0]!
  if (last === 0 && root.text === '') return paragraphs
  return paragraphs.toSpliced(0, last + 1, { ...root, ...plainly('') })
}

/** What Enter begins: an item after a call, a title after the number line, else the like. */
function followerOf(one: PlainParagraph): Omit<PlainParagraph, 'text' | 'formats'> {
  const { kind } = one
  if (kind === 'call') return { kind: 'item', level: 1 }
  if (kind === 'number') return { kind: 'title', level: 1 }
  return { kind, level: shownLevel(one) }
}
