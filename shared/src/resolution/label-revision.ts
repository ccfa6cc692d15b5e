/** How a label that moved is marked: at the level of letters, as ITU's own files do (`b)` to `c)`). */

/** A stretch of a revised label, in the order in which it is written: deletions before insertions. */
export interface LabelPart {
  readonly type: 'kept' | 'deleted' | 'inserted'
  readonly text: string
}

/**
 * The revision that turns one label into another: what both begin and end with is kept, the rest is
 * deleted and inserted. `b)` to `c)` gives *b* deleted, *c* inserted, `)` kept; an empty string
 * stands for no label. Without its deleted parts the result reads `to`, without its inserted parts
 * `from`; no part is empty, and no surrogate pair is cut.
 */
export function labelRevision(from: string, to: string): readonly LabelPart[] {
  const before = Array.from(from)
  const after = Array.from(to)
  const most = Math.min(before.length, after.length)
  let head = 0
  while (head < most && before[head] === after[head]) head++
  let tail = 0
  while (tail < most - head && before.at(-1 - tail) === after.at(-1 - tail)) tail++
  const parts: LabelPart[] = [
    { type: 'kept', text: after.slice(0, head).join('') },
    { type: 'deleted', text: before.slice(head, before.length - tail).join('') },
    { type: 'inserted', text: after.slice(head, after.length - tail).join('') },
    { type: 'kept', text: after.slice(after.length - tail).join('') },
  ]
  return parts.filter(({ text }) => text !== '')
}
