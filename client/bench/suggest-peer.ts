/** What a user would take instead: prosemirror-suggest-changes, its document kept by y-prosemirror. */
import {
  addSuggestionMarks,
  enableSuggestChanges,
  suggestChanges,
  transformToSuggestionTransaction,
} from '@handlewithcare/prosemirror-suggest-changes'
import { Schema } from 'prosemirror-model'
import type { Node } from 'prosemirror-model'
import { EditorState } from 'prosemirror-state'
import { updateYFragment } from 'y-prosemirror'
import * as Y from 'yjs'
import { typingOffset } from './text.ts'
import type { BenchEdit } from './text.ts'

const schema = new Schema({
  nodes: {
    doc: { content: 'paragraph+', marks: 'insertion deletion modification' },
    paragraph: { content: 'text*', toDOM: () => ['p', 0] },
    text: {},
  },
  marks: addSuggestionMarks({}),
})

/** A letter and what is suggested of it. */
interface Letter {
  readonly text: string
  mark: 'insertion' | 'deletion' | null
}

export class SuggestPeer {
  readonly ydoc = new Y.Doc()
  private state: EditorState
  private readonly fragment = this.ydoc.getXmlFragment('text')
  private readonly meta = { mapping: new Map(), isOMark: new Map() }

  /** A text with these edits suggested; made at once, since one by one takes minutes. */
  constructor(texts: readonly string[], made: readonly BenchEdit[]) {
    const paragraphs = texts.map((text) =>
      text.split('').map((one): Letter => ({ text: one, mark: null })),
    )
    for (const edit of made) suggest(paragraphs[edit.paragraph]!, edit)
    const doc = schema.node(
      'doc',
      null,
      paragraphs.map((letters) => schema.node('paragraph', null, runsOf(letters))),
    )
    this.state = EditorState.create({ doc, plugins: [suggestChanges()] })
    enableSuggestChanges(this.state, (tr) => (this.state = this.state.apply(tr)))
    this.sync()
  }

  private sync(): void {
    this.ydoc.transact(() => {
      updateYFragment(this.ydoc, this.fragment, this.state.doc, this.meta)
    })
  }

  /** One letter typed in a paragraph, after `typed` letters before it. */
  type(paragraph: number, typed: number): void {
    const { start } = this.place(paragraph)
    this.dispatch(this.state.tr.insertText('x', start + typingOffset + typed))
    this.sync()
  }

  private dispatch(tr: EditorState['tr']): void {
    this.state = this.state.apply(transformToSuggestionTransaction(tr, this.state))
  }

  private place(paragraph: number): { start: number; size: number } {
    let start = 1
    for (let i = 0; i < paragraph; i++) start += this.state.doc.child(i).nodeSize
    return { start, size: this.state.doc.child(paragraph).content.size }
  }
}

/** An insertion of one's own that is deleted goes; everything else that is deleted is marked. */
function suggest(letters: Letter[], { type, at }: BenchEdit): void {
  const from = Math.floor(at * Math.max(1, letters.length - 6))
  if (type === 'insert') {
    letters.splice(
      from,
      0,
      ...'word'.split('').map((text) => ({ text, mark: 'insertion' as const })),
    )
    return
  }
  for (const letter of letters.slice(from, from + 4)) {
    if (letter.mark === 'insertion') letters.splice(letters.indexOf(letter), 1)
    else letter.mark = 'deletion'
  }
}

function runsOf(letters: readonly Letter[]): Node[] {
  const runs: { text: string; mark: Letter['mark'] }[] = []
  for (const { text, mark } of letters) {
    const last = runs.at(-1)
    if (last?.mark === mark) last.text += text
    else runs.push({ text, mark })
  }
  return runs.map(({ text, mark }, i) =>
    schema.text(text, mark ? [schema.mark(mark, { id: i })] : []),
  )
}
