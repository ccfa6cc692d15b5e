/** Updates in frames: what goes to the server at once is bounded. */

/** Bytes of one frame at most, but for an update that is longer alone; the server takes 2 MB. */
export const mostBytes = 512 * 1024

/** Updates in as many frames as are needed, in order. */
export function framesOf<T extends { readonly update: Uint8Array }>(updates: readonly T[]): T[][] {
  const frames: T[][] = []
  let bytes = Infinity
  for (const one of updates) {
    bytes += one.update.length
    if (bytes > mostBytes) {
      frames.push([])
      bytes = one.update.length
    }
    frames.at(-1)!.push(one)
  }
  return frames
}
