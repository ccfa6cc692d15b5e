/**
 * The editor on the ledger. The ledger is the truth and ProseMirror shows it: what a person does is
 * translated into strokes of the pen, then the view takes what the projection says. The one
 * exception is a composition (an input method, a dead key): its block is frozen until it ends, since
 * any other change to the text node in which the browser composes makes it start again.
 */
import type { Change, Ledger, MovedParagraph, Pen, Place, Verb, View } from '@revmark/shared/ledger'
import type { Node } from 'prosemirror-model'
import { EditorState, Selection, TextSelection } from 'prosemirror-state'
import type { Transaction } from 'prosemirror-state'
import { DecorationSet, EditorView } from 'prosemirror-view'
import type { DirectEditorProps } from 'prosemirror-view'
import type { Caret, Presence } from '../session/index.ts'
import { BlockView } from './block-view.ts'
import { NoteView } from './note-view.ts'
import { outgoingHtml, outgoingText } from './clipboard.ts'
import { Composition } from './composition.ts'
import { ConflictMarks } from './conflict-marks.ts'
import type { Flag } from './conflict-marks.ts'
import { difference } from './difference.ts'
import type { LabelledItem } from './labelling.ts'
import { blocksOf, placeAt, posAt, spotAt } from './lines.ts'
import type { Line } from './lines.ts'
import { markViews } from './mark-views.ts'
import { MoveMarks } from './move-marks.ts'
import { goToParagraph } from './moving.ts'
import { overlaysOf, rangesIn } from './overlays.ts'
import type { Pointed } from './overlays.ts'
import type { Palette } from './palette.ts'
import { docOf, renderingOf } from './render.ts'
import type { Rendering } from './render.ts'
import { schema } from './schema.ts'
import type { Match, Search } from './search.ts'
import { caretOf, selectionAt, spanOf } from './selection.ts'
import type { Span } from './selection.ts'
import { replacementAt, replacementsOf } from './steps.ts'
import { TypingLook } from './typing-look.ts'
import { write } from './writing.ts'
import type { Hand, Outcome, Replacement } from './writing.ts'

/** What an editor works on; all of it outlives the editor. */
export interface Desk {
  readonly ledger: Ledger
  /** null for who only reads. */
  readonly pen: Pen | null
  /** Code of the own delegation; null for who only reads. */
  readonly delegation: string | null
  readonly presence: Presence
  readonly palette: Palette
  /** What the person looks for in the text. */
  readonly search: Search
  /** Says one sentence to the person. */
  readonly say: (sentence: string) => void
  /** Told whenever text or selection changed. */
  readonly moved?: (() => void) | undefined
  /** Asks the person for the label of an item; undefined where nobody writes. */
  readonly label?: ((item: LabelledItem) => void) | undefined
  /** Decides what is selected; undefined for who does not decide. */
  readonly decide?: ((verb: Verb) => void) | undefined
}

/** Where a stroke of the pen leaves the caret; null leaves the selection where it is. */
export type Stroke = (pen: Pen) => Place | Caret | null

/** What is said of an edit that the model does not know. */
export const refusal = 'This edit cannot be kept as a change, so it was not made.'

export class Binding {
  readonly desk: Desk
  readonly view: EditorView
  /** The blocks on screen as lines of tokens, in the order of the document's blocks. */
  lines: readonly Line[] = []
  reading: View
  /** How what is typed next looks. */
  readonly look = new TypingLook(this)
  private editable: boolean
  private readonly composition: Composition
  private pointed: Pointed | null = null
  private conflicts = new ConflictMarks([], () => undefined)
  /** What was moved, as it is marked in the text. */
  moves = new MoveMarks([], () => undefined)
  private writing = false
  private rendering: Rendering | null = null
  private overlays: { doc: Node; set: DecorationSet } | null = null
  private readonly leave: (() => void)[]

