/** Which paragraphs go when some are moved, and where to: told by what the clean view shows. */
import { isNoteMarker } from './marker.ts'
import type { Ledger } from './ledger.ts'
import type { Paragraph } from './paragraph.ts'

/** One step among one's siblings, or to before a paragraph, shown or not; null: to the end of the text. */
export type Direction = 'up' | 'down' | { readonly before: string | null }

/**
 * Why nothing is moved. `edge`: there is no sibling on that side. `brackets`: the chair has left open
 * whether the paragraph stands. `fixed`: number line, title, opening, annex heads, footnotes, and what
 * only stands since its paragraph is to be deleted. `here`: it is there already.
 */
export type MoveProblem = 'edge' | 'brackets' | 'fixed' | 'here'

/** Paragraphs of the clean view that go together, and after which one. */
export interface Journey {
  readonly paragraphs: readonly Paragraph[]
  /** The neighbours that they will have; nothing follows the last one. */
  readonly before: Paragraph
  readonly after: Paragraph | null
  /** How deep the shallowest of them stands; a call on 0. */
  readonly depth: number
  /** Whether they go towards the start. */
  readonly isUp: boolean
}

/** How deep a paragraph stands: a call on 0, what is under it on its level; null where it stays put. */
function depthOf({ kind, level, leftBehind }: Paragraph): number | null {
  if (leftBehind) return null
  if (kind === 'call') return 0
  return kind === 'item' || kind === 'text' ? level : null
}

/**
 * The journey of the paragraphs named, with those between them and with what stands under the last:
 * an item takes its subitems along, a call its items.
 */
export function journeyOf(
  ledger: Ledger,
  keys: readonly string[],
  direction: Direction,
): Journey | { readonly problem: MoveProblem } {
  const all = ledger.project('clean').paragraphs.filter(({ marker }) => !isNoteMarker(marker))
  const first = all.findIndex(({ key }) => keys.includes(key))
  const named = all.slice(first, all.findLastIndex(({ key }) => keys.includes(key)) + 1)
  const depths = all.map(depthOf)
  const depth = first < 0 ? null : shallowest(depths.slice(first, first + named.length))
  if (depth === null) return { problem: 'fixed' }
  const end = endOfUnit(depths, first + named.length, depth)
  const paragraphs = all.slice(first, end)
  if (paragraphs.some(isOpen)) return { problem: 'brackets' }
  const to = target(ledger, all, depths, { first, end, depth }, direction)
  if (typeof to === 'string') return { problem: to }
  const isUp = to < first
  const before = all[to - 1]!
  return { paragraphs, before, after: all[to] ?? null, depth, isUp }
}

const isOpen = ({ state }: Paragraph): boolean =>
  state.ins === 'bracketed' || state.del === 'bracketed'

/** null where one of them stays put. */
const shallowest = (depths: readonly (number | null)[]): number | null =>
  depths.reduce(
    (least, depth) => (least === null || depth === null ? null : Math.min(least, depth)),
    depths[0]!,
  )

/** The index after the paragraphs from `start` on that stand deeper. */
function endOfUnit(depths: readonly (number | null)[], start: number, depth: number): number {
  let end = start
  while ((depths[end] ?? -1) > depth) end++
  return end
}

/** The index of the paragraph before which they go, among all of them. */
function target(
  ledger: Ledger,
  all: readonly Paragraph[],
  depths: readonly (number | null)[],
  { first, end, depth }: { first: number; end: number; depth: number },
  direction: Direction,
): number | MoveProblem {
  if (direction === 'up') {
    let at = first - 1
    while ((depths[at] ?? -1) > depth) at--
    return depths[at] === depth ? at : 'edge'
  }
  if (direction === 'down')
    return depths[end] === depth ? endOfUnit(depths, end + 1, depth) : 'edge'
  const to = indexBefore(ledger, all, direction.before)
  if (to >= first && to <= end) return 'here'
  return to < 1 ? 'fixed' : to
}

/** The index of the first paragraph that stands where the one named does, or after it. */
function indexBefore(ledger: Ledger, all: readonly Paragraph[], key: string | null): number {
  const block = key === null ? null : ledger.freshBlock(key)
  if (!block || isNoteMarker(block.marker)) return all.length
  const at = all.findIndex((one) => ledger.freshBlock(one.key)!.index >= block.index)
  return at < 0 ? all.length : at
}
