/** What ProseMirror shows: a document made from a projection, never the other way round. */
import { Schema } from 'prosemirror-model'
import type { DOMOutputSpec, Node } from 'prosemirror-model'
import { referenceLetter } from '@revmark/shared/resolution'
import type { Holders } from '@revmark/shared/ledger'
import type { Kind, LabelPart } from '@revmark/shared/resolution'

/** Pending is a proposal, accepted stays visible against the text in force, bracketed is left open. */
export type MarkState = 'pending' | 'accepted' | 'bracketed'

/** An insertion, as an attribute of a block or of a mark. */
export interface InsertionAttrs {
  readonly delegation: string
  readonly state: MarkState
}

/** A deletion with all who propose it, sorted by code. */
export interface DeletionAttrs {
  readonly delegations: readonly string[]
  readonly state: MarkState
}

/** What is set of a block or of letters, and by whom; a mark's are the formats that are turned. */
export interface SettingAttrs {
  readonly delegations: readonly string[]
  readonly state: MarkState
  /** In words: "Indented to level 2, made italic". */
  readonly words: string
}

/** Square brackets with their holders; `nth` of the paragraph tells neighbours apart. */
export interface BracketAttrs extends Holders {
  readonly nth: number
}

/** A reference to a footnote: its id, and its number as it is to be shown. */
export interface NoteAttrs {
  readonly id: string
  readonly label: readonly LabelPart[]
  /** Whose change moved the number. */
  readonly by: string | null
}

/** The attributes of a block node: a paragraph's own, apart from its words. */
export interface BlockAttrs {
  /** `client:clock` of the paragraph's marker; empty only while ProseMirror reads the DOM. */
  readonly key: string
  readonly kind: Kind
  readonly level: number
  readonly label: readonly LabelPart[]
  /** Whose change moved the label. */
  readonly labelBy: string | null
  /** The paragraph itself was inserted, or is to be deleted. */
  readonly ins: InsertionAttrs | null
  readonly del: DeletionAttrs | null
  /** Another kind or level is proposed or accepted. */
  readonly set: SettingAttrs | null
  /** The insertion is a split: the words were there before. */
  readonly split: boolean
  /** The deletion takes the paragraph with its words; else it joins it to the one before. */
  readonly whole: boolean
  readonly leftBehind: boolean
  /** The paragraph's mark stands in square brackets that none of its letters shows. */
  readonly bracket: Holders | null
  /** The id of the footnote whose body it is. */
  readonly note: string | null
  /** Something in it differs from the text in force. */
  readonly changed: boolean
}

const noBlock: BlockAttrs = {
  key: '',
  kind: 'text',
  level: 1,
  label: [],
  labelBy: null,
  ins: null,
  del: null,
  set: null,
  split: false,
  whole: false,
  leftBehind: false,
  bracket: null,
  note: null,
  changed: false,
}

const defaults = (attrs: object) =>
  Object.fromEntries(Object.entries(attrs).map(([name, value]) => [name, { default: value }]))

/**
 * `doc: section*`, `section: block*`, `block: inline*`. Content is never required: the schema must
 * not delete what it does not expect. Sections exist for the browser's layout only. The DOM on screen
 * is written by the node and mark views; `toDOM` is what goes to the clipboard.
 */
export const schema = new Schema({
  nodes: {
    doc: { content: 'section*' },
    section: {
      content: 'block*',
      attrs: { key: { default: '' } },
      selectable: false,
      toDOM: () => ['div', { class: 'section' }, 0],
    },
    block: {
      content: 'inline*',
      attrs: defaults(noBlock),
      selectable: false,
      parseDOM: [{ tag: 'p' }],
      toDOM: blockForClipboard,
    },
    // One letter wide, as in the ledger; its number is the view's.
    note: {
      group: 'inline',
      inline: true,
      selectable: false,
      attrs: { id: {}, label: {}, by: {} },
      leafText: () => referenceLetter,
      toDOM: (node) => ['sup', numberOf(node)],
    },
    text: { group: 'inline' },
  },
  marks: {
    // The first is the outermost: one element around all that stands in one pair of brackets.
    bracket: {
      attrs: { by: {}, against: {}, nth: {} },
      inclusive: false,
      excludes: '',
      toDOM: () => ['span', 0],
    },
    ins: {
      attrs: { delegation: {}, state: {} },
      inclusive: false,
      excludes: '',
      toDOM: () => ['ins', 0],
    },
    del: {
      attrs: { delegations: {}, state: {} },
      inclusive: false,
      excludes: '',
      toDOM: () => ['del', 0],
    },
    setting: {
      attrs: { delegations: {}, state: {}, words: {} },
      inclusive: false,
      excludes: '',
      toDOM: () => ['span', 0],
    },
    italic: { excludes: '', toDOM: () => ['em', 0] },
    bold: { excludes: '', toDOM: () => ['strong', 0] },
    superscript: { excludes: '', toDOM: () => ['sup', 0] },
    subscript: { excludes: '', toDOM: () => ['sub', 0] },
  },
})

/** The number that a reference to a footnote shows, without what is struck of it. */
export const numberOf = ({ attrs }: Node): string => shownOf((attrs as NoteAttrs).label)

/** What a label shows, without what is struck of it. */
export const shownOf = (label: readonly LabelPart[]): string =>
  label.map(({ type, text }) => (type === 'deleted' ? '' : text)).join('')

function blockForClipboard(node: Node): DOMOutputSpec {
  const { label, kind, level, note } = attrsOf(node)
  const shape = { 'data-kind': kind, 'data-level': `${level}`, 'data-note': note }
  const shown = shownOf(label)
  return shown
    ? ['p', shape, ['span', { 'data-clipboard-label': '' }, `${shown}\t`], ['span', 0]]
    : ['p', shape, 0]
}

export function attrsOf(block: Node): BlockAttrs {
  return block.attrs as BlockAttrs
}
