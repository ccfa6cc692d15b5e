/**
 * Where on screen a token stands, and which token stands at a place on screen. A line is one block
 * as it is seen: mostly a paragraph of the projection, during a composition what the browser shows.
 */
import { idKey, parseIdKey } from '@revmark/shared/ledger'
import type { Id, Place } from '@revmark/shared/ledger'
import type { Node } from 'prosemirror-model'

/** Tokens with consecutive clocks; `Piece` is one. */
export interface Run extends Id {
  readonly length: number
  readonly shown: boolean
}

/** `Paragraph` is one. */
export interface Line {
  readonly key: string
  readonly pieces: readonly Run[]
}

/** A place on screen: `offset` letters (UTF-16 code units) into the line with that index. */
export interface Spot {
  readonly line: number
  readonly offset: number
}

const lastOf = ({ client, clock, length }: Run): Id => ({ client, clock: clock + length - 1 })

/** Whether a run has a token. */
export const holds = (run: Run, { client, clock }: Id): boolean =>
  run.client === client && run.clock <= clock && clock < run.clock + run.length

/** How many letters a line shows. */
export function lengthOf({ pieces }: Line): number {
  let length = 0
  for (const piece of pieces) if (piece.shown) length += piece.length
  return length
}

/** The place in the ledger: directly after the letter on the left, or after the line's own marker. */
export function placeAt({ key, pieces }: Line, offset: number): Place {
  let left = offset
  for (const piece of pieces) {
    if (!piece.shown || left === 0) continue
    if (left <= piece.length) {
      const { client, clock } = piece
      return { paragraph: key, after: { client, clock: clock + left - 1 } }
    }
    left -= piece.length
  }
  if (left > 0) throw new RangeError(`offset ${offset} in a line of ${lengthOf({ key, pieces })}`)
  return { paragraph: key, after: parseIdKey(key) }
}

/**
 * How far into a line a place is; a hidden token counts as standing where the letters before it end.
 * null where the line does not hold the token.
 */
export function offsetIn({ key, pieces }: Line, { client, clock }: Id): number | null {
  if (idKey(client, clock) === key) return 0
  let offset = 0
  for (const piece of pieces) {
    if (holds(piece, { client, clock })) {
      return piece.shown ? offset + clock - piece.clock + 1 : offset
    }
    if (piece.shown) offset += piece.length
  }
  return null
}

/** Where a place is seen; looks in its own paragraph first. null where no line holds the token. */
export function spotOf(lines: readonly Line[], { paragraph, after }: Place): Spot | null {
  const own = lines.findIndex(({ key }) => key === paragraph)
  const offset = own < 0 ? null : offsetIn(lines[own]!, after)
  if (offset !== null) return { line: own, offset }
  for (let line = 0; line < lines.length; line++) {
    const found = offsetIn(lines[line]!, after)
    if (found !== null) return { line, offset: found }
  }
  return null
}

/** The first token shown after a spot: a letter, or the marker of the next line; null at the end. */
export function tokenAfter(lines: readonly Line[], { line, offset }: Spot): Id | null {
  let left = offset
  for (const { client, clock, length, shown } of lines[line]!.pieces) {
    if (!shown) continue
    if (left < length) return { client, clock: clock + left }
    left -= length
  }
  const next = lines[line + 1]
  return next ? parseIdKey(next.key) : null
}

/** A token's rank in the order of the sequence, to compare with others of the same projection. */
export interface Rank {
  readonly line: number
  /** -1 for the line's own marker. */
  readonly piece: number
  readonly clock: number
}

/** Looks in the paragraph named first; null where no line holds the token. */
export function rankOf(lines: readonly Line[], { client, clock }: Id, hint: string): Rank | null {
  const key = idKey(client, clock)
  const own = lines.findIndex((line) => line.key === hint)
  for (let i = own < 0 ? 0 : -1; i < lines.length; i++) {
    const index = i < 0 ? own : i
    const line = lines[index]!
    if (line.key === key) return { line: index, piece: -1, clock }
    const piece = line.pieces.findIndex((run) => holds(run, { client, clock }))
    if (piece >= 0) return { line: index, piece, clock }
  }
  return null
}

export const isBefore = (a: Rank, b: Rank): boolean =>
  a.line !== b.line ? a.line < b.line : a.piece !== b.piece ? a.piece < b.piece : a.clock < b.clock

/** The token directly before a ranked one, shown or not; null before the first marker. */
export function predecessor(lines: readonly Line[], { line, piece, clock }: Rank): Id | null {
  const { key, pieces } = lines[line]!
  const run = pieces[piece]
  if (run && clock > run.clock) return { client: run.client, clock: clock - 1 }
  if (piece > 0) return lastOf(pieces[piece - 1]!)
  if (piece === 0) return parseIdKey(key)
  const before = lines[line - 1]
  if (!before) return null
  const last = before.pieces.at(-1)
  return last ? lastOf(last) : parseIdKey(before.key)
}

/** The runs that a line shows between two offsets. */
export function cut({ pieces }: Line, from: number, to: number): Run[] {
  const out: Run[] = []
  let at = 0
  for (const piece of pieces) {
    if (!piece.shown) continue
    const start = Math.max(from, at)
    const end = Math.min(to, at + piece.length)
    if (start < end) {
      const clock = piece.clock + start - at
      out.push({ client: piece.client, clock, length: end - start, shown: true })
    }
    at += piece.length
  }
  return out
}

/** The spot of a position in a document; null between blocks. */
export function spotAt(doc: Node, pos: number): Spot | null {
  const $pos = doc.resolve(pos)
  if ($pos.depth !== 2) return null
  let line = $pos.index(1)
  for (let section = 0; section < $pos.index(0); section++) line += doc.child(section).childCount
  return { line, offset: $pos.parentOffset }
}

/** The position of a spot in a document. An offset beyond the block's end is its end. */
export function posAt(doc: Node, { line, offset }: Spot): number {
  let left = line
  let pos = 0
  for (let i = 0; i < doc.childCount; i++) {
    const section = doc.child(i)
    if (left >= section.childCount) {
      left -= section.childCount
      pos += section.nodeSize
      continue
    }
    pos++
    for (let block = 0; block < left; block++) pos += section.child(block).nodeSize
    return pos + 1 + Math.min(offset, section.child(left).content.size)
  }
  throw new RangeError(`no line ${line} in the document`)
}

/** All blocks of a document in order. */
export function blocksOf(doc: Node): Node[] {
  const blocks: Node[] = []
  doc.forEach((section) => section.forEach((block) => blocks.push(block)))
  return blocks
}
