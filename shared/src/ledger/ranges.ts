/**
 * Sets of token ids as flat lists of ranges, `[client, clock, length, client, clock, length, ...]`:
 * sorted by client, then clock; disjoint; neighbours joined; every length at least 1.
 */
export type Ranges = readonly number[]

export const noRanges: Ranges = []

/** One range as a set; empty where `length` is 0. */
export const range = (client: number, clock: number, length: number): Ranges =>
  length > 0 ? [client, clock, length] : noRanges

/** Brings triples in any order, overlapping or not, into the canonical form. */
export function toRanges(triples: readonly number[]): Ranges {
  const parts: [number, number, number][] = []
  for (let i = 0; i + 2 < triples.length; i += 3) {
    if (triples[i + 2]! > 0) parts.push([triples[i]!, triples[i + 1]!, triples[i + 2]!])
  }
  parts.sort((a, b) => a[0] - b[0] || a[1] - b[1])
  const out: number[] = []
  for (const [client, clock, length] of parts) {
    const last = out.length - 3
    if (last >= 0 && out[last] === client && out[last + 1]! + out[last + 2]! >= clock) {
      out[last + 2] = Math.max(out[last + 2]!, clock + length - out[last + 1]!)
    } else {
      out.push(client, clock, length)
    }
  }
  return out
}

/** Whether a list has the canonical form that every stored entry must have. */
export function isCanonical(list: readonly number[]): boolean {
  if (list.length % 3 !== 0) return false
  for (let i = 0; i < list.length; i += 3) {
    const client = list[i]!
    const clock = list[i + 1]!
    const length = list[i + 2]!
    if (!Number.isSafeInteger(client) || !Number.isSafeInteger(clock + length)) return false
    if (client < 0 || clock < 0 || length < 1) return false
    if (i === 0) continue
    if (list[i - 3]! > client) return false
    if (list[i - 3] === client && list[i - 2]! + list[i - 1]! >= clock) return false
  }
  return true
}

/** How many tokens a set has. */
export function countOf(set: Ranges): number {
  let count = 0
  for (let i = 2; i < set.length; i += 3) count += set[i]!
  return count
}

/** Calls `visit` for each range of a set, in order; of what somebody stored only for what is one. */
export function eachRange(
  set: Ranges,
  visit: (client: number, clock: number, length: number) => void,
): void {
  for (let i = 0; i + 2 < set.length; i += 3) {
    const clock = set[i + 1]!
    if (clock + set[i + 2]! > clock) visit(set[i]!, clock, set[i + 2]!)
  }
}

/** Whether a set has the token. */
export function covers(set: Ranges, client: number, clock: number): boolean {
  let low = 0
  let high = set.length / 3 - 1
  while (low <= high) {
    const mid = (low + high) >> 1
    const i = mid * 3
    if (set[i]! < client || (set[i] === client && set[i + 1]! + set[i + 2]! <= clock)) low = mid + 1
    else if (set[i]! > client || set[i + 1]! > clock) high = mid - 1
    else return true
  }
  return false
}

export const union = (a: Ranges, b: Ranges): Ranges =>
  a.length === 0 ? b : b.length === 0 ? a : toRanges([...a, ...b])

/** The tokens of `a` that are not in `b`. */
export function subtract(a: Ranges, b: Ranges): Ranges {
  if (a.length === 0) return a
  const out: number[] = []
  let j = 0
  eachRange(a, (client, clock, length) => {
    let from = clock
    const end = clock + length
    while (j < b.length && (b[j]! < client || (b[j] === client && b[j + 1]! + b[j + 2]! <= from))) {
      j += 3
    }
    for (let k = j; k < b.length && b[k] === client && b[k + 1]! < end; k += 3) {
      if (b[k + 1]! > from) out.push(client, from, b[k + 1]! - from)
      from = Math.max(from, b[k + 1]! + b[k + 2]!)
    }
    if (from < end) out.push(client, from, end - from)
  })
  return out
}

export const intersect = (a: Ranges, b: Ranges): Ranges => subtract(a, subtract(a, b))

export const sameRanges = (a: Ranges, b: Ranges): boolean =>
  a.length === b.length && a.every((value, i) => value === b[i])
