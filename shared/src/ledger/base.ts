/** The text in force inside the Y.Doc: written once by the server, read back for its fingerprint. */
import * as Y from 'yjs'
import { fingerprint } from '../resolution/edition.ts'
import { numberings } from '../resolution/latin.ts'
import type { Numbering } from '../resolution/latin.ts'
import { liftNotes, referenceLetter } from '../resolution/notes.ts'
import type { Lifted } from '../resolution/notes.ts'
import type { Format, FormatSpan, Provision } from '../resolution/provision.ts'
import { inBrackets } from './brackets.ts'
import type { BracketText } from './brackets.ts'
import { baseClient, idKey } from './id.ts'
import type { Embed } from './marker.ts'
import type { Piece, Projection } from './paragraph.ts'
import { embedOf, firstItem, insertAfter, lettersOf } from './sequence.ts'
import type { Token } from './sequence.ts'

/** What the server keeps about the text in force beside its tokens. */
export interface BaseFacts {
  readonly edition: string
  readonly hash: string
}

export const baseFactsOf = (ydoc: Y.Doc): Y.Map<unknown> => ydoc.getMap('base')

/** How a draft labels what is inserted; drafts from before there was a choice renumber. */
export function numberingOf(ydoc: Y.Doc): Numbering {
  const written = baseFactsOf(ydoc).get('numbering')
  return numberings.find((each) => each === written) ?? 'renumber'
}

/** Makes a draft label in another way; every label follows. Server only. */
export function writeNumbering(ydoc: Y.Doc, numbering: Numbering): void {
  baseFactsOf(ydoc).set('numbering', numbering)
}

/** A character format of the text in force over `length` base tokens from `clock`. */
export type BaseFormat = readonly [clock: number, length: number, format: Format]

/** The character formats of the text in force, in the order of their tokens. */
export const baseFormatsOf = (ydoc: Y.Doc): readonly BaseFormat[] =>
  (baseFactsOf(ydoc).get('formats') as readonly BaseFormat[] | undefined) ?? []

/**
 * Writes the text in force as the first content of an empty Y.Doc, under the base's client id: each
 * provision as marker, letters, anchor; then the sentinel, the footnotes that have references, and
 * an anchor, so that whatever is written stands before a token. The first provision is the root.
 * Server only. The document's own client id is the same afterwards as before.
 */
export function writeBase(
  ydoc: Y.Doc,
  edition: string,
  provisions: readonly Provision[],
  numbering: Numbering = 'renumber',
): void {
  if (firstItem(ydoc)) throw new RangeError('the draft has a base already')
  if (provisions.length === 0) throw new RangeError('a base needs at least its number line')
  const client = ydoc.clientID
  ydoc.clientID = baseClient
  ydoc.transact((transaction) => {
    const { tokens, formats } = written(provisions)
    insertAfter(transaction, null, tokens)
    const facts = baseFactsOf(ydoc)
    facts.set('edition', edition)
    facts.set('hash', fingerprint(provisions))
    facts.set('formats', formats)
    if (numbering !== 'renumber') writeNumbering(ydoc, numbering)
  })
  ydoc.clientID = client
}

/**
 * Where the tokens of each provision of a base begin, the body first, then the footnotes: the clock
 * of its marker. Its letters follow, then its anchor.
 */
export function basePlaces({ body, notes }: Pick<Lifted, 'body' | 'notes'>): number[] {
  const places: number[] = []
  let clock = 0
  for (const [index, { text }] of [...body, ...notes].entries()) {
    // Between them stands the sentinel.
    if (index === body.length) clock++
    places.push(clock)
    clock += text.length + 2
  }
  return places
}

/** What a draft holds of a text in force. */
function written(provisions: readonly Provision[]): { tokens: Token[]; formats: BaseFormat[] } {
  const lifted = liftNotes(provisions)
  const places = basePlaces(lifted)
  return { tokens: tokensIn(lifted, places), formats: formatsIn(lifted, places) }
}

function tokensIn(lifted: Lifted, places: readonly number[]): Token[] {
  const ids: string[] = []
  let seen = 0
  const wordsFrom = (text: string, start: number): Token[] => {
    let clock = start
    return text.split(referenceLetter).flatMap((letters, i): Token[] => {
      const tokens: Token[] = []
      if (i > 0) {
        const note = lifted.references[seen++]!
        ids[note] ??= idKey(baseClient, clock)
        tokens.push({ f: ids[note] })
        clock++
      }
      clock += letters.length
      return [...tokens, letters]
    })
  }
  const tokensOf = ({ kind, level, label, text }: Provision, index: number): Token[] => {
    const marker: Embed = {
      b: kind,
      ...(level > 1 && { lvl: level }),
      ...(label !== null && { label }),
    }
    return [marker, ...wordsFrom(text, places[index]! + 1), { e: 1 }]
  }
  const body = lifted.body.flatMap(tokensOf)
  const notes = lifted.notes.flatMap(({ label, text }, note): Token[] => [
    { b: 'footnote', n: ids[note]!, ...(label !== null && { label }) },
    text,
    { e: 1 },
  ])
  return [...body, { b: 'notes' }, ...notes, { e: 1 }]
}

const formatsIn = ({ body, notes }: Lifted, places: readonly number[]): BaseFormat[] =>
  [...body, ...notes].flatMap(({ formats }, index) =>
    formats.map(({ from, to, format }): BaseFormat => [
      places[index]! + 1 + from,
      to - from,
      format,
    ]),
  )

/** Whether the text in force in a document is, token for token, what is written of these provisions. */
export function holdsBase(ydoc: Y.Doc, provisions: readonly Provision[]): boolean {
  const found: Token[] = []
  for (let item = firstItem(ydoc); item; item = item.right) {
    if (item.id.client !== baseClient) continue
    if (item.deleted) return false
    found.push(embedOf(item) ?? lettersOf(item))
  }
  const streamOf = (tokens: readonly Token[]): string =>
    tokens.map((one) => (typeof one === 'string' ? one : `\0${JSON.stringify(one)}\0`)).join('')
  const { tokens, formats } = written(provisions)
  return (
    streamOf(found) === streamOf(tokens) &&
    JSON.stringify(baseFormatsOf(ydoc)) === JSON.stringify(formats)
  )
}

/**
 * A projection's paragraphs as provisions, square brackets and the numbers of footnotes included: the
 * form in which texts are compared and fingerprinted.
 */
export const provisionsOf = ({ paragraphs }: Projection): Provision[] =>
  paragraphs.map((paragraph) => {
    const { kind, level, label } = paragraph
    const written = [...inBrackets(paragraph)]
    const text = written.map((one) => one.text).join('')
    return { kind, level, label: label.view, text, formats: spansOf(written) }
  })

/** The formats of letters, as spans of their text. */
function spansOf(written: readonly (Piece | BracketText)[]): FormatSpan[] {
  const spans: FormatSpan[] = []
  let at = 0
  for (const one of written) {
    const { length } = one.text
    for (const format of one.type === 'bracket' ? [] : one.formats) {
      const open = spans.findIndex((span) => span.format === format && span.to === at)
      if (open < 0) spans.push({ from: at, to: at + length, format })
      else spans[open] = { ...spans[open]!, to: at + length }
    }
    at += length
  }
  return spans
}
