/** A reference to a footnote on the sheet: its number, raised, which leads to the footnote. */
import type { Node } from 'prosemirror-model'
import type { NodeView } from 'prosemirror-view'
import type { Palette } from './palette.ts'
import { numberOf } from './schema.ts'
import type { NoteAttrs } from './schema.ts'

/** The number is drawn like a letter and cannot be edited; where it moved it shows what it was. */
export class NoteView implements NodeView {
  readonly dom = document.createElement('sup')

  constructor(node: Node, palette: Palette) {
    const { id, label, by } = node.attrs as NoteAttrs
    const number = numberOf(node)
    this.dom.className = 'note'
    this.dom.contentEditable = 'false'
    this.dom.dataset['note'] = id
    this.dom.title = `Footnote ${number}: click, or press Ctrl+Enter beside it, to go there`
    for (const { type, text } of label) {
      const part = document.createElement(tags[type])
      part.textContent = text
      if (type !== 'kept')
        for (const [name, value] of Object.entries(palette.lookOf(by)))
          part.setAttribute(name, value)
      this.dom.append(part)
    }
  }

  ignoreMutation(): boolean {
    return true
  }
}

const tags = { kept: 'span', deleted: 'del', inserted: 'ins' } as const
