/** How like two paragraphs are, from the words they share. */
import { isMeaningful, wordsOf } from './words.ts'

/** The words of a paragraph with their counts, weighed by their letters. */
export interface Bag {
  readonly counts: ReadonlyMap<string, number>
  readonly weight: number
}

export function bagOf(text: string): Bag {
  const counts = new Map<string, number>()
  let weight = 0
  for (const unit of wordsOf(text)) {
    if (!isMeaningful(unit)) continue
    const word = unit.toLowerCase()
    counts.set(word, (counts.get(word) ?? 0) + 1)
    weight += word.length
  }
  return { counts, weight }
}

/** The letters of the words that both bags have. */
export function shared(a: Bag, b: Bag): number {
  const [small, large] = a.counts.size <= b.counts.size ? [a, b] : [b, a]
  let weight = 0
  for (const [word, count] of small.counts) {
    weight += Math.min(count, large.counts.get(word) ?? 0) * word.length
  }
  return weight
}

/** From 0 (nothing in common) to 1 (the same words): twice what is shared by what there is. */
export const likeness = (a: Bag, b: Bag): number =>
  a.weight + b.weight === 0 ? 1 : (2 * shared(a, b)) / (a.weight + b.weight)

/** How much of `part` is in `whole`, from 0 to 1. */
export const containment = (part: Bag, whole: Bag): number =>
  part.weight === 0 ? 0 : shared(part, whole) / part.weight

export function together(bags: readonly Bag[]): Bag {
  const counts = new Map<string, number>()
  let weight = 0
  for (const bag of bags) {
    weight += bag.weight
    for (const [word, count] of bag.counts) counts.set(word, (counts.get(word) ?? 0) + count)
  }
  return { counts, weight }
}
