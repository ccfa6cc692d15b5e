/**
 * Composing: Japanese, Korean, dead keys. The browser composes in one text node and gives up when
 * anything else changes in it, so its block is frozen: what is composed is written into the ledger at
 * once, but the view takes it raw, and shows the projection of that block only when it is over.
 */
import { Fragment, Slice } from 'prosemirror-model'
import { TextSelection } from 'prosemirror-state'
import type { Transaction } from 'prosemirror-state'
import { ReplaceStep } from 'prosemirror-transform'
import type { EditorView } from 'prosemirror-view'
import type { Binding } from './binding.ts'
import { blocksOf, posAt } from './lines.ts'
import type { Line, Spot } from './lines.ts'
import { blockOf } from './render.ts'
import { schema } from './schema.ts'
import type { Replacement } from './writing.ts'

/** ProseMirror reads the last letters about 20 ms after the composition has ended. */
const thawAfter = 50

/**
 * Some keyboards, Android's among them, compose for as long as the caret stands in a word. After so
 * long without a key what others have written meanwhile is shown all the same.
 */
const restsAfter = 2000

/** The blocks from one key up to another one, as they stood when the composition began. */
interface Frozen {
  readonly first: string
  /** Key of the block after them; null at the end. */
  readonly next: string | null
}

export class Composition {
  private readonly binding: Binding
  private held: Frozen | null = null
  private timer: ReturnType<typeof setTimeout> | null = null
  private rest: ReturnType<typeof setTimeout> | null = null
  /** The frozen paragraphs as one's own hand left them: others have made new ones of them. */
  private known: readonly Line[] = []

  constructor(binding: Binding) {
    this.binding = binding
  }

  /** Whether the screen may differ from the projection. */
  get isOn(): boolean {
    return this.held !== null || this.binding.view.composing
  }

  /** Listeners that run before ProseMirror's own. */
  readonly events = {
    compositionstart: (view: EditorView): boolean => {
      this.begin(view)
      return false
    },
    compositionupdate: (): boolean => {
      this.restSoon()
      return false
    },
    compositionend: (): boolean => {
      this.thawSoon()
      return false
    },
  }

  /** Writes what was composed, and shows exactly that. */
  take(tr: Transaction, replacements: readonly Replacement[]): void {
    const { binding } = this
    const { state } = binding.view
    const shown = state.tr
    let lines = binding.lines
    binding.desk.pen?.openStep()
    for (const replacement of replacements) {
      this.held = widened(this.held, lines, replacement.from.line, replacement.to.line)
      shown.step(this.raw(shown.doc, replacement))
      const seen = lines
      lines = binding.stroke(() => binding.enter(seen, replacement).lines)
    }
    const isOneBlock = blocksOf(shown.doc).length === lines.length
    binding.lines = lines
    this.known = this.frozenNow
    const { anchor, head } = tr.selection
    shown.setSelection(TextSelection.create(shown.doc, anchor, head))
    shown.setMeta('composition', tr.getMeta('composition'))
    binding.update(shown)
    if (!isOneBlock) this.end()
    else if (!binding.view.composing) this.thawSoon()
  }

  /**
   * Shows what others wrote outside the frozen blocks. Returns false where nothing is frozen. Where
   * the place of the frozen blocks cannot be told any more, everything waits until the thaw.
   */
  follow(): boolean {
    const { binding, held, frozen: kept } = this
    if (!held) return false
    const { paragraphs, lines, reading, caret } = binding
    const now = rangeOf(paragraphs, held)
    if (this.rest === null && this.isBehind) this.restSoon()
    if (!now || !kept) return true
    const nodes = blocksOf(binding.view.state.doc)
    const around = <T>(blocks: readonly T[], frozen: readonly T[]): T[] => [
      ...blocks.slice(0, now.from),
      ...frozen.slice(kept.from, kept.to),
      ...blocks.slice(now.to),
    ]
    const blocks = paragraphs.map((paragraph) => blockOf(paragraph, reading))
    binding.put(around<Line>(paragraphs, lines), around(blocks, nodes), caret, false)
    return true
  }

