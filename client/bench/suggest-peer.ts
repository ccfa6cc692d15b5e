/** What one would take instead: ProseMirror alone, with prosemirror-suggest-changes, on y-prosemirror. */
import {
  addSuggestionMarks,
  enableSuggestChanges,
  suggestChanges,
  transformToSuggestionTransaction,
} from '@handlewithcare/prosemirror-suggest-changes'
import { Schema } from 'prosemirror-model'
import type { Node } from 'prosemirror-model'
import { EditorState } from 'prosemirror-state'
import type { Plugin, Transaction } from 'prosemirror-state'
import { initProseMirrorDoc, updateYFragment, ySyncPlugin, ySyncPluginKey } from 'y-prosemirror'
import type { ProsemirrorBinding } from 'y-prosemirror'
import * as Y from 'yjs'
import type { Peer } from './peer.ts'
import type { BenchEdit } from './text.ts'

/** Of all peers but ours. */
export const plainSchema = new Schema({
  nodes: {
    doc: { content: 'paragraph+', marks: 'insertion deletion modification' },
    paragraph: { content: 'text*', toDOM: () => ['p', 0] },
    text: {},
  },
  marks: addSuggestionMarks({}),
})

/** A text with these edits suggested; made at once, since one by one takes minutes. */
export function suggestedDoc(texts: readonly string[], made: readonly BenchEdit[]): Node {
  const paragraphs = texts.map((text) =>
    text.split('').map((one): Letter => ({ text: one, mark: null })),
  )
  for (const edit of made) suggest(paragraphs[edit.paragraph]!, edit)
  return plainSchema.node(
    'doc',
    null,
    paragraphs.map((letters) => plainSchema.node('paragraph', null, runsOf(letters))),
  )
}

/** The same as an ordinary editor has it afterwards: without marks, without what is deleted. */
export function plainDoc(texts: readonly string[], made: readonly BenchEdit[]): Node {
  const paragraphs: Node[] = []
  suggestedDoc(texts, made).forEach((paragraph) => {
    let text = ''
    paragraph.forEach((run) => {
      if (!run.marks.some(({ type }) => type.name === 'deletion')) text += run.text
    })
    paragraphs.push(plainSchema.node('paragraph', null, text === '' ? [] : plainSchema.text(text)))
  })
  return plainSchema.node('doc', null, paragraphs)
}

/** ProseMirror alone: no marks, no Yjs. */
export class PlainPeer implements Peer {
  state: EditorState

  constructor(doc: Node) {
    this.state = EditorState.create({ doc })
  }

  dispatch(tr: Transaction): void {
    this.state = this.state.apply(tr)
  }
}

/** Suggested changes without anybody else. */
export class SuggestAlone implements Peer {
  state: EditorState
  private readonly generateId: (() => string) | undefined

  /** `generateId` makes the ids of suggestions; left out, they are counted through. */
  constructor(doc: Node, plugins: readonly Plugin[] = [], generateId?: () => string) {
    this.generateId = generateId
    this.state = EditorState.create({ doc, plugins: [suggestChanges(), ...plugins] })
    enableSuggestChanges(this.state, (tr) => (this.state = this.state.apply(tr)))
  }

  dispatch(tr: Transaction): void {
    this.state = this.state.apply(transformToSuggestionTransaction(tr, this.state, this.generateId))
  }
}

/** Suggested changes, the document kept by y-prosemirror. */
export class SuggestPeer extends SuggestAlone {
  readonly ydoc: Y.Doc
  private readonly binding: ProsemirrorBinding

  private constructor(ydoc: Y.Doc, generateId?: () => string) {
    const fragment = ydoc.getXmlFragment('text')
    const { doc, mapping } = initProseMirrorDoc(fragment, plainSchema)
    super(doc, [ySyncPlugin(fragment, { mapping })], generateId)
    this.ydoc = ydoc
    this.binding = (ySyncPluginKey.getState(this.state) as { binding: ProsemirrorBinding }).binding
    // What the binding asks of a view, without a screen.
    const show = (tr: Transaction): void => {
      this.state = this.state.apply(tr)
    }
    const stateNow = (): EditorState => this.state
    this.binding.initView({
      get state() {
        return stateNow()
      },
      dispatch: show,
      hasFocus: () => false,
    })
  }

  static of(doc: Node, generateId?: () => string): SuggestPeer {
    const ydoc = new Y.Doc()
    updateYFragment(ydoc, ydoc.getXmlFragment('text'), doc, {
      mapping: new Map(),
      isOMark: new Map(),
    })
    return new SuggestPeer(ydoc, generateId)
  }

  static loaded(state: Uint8Array, generateId?: () => string): SuggestPeer {
    const ydoc = new Y.Doc()
    Y.applyUpdate(ydoc, state)
    return new SuggestPeer(ydoc, generateId)
  }

  override dispatch(tr: Transaction): void {
    super.dispatch(tr)
    this.binding.mux(() => this.binding._prosemirrorChanged(this.state.doc))
  }

  /** Takes an update from elsewhere. */
  receive(update: Uint8Array): void {
    Y.applyUpdate(this.ydoc, update, 'elsewhere')
  }
}

/** A letter and what is suggested of it. */
interface Letter {
  readonly text: string
  mark: 'insertion' | 'deletion' | null
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
    plainSchema.text(text, mark ? [plainSchema.mark(mark, { id: i })] : []),
  )
}