  /** Mounts into `place`. `handlers` are the keys, the clipboard and the mouse. */
  constructor(
    place: HTMLElement,
    desk: Desk,
    reading: View,
    editable: boolean,
    handlers: (binding: Binding) => Partial<DirectEditorProps>,
  ) {
    this.desk = desk
    this.reading = reading
    this.editable = editable
    this.composition = new Composition(this)
    const own = handlers(this)
    this.view = new EditorView(place, {
      state: EditorState.create({ schema }),
      editable: () => this.canWrite,
      dispatchTransaction: (tr) => this.dispatch(tr),
      decorations: (state) => this.overlaysOn(state.doc),
      nodeViews: {
        block: (node) => new BlockView(node, desk.palette),
        note: (node) => new NoteView(node, desk.palette),
      },
      markViews: markViews(desk.palette),
      clipboardSerializer: outgoingHtml(() => this.view),
      clipboardTextSerializer: outgoingText,
      attributes: () => ({
        class: 'words',
        role: 'textbox',
        'aria-multiline': 'true',
        'aria-label': 'Text of the draft',
        'aria-readonly': String(!this.canWrite),
        spellcheck: 'false',
        tabindex: '0',
      }),
      ...own,
      handleDOMEvents: { ...this.composition.events, ...own.handleDOMEvents },
    })
    this.show(null)
    // An empty document has no selection but all of it, which would grow with the text.
    this.update(this.view.state.tr.setSelection(Selection.atStart(this.view.state.doc)))
    this.leave = [
      desk.ledger.onChange(() => {
        if (!this.writing) this.follow()
      }),
      desk.presence.subscribe(() => this.redraw()),
      desk.search.subscribe(() => this.redraw()),
    ]
  }

  destroy(): void {
    for (const leave of this.leave) leave()
    this.composition.destroy()
    this.desk.presence.setCaret(null)
    this.view.destroy()
  }

  /** Whether what is typed is taken: only who holds a pen, where proposals can be seen. */
  get canWrite(): boolean {
    const shows = this.reading === 'marked' || this.reading === 'clean'
    return this.editable && this.desk.pen !== null && shows
  }

  /** Shows another view, or lets the person write or not. The selection stays. */
  read(reading: View, editable: boolean): void {
    if (reading === this.reading && editable === this.editable) return
    const caret = this.caret
    this.composition.end()
    this.reading = reading
    this.editable = editable
    this.show(caret)
  }

  /** The selection as places; null where it does not stand in words. */
  get caret(): Caret | null {
    const { doc, selection } = this.view.state
    return caretOf(doc, this.lines, selection)
  }

  /** The selection on screen, in order; null where it does not stand in words. */
  get span(): Span | null {
    const { doc, selection } = this.view.state
    return spanOf(doc, selection)
  }

  /** The paragraphs as the ledger has them now, in the view on screen. */
  get paragraphs() {
    return this.desk.ledger.project(this.reading).paragraphs
  }

  get hand(): Hand {
    return { pen: this.desk.pen!, paragraphs: () => this.paragraphs }
  }

  /** Strokes of the pen that are not a transaction of ProseMirror's: keys, paste, undo. */
  write(stroke: Stroke): void {
    if (!this.canWrite) return
    this.composition.end()
    this.settle()
    const before = this.caret
    const after = this.oneStep(() => stroke(this.desk.pen!))
    const caret = after && 'after' in after ? { anchor: after, head: after } : after
    this.show(caret ?? before, true)
  }

  /** Text typed over a range of positions; false where it cannot be written as it is. */
  type(from: number, to: number, text: string): boolean {
    const { doc } = this.view.state
    const replacement = replacementAt(doc, from, to, text)
    if (!replacement || this.composition.isOn) return false
    const { lines } = this.oneStep(() => this.enter(this.lines, replacement))
    const { line, offset } = spotAt(doc, from)!
    const place = placeAt(lines[line]!, offset + text.length)
    this.show({ anchor: place, head: place }, true)
    return true
  }

  /** Writes what was typed, in the look of its place. */
  enter(lines: readonly Line[], replacement: Replacement): Outcome {
    return write(this.hand, lines, this.look.dressed(lines, replacement))
  }

  /** Points at a change in the text; null points at nothing. */
  point(change: Pointed | null): void {
    this.pointed = change
    this.redraw()
  }

  /** Marks the changes that meet others'; `open` hears whose sign is pressed. */
  flag(flags: readonly Flag[], open: (change: Change) => void): void {
    // Each edit brings a new list, mostly of the same flags: what is known of their places stays.
    if (this.conflicts.isFor(flags, open)) return
    this.conflicts = new ConflictMarks(flags, open)
    this.redraw()
  }

  /** Marks what was moved, at both places. */
  markMoves(moves: readonly MovedParagraph[]): void {
    if (this.moves.isFor(moves)) return
    this.moves = new MoveMarks(moves, (key) => goToParagraph(this, key))
    this.redraw()
  }

  /** Selects what was found. */
  select({ line, from, to }: Match): void {
    const { doc, tr } = this.view.state
    const [anchor, head] = [from, to].map((offset) => posAt(doc, { line, offset }))
    this.update(tr.setSelection(TextSelection.create(doc, anchor!, head)))
  }

  /** Where a change is seen, as positions; empty where this view does not show it. */
  rangesOf(change: Pointed): { from: number; to: number }[] {
    return rangesIn(this.view.state.doc, this.lines, change)
  }

