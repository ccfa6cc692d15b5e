/** From the document on screen to the one of the projection, by the smallest replacement of blocks. */
import type { Fragment, Node } from 'prosemirror-model'
import { ReplaceStep } from 'prosemirror-transform'

/**
 * One step from `before` to `after`; null where they show the same blocks. A block that is the same
 * object is the same, any other is replaced whole, so that the result consists of the very blocks of
 * `after` and the next comparison does not look into them. The view updates the DOM letter by letter
 * all the same.
 */
export function difference(before: Node, after: Node): ReplaceStep | null {
  const start = firstDifference(before.content, after.content, 0)
  if (start === null) return null
  const end = lastDifference(
    before.content,
    after.content,
    before.content.size,
    after.content.size,
  )!
  return new ReplaceStep(start, end.a, after.slice(start, end.b))
}

/** Sections are only for layout: two with one key are compared by their blocks. */
const isSameSection = (a: Node, b: Node): boolean =>
  a.type === b.type && a.type.name === 'section' && a.attrs['key'] === b.attrs['key']

/** The position before the first child that differs, in both alike; null where none does. */
function firstDifference(a: Fragment, b: Fragment, pos: number): number | null {
  let at = pos
  for (let i = 0; i < a.childCount || i < b.childCount; i++) {
    if (i === a.childCount || i === b.childCount) return at
    const childA = a.child(i)
    const childB = b.child(i)
    if (childA !== childB) {
      if (!isSameSection(childA, childB)) return at
      const inside = firstDifference(childA.content, childB.content, at + 1)
      if (inside !== null) return inside
    }
    at += childA.nodeSize
  }
  return null
}

/** The positions after the last child that differs, in each; null where none does. */
function lastDifference(
  a: Fragment,
  b: Fragment,
  posA: number,
  posB: number,
): { a: number; b: number } | null {
  let atA = posA
  let atB = posB
  let i = a.childCount
  let j = b.childCount
  while (i > 0 || j > 0) {
    if (i === 0 || j === 0) return { a: atA, b: atB }
    const childA = a.child(--i)
    const childB = b.child(--j)
    if (childA !== childB) {
      if (!isSameSection(childA, childB)) return { a: atA, b: atB }
      const inside = lastDifference(childA.content, childB.content, atA - 1, atB - 1)
      if (inside) return inside
    }
    atA -= childA.nodeSize
    atB -= childB.nodeSize
  }
  return null
}
