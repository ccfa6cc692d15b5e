/** What a delegate does with the pen, in the coordinates of a view: a script's step made definite. */
import { deepened, idKey, lettersBetween, settableKinds } from '../ledger/index.ts'
import type { Place, Projection, View } from '../ledger/index.ts'
import { automaticLabel, formats, noLabel } from '../resolution/index.ts'
import type { Format, Kind } from '../resolution/index.ts'
import { boundariesOf, boundary } from './letters.ts'
import { placeAt } from './meeting.ts'
import type { Delegate } from './meeting.ts'
import type { Step } from './script.ts'

/** A place as people count: the paragraph of a view, and the letters shown before it there. */
export interface Spot {
  readonly paragraph: number
  readonly offset: number
}

export type Deed =
  | { readonly does: 'insert'; readonly at: Spot; readonly text: string }
  | { readonly does: 'note'; readonly at: Spot; readonly text: string }
  | { readonly does: 'type'; readonly at: Spot; readonly text: string }
  | { readonly does: 'erase'; readonly from: Spot; readonly to: Spot }
  | { readonly does: 'replace'; readonly from: Spot; readonly to: Spot; readonly text: string }
  | { readonly does: 'backspace'; readonly at: Spot; readonly times: number }
  | { readonly does: 'split'; readonly at: Spot }
  | { readonly does: 'join'; readonly paragraph: number }
  | { readonly does: 'strike'; readonly first: number; readonly last: number }
  | { readonly does: 'shape'; readonly first: number; readonly last: number; readonly as: As }
  | { readonly does: 'label'; readonly paragraph: number; readonly label: string }
  | { readonly does: 'format'; readonly from: Spot; readonly to: Spot; readonly format: Format }
  | { readonly does: 'move'; readonly first: number; readonly last: number; readonly way: Way }
  | { readonly does: 'undo' }
  | { readonly does: 'redo' }

/** Where paragraphs are moved: among their siblings, or to before another one, by its index. */
export type Way = 'up' | 'down' | number

/** What paragraphs are made: a kind, or so many levels deeper. */
export type As = { readonly kind: Kind } | { readonly deeper: 1 | -1 }

/** What a deed makes of a paragraph; the number line stays. */
export function made(shape: Shape, index: number, as: As): Shape {
  if (index === 0) return shape
  if ('kind' in as) return { ...shape, kind: as.kind }
  return { ...shape, level: deepened(shape, as.deeper) ?? shape.level }
}

interface Shape {
  readonly kind: Kind
  readonly level: number
}

/** The deed of a step on what a view shows; null for what is no edit of the text. */
export function deedOf({ does, a, b, c, text }: Step, { paragraphs }: Projection): Deed | null {
  const paragraph = a % paragraphs.length
  const later = Math.min(paragraph + ((c >> 4) % 8 < 5 ? 0 : c % 3), paragraphs.length - 1)
  const at = { paragraph, offset: boundary(paragraphs[paragraph]!.text, b) }
  const other = { paragraph: later, offset: boundary(paragraphs[later]!.text, c) }
  const isBefore = later > paragraph || at.offset <= other.offset
  const [from, to] = isBefore ? [at, other] : [other, at]
  if (does === 'insert' || does === 'type' || does === 'note') return { does, at, text }
  if (does === 'paste') return { does: 'insert', at, text: pasted(text, c) }
  if (does === 'erase') return { does, from, to }
  if (does === 'replace') return { does, from, to, text: c % 11 === 0 ? pasted(text, b) : text }
  if (does === 'backspace') return { does, at, times: 1 + (c % 4) }
  if (does === 'join') return { does, paragraph }
  if (does === 'strike') return { does, first: paragraph, last: later }
  if (does === 'move') {
    const way = c % 5 === 0 ? b % (paragraphs.length + 1) : c % 2 === 0 ? 'up' : 'down'
    return { does, first: paragraph, last: c % 4 === 0 ? later : paragraph, way }
  }
  if (does === 'indent' || does === 'outdent') {
    return {
      does: 'shape',
      first: paragraph,
      last: later,
      as: { deeper: does === 'indent' ? 1 : -1 },
    }
  }
  if (does === 'make') {
    const kind = settableKinds[b % settableKinds.length]!
    return { does: 'shape', first: paragraph, last: later, as: { kind } }
  }
  if (does === 'label') {
    const label = handLabels[b % handLabels.length]!
    const now = paragraphs[paragraph]!.state.settings?.clean.label ?? automaticLabel
    return label === now ? null : { does, paragraph, label }
  }
  if (does === 'format') return { does, from, to, format: formats[(a + c) % formats.length]! }
  if (does === 'undo' || does === 'redo') return { does }
  if (does !== 'split') return null
  const { length } = paragraphs[paragraph]!.text
  return { does, at: c % 3 === 0 ? at : { paragraph, offset: c % 3 === 1 ? 0 : length } }
}

