/**
 * What each paragraph of a marked-up Word text is, before and after. Word keeps a paragraph's
 * properties in its mark, and of two paragraphs that are joined the last one's win; in the ledger
 * the first one's do. Counting the marks that survive resolves that exactly.
 */
import type { Block, Revision, Shape } from '../text/story.ts'

/** A paragraph as it is written, and what it was where that differs. */
export interface Properties {
  readonly shape: Shape
  /** Set on a mark that stands in both readings only, and only where it was something else. */
  readonly former: Shape | null
  /** Who set what it is, where somebody did; else a mark before it says so. */
  readonly by?: string | undefined
}

/**
 * The properties for the mark of each block, `marks` being those of `paragraphMarks`. The j-th mark
 * that survives accepting is what the j-th block of the clean text is; the j-th that survives
 * rejecting, what the j-th block of the base is. One that survives neither keeps its own.
 * Throws a RangeError where the marks are not those of the blocks.
 */
export function countedProperties(
  blocks: readonly Pick<Block, 'shape' | 'base' | 'clean' | 'shapedBy'>[],
  marks: readonly Revision[],
): Properties[] {
  const clean = blocks.flatMap((block) => block.clean ?? [])
  const base = blocks.flatMap((block) => block.base ?? [])
  const setters = blocks.flatMap(({ clean: shape, shapedBy }) => (shape ? [shapedBy] : []))
  let accepted = 0
  let rejected = 0
  const counted = marks.map(({ inserted, deleted }, k): Properties => {
    const by = deleted === null ? setters[accepted] : undefined
    const after = deleted === null ? clean[accepted++] : null
    const before = inserted === null ? base[rejected++] : null
    if (after && before) {
      const former = isSame(after, before) ? null : before
      return { shape: after, former, ...(by !== undefined && { by }) }
    }
    return { shape: after ?? before ?? blocks[k]!.shape, former: null }
  })
  if (accepted !== clean.length || rejected !== base.length) {
    throw new RangeError(
      `${accepted} and ${rejected} marks survive, not ${clean.length} and ${base.length}`,
    )
  }
  return counted
}

const isSame = (a: Shape, b: Shape): boolean => a.kind === b.kind && a.level === b.level
