/**
 * The first index below `length` of which `isBefore` does not hold; `length` where it holds of all.
 * It must hold of no index behind one of which it does not. Takes log2(length) questions.
 */
export function partitionPoint(length: number, isBefore: (index: number) => boolean): number {
  let [low, high] = [0, length]
  while (low < high) {
    const mid = (low + high) >> 1
    if (isBefore(mid)) low = mid + 1
    else high = mid
  }
  return low
}
