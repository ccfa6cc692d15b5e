/** Which paragraphs of one text are which of the other. */
import type { Provision } from '../resolution/provision.ts'
import { bagOf, containment, likeness, together } from './likeness.ts'
import type { Bag } from './likeness.ts'

/**
 * One step through both texts, in order: base paragraphs `base` (from, to excluded) became target
 * paragraphs `target`. An empty span on one side is an insertion or a deletion; one against one is a
 * kept paragraph; one against several a split; several against one a merger.
 */
export interface Step {
  readonly base: Span
  readonly target: Span
}

export interface Span {
  readonly from: number
  readonly to: number
}

export interface Alignment {
  readonly steps: readonly Step[]
  /** Pairs that stand at another place: deleted there, inserted here, the same in substance. */
  readonly moves: readonly { readonly base: number; readonly target: number }[]
}

interface Pair {
  readonly base: number
  readonly target: number
  readonly like: number
  readonly weight: number
}

/** Below this two paragraphs are not versions of each other. */
const enough = 0.4
/** From this on a paragraph that left and one that came are one that moved. */
const moved = 0.7
/** How much of a paragraph must come from another to be a piece of it. */
const piece = 0.65
/** A paragraph of which so much is in a longer one may be what is left of it, if it has this many letters. */
const part = 0.75
const leastPart = 30
/** No chain of other pairs weighs as much. */
const certain = 1e9
/** Words in more paragraphs than this tell nothing about which is which. */
const common = 60
/** How many likely versions of a paragraph are looked at. */
const candidates = 8

/**
 * Aligns by likeness and order. Words that few paragraphs share propose pairs, so the time grows
 * with the length of the texts and not with their product; of the pairs the heaviest chain that
 * runs forward in both texts is kept.
 */
export function align(base: readonly Provision[], target: readonly Provision[]): Alignment {
  const baseBags = base.map(({ text }) => bagOf(text))
  const targetBags = target.map(({ text }) => bagOf(text))
  const pairs = [...sameEnds(base, target), ...proposals(base, target, baseBags, targetBags)]
  const chain = heaviestChain(pairs, base.length)
  const steps = stepsOf(chain, base.length, target.length)
  const grown = grow(steps, base, target, baseBags, targetBags)
  return { steps: grown, moves: movesOf(grown, pairs) }
}

/** Kinds that can be versions of each other. A change of kind is not an edit of a paragraph's words. */
const sameSort = (a: Provision, b: Provision): boolean => a.kind === b.kind && a.level === b.level

/**
 * What both texts begin and end with, and their number lines: they correspond whatever else may, also
 * where a word stands in too many paragraphs to tell them apart.
 */
function sameEnds(base: readonly Provision[], target: readonly Provision[]): Pair[] {
  const pairs: Pair[] = []
  const pair = (i: number, j: number) => {
    pairs.push({ base: i, target: j, like: 1, weight: certain })
  }
  const least = Math.min(base.length, target.length)
  const isSame = (a: Provision, b: Provision) => sameSort(a, b) && a.text === b.text
  const isNumber = (provision?: Provision) => provision?.kind === 'number'
  let start = isNumber(base[0]) && isNumber(target[0]) ? 1 : 0
  while (start < least && isSame(base[start]!, target[start]!)) start++
  let end = 0
  while (start + end < least && isSame(base.at(-1 - end)!, target.at(-1 - end)!)) end++
  for (let i = 0; i < start; i++) pair(i, i)
  for (let i = end; i > 0; i--) pair(base.length - i, target.length - i)
  return pairs
}

function proposals(
  base: readonly Provision[],
  target: readonly Provision[],
  baseBags: readonly Bag[],
  targetBags: readonly Bag[],
): Pair[] {
  const places = new Map<string, number[]>()
  baseBags.forEach(({ counts }, i) => {
    for (const word of counts.keys()) {
      const list = places.get(word)
      if (list) list.push(i)
      else places.set(word, [i])
    }
  })
  const pairs: Pair[] = []
  targetBags.forEach((bag, j) => {
    const scores = new Map<number, number>()
    for (const word of bag.counts.keys()) {
      const list = places.get(word)
      if (!list || list.length > common) continue
      for (const i of list) scores.set(i, (scores.get(i) ?? 0) + word.length / list.length)
    }
    const likely = [...scores].toSorted((a, b) => b[1] - a[1]).slice(0, candidates)
    for (const [i] of likely) {
      if (!sameSort(base[i]!, target[j]!)) continue
      const like = likeness(baseBags[i]!, bag)
      if (like < (isUnique(target[j]!) ? 0.1 : enough) && !isShortened(baseBags[i]!, bag)) continue
      // Long and very like pairs hold the chain; a small bonus for a whole equal paragraph.
      const equal = base[i]!.text === target[j]!.text ? 1.2 : 1
      const weight = like * like * equal * (10 + bag.weight)
      pairs.push({ base: i, target: j, like, weight })
    }
  })
  return pairs
}

