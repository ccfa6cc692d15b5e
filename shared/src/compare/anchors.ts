/** Places where two long lists of words surely correspond, so that what lies between is short. */

/** So many words in a row, spaces and signs included, that occur once in both lists, are the same place. */
const window = 8

/** Pairs of indexes of equal words, running forward in both lists. `a` and `b` are plain words. */
export function anchorsOf(a: readonly string[], b: readonly string[]): [number, number][] {
  const inA = onceIn(a)
  const pairs: [number, number][] = []
  for (const [phrase, j] of onceIn(b)) {
    const i = inA.get(phrase)
    if (i !== undefined) pairs.push([i, j])
  }
  return longestForward(pairs.toSorted((one, other) => one[1] - other[1]))
}

/** The phrases that occur exactly once, with the index of their first word. */
function onceIn(words: readonly string[]): Map<string, number> {
  const places = new Map<string, number>()
  for (let i = 0; i + window <= words.length; i++) {
    const phrase = words.slice(i, i + window).join('\0')
    places.set(phrase, places.has(phrase) ? -1 : i)
  }
  for (const [phrase, i] of places) if (i < 0) places.delete(phrase)
  return places
}

/** The longest run of pairs, sorted by their second index, in which the first one grows too. */
function longestForward(pairs: readonly [number, number][]): [number, number][] {
  // For each length, the pair with the smallest first index that ends a run of that length.
  const ends: number[] = []
  const before: number[] = []
  for (const [index, [i]] of pairs.entries()) {
    let low = 0
    let high = ends.length
    while (low < high) {
      const mid = (low + high) >> 1
      if (pairs[ends[mid]!]![0] < i) low = mid + 1
      else high = mid
    }
    before.push(low > 0 ? ends[low - 1]! : -1)
    ends[low] = index
  }
  const run: [number, number][] = []
  for (let at = ends.at(-1) ?? -1; at >= 0; at = before[at]!) run.push(pairs[at]!)
  return run.toReversed()
}
