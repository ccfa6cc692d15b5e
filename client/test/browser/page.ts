/**
 * A page with the editor as the program mounts it, and a meeting in memory: the person at the
 * browser is Brazil's delegate, Canada's writes beside. Updates pass the gate as in a room.
 */
import { Ledger } from '@revmark/shared/ledger'
import type { Paragraph, TokenState, View } from '@revmark/shared/ledger'
import { Meeting, provision } from '@revmark/shared/testing'
import type { Delegate } from '@revmark/shared/testing'
import { TextSelection } from 'prosemirror-state'
import { Step } from 'prosemirror-transform'
import { Awareness } from 'y-protocols/awareness'
import * as Y from 'yjs'
import { Binding } from '../../src/editor/binding.ts'
import { replaceAll } from '../../src/editor/finding.ts'
import { handlersOf } from '../../src/editor/keys.ts'
import { blocksOf, posAt } from '../../src/editor/lines.ts'
import { Palette } from '../../src/editor/palette.ts'
import { Search } from '../../src/editor/search.ts'
import { schema } from '../../src/editor/schema.ts'
import { Presence } from '../../src/session/presence.ts'
import '../../src/ui/tokens.css'
import '../../src/ui/base.css'
import '../../src/editor/editor.css'

/** Before or behind some letters of a line, or its start. */
export interface Point {
  readonly line: number
  readonly letters: string
  readonly side: 'before' | 'behind'
}

/** What somebody else does to the line in which one composes. */
export type Deed =
  | 'types before'
  | 'types behind'
  | 'strikes before'
  | 'strikes around'
  | 'splits before'
  | 'splits behind'
  | 'joins it to the one before'
  | 'joins the next one to it'
  | 'deletes it'
  | 'types elsewhere'

/** Everything that must agree when it is over; texts are one string a paragraph. */
export interface Report {
  readonly isOn: boolean
  readonly projected: readonly string[]
  readonly document: readonly string[]
  readonly dom: readonly string[]
  /** What the editor has told the person. */
  readonly said: readonly string[]
  /** How many updates the person has written. */
  readonly written: number
  readonly isBaseWhole: boolean
  readonly isConverged: boolean
}

export interface Clip {
  readonly html: string
  readonly plain: string
}

export interface Stage {
  /** A new draft in a view, with so many further items at its end. */
  open(view: View, items?: number): void
  select(from: Point, to: Point): void
  canada(deed: Deed): void
  undo(): void
  redo(): void
  /** Brings a view on screen. */
  read(view: View): void
  /** Dispatches one transaction of steps as ProseMirror writes them, or as many as can be applied. */
  dispatch(steps: readonly unknown[]): void
  /** Finds words and replaces all of them. */
  replaceAll(words: string, by: string): void
  /** Has the browser edit by a command of its own. */
  command(name: string, value?: string): void
  /** Pastes what the clipboard is said to hold; with `plain` null what it holds in our HTML's place. */
  paste(html: string, plain: string): void
  /** What a copy of the selection would hold. */
  copied(): Clip
  /** `kind/level label words` of each paragraph, the words marked as Markdown does. */
  marked(): readonly string[]
  /**
   * The text of each paragraph with whose it is and where the caret stands: `one +B(OWN )|two
   * -B,CAN(three)`; a paragraph mark that is inserted or struck is a `¶` before it.
   */
  inked(): readonly string[]
  /** The changes as the panel lists them: `kind words`. */
  changes(): readonly string[]
  report(): Report
}

/** The line in which everything happens, and what has been done to it before. */
const line = 4
const base = [
  'number RESOLUTION 1',
  'title Telecommunications',
  'call recalling',
  'item a) zero;',
  'item b) one two three four five;',
  'item c) six seven;',
  'item d) eight;',
].map(provision)

class Room {
  readonly meeting: Meeting
  readonly brazil: Delegate
  readonly canada: Delegate
  readonly binding: Binding
  readonly said: string[] = []
  private written = 0
  private readonly place = document.createElement('div')

