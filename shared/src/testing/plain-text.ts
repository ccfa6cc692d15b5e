/** A plain text with its footnotes, and one delegate's deeds on it, undone and redone. */
import { liftNotes, referenceLetter } from '../resolution/notes.ts'
import type { Provision } from '../resolution/index.ts'
import type { Deed, Spot } from './deed.ts'
import { after, noteFormat, plainly, replaced, shownLevel } from './plain.ts'
import type { Letters, PlainDeed, PlainParagraph, PlainParagraphs } from './plain.ts'

/** The text, whose references name footnotes, and the words of all footnotes that ever were. */
interface PlainDraft {
  readonly body: PlainParagraphs
  readonly notes: ReadonlyMap<string, Letters>
}

/** The formats of each letter of a provision. */
const formatsByLetter = ({ text, formats }: Pick<Provision, 'text' | 'formats'>): string[] =>
  Array.from({ length: text.length }, (_, i) =>
    formats
      .filter(({ from, to }) => from <= i && i < to)
      .map(({ format }) => format)
      .toSorted()
      .join(' '),
  )

export class PlainText {
  private draft: PlainDraft
  private readonly done: PlainDraft[] = []
  private readonly undone: PlainDraft[] = []
  private inserted = 0

  constructor(provisions: readonly Provision[]) {
    const { body, notes, references } = liftNotes(provisions)
    let seen = 0
    this.draft = {
      body: body.map((one) => ({
        kind: one.kind,
        level: one.level,
        text: one.text,
        formats: formatsByLetter(one).map((formats, i) =>
          one.text[i] === referenceLetter ? noteFormat + references[seen++]! : formats,
        ),
      })),
      notes: new Map(
        notes.map((one, i) => [String(i), { text: one.text, formats: formatsByLetter(one) }]),
      ),
    }
  }

  get lines(): string[] {
    return shownIn(this.draft).map((one) => {
      const looks = one.formats.map((own) => (own.startsWith(noteFormat) ? 'note' : own))
      return `${one.kind}/${shownLevel(one)} ${one.text} ${looks.join()}`
    })
  }

  /** Does a deed whose places are those of this text. */
  do(deed: Deed): void {
    if (deed.does === 'undo' || deed.does === 'redo') {
      const [from, to] = deed.does === 'undo' ? [this.done, this.undone] : [this.undone, this.done]
      const draft = from.pop()
      if (!draft) return
      to.push(this.draft)
      this.draft = draft
      return
    }
    const next = deed.does === 'note' ? this.noted(deed) : afterAmong(this.draft, deed)
    if (next === this.draft) return
    this.done.push(this.draft)
    this.undone.length = 0
    this.draft = next
  }

  private noted({ at, text }: Extract<Deed, { does: 'note' }>): PlainDraft {
    const { body, notes } = this.draft
    if (at.paragraph >= body.length) return this.draft
    const id = `new ${this.inserted++}`
    return {
      body: replaced(body, at, at, { text: referenceLetter, formats: [noteFormat + id] }),
      notes: new Map(notes).set(id, plainly(oneLine(text))),
    }
  }
}

/** The footnotes to which the text refers, in the order of their references. */
const idsIn = (body: PlainParagraphs): string[] => [
  ...new Set(
    body.flatMap(({ formats }) =>
      formats
        .filter((own) => own.startsWith(noteFormat))
        .map((own) => own.slice(noteFormat.length)),
    ),
  ),
]

const bodyOf = (letters: Letters): PlainParagraph => ({ kind: 'footnote', level: 1, ...letters })

const shownIn = ({ body, notes }: PlainDraft): PlainParagraph[] => [
  ...body,
  ...idsIn(body).map((id) => bodyOf(notes.get(id)!)),
]

/** A footnote is one paragraph. */
const oneLine = (text: string): string => text.replaceAll(/\s*\n\s*/gu, ' ')

