/** The words of one's own that the server does not have: kept so that their author can copy them. */
import type { Ledger } from '@revmark/shared/ledger'

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
