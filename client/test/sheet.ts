/** A delegate's sheet without a browser: the document on screen, and transactions made on it. */
import type { Ledger, Pen, View } from '@revmark/shared/ledger'
import { EditorState } from 'prosemirror-state'
import type { Transaction } from 'prosemirror-state'
import { difference } from '../src/editor/difference.ts'
import { blocksOf } from '../src/editor/lines.ts'
import type { Line } from '../src/editor/lines.ts'
import { blockOf, docOf } from '../src/editor/render.ts'
import { schema } from '../src/editor/schema.ts'
import { replacementsOf } from '../src/editor/steps.ts'
import { write } from '../src/editor/writing.ts'

export class Sheet {
  readonly reading: View
  state = EditorState.create({ schema })
  lines: readonly Line[] = []
  private readonly ledger: Ledger
  private readonly pen: Pen

  constructor(ledger: Ledger, pen: Pen, reading: View) {
    this.ledger = ledger
    this.pen = pen
    this.reading = reading
    this.show()
  }

  get paragraphs() {
    return this.ledger.project(this.reading).paragraphs
  }

  /** The projection as a document of its own, made from nothing. */
  get fresh() {
    const blocks = this.paragraphs.map((paragraph) => blockOf(paragraph, this.reading))
    return docOf(blocks, this.state.doc)
  }

  /** Takes what the projection says, as the editor does. */
  show(): void {
    const step = difference(this.state.doc, this.fresh)
    if (step) this.state = this.state.apply(this.state.tr.step(step))
    this.lines = this.paragraphs
  }

  /** Writes a transaction as the editor does; null where it is refused, else what is seen then. */
  take(tr: Transaction): readonly Line[] | null {
    const replacements = replacementsOf(tr)
    if (!replacements) return null
    const hand = { pen: this.pen, paragraphs: () => this.paragraphs }
    let lines = this.lines
    for (const replacement of replacements) lines = write(hand, lines, replacement).lines
    this.show()
    return lines
  }
}

export const textsOf = (doc: EditorState['doc']): string[] =>
  blocksOf(doc).map((block) => block.textContent)