  /** Shows the projection again, at once. */
  end(): void {
    this.hold()
    if (!this.held) return
    const { caret } = this.binding
    this.held = null
    this.known = []
    this.binding.desk.pen?.closeStep()
    this.binding.show(caret)
  }

  destroy(): void {
    this.hold()
    this.binding.desk.pen?.closeStep()
  }

  /** The lines that are frozen, `to` excluded; null where none are. */
  get frozen(): { from: number; to: number } | null {
    return this.held && rangeOf(this.binding.lines, this.held)
  }

  private begin(view: EditorView): void {
    this.hold()
    this.binding.settle()
    const { span } = this.binding
    if (!this.binding.canWrite || !span || this.held) return
    this.binding.desk.pen?.closeStep()
    this.held = widened(null, this.binding.lines, span.from.line, span.to.line)
    this.known = this.frozenNow
    // What is drawn over these blocks goes before the browser composes in them.
    this.binding.redraw()
    const { selection, tr } = view.state
    const own = this.ownMark
    if (!own || !selection.empty) return
    const before = selection.$from.nodeBefore
    const isOwn = before?.marks.length === 1 && before.marks[0]!.eq(own)
    // The browser then composes in a text node of its own, in the delegation's colour. Only now:
    // stored marks set during a composition end it.
    if (!isOwn) view.updateState(view.state.apply(tr.setStoredMarks([own])))
  }

  private thawSoon(): void {
    this.hold()
    this.timer = setTimeout(() => {
      if (!this.binding.view.composing) this.end()
    }, thawAfter)
  }

  /** What the ledger has now where the blocks are frozen; none where their place is gone. */
  private get frozenNow(): readonly Line[] {
    const { paragraphs } = this.binding
    const now = this.held && rangeOf(paragraphs, this.held)
    return now ? paragraphs.slice(now.from, now.to) : []
  }

  /** Whether others have written in the frozen blocks since one's own last letter. */
  private get isBehind(): boolean {
    const now = this.frozenNow
    return now.length !== this.known.length || now.some((line, i) => line !== this.known[i])
  }

  private restSoon(): void {
    if (this.rest !== null) clearTimeout(this.rest)
    this.rest = setTimeout(() => {
      this.rest = null
      if (this.held && this.isBehind) this.end()
    }, restsAfter)
  }

  private hold(): void {
    if (this.timer !== null) clearTimeout(this.timer)
    if (this.rest !== null) clearTimeout(this.rest)
    this.timer = null
    this.rest = null
  }

  private get ownMark() {
    const { delegation } = this.binding.desk
    if (this.binding.reading !== 'marked' || delegation === null) return null
    return schema.mark('ins', { delegation, state: 'pending' })
  }

  /** The replacement as ProseMirror made it, with the mark that the text will have. */
  private raw(doc: Transaction['doc'], { from, to, text }: Replacement): ReplaceStep {
    const marks = this.ownMark ? [this.ownMark] : []
    const at = (spot: Spot): number => posAt(doc, spot)
    const lines = text.split('\n').map((line) => (line === '' ? [] : [schema.text(line, marks)]))
    if (lines.length === 1) {
      return new ReplaceStep(at(from), at(to), new Slice(Fragment.from(lines[0]), 0, 0))
    }
    const blocks = lines.map((line) => schema.node('block', null, line))
    return new ReplaceStep(at(from), at(to), new Slice(Fragment.from(blocks), 1, 1))
  }
}

/** The frozen blocks, taking in some lines more. */
function widened(
  frozen: Frozen | null,
  lines: readonly Line[],
  from: number,
  to: number,
): Frozen | null {
  const held = frozen && rangeOf(lines, frozen)
  const first = Math.min(from, held?.from ?? from)
  const end = Math.max(to + 1, held?.to ?? 0)
  return { first: lines[first]!.key, next: lines[end]?.key ?? null }
}

/** Where frozen blocks stand among lines; null where one of their borders is gone. */
function rangeOf(
  lines: readonly Line[],
  { first, next }: Frozen,
): { from: number; to: number } | null {
  const from = lines.findIndex(({ key }) => key === first)
  const to = next === null ? lines.length : lines.findIndex(({ key }) => key === next)
  return from >= 0 && to > from ? { from, to } : null
}
