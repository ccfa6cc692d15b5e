/** What a hand writes to move paragraphs: what is struck, what is taken back, and the copies. */
import type * as Y from 'yjs'
import { hasLevels } from './blocks.ts'
import type { Block } from './blocks.ts'
import { copyOf, isTaken, layoutOf, textOf } from './copying.ts'
import type { Copy, Takers } from './copying.ts'
import { Gathering, isGone, withNotes } from './deletion.ts'
import type { Deletion } from './deletion.ts'
import { anchorAfter } from './enter.ts'
import type { EntryRecord } from './entries.ts'
import type { EntryWriter } from './entry-writer.ts'
import type { Del, EntryKey } from './entry.ts'
import type { Part } from './history.ts'
import { idKey } from './id.ts'
import type { Id } from './id.ts'
import { journeyOf } from './journey.ts'
import type { Direction, Journey, MoveProblem } from './journey.ts'
import type { Ledger } from './ledger.ts'
import { movesIn } from './moves.ts'
import type { Move } from './moves.ts'
import type { Paragraph } from './paragraph.ts'
import { insertNoted } from './noted-tokens.ts'
import { endOf } from './place.ts'
import { covers, intersect, range, toRanges } from './ranges.ts'
import type { Ranges } from './ranges.ts'
import { knownClock } from './sequence.ts'
import { shown, views } from './state.ts'

/** A copy to be written, and the block that it is a copy of; null: nothing of it is left to be seen. */
interface Copied {
  readonly copy: Copy
  readonly from: string | null
}

/** A paragraph that stands again where it was, and the anchor that ends it. */
interface Restored {
  readonly key: string
  readonly end: Id
}

interface Moving {
  readonly deletion: Deletion | null
  readonly keeps: readonly { readonly of: EntryKey; readonly r: Ranges }[]
  /** The token after which the first copy goes; each other one goes after the one before. */
  readonly after: Id
  readonly steps: readonly (Copied | Restored)[]
}

/**
 * What a delegation writes for a journey. A paragraph of its own that is pending is withdrawn and
 * written anew; anything else is struck, and its copy says what it is a copy of. The copy of a copy
 * is one of the first origin; back at its origin, with the words that this has, it is withdrawn and
 * the origin stands again.
 */
function movingOf(ledger: Ledger, mover: string, journey: Journey): Moving {
  const moves = new Map(
    movesIn(ledger)
      .filter(({ state }) => state === 'pending')
      .map((move) => [move.copy.key, move]),
  )
  const gathering = new Gathering()
  const keeps: { of: EntryKey; r: Ranges }[] = []
  const steps: (Copied | Restored)[] = []
  let isBack = false
  for (const paragraph of journey.paragraphs) {
    const blocks = blocksOf(ledger, paragraph)
    const { state } = blocks[0]!.aspects
    const isOwn = state.ins === 'pending' && state.author === mover
    const takers = { mover, author: state.ins === 'pending' ? state.author : null }
    const copy = copyOf(ledger, takers, blocks)
    const strikesOthers = strike(gathering, blocks, takers)
    const move = moves.get(paragraph.key)
    const back = move && isOwn ? returning(ledger, mover, move, copy, journey) : null
    if (back) {
      isBack = true
      keeps.push(...back.keeps)
      steps.push(back.restored)
    } else {
      const origin = isOwn && move ? move.origin.key : null
      steps.push({ copy, from: origin ?? (isOwn && !strikesOthers ? null : paragraph.key) })
    }
  }
  const { after, isUp } = journey
  const isBefore = isUp && !isBack && after !== null
  const place = isBefore ? leftOf(ledger, after) : endBefore(ledger, journey, isBack)
  return { deletion: gathering.deletion, keeps, after: place, steps }
}

/** The token before a paragraph's marker. */
const leftOf = (ledger: Ledger, { key }: Paragraph): Id => ledger.freshBlock(key)!.item.left!.lastId

/**
 * The anchor that ends the paragraph after which a journey goes, with what is hidden and stands under
 * it, so that it stays under it; or, `directly` after it, the paragraph's own.
 */
function endBefore(ledger: Ledger, { before, depth }: Journey, directly: boolean): Id {
  const end = anchorAfter(ledger, endOf(before).after)
  if (directly) return end
  let last = end
  for (const block of ledger.freshBlocks().slice(ledger.blockOf(end)!.index + 1)) {
    const { ins } = block.aspects.state
    const { kind, level } = block.shapeIn('clean')
    if (shown(block.aspects.state, 'clean')) break
    if (hasLevels(kind) && level > depth) last = anchorAfter(ledger, block)
    else if (ins !== 'withdrawn' && ins !== 'rejected') break
  }
  return last
}

/** The blocks of a paragraph of the clean view whose words it shows; its own first. */
function blocksOf(ledger: Ledger, { key, pieces }: Paragraph): Block[] {
  const clean = 1 << views.indexOf('clean')
  const joined = pieces
    .filter(({ type }) => type === 'marker')
    .map(({ client, clock }) => ledger.freshBlock(idKey(client, clock))!)
  return [ledger.freshBlock(key)!, ...joined.filter((one) => one.lettersShownIn & clean)]
}