  constructor(view: View, items: number) {
    const more = Array.from({ length: items }, (_, i) => provision(`item ${i}) item ${i};`))
    this.meeting = new Meeting([...base, ...more])
    this.brazil = this.meeting.admit('B')
    this.canada = this.meeting.admit('CAN')
    const { brazil, canada } = this
    this.at(brazil, 'one ', (place) => brazil.pen.insert(place, 'OWN '))
    this.at(canada, 'two ', (place) => canada.pen.insert(place, 'FOR '))
    this.strike(brazil, 'three')
    this.strike(canada, 'four')
    const { paragraphs } = brazil.ledger.project('marked')
    const last = paragraphs.length - 1
    brazil.pen.split(brazil.at(last, paragraphs[last]!.text.length))
    this.meeting.sync()
    brazil.pace = 0
    brazil.ydoc.on('update', (_update: Uint8Array, origin: unknown) => {
      if (origin === brazil.pen) this.written++
    })
    this.place.className = 'editor'
    document.body.append(this.place)
    const desk = {
      ledger: brazil.ledger,
      pen: brazil.pen,
      delegation: 'B',
      presence: new Presence(new Awareness(brazil.ydoc), 'b', true),
      palette: new Palette(new Map()),
      search: new Search(),
      say: (sentence: string) => {
        this.said.push(sentence)
      },
    }
    this.binding = new Binding(this.place, desk, view, true, handlersOf)
  }

  close(): void {
    this.binding.destroy()
    this.place.remove()
  }

  /** Does something directly behind the first such letters of the line, and tells everybody. */
  at(delegate: Delegate, letters: string, act: (place: ReturnType<Delegate['at']>) => void): void {
    const { text } = delegate.ledger.project('marked').paragraphs[line]!
    const from = text.indexOf(letters)
    if (from < 0) throw new RangeError(`no ${letters} in ${text}`)
    act(delegate.at(line, from + letters.length))
    this.meeting.sync()
  }

  strike(delegate: Delegate, letters: string): void {
    const { text } = delegate.ledger.project('marked').paragraphs[line]!
    const from = text.indexOf(letters)
    delegate.pen.erase(delegate.at(line, from), delegate.at(line, from + letters.length))
    this.meeting.sync()
  }

  act(deed: Deed): void {
    // What is composed has been written already.
    this.meeting.sync()
    const { canada, meeting } = this
    const { paragraphs } = canada.ledger.project('marked')
    const { pen } = canada
    const end = paragraphs[line]!.text.length
    const next = paragraphs[line + 1]!
    const deeds: Record<Deed, () => void> = {
      'types before': () => pen.insert(canada.at(line, 0), 'XY'),
      'types behind': () => pen.insert(canada.at(line, end), 'XY'),
      'strikes before': () => pen.erase(canada.at(line, 0), canada.at(line, 3)),
      'strikes around': () => pen.erase(canada.at(line, 2), canada.at(line, end - 2)),
      'splits before': () => pen.split(canada.at(line, 2)),
      'splits behind': () => pen.split(canada.at(line, end - 2)),
      'joins it to the one before': () => pen.joinBackward(paragraphs[line]!.key),
      'joins the next one to it': () => pen.joinBackward(next.key),
      'deletes it': () => pen.strikeParagraphs([paragraphs[line]!.key]),
      'types elsewhere': () => pen.insert(canada.at(line + 2, 0), 'XY'),
    }
    deeds[deed]()
    meeting.sync()
  }

  position({ line: at, letters, side }: Point): number {
    const { doc } = this.binding.view.state
    const from = blocksOf(doc)[at]!.textContent.indexOf(letters)
    if (from < 0) throw new RangeError(`no ${letters} in line ${at}`)
    return posAt(doc, { line: at, offset: from + (side === 'behind' ? letters.length : 0) })
  }

  /** Fires what a browser fires when somebody pastes or copies. */
  fire(type: 'paste' | 'copy', { html, plain }: Clip): Clip {
    const clipboardData = new DataTransfer()
    if (html) clipboardData.setData('text/html', html)
    if (plain) clipboardData.setData('text/plain', plain)
    const { dom } = this.binding.view
    dom.dispatchEvent(new ClipboardEvent(type, { clipboardData, bubbles: true, cancelable: true }))
    return { html: clipboardData.getData('text/html'), plain: clipboardData.getData('text/plain') }
  }