/** In a sequence, in none, none at all, and the one that is counted. */
export const handLabels = [
  'b bis)',
  'e)',
  '3A',
  '2',
  'ii)',
  'c)bis',
  '–',
  noLabel,
  automaticLabel,
] as const

const pasted = (text: string, way: number): string =>
  [`${text}\nline`, `\n${text}`, `one\n\n${text}`, `${text}\n`][way % 4]!

/** Does it. The keys of one burst follow each other at once, everything else after a while. */
export function act(
  delegate: Pick<Delegate, 'ledger' | 'pen' | 'pace'>,
  deed: Deed,
  view: View,
): void {
  const { ledger, pen } = delegate
  const place = ({ paragraph, offset }: Spot): Place =>
    placeAt(ledger.project(view), paragraph, offset)
  delegate.pace = slow
  if (deed.does === 'insert') pen.insert(place(deed.at), deed.text)
  else if (deed.does === 'note') pen.insertNote(place(deed.at), deed.text)
  else if (deed.does === 'type') {
    let at = place(deed.at)
    for (const [from, to] of clustersOf(deed.text)) {
      at = pen.insert(at, deed.text.slice(from, to))
      delegate.pace = quick
    }
  } else if (deed.does === 'erase') pen.erase(place(deed.from), place(deed.to))
  else if (deed.does === 'replace') pen.replace(place(deed.from), place(deed.to), deed.text)
  else if (deed.does === 'backspace') {
    const { paragraph, offset } = deed.at
    const { text } = ledger.project(view).paragraphs[paragraph]!
    const keys = clustersOf(text.slice(0, offset)).slice(-deed.times).toReversed()
    for (const [from, to] of keys) {
      pen.erase(place({ paragraph, offset: from }), place({ paragraph, offset: to }))
      delegate.pace = quick
    }
  } else if (deed.does === 'split') pen.split(place(deed.at))
  else if (deed.does === 'join') {
    pen.joinBackward(ledger.project(view).paragraphs[deed.paragraph]!.key)
  } else if (deed.does === 'shape') {
    const { paragraphs } = ledger.project(view)
    const chosen = paragraphs.slice(deed.first, deed.last + 1)
    pen.shape(
      chosen.map((one, i) => ({
        key: one.key,
        ...changed(one, made(one, deed.first + i, deed.as)),
      })),
    )
  } else if (deed.does === 'label') {
    pen.shape([{ key: ledger.project(view).paragraphs[deed.paragraph]!.key, label: deed.label }])
  } else if (deed.does === 'format') {
    pen.format(lettersBetween(ledger.project(view), deed.from, deed.to), deed.format)
  } else if (deed.does === 'strike') pen.strikeParagraphs(keysOf(ledger.project(view), deed))
  else if (deed.does === 'move') {
    const projection = ledger.project(view)
    const { way } = deed
    const direction =
      typeof way === 'number' ? { before: projection.paragraphs[way]?.key ?? null } : way
    pen.move(keysOf(projection, deed), direction)
  } else pen[deed.does]()
}

const changed = (from: Shape, to: Shape): Partial<Shape> => ({
  ...(to.kind !== from.kind && { kind: to.kind }),
  ...(to.level !== from.level && { level: to.level }),
})

const slow = 10_000
const quick = 100

function clustersOf(text: string): [number, number][] {
  const offsets = boundariesOf(text)
  return offsets.slice(1).map((to, i) => [offsets[i]!, to])
}

/** The keys of paragraphs, with those of the blocks that are hidden in them. */
const keysOf = (
  { paragraphs }: Projection,
  { first, last }: { first: number; last: number },
): string[] =>
  paragraphs
    .slice(first, last + 1)
    .flatMap(({ key, pieces }) => [
      key,
      ...pieces
        .filter(({ type }) => type === 'marker')
        .map(({ client, clock }) => idKey(client, clock)),
    ])
