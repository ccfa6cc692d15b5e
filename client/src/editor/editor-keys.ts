/** The keys of the text: the keymap is made from this table, and what people read of it. */
import type { Verb } from '@revmark/shared/ledger'
import type { KeyRow } from '../ui/keys.ts'

/** After it the next Tab leaves the text, as everywhere else. */
export const leaveKey = 'Escape'

export const editorKeys = [
  { does: 'break', keys: ['Enter', 'Shift-Enter'], words: 'Begin a paragraph' },
  {
    does: 'eraseBackward',
    keys: ['Backspace', 'Shift-Backspace'],
    words: 'Delete the letter before, or join the paragraph to the one before',
  },
  {
    does: 'eraseWordBackward',
    keys: ['Mod-Backspace', 'Alt-Backspace'],
    words: 'Delete the word before',
  },
  {
    does: 'eraseForward',
    keys: ['Delete'],
    words: 'Delete the letter behind, or join the next paragraph to this one',
  },
  { does: 'eraseWordForward', keys: ['Mod-Delete', 'Alt-Delete'], words: 'Delete the word behind' },
  { does: 'strike', keys: ['Mod-Shift-Backspace'], words: 'Delete the paragraph whole' },
  { does: 'undo', keys: ['Mod-z'], words: 'Undo what you did last' },
  { does: 'redo', keys: ['Mod-Shift-z', 'Mod-y'], words: 'Redo it' },
  { does: 'indent', keys: ['Tab'], words: 'Indent the paragraph' },
  { does: 'outdent', keys: ['Shift-Tab'], words: 'Outdent the paragraph' },
  { does: 'italic', keys: ['Mod-i'], words: 'Italic: the selection, or what is typed next' },
  { does: 'bold', keys: ['Mod-b'], words: 'Bold' },
  { does: 'superscript', keys: ['Mod-.'], words: 'Superscript' },
  { does: 'subscript', keys: ['Mod-,'], words: 'Subscript' },
  { does: 'label', keys: ['F2'], words: 'Set the label of an item by hand' },
  { does: 'note', keys: ['Mod-Alt-f'], words: 'Insert a footnote' },
  {
    does: 'follow',
    keys: ['Mod-Enter'],
    words:
      'From a footnote’s number to the footnote and back; between the two places of a paragraph that was moved',
  },
  { does: 'moveUp', keys: ['Alt-ArrowUp'], words: 'Move the paragraphs up' },
  { does: 'moveDown', keys: ['Alt-ArrowDown'], words: 'Move the paragraphs down' },
  { does: 'hardSpace', keys: ['Mod-Shift-Space'], words: 'A space at which no line ends' },
  { does: 'hardHyphen', keys: ['Mod-Shift--', 'Mod-_'], words: 'A hyphen at which no line ends' },
] as const satisfies readonly KeyRow[]

export type EditorAct = (typeof editorKeys)[number]['does']

/** The first of the keys that do something. */
export const keyOf = (act: EditorAct): string =>
  editorKeys.find(({ does }) => does === act)!.keys[0]

/** The keys with which a chair decides what is selected; by their place on the keyboard. */
export const decidingKeys = [
  { does: 'accept', keys: ['Alt-a'], words: 'Accept the selection' },
  { does: 'reject', keys: ['Alt-r'], words: 'Reject the selection' },
  { does: 'bracket', keys: ['Alt-b'], words: 'Bracket the selection' },
] as const satisfies readonly KeyRow<Verb>[]
