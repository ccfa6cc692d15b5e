/** The cheapest way from one list of words to another, by letters and by the number of changes. */
import { anchorsOf } from './anchors.ts'
import { isMeaningful, isSpace, paragraphMark, plain } from './words.ts'
import type { Word } from './words.ts'

/** Words that both texts have, or words deleted and words inserted in their place. */
export interface Stretch {
  readonly kept: boolean
  readonly base: readonly Word[]
  readonly target: readonly Word[]
}

/** What beginning to delete or to insert costs, in letters: so much a word must save to part changes. */
const opening = 6
/** What a paragraph mark costs that one text has and the other has not. */
const markCost = 8
/** What a sign costs: a comma parts two changes, as in `(Rev. {Dubai}, 20{14})`. */
const signCost = 6
/** Larger tables are not worth their time. */
const largest = 1_000_000

/**
 * Keeps and changes in turn, such that the letters deleted and inserted plus `opening` for each run
 * of deletions and each run of insertions are the fewest. Where a short word stands between two
 * replacements it therefore goes with them; between two insertions it stays. Words are the same
 * where they are plain the same. The time grows with the product of what differs, up to a thousand
 * words or so; longer texts are parted at phrases that occur once in both.
 */
export function stretchesBetween(base: readonly Word[], target: readonly Word[]): Stretch[] {
  const isSame = (i: number, j: number) =>
    base[i] === target[j] || plain(base[i]!) === plain(target[j]!)
  let start = 0
  while (start < base.length && start < target.length && isSame(start, start)) start++
  let end = 0
  const most = Math.min(base.length, target.length) - start
  while (end < most && isSame(base.length - 1 - end, target.length - 1 - end)) end++
  const stretches: { kept: boolean; base: Word[]; target: Word[] }[] = []
  const push = (kept: boolean, from: readonly Word[], to: readonly Word[]) => {
    if (from.length + to.length === 0) return
    const last = stretches.at(-1)
    if (last?.kept === kept) {
      last.base.push(...from)
      last.target.push(...to)
    } else stretches.push({ kept, base: [...from], target: [...to] })
  }
  push(true, base.slice(0, start), target.slice(0, start))
  const a = base.slice(start, base.length - end)
  const b = target.slice(start, target.length - end)
  let i = 0
  let j = 0
  for (const move of movesThrough(a, b)) {
    if (move === keep) push(true, [a[i++]!], [b[j++]!])
    else if (move === drop) push(false, [a[i++]!], [])
    else push(false, [], [b[j++]!])
  }
  push(true, base.slice(base.length - end), target.slice(target.length - end))
  return stretches
}

type Move = 0 | 1 | 2

/** Also the states: which move comes next. A change deletes first, so no `drop` follows an `add`. */
const keep: Move = 0
const drop: Move = 1
const add: Move = 2

const never = 1e9

/** The moves through lists of any length: through long ones from one sure place to the next. */
function movesThrough(a: readonly Word[], b: readonly Word[]): Move[] {
  if (a.length * b.length <= largest) return cheapest(a, b)
  const moves: Move[] = []
  let i = 0
  let j = 0
  const go = (nextI: number, nextJ: number) => {
    const left = a.slice(i, nextI)
    const right = b.slice(j, nextJ)
    const isShort = left.length * right.length <= largest
    const all = [...left.map(() => drop), ...right.map(() => add)]
    for (const move of isShort ? cheapest(left, right) : all) moves.push(move)
    i = nextI
    j = nextJ
  }
  for (const [nextI, nextJ] of anchorsOf(a.map(plain), b.map(plain))) {
    if (nextI < i || nextJ < j) continue
    go(nextI, nextJ)
    moves.push(keep)
    i++
    j++
  }
  go(a.length, b.length)
  return moves
}

/**
 * The moves from the beginning to the end. `cost[state]` at (i, j) is what remains when the move
 * before was `state`; the table is filled from its end, one row at a time, and only the choice that
 * each state makes at each place is remembered, two bits for each.
 */
function cheapest(a: readonly Word[], b: readonly Word[]): Move[] {
  const width = b.length + 1
  const plainA = a.map(plain)
  const plainB = b.map(plain)
  const costA = a.map(costOf)
  const costB = b.map(costOf)
  const choices = new Uint8Array((a.length + 1) * width)
  let below = [0, 1, 2].map(() => new Int32Array(width).fill(never))
  let here = [0, 1, 2].map(() => new Int32Array(width))
  for (let i = a.length; i >= 0; i--) {
    const [kept, dropped, added] = here as [Int32Array, Int32Array, Int32Array]
    const [keptBelow, droppedBelow] = below as [Int32Array, Int32Array, Int32Array]
    for (let j = b.length; j >= 0; j--) {
      if (i === a.length && j === b.length) {
        kept[j] = dropped[j] = added[j] = 0
        continue
      }
      const canKeep = i < a.length && j < b.length && plainA[i] === plainB[j]
      const keeping = canKeep ? keptBelow[j + 1]! : never
      const dropping = i < a.length ? droppedBelow[j]! + costA[i]! : never
      const adding = j < b.length ? added[j + 1]! + costB[j]! : never
      // On a tie a change goes on rather than end, and nothing begins.
      const begin = Math.min(dropping, adding) + opening
      kept[j] = Math.min(keeping, begin)
      const fromKept = keeping <= begin ? keep : dropping <= adding ? drop : add
      dropped[j] = Math.min(keeping, dropping, adding + opening)
      const isLeft = keeping < dropping && keeping < adding + opening
      const fromDropped = isLeft ? keep : dropping <= adding + opening ? drop : add
      added[j] = Math.min(keeping, adding)
      const fromAdded = keeping < adding ? keep : add
      choices[i * width + j] = fromKept | (fromDropped << 2) | (fromAdded << 4)
    }
    ;[below, here] = [here, below]
  }
  const moves: Move[] = []
  let state: Move = keep
  let i = 0
  let j = 0
  while (i < a.length || j < b.length) {
    state = ((choices[i * width + j]! >> (2 * state)) & 3) as Move
    moves.push(state)
    if (state !== add) i++
    if (state !== drop) j++
  }
  return moves
}

const costOf = (word: Word): number =>
  word === paragraphMark
    ? markCost
    : isMeaningful(word)
      ? word.length
      : isSpace(word)
        ? 1
        : signCost
