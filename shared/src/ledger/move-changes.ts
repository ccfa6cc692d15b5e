/** The two halves of a move as one change, and what was moved together. */
import { removalOf } from './aspect.ts'
import type { Block } from './blocks.ts'
import { takeIn } from './change-draft.ts'
import type { Draft } from './change-draft.ts'
import { idKey } from './id.ts'
import type { Move } from './moves.ts'
import { shown } from './state.ts'

/** A block with the changes in it that stand for themselves so far. */
export interface ReadBlock {
  readonly block: Block
  drafts: Draft[]
}

/**
 * Lets the change that inserts a copy take in what its delegation, in the same state, deletes of the
 * block that was moved and of those joined to it, and the copied letters that now stand elsewhere. What
 * goes on with the move before it becomes one change with that.
 */
export function foldMoves(readings: readonly ReadBlock[], moves: readonly Move[]): void {
  if (moves.length === 0) return
  const places = new Map(readings.map(({ block }, i) => [block, i]))
  const strewn = strewnIn(readings)
  const joined = joinedIn(readings)
  let whole: Draft | null = null
  for (const move of moves) {
    const { copy, origin, goesOn } = move
    const reading = readings[places.get(copy)!]!
    const draft = reading.drafts.find(({ kind }) => kind === 'paragraph inserted')!
    draft.kind = 'paragraph moved'
    const isLike = ({ delegation, state }: Draft): boolean =>
      delegation === move.delegation && state === move.state
    for (const other of strewn.get(copy) ?? [])
      for (const words of taken(other, (one) => one.copy === copy && isLike(one))) {
        draft.inserted += words.inserted
        takeIn(draft, words)
      }
    for (const part of [readings[places.get(origin)!]!, ...(joined.get(origin.key) ?? [])])
      for (const words of taken(
        part,
        (one) => deletes(one, part.block === origin) && isLike(one),
      )) {
        draft.deleted += words.deleted
        takeIn(draft, words)
      }
    const { inserted, deleted } = draft
    draft.moves.push({ copy, origin, inserted, deleted })
    if (goesOn && whole) {
      reading.drafts = reading.drafts.filter((one) => one !== draft)
      takeIn(whole, draft)
      whole.moves.push(...draft.moves)
      whole.inserted += `\n${inserted}`
      whole.deleted += `\n${deleted}`
    } else whole = draft
  }
}

/** Takes changes out of a block's. */
function taken(reading: ReadBlock, isMeant: (draft: Draft) => boolean): Draft[] {
  const meant = reading.drafts.filter(isMeant)
  reading.drafts = reading.drafts.filter((draft) => !meant.includes(draft))
  return meant
}

/** Whether a change deletes words of a block, and its mark; where that was joined, as a join only. */
const deletes = ({ kind }: Draft, isOrigin: boolean): boolean =>
  kind === 'deletion' || kind === 'join' || (kind === 'paragraph deleted' && isOrigin)

/** By the copy, the blocks in which copied letters stand, but for itself: what was split from it. */
function strewnIn(readings: readonly ReadBlock[]): Map<Block, Set<ReadBlock>> {
  const strewn = new Map<Block, Set<ReadBlock>>()
  for (const reading of readings) {
    for (const { copy } of reading.drafts) {
      if (!copy || copy === reading.block) continue
      const known = strewn.get(copy)
      if (known) known.add(reading)
      else strewn.set(copy, new Set([reading]))
    }
  }
  return strewn
}

/** By the key of a block, those whose marks are to go, so that their words join it. */
function joinedIn(readings: readonly ReadBlock[]): Map<string, ReadBlock[]> {
  const joined = new Map<string, ReadBlock[]>()
  for (const reading of readings) {
    const { aspects, client, clock } = reading.block
    if (shown(aspects.state, 'clean')) continue
    const { joins } = removalOf(aspects, client, clock, 'proposed')
    for (const to of new Set(joins.map((join) => idKey(join[2], join[3])))) {
      const known = joined.get(to)
      if (known) known.push(reading)
      else joined.set(to, [reading])
    }
  }
  return joined
}
