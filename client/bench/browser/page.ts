/**
 * The page of the benchmark in a real browser: our editor, as the program mounts it, and
 * ProseMirror as anybody mounts it, on the same text. Times are milliseconds from the call to a
 * finished layout.
 */
import { Ledger, Pen } from '@revmark/shared/ledger'
import type { Transaction } from 'prosemirror-state'
import { EditorState } from 'prosemirror-state'
import { EditorView } from 'prosemirror-view'
import { initProseMirrorDoc, ySyncPlugin } from 'y-prosemirror'
import { Awareness } from 'y-protocols/awareness'
import * as Y from 'yjs'
import { Binding } from '../../src/editor/binding.ts'
import { Search } from '../../src/editor/search.ts'
import { handlersOf } from '../../src/editor/keys.ts'
import { Palette } from '../../src/editor/palette.ts'
import { Presence } from '../../src/session/presence.ts'
import { extentOf } from '../peer.ts'
import { plainSchema } from '../suggest-peer.ts'
import { typingOffset } from '../text.ts'
import '../../src/ui/tokens.css'
import '../../src/ui/base.css'
import '../../src/editor/editor.css'

interface Open {
  readonly view: EditorView
  close(): void
}

/** What the page's runner calls. */
export interface BenchPage {
  /** Loads a state and mounts an editor on it; leaves it open. */
  open(which: Editor, state: readonly number[]): number
  /** Types letters in the middle of the text, each laid out before the next. */
  type(strokes: number): number[]
  close(): void
}

/** `marked` is `plain` on a document full of suggestions. */
export type Editor = 'ours' | 'plain' | 'marked'

const hand = { client: 6000, delegation: 'CAN', user: 'canada' }

function openOurs(place: HTMLElement, state: Uint8Array): Open {
  const ydoc = new Y.Doc({ gc: false })
  Y.applyUpdate(ydoc, state)
  ydoc.clientID = hand.client
  const ledger = new Ledger(ydoc, hand)
  const desk = {
    ledger,
    pen: new Pen(ledger, hand, () => Date.now()),
    delegation: hand.delegation,
    presence: new Presence(new Awareness(ydoc), hand.user, true),
    palette: new Palette(new Map()),
    search: new Search(),
    say: (sentence: string) => {
      throw new Error(sentence)
    },
  }
  const binding = new Binding(place, desk, 'marked', true, handlersOf)
  return { view: binding.view, close: () => binding.destroy() }
}

function openPlain(place: HTMLElement, state: Uint8Array): Open {
  const ydoc = new Y.Doc()
  Y.applyUpdate(ydoc, state)
  const fragment = ydoc.getXmlFragment('text')
  const { doc, mapping } = initProseMirrorDoc(fragment, plainSchema)
  const plugins = [ySyncPlugin(fragment, { mapping })]
  const view = new EditorView(place, { state: EditorState.create({ doc, plugins }) })
  return { view, close: () => view.destroy() }
}

/** The same without Yjs, since a keystroke is compared with ProseMirror alone. */
function withoutYjs({ view }: Open): void {
  view.updateState(EditorState.create({ doc: view.state.doc }))
}

let now: (Open & { readonly place: HTMLElement }) | null = null

const laidOut = (element: HTMLElement): void => {
  if (element.getBoundingClientRect().height === 0) throw new Error('nothing to be seen')
}

const bench: BenchPage = {
  open(which, bytes) {
    const state = Uint8Array.from(bytes)
    const place = document.createElement('div')
    place.className = 'editor'
    document.body.append(place)
    const start = performance.now()
    const open = which === 'ours' ? openOurs(place, state) : openPlain(place, state)
    laidOut(place)
    const time = performance.now() - start
    if (which !== 'ours') withoutYjs(open)
    now = { ...open, place }
    return time
  },

  type(strokes) {
    const { view, place } = now!
    const paragraph = view.state.doc.childCount > 0 ? middle(view) : 0
    return Array.from({ length: strokes }, (_, i) => {
      const { start } = extentOf(view.state.doc, paragraph)
      // As ProseMirror does with every letter that is typed.
      const at = start + typingOffset + i
      const tr: Transaction = view.state.tr.insertText('x', at).scrollIntoView()
      const before = view.state.doc
      const began = performance.now()
      view.dispatch(tr)
      laidOut(place)
      const time = performance.now() - began
      if (view.state.doc === before) throw new Error('a keystroke that nobody sees')
      return time
    })
  },

  close() {
    now?.close()
    now?.place.remove()
    now = null
  },
}

function middle({ state }: EditorView): number {
  let count = 0
  state.doc.descendants((node) => {
    if (node.isTextblock) count++
    return !node.isTextblock
  })
  return count >> 1
}

;(globalThis as unknown as { bench: BenchPage }).bench = bench
