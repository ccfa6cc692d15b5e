/** What was moved, marked on the sheet at both places: each has a sign that leads to the other. */
import type { Change, MovedParagraph } from '@revmark/shared/ledger'
import type { Node } from 'prosemirror-model'
import { Decoration } from 'prosemirror-view'
import { sameMoves } from '../session/index.ts'
import { shownKeys } from '../ui/keys.ts'
import { keyOf } from './editor-keys.ts'
import type { Line } from './lines.ts'
import { signAt } from './sign.ts'

/** So many are drawn, in the order of the list; more would slow typing down. */
const mostMoves = 500

/** One end of a move. */
interface End {
  readonly way: 'from' | 'to'
  readonly words: string
  readonly other: string
}

export class MoveMarks {
  private readonly moves: readonly MovedParagraph[]
  private readonly go: (key: string) => void
  private readonly ends = new Map<string, End>()

  /** `go` hears to which paragraph somebody wants to go, by its key. */
  constructor(moves: readonly MovedParagraph[], go: (key: string) => void) {
    this.moves = moves
    this.go = go
    for (const { paragraph, address, origin, former } of moves.slice(0, mostMoves)) {
      this.ends.set(origin, { way: 'to', words: `moved to ${address}`, other: paragraph })
      this.ends.set(paragraph, { way: 'from', words: `moved from ${former}`, other: origin })
    }
  }

  /** Whether these marks are for such moves. */
  isFor(moves: readonly MovedParagraph[]): boolean {
    return sameMoves(moves, this.moves)
  }

  /** The other half of a paragraph that was moved; null for all others. */
  otherOf(key: string): string | null {
    return this.ends.get(key)?.other ?? null
  }

  /** Draws over a document whose blocks show the lines. */
  drawnIn(doc: Node, lines: readonly Line[]): Decoration[] {
    if (this.ends.size === 0) return []
    const drawn: Decoration[] = []
    let line = 0
    doc.descendants((node, pos) => {
      if (!node.isTextblock) return true
      const end = this.ends.get(lines[line++]!.key)
      if (!end) return false
      drawn.push(Decoration.node(pos, pos + node.nodeSize, { 'data-moved': end.way }))
      drawn.push(
        signAt(pos + node.nodeSize - 1, {
          key: `moved ${end.other} ${end.words}`,
          side: 6,
          className: 'move-sign',
          words: end.words,
          title: `To the other place (${shownKeys(keyOf('follow'))})`,
          data: { moved: end.way, words: end.words },
          press: () => this.go(end.other),
        }),
      )
      return false
    })
    return drawn
  }
}

/** The paragraphs that open changes move, and accepted ones: those of which both halves are seen. */
export const movesIn = (changes: readonly Change[]): readonly MovedParagraph[] =>
  changes.flatMap(({ state, moves }) => (state === 'rejected' ? [] : moves))
