/** Text and whole paragraphs put into the draft: pasted, dropped, moved. */
import { parseIdKey } from '@revmark/shared/ledger'
import type { InsertedLine, Pen, Place } from '@revmark/shared/ledger'
import type { Format, FormatSpan, Kind } from '@revmark/shared/resolution'
import type { Binding } from './binding.ts'
import { offerIn } from './clipboard.ts'
import type { Offer } from './clipboard.ts'
import { lengthOf, placeAt } from './lines.ts'
import type { Line, Spot } from './lines.ts'
import { asOneLine, isEmpty, wordsOf } from './passage.ts'
import type { Passage } from './passage.ts'
import { isCaret } from './selection.ts'
import type { Span } from './selection.ts'
import { write } from './writing.ts'

/**
 * The most that is put in at once: ten times the longest of ITU's resolutions, written in less than a
 * second, and in one message to the server, which takes two megabytes.
 */
const mostLetters = 200_000
const mostParagraphs = 2000

/** Writes text in place of a span and returns the place after it. */
export function replace(binding: Binding, span: Span, text: string): Place {
  return write(binding.hand, binding.lines, { ...span, text }).end
}

/** Puts in what the clipboard offers, in place of the selection. */
export function paste(binding: Binding, data: DataTransfer | null): void {
  const { span } = binding
  if (span)
    put(binding, offerIn(data), (pen, { passage }) => putPassage(binding, pen, span, passage))
}

/** Puts in what was dropped at a spot; `moved`: it is the selection, which goes from where it was. */
export function drop(binding: Binding, data: DataTransfer | null, at: Spot, moved: boolean): void {
  put(binding, offerIn(data), (pen, { passage }) => {
    const { span, lines } = binding
    if (!moved || !span) return putPassage(binding, pen, { from: at, to: at }, passage)
    if (!isAfter(span.from, at) && !isAfter(at, span.to)) return null
    const gone = write(binding.hand, lines, { ...span, text: '' })
    const spot = isAfter(span.from, at) ? at : without(at, span)
    const words: Passage = {
      paragraphs: passage.paragraphs.map((one) => ({ ...one, shape: null })),
      isWhole: false,
    }
    return putPassage(binding, pen, { from: spot, to: spot }, words, gone.lines)
  })
}

/** Writes what is offered, as one step, and says what of it is not there. */
function put(binding: Binding, offer: Offer, run: (pen: Pen, offer: Offer) => Place | null): void {
  const { passage, leftOut } = offer
  const { desk } = binding
  const letters = wordsOf(passage).length
  if (letters > mostLetters || passage.paragraphs.length > mostParagraphs) {
    desk.say(
      `This is too much to put in at once: ${passage.paragraphs.length} paragraphs, ${letters} ` +
        `letters. Nothing was changed. Take ${mostParagraphs} paragraphs and ${mostLetters} letters at the most.`,
    )
    return
  }
  if (!isEmpty(passage)) binding.write((pen) => run(pen, offer))
  if (leftOut !== null) desk.say(isEmpty(passage) ? `Nothing was put in. ${leftOut}` : leftOut)
}

/**
 * Writes a passage in place of a span of lines, each paragraph as what it says it is, and returns the
 * place after it. A first paragraph that is whole begins a new one: after the caret's, or, at the
 * start of one with words, before it. In a footnote all of it is one paragraph.
 */
