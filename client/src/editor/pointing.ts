/** From the list of changes to the text: bringing a change into sight, and the caret to it. */
import { parseIdKey, toRanges } from '@revmark/shared/ledger'
import type { Id, Ranges } from '@revmark/shared/ledger'
import { TextSelection } from 'prosemirror-state'
import type { Binding } from './binding.ts'
import { cut, lengthOf, placeAt, posAt, tokenAfter } from './lines.ts'
import type { Pointed } from './overlays.ts'
import { isCaret } from './selection.ts'

/** Points at a change and scrolls to it; focus and selection stay. */
export function showAt(binding: Binding, change: Pointed): void {
  binding.point(change)
  const block = blockWith(binding, change)
  const target = block?.querySelector('.pointed') ?? block
  target?.scrollIntoView({ block: 'center' })
}

/** Puts the caret at the start of a change, and the focus into the text. */
export function goTo(binding: Binding, change: Pointed): void {
  const { view } = binding
  const line = lineWith(binding, change)
  if (line < 0) return
  const { doc } = view.state
  const paragraph = posAt(doc, { line, offset: 0 })
  const start = binding.rangesOf(change).find(({ from }) => from >= paragraph)?.from ?? paragraph
  binding.update(view.state.tr.setSelection(TextSelection.create(doc, start)))
  binding.focus()
  showAt(binding, change)
}

/** Puts the caret at a position and brings it into sight, the focus into the text. */
export function goToPosition(binding: Binding, pos: number): true {
  const { state } = binding.view
  binding.update(state.tr.setSelection(TextSelection.create(state.doc, pos)).scrollIntoView())
  binding.focus()
  return true
}

const lineWith = ({ lines }: Binding, change: Pointed): number =>
  lines.findIndex(({ key }) => key === change.paragraph)

function blockWith(binding: Binding, change: Pointed): HTMLElement | null {
  const line = lineWith(binding, change)
  if (line < 0) return null
  const { view } = binding
  const element = view.nodeDOM(posAt(view.state.doc, { line, offset: 0 }) - 1)
  return element instanceof HTMLElement ? element : null
}

/** The tokens on both sides of a caret; none where something is selected. */
export function tokensAtCaret({ lines, span }: Binding): readonly Id[] {
  if (!span || !isCaret(span)) return []
  const next = tokenAfter(lines, span.from)
  return [placeAt(lines[span.from.line]!, span.from.offset).after, ...(next ? [next] : [])]
}

/** What is selected on screen: letters, and the marks of the paragraphs that begin in it. */
export function tokensSelected({ lines, span }: Binding): Ranges {
  if (!span) return []
  const { from, to } = span
  const out: number[] = []
  for (let at = from.line; at <= to.line; at++) {
    const line = lines[at]!
    const start = at === from.line ? from.offset : 0
    const end = at === to.line ? to.offset : lengthOf(line)
    if (at > from.line) out.push(...idTriple(parseIdKey(line.key)))
    for (const run of cut(line, start, end)) out.push(run.client, run.clock, run.length)
  }
  return toRanges(out)
}

const idTriple = ({ client, clock }: Id): [number, number, number] => [client, clock, 1]
