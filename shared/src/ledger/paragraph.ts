/** A projection: what a view shows, as immutable values that the editor, the exports and the tests read. */
import type { Format, Kind } from '../resolution/provision.ts'
import { unnumbered } from '../resolution/notes.ts'
import type { Bracket, Holders } from './brackets.ts'
import type { Marker } from './marker.ts'
import type { TokenState, View } from './state.ts'

/** A run of tokens of one client, consecutive clocks, in one state; the unit of the segment map. */
export interface Piece {
  readonly type: 'text' | 'anchor' | 'marker'
  readonly client: number
  readonly clock: number
  /** UTF-16 code units for text, 1 for an anchor or a marker. */
  readonly length: number
  /** The letters, also where they are hidden; empty for anchors and markers. */
  readonly text: string
  /** Whether this view shows it. Anchors and the hidden markers in a paragraph never are. */
  readonly shown: boolean
  readonly state: TokenState
  /** Character formats of these letters in this view; mostly none. */
  readonly formats: readonly Format[]
  /** The footnote that the piece, a single `referenceLetter`, refers to; null for all others. */
  readonly note: NoteReference | null
}

/** A footnote's id, and its number as it is in the view. */
export interface NoteReference {
  readonly id: string
  readonly label: Label
}

/**
 * A paragraph's label in the text in force and in the view. In the marked view `view` is what the
 * clean view shows: where the two differ, the label itself is a revision. null: no label.
 */
export interface Label {
  readonly base: string | null
  readonly view: string | null
  /** Whose change moved the label; null where nothing did. */
  readonly delegation: string | null
}

/**
 * One paragraph of a view. `pieces` holds all its tokens in the order of the sequence, hidden ones
 * and the hidden markers whose words flow in included, its own marker (which opens it) not.
 * An unchanged paragraph is the same object in the next projection. Footnotes come last, in the order
 * of their references; where the marked view strikes every reference, a footnote is struck whole.
 */
export interface Paragraph {
  /** `client:clock` of its marker. */
  readonly key: string
  readonly marker: Marker
  /** State of the marker: whether the paragraph itself was inserted or is to be deleted. */
  readonly state: TokenState
  /** The marker's covering deletions that count take the whole block (true) or join it (false). */
  readonly whole: boolean
  /** What it is in this view, and how deep it stands. */
  readonly kind: Kind
  readonly level: number
  readonly label: Label
  /** Its marker is hidden in this view, but words that nobody deleted stand in it. */
  readonly leftBehind: boolean
  readonly pieces: readonly Piece[]
  /** The square brackets around its letters, in order; none lies within another. */
  readonly brackets: readonly Bracket[]
  /** Whose brackets its mark stands in where none of its letters stands in the same ones. */
  readonly bracket: Holders | null
  /** The letters shown, joined, without brackets; a reference to a footnote is one `referenceLetter`. */
  readonly text: string
}

/** The letters of a piece as they read in its view: a reference is its footnote's number. */
export const readText = ({ text, note }: Pick<Piece, 'text' | 'note'>): string =>
  note ? (note.label.view ?? note.label.base ?? unnumbered) : text

export interface Projection {
  readonly view: View
  readonly paragraphs: readonly Paragraph[]
}