function putPassage(
  binding: Binding,
  pen: Pen,
  span: Span,
  passage: Passage,
  lines: readonly Line[] = binding.lines,
): Place {
  const { line, offset } = span.from
  const here = lines[line]!
  const own = binding.paragraphs.find(({ key }) => key === here.key)
  if (own?.marker.n !== undefined) {
    const { text, formats } = asOneLine(passage)
    if (hasNotes(passage)) binding.desk.say(noNotesThere)
    return write(binding.hand, lines, { ...span, text, looks: formats }).end
  }
  const length = lengthOf(here)
  const goesBefore = offset === 0 && line > 0
  const begins = passage.isWhole && isCaret(span) && length > 0 && (goesBefore || offset === length)
  const at = begins && goesBefore ? { line: line - 1, offset: lengthOf(lines[line - 1]!) } : null
  const from = at ?? span.from
  // The first paragraph goes on in the caret's own, unless it is whole and nothing stood there.
  const goesOn = !begins && !(passage.isWhole && length === 0)
  const kinds = passage.paragraphs.map(({ shape }, i) =>
    i === 0 && goesOn ? own?.kind : shape?.kind,
  )
  const outcome = write(binding.hand, lines, {
    from,
    to: at ?? span.to,
    text: (begins ? '\n' : '') + wordsOf(passage),
    looks: looksOf(passage, kinds, begins ? 1 : 0),
  })
  const starts = [
    placeAt(lines[from.line]!, from.offset),
    ...outcome.written.slice(1).map((one) => ({ paragraph: one.key, after: parseIdKey(one.key) })),
  ].slice(begins ? 1 : 0)
  pen.shape(
    passage.paragraphs.flatMap(({ shape }, i) =>
      shape === null || (i === 0 && goesOn) ? [] : [{ key: starts[i]!.paragraph, ...shape }],
    ),
  )
  const written = outcome.written.slice(begins ? 1 : 0)
  return putNotes(binding, pen, passage, starts, written) ?? outcome.end
}

const hasNotes = ({ paragraphs }: Passage): boolean =>
  paragraphs.some(({ notes }) => notes.length > 0)

const noNotesThere = 'Footnotes stand in the text, not in another footnote: they were left out.'

/** What a kind of paragraph looks like of itself is no format of its letters. */
const looksOfKinds: Readonly<Partial<Record<Kind, Format>>> = {
  call: 'italic',
  title: 'bold',
  annexTitle: 'bold',
}

/** The formats of all letters of a passage; `start` letters stand before it. */
function looksOf(
  { paragraphs }: Passage,
  kinds: readonly (Kind | undefined)[],
  start: number,
): FormatSpan[] {
  let before = start
  return paragraphs.flatMap(({ text, formats }, i) => {
    const offset = before
    const kind = kinds[i]
    before += text.length + 1
    return formats
      .filter(({ format }) => !kind || looksOfKinds[kind] !== format)
      .map(({ from, to, format }) => ({ from: offset + from, to: offset + to, format }))
  })
}

/**
 * Puts the footnotes of a passage in, from the last to the first, since each stands behind a letter
 * that is there. `starts` are the beginnings of its paragraphs. Returns the place after the last
 * reference where the passage ends with it, else null.
 */
function putNotes(
  { desk }: Binding,
  pen: Pen,
  { paragraphs }: Passage,
  starts: readonly Place[],
  written: readonly InsertedLine[],
): Place | null {
  let end: Place | null = null
  for (const [i, { text, notes }] of [...paragraphs.entries()].toReversed()) {
    const line = written[i]
    for (const note of notes.toReversed()) {
      const start = starts[i]!
      const at =
        note.at === 0 || !line
          ? start
          : { ...start, after: { client: line.client, clock: line.clock + note.at - 1 } }
      const body = pen.insertNote(at, note.text, note.formats)
      if (!body) {
        desk.say('Footnotes were left out: this draft has no place for them.')
        return null
      }
      const { client, clock } = parseIdKey(body.paragraph)
      const isLast = i === paragraphs.length - 1 && note.at === text.length && end === null
      // A footnote's body has the id that follows its reference's.
      if (isLast) end = { paragraph: start.paragraph, after: { client, clock: clock - 1 } }
    }
  }
  return end
}

const isAfter = (a: Spot, b: Spot): boolean =>
  a.line === b.line ? a.offset > b.offset : a.line > b.line

/** Where a spot after a span stands when the span is gone. */
function without({ line, offset }: Spot, { from, to }: Span): Spot {
  if (line > to.line) return { line: line - (to.line - from.line), offset }
  return { line: from.line, offset: from.offset + offset - to.offset }
}
