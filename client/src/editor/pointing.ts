/** From the list of changes to the text: bringing a change into sight, and the caret to it. */
import type { Change } from '@revmark/shared/ledger'
import { TextSelection } from 'prosemirror-state'
import type { Binding } from './binding.ts'
import { posAt } from './lines.ts'

/** Points at a change and scrolls to it; focus and selection stay. */
export function showAt(binding: Binding, change: Change): void {
  binding.point(change)
  const block = blockWith(binding, change)
  const target = block?.querySelector('.pointed') ?? block
  target?.scrollIntoView({ block: 'center' })
}

/** Puts the caret at the start of a change, and the focus into the text. */
export function goTo(binding: Binding, change: Change): void {
  const { view } = binding
  const line = lineWith(binding, change)
  if (line < 0) return
  const { doc } = view.state
  const start = binding.rangesOf(change)[0]?.from ?? posAt(doc, { line, offset: 0 })
  binding.update(view.state.tr.setSelection(TextSelection.create(doc, start)))
  binding.focus()
  showAt(binding, change)
}

const lineWith = ({ lines }: Binding, change: Change): number =>
  lines.findIndex(({ key }) => key === change.paragraph)

function blockWith(binding: Binding, change: Change): HTMLElement | null {
  const line = lineWith(binding, change)
  if (line < 0) return null
  const { view } = binding
  const element = view.nodeDOM(posAt(view.state.doc, { line, offset: 0 }) - 1)
  return element instanceof HTMLElement ? element : null
}
