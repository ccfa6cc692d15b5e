/** Ours, without a screen: the binding's own steps from a transaction to the next document. */
import { Ledger, Pen, writeBase } from '@revmark/shared/ledger'
import { EditorState } from 'prosemirror-state'
import * as Y from 'yjs'
import { difference } from '../src/editor/difference.ts'
import type { Line } from '../src/editor/lines.ts'
import { docOf, renderingOf } from '../src/editor/render.ts'
import type { Rendering } from '../src/editor/render.ts'
import { schema } from '../src/editor/schema.ts'
import { replacementsOf } from '../src/editor/steps.ts'
import { write } from '../src/editor/writing.ts'
import { typingOffset } from './text.ts'
import type { BenchEdit } from './text.ts'

const client = 5000
const author = { delegation: 'B', user: 'brazil' }

export class RevmarkPeer {
  static readonly author = author
  static readonly client = client
  readonly ydoc = new Y.Doc({ gc: false })
  private readonly ledger: Ledger
  private readonly pen: Pen
  private lines: readonly Line[] = []
  private rendering: Rendering | null = null
  private state = EditorState.create({ schema })
  private time = 0

  constructor(texts: readonly string[], made: readonly BenchEdit[]) {
    const provisions = texts.map((text, i) => ({
      kind: i === 0 ? ('number' as const) : ('text' as const),
      level: 1,
      label: null,
      text,
      formats: [],
    }))
    writeBase(this.ydoc, 'bench', provisions)
    this.ydoc.clientID = client
    this.ledger = new Ledger(this.ydoc, { client, ...author })
    // Every edit is an undo step of its own, as an edit elsewhere is.
    this.pen = new Pen(this.ledger, author, () => (this.time += 60_000))
    this.show()
    for (const edit of made) this.edit(edit)
  }

  private edit({ paragraph, type, at }: BenchEdit): void {
    const { start, size } = this.place(paragraph)
    const from = start + Math.floor(at * Math.max(1, size - 6))
    const { tr } = this.state
    this.dispatch(type === 'insert' ? tr.insertText('word', from) : tr.delete(from, from + 4))
  }

  /** One letter typed in a paragraph, after `typed` letters before it. */
  type(paragraph: number, typed: number): void {
    const { start } = this.place(paragraph)
    this.dispatch(this.state.tr.insertText('x', start + typingOffset + typed))
  }

  private dispatch(tr: EditorState['tr']): void {
    const hand = { pen: this.pen, paragraphs: () => this.ledger.project('marked').paragraphs }
    for (const replacement of replacementsOf(tr)!) write(hand, this.lines, replacement)
    this.show()
  }

  private show(): void {
    const { paragraphs } = this.ledger.project('marked')
    this.rendering = renderingOf(paragraphs, 'marked', this.rendering)
    const doc = docOf(this.rendering.blocks, this.state.doc)
    const step = difference(this.state.doc, doc)
    if (step) this.state = this.state.apply(this.state.tr.step(step))
    this.lines = paragraphs
  }

  private place(paragraph: number): { start: number; size: number } {
    let at = 0
    let index = 0
    let found = { start: 0, size: 0 }
    this.state.doc.forEach((section, offset) => {
      if (paragraph >= index && paragraph < index + section.childCount) {
        at = offset + 1
        for (let i = index; i < paragraph; i++) at += section.child(i - index).nodeSize
        found = { start: at + 1, size: section.child(paragraph - index).content.size }
      }
      index += section.childCount
    })
    return found
  }
}