  report(): Report {
    const { meeting, binding, brazil, canada } = this
    meeting.sync()
    const ydoc = new Y.Doc({ gc: false })
    Y.applyUpdate(ydoc, Y.encodeStateAsUpdate(meeting.ydoc))
    const fresh = new Ledger(ydoc)
    const picture = (ledger: Ledger) => JSON.stringify(ledger.project(binding.reading))
    return {
      isOn: binding.view.composing,
      projected: fresh.project(binding.reading).paragraphs.map(({ text }) => text),
      document: blocksOf(binding.view.state.doc).map(({ textContent }) => textContent),
      dom: [...this.place.querySelectorAll('.provision > p')].map(({ textContent }) => textContent),
      said: [...this.said],
      written: this.written,
      isBaseWhole: meeting.baseHashOf(fresh) === meeting.baseHash,
      isConverged: [brazil, canada].every(({ ledger }) => picture(ledger) === picture(fresh)),
    }
  }
}

let room: Room | null = null

const stage: Stage = {
  open(view, items = 0) {
    room?.close()
    room = new Room(view, items)
  },
  select(from, to) {
    const { view } = room!.binding
    const [anchor, head] = [from, to].map((point) => room!.position(point))
    view.focus()
    view.dispatch(view.state.tr.setSelection(TextSelection.create(view.state.doc, anchor!, head)))
  },
  canada: (deed) => room!.act(deed),
  undo: () => room!.binding.write((pen) => pen.undo()?.place ?? null),
  redo: () => room!.binding.write((pen) => pen.redo()?.place ?? null),
  read: (view) => room!.binding.read(view, true),
  paste: (html, plain) => void room!.fire('paste', { html, plain }),
  dispatch(steps) {
    const { view } = room!.binding
    const { tr } = view.state
    for (const step of steps) tr.step(Step.fromJSON(schema, step))
    view.dispatch(tr)
  },
  replaceAll(words, by) {
    const { binding } = room!
    binding.desk.search.look({ text: words, matchCase: true, wholeWords: false })
    binding.desk.search.renew(binding.paragraphs)
    replaceAll(binding, by)
  },
  command: (name, value = '') => void document.execCommand(name, false, value),
  copied: () => room!.fire('copy', { html: '', plain: '' }),
  marked: () => room!.binding.paragraphs.map(markedWords),
  inked: () => {
    const { paragraphs, span } = room!.binding
    return paragraphs.map((paragraph, i) =>
      inkedWords(paragraph, span?.to.line === i ? span.to.offset : null),
    )
  },
  changes: () =>
    room!.brazil.ledger
      .changes()
      .map(({ kind, inserted, deleted }) => [kind, deleted, inserted].filter(Boolean).join(' ')),
  report: () => room!.report(),
}

/** Letters, or a paragraph mark, with whose they are. */
function inkedBy({ ins, author, del, proposers }: TokenState, letters: string): string {
  const by = proposers.map(({ delegation }) => delegation).join(',')
  const own = ins === 'pending' ? `+${author}(${letters})` : letters
  return del === 'pending' ? `-${by}(${own})` : own
}

function inkedWords({ state, pieces }: Paragraph, caret: number | null): string {
  const mark = state.ins === 'base' && state.del === 'none' ? '' : inkedBy(state, '¶')
  let at = 0
  const words = pieces.map(({ shown, text, state: own }) => {
    if (!shown) return ''
    const cut = caret !== null && caret >= at && caret < at + text.length ? caret - at : null
    at += text.length
    if (cut === null) return inkedBy(own, text)
    return cut === 0
      ? `|${inkedBy(own, text)}`
      : inkedBy(own, `${text.slice(0, cut)}|${text.slice(cut)}`)
  })
  return mark + words.join('') + (caret === at ? '|' : '')
}

const signs = { bold: '**', italic: '*', superscript: '^', subscript: '~' } as const

function markedWords({ kind, level, label, pieces }: Paragraph): string {
  const runs: { text: string; around: readonly string[] }[] = []
  for (const { shown, text, formats, note, state } of pieces) {
    if (!shown) continue
    const around = [...(state.del === 'pending' ? ['{-'] : []), ...formats.map((one) => signs[one])]
    const run = { text: note ? `[^${note.label.view ?? ''}]` : text, around }
    const last = runs.at(-1)
    if (last && last.around.join() === around.join()) last.text += run.text
    else runs.push(run)
  }
  const words = runs.map(({ text, around }) => {
    const behind = around.toReversed().map((sign) => (sign === '{-' ? '-}' : sign))
    return [...around, text, ...behind].join('')
  })
  return `${kind}/${level} ${[label.view, words.join('')].filter(Boolean).join(' ')}`
}

;(globalThis as unknown as { stage: Stage }).stage = stage
