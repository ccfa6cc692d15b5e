/** What every editor in the benchmarks can do, with or without a screen. */
import type { Node } from 'prosemirror-model'
import type { EditorState, Transaction } from 'prosemirror-state'
import { typingOffset } from './text.ts'

export interface Peer {
  readonly state: EditorState
  /** Takes a user's transaction: makes of it what the editor makes of it. */
  dispatch(tr: Transaction): void
}

/** Where a paragraph's letters begin in a document, and how many positions they take. */
export interface Extent {
  readonly start: number
  readonly size: number
}

/** One letter typed in a paragraph, after `typed` letters before it. */
export function type(peer: Peer, paragraph: number, typed: number): void {
  const { start } = extentOf(peer.state.doc, paragraph)
  peer.dispatch(peer.state.tr.insertText('x', start + typingOffset + typed))
}

/** The extent of a paragraph, be it in a section or not. */
export function extentOf(doc: Node, paragraph: number): Extent {
  let found: Extent | null = null
  let index = 0
  doc.forEach((child, offset) => {
    if (found) return
    if (child.isTextblock) {
      if (index++ === paragraph) found = { start: offset + 1, size: child.content.size }
    } else if (index + child.childCount <= paragraph) index += child.childCount
    else {
      const within = extentOf(child, paragraph - index)
      found = { start: offset + 1 + within.start, size: within.size }
    }
  })
  if (!found) throw new RangeError(`no paragraph ${paragraph}`)
  return found
}

/** How many paragraphs a document has. */
export function countOf(doc: Node): number {
  let count = 0
  doc.descendants((node) => {
    if (node.isTextblock) count++
    return !node.isTextblock
  })
  return count
}
