/** A selection as places in the ledger, so that it stays where it is while others write. */
import { TextSelection } from 'prosemirror-state'
import type { Selection } from 'prosemirror-state'
import type { Node } from 'prosemirror-model'
import type { Caret } from '../session/index.ts'
import { placeAt, posAt, spotAt, spotOf } from './lines.ts'
import type { Line, Spot } from './lines.ts'

/** A selection on screen, in order. */
export interface Span {
  readonly from: Spot
  readonly to: Spot
}

/** Whether nothing is selected. */
export const isCaret = ({ from, to }: Span): boolean =>
  from.line === to.line && from.offset === to.offset

/** null where the selection does not stand in words. */
export function spanOf(doc: Node, { from, to }: Selection): Span | null {
  const start = spotAt(doc, from)
  const end = spotAt(doc, to)
  return start && end && { from: start, to: end }
}

/** null where the selection does not stand in words. */
export function caretOf(
  doc: Node,
  lines: readonly Line[],
  { anchor, head }: Pick<Selection, 'anchor' | 'head'>,
): Caret | null {
  const start = spotAt(doc, anchor)
  const end = anchor === head ? start : spotAt(doc, head)
  if (!start || !end) return null
  return {
    anchor: placeAt(lines[start.line]!, start.offset),
    head: placeAt(lines[end.line]!, end.offset),
  }
}

/** The selection at a caret; null where its tokens are in no line. */
export function selectionAt(doc: Node, lines: readonly Line[], caret: Caret): Selection | null {
  const anchor = spotOf(lines, caret.anchor)
  const head = spotOf(lines, caret.head)
  if (!anchor || !head) return null
  return TextSelection.create(doc, posAt(doc, anchor), posAt(doc, head))
}