  /** Runs the pen; what the ledger tells meanwhile is not taken for somebody else's. */
  stroke<T>(run: () => T): T {
    this.writing = true
    try {
      return run()
    } finally {
      this.writing = false
    }
  }

  /** Strokes that are undone together. */
  private oneStep<T>(run: () => T): T {
    const { pen } = this.desk
    pen?.openStep()
    try {
      return this.stroke(run)
    } finally {
      pen?.closeStep()
    }
  }

  /** Shows the projection as it is now, with the caret at its tokens. */
  show(caret: Caret | null, scroll = false): void {
    const { paragraphs, reading } = this
    this.rendering = renderingOf(paragraphs, reading, this.rendering)
    this.put(paragraphs, this.rendering.blocks, caret, scroll)
  }

  /** Brings blocks and their lines on screen by the smallest replacement, in one update. */
  put(lines: readonly Line[], blocks: readonly Node[], caret: Caret | null, scroll: boolean): void {
    const { state } = this.view
    const doc = docOf(blocks, state.doc)
    const step = difference(state.doc, doc)
    const tr = state.tr
    if (step) tr.step(step)
    this.lines = lines
    const selection = caret && selectionAt(tr.doc, lines, caret)
    if (selection) tr.setSelection(selection)
    if (scroll) tr.scrollIntoView()
    this.update(tr)
  }

  update(tr: Transaction): void {
    // Stored marks would end a composition.
    if (this.view.composing) tr.setStoredMarks(null)
    this.view.updateState(this.view.state.apply(tr))
    if (this.view.hasFocus()) this.desk.presence.setCaret(this.caret)
    this.desk.moved?.()
  }

  private readonly dispatch = (tr: Transaction): void => {
    if (!tr.docChanged) {
      if (tr.selectionSet && !this.composition.isOn) {
        this.desk.pen?.rest()
        this.pointed = null
        this.overlays = null
      }
      this.update(tr)
      this.look.moved()
      return
    }
    const replacements = this.canWrite ? replacementsOf(tr) : null
    if (!replacements) {
      this.desk.say(refusal)
      this.show(this.caret)
      return
    }
    if (this.composition.isOn || tr.getMeta('composition') !== undefined) {
      this.composition.take(tr, replacements)
      return
    }
    const lines = this.oneStep(() =>
      replacements.reduce<readonly Line[]>(
        (seen, replacement) => this.enter(seen, replacement).lines,
        this.lines,
      ),
    )
    // Whole blocks that went leave a line in which the caret stands.
    const isRaw = blocksOf(tr.doc).length === lines.length
    const { from } = replacements.at(-1)!
    const start = placeAt(lines[from.line]!, from.offset)
    const caret = isRaw ? caretOf(tr.doc, lines, tr.selection) : { anchor: start, head: start }
    this.show(caret, true)
  }

  /** Somebody else wrote, or the chair decided: the selection stays at its tokens. */
  private follow(): void {
    if (this.composition.follow()) return
    this.settle()
    this.show(this.caret)
  }

  /**
   * Reads what the browser has done and not told yet: a click sets the selection at once, and its
   * event comes later. An update in between would set the selection back to where it was.
   */
  settle(): void {
    // Not among ProseMirror's declared names; the update of a view calls it in the same way.
    const { domObserver } = this.view as unknown as { domObserver: { flush(): void } }
    domObserver.flush()
  }

  /** Puts the focus into the text, also where it can only be read. */
  focus(): void {
    this.view.focus()
    if (!this.view.hasFocus()) this.view.dom.focus({ preventScroll: true })
  }

  /** Draws what lies over the text anew. */
  redraw(): void {
    if (!this.composition.isOn) this.settle()
    this.overlays = null
    this.update(this.view.state.tr)
  }

  private closedIn(doc: Node): { from: number; to: number } | null {
    const { frozen } = this.composition
    if (!frozen) return null
    const from = posAt(doc, { line: frozen.from, offset: 0 })
    return { from, to: posAt(doc, { line: frozen.to - 1, offset: Infinity }) }
  }

  private overlaysOn(doc: Node): DecorationSet {
    if (this.overlays?.doc === doc) return this.overlays.set
    const { presence, palette, search } = this.desk
    const isWhole = blocksOf(doc).length === this.lines.length
    const { paragraphs } = this
    // In a composition the lines are what the browser shows.
    if (this.lines === paragraphs) search.renew(paragraphs)
    const { pointed: change, conflicts, moves } = this
    const pointers = { change, conflicts, moves, search }
    const set = isWhole
      ? overlaysOf(doc, this.lines, presence.others(), palette, pointers, this.closedIn(doc))
      : DecorationSet.empty
    this.overlays = { doc, set }
    return set
  }
}