/** Whether one of them is hardly more than a part of the other, though much shorter. */
function isShortened(a: Bag, b: Bag): boolean {
  const [small, large] = a.weight < b.weight ? [a, b] : [b, a]
  return small.weight >= leastPart && containment(small, large) >= part
}

/** A resolution has one number line, one title, one opening: they correspond however they differ. */
const isUnique = ({ kind }: Provision): boolean =>
  kind === 'number' || kind === 'title' || kind === 'adopting'

/** The pairs of greatest weight in which both sides only run forward. */
function heaviestChain(pairs: readonly Pair[], length: number): Pair[] {
  const sorted = pairs.toSorted((a, b) => a.target - b.target || b.base - a.base)
  // A Fenwick tree over base indexes: the heaviest chain that ends at or before each.
  const tree: (Link | null)[] = Array.from({ length: length + 1 }, () => null)
  const best = (index: number): Link | null => {
    let found: Link | null = null
    for (let i = index; i > 0; i -= i & -i)
      if (weightOf(tree[i]!) > weightOf(found)) found = tree[i]!
    return found
  }
  for (const pair of sorted) {
    const before = best(pair.base)
    const link = { pair, before, weight: pair.weight + weightOf(before) }
    for (let i = pair.base + 1; i <= length; i += i & -i) {
      if (link.weight > weightOf(tree[i]!)) tree[i] = link
    }
  }
  const chain: Pair[] = []
  for (let link = best(length); link; link = link.before) chain.push(link.pair)
  return chain.toReversed()
}

interface Link {
  readonly pair: Pair
  readonly before: Link | null
  readonly weight: number
}

const weightOf = (link: Link | null): number => link?.weight ?? 0

function stepsOf(chain: readonly Pair[], baseLength: number, targetLength: number): Step[] {
  const steps: Step[] = []
  let i = 0
  let j = 0
  const gap = (base: number, target: number) => {
    for (; i < base; i++) steps.push({ base: { from: i, to: i + 1 }, target: { from: j, to: j } })
    for (; j < target; j++) steps.push({ base: { from: i, to: i }, target: { from: j, to: j + 1 } })
  }
  for (const pair of chain) {
    gap(pair.base, pair.target)
    steps.push({ base: { from: i, to: ++i }, target: { from: j, to: ++j } })
  }
  gap(baseLength, targetLength)
  return steps
}

/** Takes unpaired neighbours into a pair where they are pieces of its other side. */
function grow(
  steps: readonly Step[],
  base: readonly Provision[],
  target: readonly Provision[],
  baseBags: readonly Bag[],
  targetBags: readonly Bag[],
): Step[] {
  const out: Step[] = []
  for (const step of steps) {
    const last = out.at(-1)
    const joined = last && (joins(last, step) ?? joins(step, last))
    if (joined) out[out.length - 1] = joined
    else out.push(step)
  }
  return out

  /** `extra` has one empty side; its other side may be a piece of what `pair` has opposite. */
  function joins(pair: Step, extra: Step): Step | null {
    if (sizeOf(pair.base) === 0 || sizeOf(pair.target) === 0) return null
    const isTarget = sizeOf(extra.base) === 0
    if (!isTarget && sizeOf(extra.target) !== 0) return null
    const [own, opposite] = isTarget ? [targetBags, baseBags] : [baseBags, targetBags]
    const [ownSpan, oppositeSpan] = isTarget ? [pair.target, pair.base] : [pair.base, pair.target]
    const span = isTarget ? extra.target : extra.base
    const texts = isTarget ? target : base
    if (sizeOf(oppositeSpan) !== 1 || !sameSort(texts[span.from]!, texts[ownSpan.from]!))
      return null
    const whole = opposite[oppositeSpan.from]!
    const part = own[span.from]!
    const before = together(own.slice(ownSpan.from, ownSpan.to))
    const after = together([before, part])
    if (containment(part, whole) < piece || part.weight < 12) return null
    if (likeness(after, whole) < likeness(before, whole) + 0.05) return null
    const joined = {
      from: Math.min(span.from, ownSpan.from),
      to: Math.max(span.to, ownSpan.to),
    }
    return isTarget ? { base: pair.base, target: joined } : { base: joined, target: pair.target }
  }
}

export const sizeOf = ({ from, to }: Span): number => to - from

/** Pairs that the order forbids, of paragraphs that are nowhere else. */
function movesOf(steps: readonly Step[], pairs: readonly Pair[]): Alignment['moves'] {
  const gone = new Set<number>()
  const come = new Set<number>()
  for (const { base, target } of steps) {
    if (sizeOf(target) === 0) gone.add(base.from)
    if (sizeOf(base) === 0) come.add(target.from)
  }
  const moves: { base: number; target: number }[] = []
  for (const { base, target, like } of pairs.toSorted((a, b) => b.weight - a.weight)) {
    if (like < moved || !gone.has(base) || !come.has(target)) continue
    gone.delete(base)
    come.delete(target)
    moves.push({ base, target })
  }
  return moves
}
