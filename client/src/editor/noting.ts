/** Footnotes: inserting one, and going from its reference to its words and back. */
import type { Node } from 'prosemirror-model'
import type { Binding } from './binding.ts'
import { placeAt, posAt } from './lines.ts'
import { goToPosition } from './pointing.ts'
import { attrsOf } from './schema.ts'

/** Inserts a footnote at the end of the selection; the caret goes into it. */
export function insertNote(binding: Binding): void {
  binding.write((pen) => {
    const { span, lines } = binding
    if (!span) return null
    const { line, offset } = span.to
    const place = pen.insertNote(placeAt(lines[line]!, offset), '')
    if (!place) binding.desk.say('A footnote stands in the text, not in another footnote.')
    return place
  })
}

/**
 * From a reference beside the caret to its footnote, or from a footnote to its reference. False where
 * the caret is at neither.
 */
export function followNote(binding: Binding): boolean {
  const { $from } = binding.view.state.selection
  if ($from.depth < 2) return false
  const { note } = attrsOf($from.parent)
  const beside = [$from.nodeBefore, $from.nodeAfter].find((node) => node?.type.name === 'note')
  if (note !== null) return goToReference(binding, note)
  return beside ? goToBody(binding, String(beside.attrs['id'])) : false
}

/** Puts the caret at the start of a footnote's words. */
export function goToBody(binding: Binding, id: string): boolean {
  const line = binding.paragraphs.findIndex(({ marker }) => marker.n === id)
  return line >= 0 && goToPosition(binding, posAt(binding.view.state.doc, { line, offset: 0 }))
}

/** Puts the caret behind the first reference to a footnote. */
function goToReference(binding: Binding, id: string): boolean {
  let found: number | null = null
  binding.view.state.doc.descendants((node: Node, pos: number) => {
    if (node.type.name === 'note' && node.attrs['id'] === id) found ??= pos + 1
    return found === null
  })
  return found !== null && goToPosition(binding, found)
}
