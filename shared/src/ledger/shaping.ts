/** From what a hand wants blocks and letters to be to the entries that say so. */
import { automaticLabel, isLabelValue } from '../resolution/hand-label.ts'
import type { Format, Kind } from '../resolution/provision.ts'
import type { Attr, EntryKey } from './entry.ts'
import type { Unsigned } from './entry-writer.ts'
import { parseIdKey } from './id.ts'
import type { Ledger } from './ledger.ts'
import { isNoteMarker } from './marker.ts'
import { isLive, isRoot } from './place.ts'
import { hasLevels } from './blocks.ts'
import type { Shape } from './blocks.ts'
import type { Paragraph, Piece, Projection } from './paragraph.ts'
import { range, toRanges } from './ranges.ts'
import type { Ranges } from './ranges.ts'
import { nameOf, settersOf } from './settings.ts'
import { endures } from './state.ts'

/** What a block is to be; what is not named stays as it is. */
export interface Wish {
  /** Key of its paragraph. */
  readonly key: string
  readonly kind?: Kind | undefined
  readonly level?: number | undefined
  /** A text, `noLabel` or `automaticLabel`. */
  readonly label?: string | undefined
}

/** How deep a hand sets a paragraph at the most. */
const deepestSet = 4

/** The level of an item or a text that is set deeper, or less deep; null for what has no levels. */
export function deepened({ kind, level }: Shape, by: 1 | -1): number | null {
  if (!hasLevels(kind)) return null
  return Math.min(Math.max(level + by, 1), deepestSet)
}

/** A place as people count: the paragraph of a view, and the letters shown before it there. */
interface Spot {
  readonly paragraph: number
  readonly offset: number
}

/** The letters that a view shows between two spots, cut to them. */
export function lettersBetween({ paragraphs }: Projection, from: Spot, to: Spot): FormattedRun[] {
  return paragraphs.slice(from.paragraph, to.paragraph + 1).flatMap((paragraph, i) => {
    const start = i === 0 ? from.offset : 0
    const end = from.paragraph + i === to.paragraph ? to.offset : Infinity
    return lettersIn(paragraph, start, end)
  })
}

/** The letters that a paragraph shows from one offset to another; no reference to a footnote is one. */
export function lettersIn({ pieces }: Paragraph, from: number, to: number): FormattedRun[] {
  let at = 0
  return pieces.flatMap((piece): FormattedRun[] => {
    if (!piece.shown) return []
    const head = Math.max(from - at, 0)
    const tail = Math.min(to - at, piece.length)
    at += piece.length
    // A reference to a footnote is always superscript.
    if (piece.note || head >= tail) return []
    return [{ ...piece, clock: piece.clock + head, length: tail - head }]
  })
}

/** What fulfils a wish: settings to write, and own ones to take back. */
export interface Shaping {
  readonly attrs: readonly Unsigned<Attr>[]
  readonly keeps: readonly { readonly of: EntryKey; readonly r: Ranges }[]
}

/** Letters of a paragraph as a view shows them. */
export type FormattedRun = Pick<Piece, 'client' | 'clock' | 'length' | 'formats' | 'state'>

export interface Turning {
  readonly r: Ranges
  readonly keeps: Shaping['keeps']
  readonly others: number
}

/**
 * What a delegation writes so that the clean view shows a block as wished: nothing where it does, its
 * own settings taken back where it would without them, else a setting that supersedes all that are
 * in force. Nothing for the root and for a footnote's body, which nobody changes. Throws a RangeError
 * for what can be no label.
 */
export function shapingOf(ledger: Ledger, delegation: string, wish: Wish): Shaping {
  const { label } = wish
  if (label !== undefined && !isLabelValue(label)) throw new RangeError(`no label: ${label}`)
  const id = parseIdKey(wish.key)
  const block = ledger.freshBlock(wish.key)
  if (!block || isRoot(id) || isNoteMarker(block.marker)) return { attrs: [], keeps: [] }
  const r = range(id.client, id.clock, 1)
  const { setters, settled, state } = block.aspects
  const isOwn = state.author === delegation && !endures(state.ins)
  const made: { attrs: Unsigned<Attr>[]; keeps: { of: EntryKey; r: Ranges }[] } = {
    attrs: [],
    keeps: [],
  }
  const now = { ...block.shapeIn('clean'), label: block.labelIn('clean') }
  const ofItself = { ...block.shape, label: automaticLabel }
  for (const property of ['kind', 'level', 'label'] as const) {
    const value = wish[property]
    if (value === undefined || value === now[property]) continue
    const inForce = settersOf(setters, property)
    const mine = inForce.filter((one) => one.delegation === delegation)
    const without = (isOwn ? undefined : state.settings?.own[property]) ?? ofItself[property]
    const isMine = inForce.every(({ delegation: by }) => by === delegation || by === state.author)
    const decided = mine.some((one) => settled.has(nameOf(one)))
    if (mine.length > 0 && isMine && !decided && without === value) {
      made.keeps.push(...mine.map(({ key }) => ({ of: key, r })))
    } else {
      const supersedes = inForce.map(({ key }) => key)
      made.attrs.push({ r, property, value, supersedes } as Unsigned<Attr>)
    }
  }
  return made
}

/**
 * Which letters of a range a delegation turns into the opposite, and which of its own turnings it
 * takes back, so that all letters of the range that the clean view shows have a format, or, where all
 * of them have it, none has. Letters that have it, or not, by another's proposal or by the chair's
 * decision are left: `others` counts them.
 */
export function turningOf(
  ledger: Ledger,
  delegation: string,
  pieces: readonly FormattedRun[],
  format: Format,
): Turning {
  const live = pieces.filter(({ state }) => isLive(state))
  const isOn = live.every(({ formats }) => formats.includes(format))
  const turned: number[] = []
  const keeps = new Map<EntryKey, number[]>()
  let others = 0
  for (const { client, clock, length, formats } of live) {
    if (formats.includes(format) !== isOn) continue
    for (const stretch of ledger.states.stretches(client, clock, length)) {
      const { setters, settled, state } = stretch.aspects
      const rejected = (state.settings?.proposed ?? []).filter((one) => one.state === 'rejected')
      const inForce = settersOf(setters, format).filter(
        ({ key }) => !rejected.some(({ entry }) => entry === key),
      )
      const isTurned = state.settings?.clean[format] === true
      const mine = inForce.filter((one) => one.delegation === delegation)
      const isMine = mine.length === inForce.length && !mine.some((one) => settled.has(nameOf(one)))
      if (isTurned && !isMine) others += stretch.length
      else if (!isTurned) turned.push(client, stretch.clock, stretch.length)
      else {
        for (const { key } of mine) {
          keeps.set(key, [...(keeps.get(key) ?? []), client, stretch.clock, stretch.length])
        }
      }
    }
  }
  return {
    r: toRanges(turned),
    keeps: [...keeps].map(([of, r]) => ({ of, r: toRanges(r) })),
    others,
  }
}