function afterAmong(draft: PlainDraft, deed: PlainDeed): PlainDraft {
  if (deed.does === 'format') return formattedAmong(draft, deed)
  if (deed.does === 'strike') return struckAmong(draft, deed.first, deed.last)
  if (deed.does === 'move') return movedAmong(draft, deed)
  if (deed.does === 'shape') return withBody(draft, after(draft.body, deed))
  if (deed.does === 'join' || deed.does === 'split' || deed.does === 'label') {
    const at = deed.does === 'split' ? deed.at.paragraph : deed.paragraph
    return at < draft.body.length ? withBody(draft, after(draft.body, deed)) : draft
  }
  const within = clamped(draft, deed)
  const { paragraph } = 'from' in within ? within.from : within.at
  const id = idsIn(draft.body)[paragraph - draft.body.length]
  if (id === undefined) return withBody(draft, after(draft.body, within))
  const body = [bodyOf(draft.notes.get(id)!)]
  const next = after(body, inFootnote(within))
  return next === body ? draft : { ...draft, notes: new Map(draft.notes).set(id, next[0]!) }
}

const withBody = (draft: PlainDraft, body: PlainParagraphs): PlainDraft =>
  body === draft.body ? draft : { ...draft, body }

/** Footnotes stay where they are, and go with their references; before one is the end of the text. */
function movedAmong(draft: PlainDraft, deed: Extract<PlainDeed, { does: 'move' }>): PlainDraft {
  const { body } = draft
  const way = typeof deed.way === 'number' ? Math.min(deed.way, body.length) : deed.way
  const last = Math.min(deed.last, body.length - 1)
  return withBody(draft, after(body, { ...deed, last, way }))
}

type Written = Exclude<
  PlainDeed,
  { does: 'format' | 'strike' | 'move' | 'shape' | 'label' | 'join' | 'split' }
>

/** What reaches from the text into footnotes, or from one into the next, ends where it began. */
function clamped(draft: PlainDraft, deed: Written): Written {
  if (!('from' in deed)) return deed
  const { from, to } = deed
  const last = draft.body.length - 1
  const end = from.paragraph <= last ? Math.min(to.paragraph, last) : from.paragraph
  if (end === to.paragraph) return deed
  return { ...deed, to: { paragraph: end, offset: shownIn(draft)[end]!.text.length } }
}

/** A deed on the one paragraph of a footnote. */
function inFootnote(deed: Written): Written {
  const here = ({ offset }: Spot): Spot => ({ paragraph: 0, offset })
  if (deed.does === 'erase') return { ...deed, from: here(deed.from), to: here(deed.to) }
  if (deed.does === 'replace') {
    return { ...deed, from: here(deed.from), to: here(deed.to), text: oneLine(deed.text) }
  }
  if (deed.does === 'backspace') return { ...deed, at: here(deed.at) }
  return { ...deed, at: here(deed.at), text: oneLine(deed.text) }
}

/** Of a footnote its references go. */
function struckAmong(draft: PlainDraft, first: number, last: number): PlainDraft {
  const { body } = draft
  const gone = new Set(
    idsIn(body)
      .filter((_, i) => first <= body.length + i && body.length + i <= last)
      .map((id) => noteFormat + id),
  )
  const left =
    first < body.length
      ? after(body, { does: 'strike', first, last: Math.min(last, body.length - 1) })
      : body
  const hasGone = left.some(({ formats }) => formats.some((own) => gone.has(own)))
  if (!hasGone) return withBody(draft, left)
  return {
    ...draft,
    body: left.map((one) => ({
      ...one,
      text: one.text
        .split('')
        .filter((_, i) => !gone.has(one.formats[i]!))
        .join(''),
      formats: one.formats.filter((own) => !gone.has(own)),
    })),
  }
}

function formattedAmong(draft: PlainDraft, deed: PlainDeed): PlainDraft {
  const before = shownIn(draft)
  const next = after(before, deed)
  if (next === before) return draft
  const { body, notes } = draft
  const changed = new Map(notes)
  for (const [i, id] of idsIn(body).entries()) changed.set(id, next[body.length + i]!)
  return { body: next.slice(0, body.length), notes: changed }
}
