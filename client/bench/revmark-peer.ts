/** Ours, without a screen: the binding's own steps from a transaction to the next document. */
import { Ledger, Pen, serverClient, writeBase } from '@revmark/shared/ledger'
import type { Provision } from '@revmark/shared/resolution'
import { EditorState } from 'prosemirror-state'
import type { Transaction } from 'prosemirror-state'
import * as Y from 'yjs'
import { difference } from '../src/editor/difference.ts'
import type { Line } from '../src/editor/lines.ts'
import { docOf, renderingOf } from '../src/editor/render.ts'
import type { Rendering } from '../src/editor/render.ts'
import { schema } from '../src/editor/schema.ts'
import { replacementsOf } from '../src/editor/steps.ts'
import { write } from '../src/editor/writing.ts'
import { extentOf } from './peer.ts'
import type { Peer } from './peer.ts'
import type { BenchEdit } from './text.ts'

export interface Hand {
  readonly client: number
  readonly delegation: string
  readonly user: string
}

export class RevmarkPeer implements Peer {
  static readonly hand: Hand = { client: 5000, delegation: 'B', user: 'brazil' }
  readonly ydoc: Y.Doc
  readonly ledger: Ledger
  state = EditorState.create({ schema })
  private readonly pen: Pen
  private lines: readonly Line[] = []
  private rendering: Rendering | null = null
  private time = 0

  /** A hand on a document that has the text already. */
  constructor(ydoc: Y.Doc, hand: Hand = RevmarkPeer.hand) {
    this.ydoc = ydoc
    ydoc.clientID = hand.client
    this.ledger = new Ledger(ydoc, hand)
    // Every edit is an undo step of its own, as an edit elsewhere is.
    this.pen = new Pen(this.ledger, hand, () => (this.time += 60_000))
    this.show()
  }

  /** A text with edits, made one by one. */
  static of(texts: readonly string[], made: readonly BenchEdit[]): RevmarkPeer {
    const peer = new RevmarkPeer(baseOf(texts))
    for (const edit of made) peer.edit(edit)
    return peer
  }

  /** The same document in another's hand, loaded from its state. */
  static loaded(state: Uint8Array, hand: Hand): RevmarkPeer {
    return new RevmarkPeer(loadedDoc(state), hand)
  }

  dispatch(tr: Transaction): void {
    const hand = { pen: this.pen, paragraphs: () => this.ledger.project('marked').paragraphs }
    for (const replacement of replacementsOf(tr) ?? []) write(hand, this.lines, replacement)
    this.show()
  }

  /** Takes an update from elsewhere. */
  receive(update: Uint8Array): void {
    Y.applyUpdate(this.ydoc, update, 'elsewhere')
    this.show()
  }

  /** One of the edits of which the texts are full. */
  edit({ paragraph, type, at }: BenchEdit): void {
    const { start, size } = extentOf(this.state.doc, paragraph)
    const from = start + Math.floor(at * Math.max(1, size - 6))
    const { tr } = this.state
    this.dispatch(type === 'insert' ? tr.insertText('word', from) : tr.delete(from, from + 4))
  }

  private show(): void {
    const { paragraphs } = this.ledger.project('marked')
    this.rendering = renderingOf(paragraphs, 'marked', this.rendering)
    const doc = docOf(this.rendering.blocks, this.state.doc)
    const step = difference(this.state.doc, doc)
    if (step) this.state = this.state.apply(this.state.tr.step(step))
    this.lines = paragraphs
  }
}

/** A document with a text in force and nothing else. */
export function baseOf(texts: readonly string[]): Y.Doc {
  const provisions = texts.map((text, i): Provision => ({
    kind: i === 0 ? 'number' : 'text',
    level: 1,
    label: null,
    text,
    formats: [],
  }))
  const ydoc = new Y.Doc({ gc: false })
  writeBase(ydoc, 'bench', provisions)
  ydoc.clientID = serverClient
  return ydoc
}

export function loadedDoc(state: Uint8Array): Y.Doc {
  const ydoc = new Y.Doc({ gc: false })
  Y.applyUpdate(ydoc, state, 'elsewhere')
  return ydoc
}