/** Strikes what is taken along of a paragraph; returns whether any of it is not simply withdrawn. */
function strike(gathering: Gathering, blocks: readonly Block[], takers: Takers): boolean {
  const first = blocks[0]!
  let strikesOthers = false
  const note = ({ state }: Block['aspects']): void => {
    strikesOthers ||= state.ins !== 'pending' || state.author !== takers.mover
  }
  for (const block of blocks) {
    if (!isGone(block.aspects.state, takers.mover)) {
      note(block.aspects)
      if (block === first) gathering.whole(block)
      else gathering.joined(block, first.key)
    }
    for (const { type, client, clock, length, aspects } of block.runs) {
      if (type !== 'text' || !isTaken(aspects, takers)) continue
      note(aspects)
      gathering.letters(client, clock, length)
    }
  }
  return strikesOthers
}

/**
 * How a copy comes back to its origin: where this lies between the paragraphs between which it goes,
 * and would have the same words, without what strikes it. null where it does not.
 */
function returning(
  ledger: Ledger,
  mover: string,
  { origin }: Move,
  copy: Copy,
  { before, after }: Journey,
): { keeps: Moving['keeps']; restored: Restored } | null {
  const last = ledger.blockOf(endOf(before).after)!
  const next = after && ledger.freshBlock(after.key)!
  if (origin.index <= last.index || (next && origin.index >= next.index)) return null
  const { proposals, withdrawals } = origin.aspects
  const own = [...proposals, ...withdrawals].filter(({ delegation }) => delegation === mover)
  const blocks = [origin, ...joinedTo(ledger, origin, own)]
  const takers = { mover, author: origin.aspects.state.author }
  const without = new Set(own)
  if (JSON.stringify(copyOf(ledger, takers, blocks, without)) !== JSON.stringify(copy)) return null
  const tokens = toRanges(
    blocks.flatMap((block) => [
      block.client,
      block.clock,
      1,
      ...block.runs.flatMap((run) =>
        run.type === 'text' && isTaken(run.aspects, takers, without)
          ? [run.client, run.clock, run.length]
          : [],
      ),
    ]),
  )
  return {
    keeps: own.map(({ key, entry }) => ({ of: key, r: intersect(entry.r, tokens) })),
    restored: { key: origin.key, end: anchorAfter(ledger, blocks.at(-1)!) },
  }
}

/** The blocks after one that some deletions of it join to it. */
function joinedTo(ledger: Ledger, to: Block, deletions: readonly EntryRecord[]): Block[] {
  const out: Block[] = []
  const isJoined = ({ client, clock }: Block): boolean =>
    deletions.some(
      ({ entry }) => covers(entry.r, client, clock) && joins(entry as Del, client, clock, to),
    )
  for (const block of ledger.freshBlocks().slice(to.index + 1)) {
    if (shown(block.aspects.state, 'clean')) break
    if (isJoined(block)) out.push(block)
  }
  return out
}

const joins = ({ j = [] }: Del, client: number, clock: number, to: Block): boolean =>
  j.some(
    ([c, k, toClient, toClock]) =>
      c === client && k === clock && toClient === to.client && toClock === to.clock,
  )

/** What was written: the parts of the undo step, and the paragraphs by their keys afterwards. */
export interface WrittenMove {
  readonly parts: readonly Part[]
  readonly keys: readonly string[]
}

/** Moves paragraphs, by their keys, within a transaction, or says why not. */
export function writeMove(
  transaction: Y.Transaction,
  ledger: Ledger,
  writer: EntryWriter,
  mover: string,
  named: readonly string[],
  direction: Direction,
): WrittenMove | { readonly problem: MoveProblem } {
  const journey = journeyOf(ledger, named, direction)
  if ('problem' in journey) return journey
  const { deletion, keeps, after, steps } = movingOf(ledger, mover, journey)
  const parts = deletion ? writer.del(withNotes(ledger, mover, deletion)) : []
  parts.push(...keeps.flatMap(({ of, r }) => writer.keep(of, r)))
  const { clientID: client } = ledger.ydoc
  let last = after
  let isOn = false
  const keys = steps.map((step) => {
    if ('key' in step) {
      last = step.end
      isOn = false
      return step.key
    }
    const { copy, from } = step
    const clock = knownClock(ledger.ydoc, client)
    const { size, formatted } = layoutOf(copy, { client, clock })
    const link = from !== null && { from, size, ...(isOn && { on: 1 as const }) }
    const marker = { ...copy.shape, ...link }
    isOn = from !== null
    const { text, notes } = textOf(copy)
    last = insertNoted(transaction, last, [marker, text, { e: 1 }], notes).last
    parts.push({ type: 'tokens', r: range(client, clock, size + 1) })
    for (const [format, r] of formatted) parts.push(...writer.fmt(format, r))
    const r = range(client, clock, 1)
    for (const set of copy.settings) parts.push(writer.attr({ r, supersedes: [], ...set }))
    return idKey(client, clock)
  })
  return { parts, keys }
}
