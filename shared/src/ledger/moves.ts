/** Paragraphs that were moved: copies whose delegation strikes what they are copies of. */
import type { Block } from './blocks.ts'
import type { ChangeState } from './changes.ts'
import type { Ledger } from './ledger.ts'
import { partitionPoint } from './partition-point.ts'
import { isRoot } from './place.ts'
import { changeState, deletionsIn } from './proposals.ts'

/** One paragraph that was moved. */
export interface Move {
  readonly copy: Block
  readonly origin: Block
  readonly delegation: string
  readonly state: ChangeState
  /** Whether it was written in one go with the move before it in the list, so that both are one. */
  readonly goesOn: boolean
}

/**
 * The moves among the blocks of the body, in the order of the copies. A copy is one where its own
 * delegation proposes, in the same state, to delete the block that its marker names, or has withdrawn
 * that block's mark and proposes to delete words in it; of several copies of one block the first. A
 * marker that names anything else is one of an inserted paragraph.
 */
export function movesIn(ledger: Ledger): Move[] {
  const moves: Move[] = []
  const claimed = new Set<string>()
  for (const copy of ledger.freshBlocks()) {
    const { from } = copy.marker
    const { ins, author } = copy.aspects.state
    const state = changeState(ins)
    if (from === undefined || author === null || state === null) continue
    const origin = ledger.freshBlock(from)
    const name = `${from}/${author}/${state}`
    if (!origin || origin === copy || claimed.has(name)) continue
    claimed.add(name)
    if (isRoot(origin) || origin.marker.n !== undefined) continue
    if (!isLeft(origin, author, state)) continue
    const before = moves.at(-1)
    const goesOn = before?.state === state && follows(copy, before.copy)
    moves.push({ copy, origin, delegation: author, state, goesOn })
  }
  return moves
}

/** Whether a delegation deletes a block, or what is left in it of others once its mark is withdrawn. */
function isLeft({ aspects, runs }: Block, delegation: string, state: ChangeState): boolean {
  const isMeant = (by: { delegation: string; state: ChangeState }): boolean =>
    by.delegation === delegation && by.state === state
  if (deletionsIn(aspects).some(isMeant)) return true
  const { ins, author } = aspects.state
  if (ins !== 'withdrawn' || author !== delegation) return false
  return runs.some(({ type, aspects: own }) => type === 'text' && deletionsIn(own).some(isMeant))
}

const follows = ({ client, clock, marker }: Block, before: Block): boolean =>
  marker.on === 1 && client === before.client && clock === before.clock + before.marker.size! + 1

/** The letters that were copied, by where they were written, whatever was split from the copy since. */
export class Copies {
  private readonly all: ReadonlySet<Block>
  /** By client, in the order of their clocks. */
  private readonly byClient: ReadonlyMap<number, readonly Block[]>

  constructor(moves: readonly Move[]) {
    const copies = moves.map(({ copy }) => copy).toSorted((a, b) => a.clock - b.clock)
    this.all = new Set(copies)
    this.byClient = Map.groupBy(copies, ({ client }) => client)
  }

  has(block: Block): boolean {
    return this.all.has(block)
  }

  /** The copy with which a token was written; null for all others. */
  holding(client: number, clock: number): Block | null {
    const copies = this.byClient.get(client) ?? []
    const copy = copies[partitionPoint(copies.length, (i) => copies[i]!.clock < clock) - 1]
    return copy && clock <= copy.clock + copy.marker.size! ? copy : null
  }
}
