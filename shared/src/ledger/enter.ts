/** What Enter begins: which marker, and whether it splits a paragraph or adds one after it. */
import { idKey } from './id.ts'
import type { Id } from './id.ts'
import type { Ledger } from './ledger.ts'
import type { Marker } from './marker.ts'
import type { Paragraph } from './paragraph.ts'
import { holding, isLive, isRoot, walk } from './place.ts'

/**
 * `split`: the words after the place go on in a paragraph of their own. `before`: the place is a
 * paragraph's start, so an empty one goes before it. `after`: nothing stands after the place, so a
 * paragraph goes after the block's anchor, where words that somebody appends at the same time stay
 * before it. Told by what the clean view shows, so that the same key writes the same in every view.
 */
export function entersAt(ledger: Ledger, after: Id): 'split' | 'before' | 'after' {
  const paragraph = holding(ledger.project('clean'), after)
  if (!paragraph || !hasLiveAfter(paragraph, after)) return 'after'
  return idKey(after.client, after.clock) === paragraph.key && !isRoot(after) ? 'before' : 'split'
}

/** Whether anything that the clean view shows stands in a paragraph after a token. */
function hasLiveAfter({ key, pieces }: Paragraph, { client, clock }: Id): boolean {
  let seen = idKey(client, clock) === key
  for (const piece of pieces) {
    const isLetter = piece.type === 'text' && isLive(piece.state)
    if (seen && isLetter) return true
    const end = piece.clock + piece.length
    if (piece.client === client && piece.clock <= clock && clock < end) {
      seen = true
      if (isLetter && clock + 1 < end) return true
    }
  }
  return false
}

/** The first anchor to the right of a token: the end of the block in which it stands. */
export function anchorAfter(ledger: Ledger, after: Id): Id {
  for (const step of walk(ledger, after)) if (step.type === 'anchor') return step
  throw new RangeError('a block without an anchor')
}

/** A paragraph's like. */
export const markerLike = ({ kind, level }: Paragraph): Marker => ({
  b: kind,
  ...(level > 1 && { lvl: level }),
})

/** What follows a paragraph: an item after a call, a title after the number line, else its like. */
export function followerOf(ledger: Ledger, key: string): Marker {
  const paragraph = paragraphOf(ledger, key)
  if (paragraph.kind === 'call') return { b: 'item' }
  if (paragraph.kind === 'number') return { b: 'title' }
  return markerLike(paragraph)
}

export function paragraphOf(ledger: Ledger, key: string): Paragraph {
  for (const view of ['marked', 'clean'] as const) {
    const found = ledger.project(view).paragraphs.find((other) => other.key === key)
    if (found) return found
  }
  throw new RangeError(`no paragraph ${key} is shown`)
}

/** Whether a paragraph is just what a delegation's own Enter puts before one that is not its own. */
export const isIdle = (before: Paragraph, next: Paragraph, delegation: string): boolean =>
  before.state.author === delegation &&
  before.state.ins === 'pending' &&
  next.state.author !== delegation &&
  before.kind === next.kind &&
  before.level === next.level &&
  !before.pieces.some(({ shown }) => shown)
