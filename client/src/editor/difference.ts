/** From the document on screen to the one of the projection, by the smallest replacement. */
import type { Node } from 'prosemirror-model'
import { ReplaceStep } from 'prosemirror-transform'

/**
 * One step from `before` to `after`; null where they are equal. Blocks that are the same object are
 * not looked into. Keys are unique in a document, so what is equal at the start and at the end can
 * only overlap within the letters of one block.
 */
export function difference(before: Node, after: Node): ReplaceStep | null {
  const start = before.content.findDiffStart(after.content)
  if (start === null) return null
  const end = before.content.findDiffEnd(after.content)!
  const overlap = Math.max(0, start - Math.min(end.a, end.b))
  return new ReplaceStep(start, end.a + overlap, after.slice(start, end.b + overlap))
}
