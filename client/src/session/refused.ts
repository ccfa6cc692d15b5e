/** The words of one's own that the server does not have: kept so that their author can copy them. */
import type { Ledger } from '@revmark/shared/ledger'
import * as Y from 'yjs'
import type { Leftover } from './outbox.ts'

/** What became of edits that cannot be kept, for the person who made them. */
export interface Refused {
  /** Why, in the server's words or ours. */
  readonly message: string
  /** The letters inserted since the server last confirmed one, a line a paragraph; may be empty. */
  readonly text: string
  /** How many edits that was, deletions included. */
  readonly edits: number
}

/**
 * The letters that a client wrote with clocks from `from` on, in the order of the text. Letters
 * that nobody sees any more (withdrawn before they were sent) are left out.
 */
export function lettersSince(ledger: Ledger, client: number, from: number): string {
  const lines: string[] = []
  for (const { pieces } of ledger.project('marked').paragraphs) {
    let line = ''
    for (const piece of pieces) {
      const end = piece.clock + piece.length
      if (piece.client !== client || piece.type !== 'text' || !piece.shown || end <= from) continue
      line += piece.text.slice(Math.max(0, from - piece.clock))
    }
    if (line) lines.push(line)
  }
  return lines.join('\n')
}

/**
 * The letters of edits whose draft is not at hand, a line for each stretch that was written in one go;
 * what was withdrawn again is among them.
 */
export function lettersOf(leftovers: readonly Leftover[]): string {
  const lines: string[] = []
  let last: Y.ID | null = null
  for (const { update } of leftovers.flatMap(({ edits }) => edits)) {
    for (const { id, length, origin, content } of Y.decodeUpdate(update).structs.filter(isItem)) {
      if (!(content instanceof Y.ContentString)) continue
      if (!Y.compareIDs(origin, last) || lines.length === 0) lines.push('')
      lines[lines.length - 1] += content.str
      last = Y.createID(id.client, id.clock + length - 1)
    }
  }
  return lines.join('\n')
}

const isItem = (struct: object): struct is Y.Item => struct instanceof Y.Item
