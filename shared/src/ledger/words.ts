/** The words of a paragraph in a view: the runs of its blocks as pieces, and the letters shown. */
import type { Format } from '../resolution/provision.ts'
import { noFormats } from './base-formats.ts'
import type { Block } from './blocks.ts'
import { bracketsIn } from './brackets.ts'
import type { Group } from './layout.ts'
import type { Label, Paragraph, Piece } from './paragraph.ts'
import { sameState } from './run.ts'
import type { Run } from './run.ts'
import { formatsIn } from './settings.ts'
import { views } from './state.ts'
import type { TokenState, View } from './state.ts'

/** What a paragraph has of its blocks' words. Views that show the same of a block share it. */
export type Words = Pick<Paragraph, 'pieces' | 'brackets' | 'text'>

/** A paragraph's blocks; of a footnote's body the reference that makes it visible. */
export interface NotedGroup extends Group {
  readonly reference: Run | null
}

/** The numbers of the footnotes of a draft in a view, by their ids. */
export type NoteLabels = ReadonlyMap<string, Label>

/** A paragraph with all that it was made from. */
export interface Kept {
  readonly paragraph: Paragraph
  readonly group: NotedGroup
  readonly versions: readonly number[]
}

const none: Words['brackets'] = []

export function wordsIn(view: View, { blocks, reference }: NotedGroup, notes: NoteLabels): Words {
  const struck = view === 'marked' && reference ? strikeOf(reference) : null
  const bit = 1 << views.indexOf(view)
  const isBare = struck !== null || blocks.every(({ isPlain }) => isPlain)
  const sight = { view, bit, struck, notes }
  const pieces: Piece[] = []
  let text = ''
  const add = (piece: Piece): void => {
    if (piece.shown) text += piece.text
    const last = pieces.at(-1)
    if (last && goesOn(last, piece)) pieces[pieces.length - 1] = joined(last, piece)
    else pieces.push(piece)
  }
  for (const block of blocks) {
    if (block !== blocks[0]) pieces.push(pieceOfMarker(block))
    if (struck === null && block.isPlain) {
      for (const run of block.runs) {
        const piece = run.pieceIn((run.shownIn & bit) !== 0)
        if (piece.shown) text += piece.text
        pieces.push(piece)
      }
    } else for (const run of block.runs) add(pieceOf(run, sight))
  }
  const brackets = isBare ? none : bracketsIn(pieces, view)
  return { pieces, brackets, text }
}

function pieceOfMarker({ client, clock, aspects: { state } }: Block): Piece {
  const mark = { type: 'marker', client, clock, length: 1, text: '', shown: false } as const
  return { ...mark, state, formats: noFormats, note: null }
}

/** How the only references left to a footnote are struck, and its words with them; null: not at all. */
function strikeOf({ aspects: { state } }: Run): Strike | null {
  return state.del === 'pending' || state.del === 'accepted' ? state : null
}

type Strike = Pick<TokenState, 'del' | 'proposers'>

/** All that decides how a paragraph shows a run. */
interface Sight {
  readonly view: View
  /** The view's bit in `shownIn`. */
  readonly bit: number
  readonly struck: Strike | null
  readonly notes: NoteLabels
}

function pieceOf(run: Run, { view, bit, struck, notes }: Sight): Piece {
  const { type, client, clock, length, text, aspects, note: id } = run
  const shown = (run.shownIn & bit) !== 0
  const { del } = aspects.state
  const isStruck = struck !== null && (del === 'none' || del === 'bracketed')
  const formats = formatsIn(run.formats, aspects.state.settings, view)
  if (formats === run.formats && id === null && !isStruck) return run.pieceIn(shown)
  const state = isStruck
    ? { ...aspects.state, del: struck.del, proposers: struck.proposers }
    : aspects.state
  const note = id === null ? null : { id, label: notes.get(id)! }
  return { type, client, clock, length, text, shown, state, formats, note }
}

/** Whether nothing tells two pieces apart and one is the next of the other. */
const goesOn = (a: Piece, b: Piece): boolean =>
  a.client === b.client &&
  a.clock + a.length === b.clock &&
  a.type === 'text' &&
  b.type === 'text' &&
  a.note === null &&
  b.note === null &&
  sameState(a.state, b.state) &&
  sameFormats(a.formats, b.formats)

const joined = (a: Piece, b: Piece): Piece => ({
  ...a,
  length: a.length + b.length,
  text: a.text + b.text,
})

/** They are sorted by name. */
const sameFormats = (a: readonly Format[], b: readonly Format[]): boolean =>
  a === b || (a.length === b.length && a.every((format, i) => format === b[i]))
