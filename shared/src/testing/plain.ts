/** A text without a ledger: what one delegate's deeds make of it, said as plainly as possible. */
import type { Format, Kind } from '../resolution/index.ts'
import { made } from './deed.ts'
import type { Deed, Spot } from './deed.ts'
import { boundariesOf } from './letters.ts'

export interface PlainParagraph {
  readonly kind: Kind
  readonly level: number
  readonly text: string
  /** The formats of each letter (UTF-16 code unit), sorted, in one string. */
  readonly formats: readonly string[]
}

export type PlainParagraphs = readonly PlainParagraph[]

/** What has no levels stands on the first, and remembers its own. */
export const shownLevel = ({ kind, level }: Pick<PlainParagraph, 'kind' | 'level'>): number =>
  kind === 'item' || kind === 'text' ? level : 1

export type Letters = Pick<PlainParagraph, 'text' | 'formats'>

const sliced = ({ text, formats }: Letters, from: number, to?: number): Letters => ({
  text: text.slice(from, to),
  formats: formats.slice(from, to),
})

const together = (...parts: readonly Letters[]): Letters => ({
  text: parts.map(({ text }) => text).join(''),
  formats: parts.flatMap(({ formats }) => formats),
})

export const plainly = (text: string): Letters => ({
  text,
  formats: Array.from({ length: text.length }, () => ''),
})

/** The formats of a reference: it names its footnote, wherever it is copied to. */
export const noteFormat = 'note '

/** What a deed on paragraphs without footnotes makes of them; the same list where it does nothing. */
export function after(paragraphs: PlainParagraphs, deed: PlainDeed): PlainParagraphs {
  if (deed.does === 'erase') return replaced(paragraphs, deed.from, deed.to, plainly(''))
  if (deed.does === 'replace') {
    return replaced(paragraphs, deed.from, deed.to, plainly(deed.text))
  }
  if (deed.does === 'split') return split(paragraphs, deed.at)
  if (deed.does === 'join') return joined(paragraphs, deed.paragraph)
  if (deed.does === 'format') return formatted(paragraphs, deed)
  // No letter changes, and yet it is a step, but for the number line.
  if (deed.does === 'label') return deed.paragraph === 0 ? paragraphs : [...paragraphs]
  if (deed.does === 'shape') return shaped(paragraphs, deed)
  if (deed.does === 'strike') return struck(paragraphs, deed.first, deed.last)
  if (deed.does === 'move') return moved(paragraphs, deed)
  if (deed.does === 'backspace') return erasedBefore(paragraphs, deed.at, deed.times)
  return replaced(paragraphs, deed.at, deed.at, plainly(deed.text))
}

export type PlainDeed = Exclude<Deed, { does: 'undo' | 'redo' | 'note' }>

function erasedBefore(
  paragraphs: PlainParagraphs,
  { paragraph, offset }: Spot,
  times: number,
): PlainParagraphs {
  const offsets = boundariesOf(paragraphs[paragraph]!.text.slice(0, offset))
  const from = { paragraph, offset: offsets.at(-1 - times) ?? 0 }
  return replaced(paragraphs, from, { paragraph, offset }, plainly(''))
}

/** Lines after the first are paragraphs of their own, and the last of them has what follows. */
export function replaced(
  paragraphs: PlainParagraphs,
  from: Spot,
  to: Spot,
  written: Letters,
): PlainParagraphs {
  const first = paragraphs[from.paragraph]!
  const isSame = from.paragraph === to.paragraph && from.offset === to.offset
  if (isSame && written.text === '') return paragraphs
  const head = sliced(first, 0, from.offset)
  const tail = sliced(paragraphs[to.paragraph]!, to.offset)
  const lines = linesOf(written)
  const follower = followerOf(first)
  const made = lines.map((line, i) => ({
    ...(i === 0 ? first : follower),
    ...together(...(i === 0 ? [head] : []), line, ...(i === lines.length - 1 ? [tail] : [])),
  }))
  return paragraphs.toSpliced(from.paragraph, to.paragraph - from.paragraph + 1, ...made)
}

/** Only plain letters have line feeds among them. */
const linesOf = (written: Letters): Letters[] =>
  written.text.includes('\n') ? written.text.split('\n').map(plainly) : [written]

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
  const isReference = (formats: string): boolean => formats.startsWith(noteFormat)
  const within = paragraphs.flatMap(({ formats }, i) =>
    formats.filter((own, k) => isWithin(i, k) && !isReference(own)),
  )
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
    formats: one.formats.map((own, k) =>
      isWithin(i, k) && !isReference(own) ? changed(own) : own,
    ),
  }))
}

/** How deep a paragraph stands; -1 for what is never moved, and beyond the ends of the text. */
function depthOf(one: PlainParagraph | undefined): number {
  if (one?.kind === 'call') return 0
  return one?.kind === 'item' || one?.kind === 'text' ? shownLevel(one) : -1
}

/** Some paragraphs change places with a sibling, each with what stands deeper below it. */
function moved(
  paragraphs: PlainParagraphs,
  { first, last, way }: Extract<Deed, { does: 'move' }>,
): PlainParagraphs {
  const depths = paragraphs.slice(first, last + 1).map(depthOf)
  if (depths.length === 0 || depths.includes(-1)) return paragraphs
  const depth = Math.min(...depths)
  const endAfter = (index: number): number => {
    const deeper = paragraphs.slice(index + 1).findIndex((one) => depthOf(one) <= depth)
    return deeper < 0 ? paragraphs.length : index + 1 + deeper
  }
  const end = endAfter(Math.min(last, paragraphs.length - 1))
  let to = way
  if (to === 'up') {
    to = paragraphs.slice(0, first).findLastIndex((one) => depthOf(one) <= depth)
    if (depthOf(paragraphs[to]) !== depth) return paragraphs
  } else if (to === 'down') {
    if (depthOf(paragraphs[end]) !== depth) return paragraphs
    to = endAfter(end)
  }
  if (to === 0 || (to >= first && to <= end)) return paragraphs
  const unit = paragraphs.slice(first, end)
  return to < first
    ? [
        ...paragraphs.slice(0, to),
        ...unit,
        ...paragraphs.slice(to, first),
        ...paragraphs.slice(end),
      ]
    : [
        ...paragraphs.slice(0, first),
        ...paragraphs.slice(end, to),
        ...unit,
        ...paragraphs.slice(to),
      ]
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
