/** Which blocks a view shows as paragraphs, and where the words of hidden blocks stand. */
import { removalOf } from './aspect.ts'
import type { Block } from './blocks.ts'
import { views } from './state.ts'
import type { View } from './state.ts'

/** A paragraph's blocks: the first gives it its marker, the rest are hidden and lie in it. */
export interface Group {
  readonly blocks: readonly Block[]
  /** The first block's marker is hidden; it stands for the words in it. */
  readonly leftBehind: boolean
}

/** The index of the block that holds the anchor a split wrote before its marker; -1 where none does. */
export type HomeOf = (block: Block) => number

/**
 * Groups the blocks into the paragraphs of a view, from left to right. A shown marker opens a
 * paragraph. Words of a hidden block flow back into the open paragraph
 *
 * 1. when its insertion is not shown and it is a split, or stands within a paragraph of the text in
 *    force: if its own anchor, or what is before it, lies in that paragraph;
 * 2. when a deletion that counts in this view joins it: if that paragraph is the one the join
 *    names, or lies before it, or has in it what was split from it (and so what followed);
 *
 * otherwise the block stands, a paragraph of its own, left behind. In the base view all words flow.
 */
export function layOut(
  blocks: readonly Block[],
  view: View,
  homeOf: HomeOf,
  indexOf: (client: number, clock: number) => number,
): Group[] {
  const bit = 1 << views.indexOf(view)
  const groups: { blocks: Block[]; leftBehind: boolean }[] = []
  // For each block the index of the paragraph's first block that takes its words; -1: it has none.
  const home: number[] = []
  let open = 0
  const reach = new Reach(blocks, home, homeOf)
  // Whether the anchor of the last block of the text in force is still to come.
  let isWithinBase = false
  blocks.forEach((block, index) => {
    const isShown = index === 0 || (block.markerShownIn & bit) !== 0
    const flows = !isShown && (view === 'base' || flowsBack(block, index))
    if (isShown || (!flows && (block.lettersShownIn & bit) !== 0)) {
      open = index
      home.push(index)
      groups.push({ blocks: [block], leftBehind: !isShown })
    } else {
      home.push(flows ? open : -1)
      groups.at(-1)!.blocks.push(block)
    }
    isWithinBase = (block.isBase || isWithinBase) && !block.endsBase
  })
  return groups

  function flowsBack(block: Block, index: number): boolean {
    const { ins } = block.aspects.state
    const insertionHidden =
      ins === 'rejected' || ins === 'withdrawn' || (ins === 'pending' && view === 'accepted')
    if (insertionHidden && (block.marker.s || isWithinBase)) {
      const target = block.marker.s ? homeOf(block) : index - 1
      if (target >= 0 && home[target] === open) return true
    }
    const counted = view === 'clean' ? 'clean' : 'accepted'
    const { whole, joins } = removalOf(block.aspects, block.client, block.clock, counted)
    if (whole || joins.length === 0) return false
    return comesFrom(index, Math.max(...joins.map((join) => indexOf(join[2], join[3]))))
  }

  /**
   * Whether the open paragraph lies at or before the named block, or has a block in it that was split
   * from one that does, or that flows into one.
   */
  function comesFrom(index: number, named: number): boolean {
    return open <= named || reach.ofParagraph(open, index) <= named
  }
}

/**
 * How far back blocks reach: to themselves, to the block that each flows into, to the one that each
 * was split from, and to what those reach. Worked out in the order of the blocks and only as far as
 * somebody asks, each block once: whoever joins thousands of blocks makes everybody ask.
 */
class Reach {
  private readonly blocks: readonly Block[]
  private readonly home: readonly number[]
  private readonly homeOf: HomeOf
  private readonly reached: number[] = []
  private open = -1
  private ofOpen = Infinity
  private asked = 0

  constructor(blocks: readonly Block[], home: readonly number[], homeOf: HomeOf) {
    this.blocks = blocks
    this.home = home
    this.homeOf = homeOf
  }

  /** The least index that the blocks of the open paragraph reach, of those before `index`. */
  ofParagraph(open: number, index: number): number {
    if (this.open !== open) {
      this.open = open
      this.ofOpen = Infinity
      this.asked = open
    }
    for (let at = this.reached.length; at < index; at++) this.reached.push(this.ofBlock(at))
    for (; this.asked < index; this.asked++)
      if (this.home[this.asked] === open)
        this.ofOpen = Math.min(this.ofOpen, this.reached[this.asked]!)
    return this.ofOpen
  }

  /** What it flows into and what it was split from stand before it. */
  private ofBlock(at: number): number {
    const block = this.blocks[at]!
    const sources = [this.home[at]!, block.marker.s ? this.homeOf(block) : -1]
    return Math.min(at, ...sources.map((from) => this.reached[from] ?? at))
  }
}
