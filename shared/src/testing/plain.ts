/** A text without a ledger: what one delegate's deeds make of it, said as plainly as possible. */
import type { Kind, Provision } from '../resolution/index.ts'
import type { Deed, Spot } from './deed.ts'
import { boundariesOf } from './letters.ts'

interface PlainParagraph {
  readonly kind: Kind
  readonly level: number
  readonly text: string
}

type PlainParagraphs = readonly PlainParagraph[]

export class PlainText {
  private paragraphs: PlainParagraphs
  private readonly done: PlainParagraphs[] = []
  private readonly undone: PlainParagraphs[] = []

  constructor(provisions: readonly Provision[]) {
    this.paragraphs = provisions.map(({ kind, level, text }) => ({ kind, level, text }))
  }

  get lines(): string[] {
    return this.paragraphs.map(({ kind, level, text }) => `${kind}/${level} ${text}`)
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
  const head = first.text.slice(0, from.offset)
  const tail = paragraphs[to.paragraph]!.text.slice(to.offset)
  const lines = `${head}${text}`.split('\n')
  const follower = followerOf(first)
  const made = lines.map((line, i) => ({
    ...(i === 0 ? first : follower),
    text: i === lines.length - 1 ? line + tail : line,
  }))
  return paragraphs.toSpliced(from.paragraph, to.paragraph - from.paragraph + 1, ...made)
}

function split(paragraphs: PlainParagraphs, { paragraph, offset }: Spot): PlainParagraphs {
  const whole = paragraphs[paragraph]!
  if (offset === 0 && whole.text !== '' && paragraph > 0) {
    return paragraphs.toSpliced(paragraph, 0, { ...whole, text: '' })
  }
  return paragraphs.toSpliced(
    paragraph,
    1,
    { ...whole, text: whole.text.slice(0, offset) },
    { ...followerOf(whole), text: whole.text.slice(offset) },
  )
}

function joined(paragraphs: PlainParagraphs, paragraph: number): PlainParagraphs {
  if (paragraph === 0) return paragraphs
  const before = paragraphs[paragraph - 1]!
  const text = before.text + paragraphs[paragraph]!.text
  return paragraphs.toSpliced(paragraph - 1, 2, { ...before, text })
}

/** The number line keeps its mark. */
function struck(paragraphs: PlainParagraphs, first: number, last: number): PlainParagraphs {
  if (first > 0) return paragraphs.toSpliced(first, last - first + 1)
  const root = paragraphs[0]!
  if (last === 0 && root.text === '') return paragraphs
  return paragraphs.toSpliced(0, last + 1, { ...root, text: '' })
}

/** What Enter begins: an item after a call, a title after the number line, else the like. */
function followerOf({ kind, level }: PlainParagraph): Omit<PlainParagraph, 'text'> {
  if (kind === 'call') return { kind: 'item', level: 1 }
  if (kind === 'number') return { kind: 'title', level: 1 }
  return { kind, level }
}
