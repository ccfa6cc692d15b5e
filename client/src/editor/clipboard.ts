/** Text in from the clipboard, text out with labels. */
import { heldLetters } from '@revmark/shared/gate'
import { rolesOfPassage } from '@revmark/shared/docx'
import type { Kind } from '@revmark/shared/resolution'
import type { Shape } from '@revmark/shared/text'
import { DOMParser } from 'prosemirror-model'
import type { Node, Slice } from 'prosemirror-model'
import type { EditorView } from 'prosemirror-view'
import { attrsOf, schema } from './schema.ts'

/** Reads HTML from the clipboard: words only, without labels and what is struck. */
export const clipboardParser = new DOMParser(schema, [
  { tag: 'span[data-clipboard-label]', ignore: true },
  { tag: 'sup[data-clipboard-note]', ignore: true },
  { tag: 'del', ignore: true },
  ...DOMParser.fromSchema(schema).rules,
])

/** A paragraph that comes in; `shape` where it says what it is, null where it is as its place says. */
export interface Incoming {
  readonly text: string
  readonly shape: Shape | null
}

/** What a paste or a drop brings. `isWhole`: the first paragraph comes from its beginning. */
export interface Passage {
  readonly paragraphs: readonly Incoming[]
  readonly isWhole: boolean
}

/**
 * Reads what is offered: from our own sheet the paragraphs without their labels, from elsewhere the
 * plain text, its paragraphs told by their labels and by the words with which calls begin. A single
 * line is words and nothing else.
 */
export function passageFrom(data: DataTransfer | null, slice: Slice): Passage {
  const isOurs = data?.getData('text/html').includes('data-pm-slice') ?? true
  const plain = data?.getData('text/plain') ?? ''
  const blocks = textblocks(slice)
  const own = blocks.map((block) => ({ text: wordsOf(block), shape: shapeOf(block) }))
  if (isOurs && own.some(({ text }) => text !== ''))
    return { paragraphs: held(own), isWhole: plain.split('\n', 1)[0]!.includes('\t') }
  return plain === '' ? wordsIn(own.map(({ text }) => text).join('\n')) : passageOf(plain)
}

/** Reads plain text. */
export function passageOf(plain: string): Passage {
  const lines = linesOf(plain)
  const roles = rolesOfPassage(lines.map(({ text }) => text))
  const isLabelled = roles.some(({ role }) => role === 'item' || role === 'call')
  if (lines.length < 2 || !isLabelled) return wordsIn(plain)
  const paragraphs = roles.map(({ role, level, text }) => ({
    text,
    shape: shapes.includes(role) ? { kind: role as Kind, level } : null,
  }))
  return { paragraphs: held(paragraphs), isWhole: roles[0]!.role !== 'text' }
}

/** What a pasted line may become; a number line and its title are not begun by pasting. */
const shapes: readonly string[] = ['call', 'item', 'text', 'annexNumber', 'annexTitle']

const wordsIn = (plain: string): Passage => ({ paragraphs: held(linesOf(plain)), isWhole: false })

const linesOf = (plain: string): Incoming[] =>
  plain
    .replace(/\r\n?|[\v\f\u0085\u2028\u2029]/g, '\n')
    .split('\n')
    .map((text) => ({ text, shape: null }))

/** As it can be written: tabs as spaces, without what no draft can hold, empty lines left out. */
function held(paragraphs: readonly Incoming[]): Incoming[] {
  const all = paragraphs.map(({ text, shape }) => ({
    text: heldLetters(text.replaceAll('\t', ' ')),
    shape,
  }))
  return all.length === 1 ? all : all.filter(({ text }) => text.trim() !== '')
}

/** A block without its words: loose text has no shape of its own. */
function shapeOf(block: Node): Shape | null {
  const { kind, level } = attrsOf(block)
  return kind === 'number' ? null : { kind, level }
}

/**
 * What goes out as plain text: each paragraph on a line, `label TAB words`. Struck words stay behind,
 * unless nothing else was selected. A paragraph that the selection enters midway has no label.
 */
export function outgoingText(slice: Slice, { state }: EditorView): string {
  const { $from, $to, from, to } = state.selection
  const blocks = textblocks(slice)
  const isWhole = $from.parentOffset === 0 && ($from.parent !== $to.parent || to === $from.end())
  const isStruck = from < to && blocks.every((block) => wordsOf(block) === '')
  return blocks
    .map((block, i) => {
      const words = isStruck ? block.textContent : wordsOf(block)
      const label = i > 0 || isWhole ? labelOf(block) : ''
      return label ? `${label}\t${words}` : words
    })
    .join('\n')
}

/** The blocks of a slice; loose text counts as one. */
function textblocks({ content }: Slice): Node[] {
  const blocks: Node[] = []
  content.descendants((node) => {
    if (node.isTextblock) blocks.push(node)
    return !node.isTextblock
  })
  return blocks.length > 0 ? blocks : [schema.node('block', null, content)]
}

/** The words of a block that nobody has struck. */
function wordsOf(block: Node): string {
  let words = ''
  block.forEach((text) => {
    if (!text.marks.some(({ type }) => type.name === 'del')) words += text.text ?? ''
  })
  return words
}

const labelOf = (block: Node): string =>
  attrsOf(block)
    .label.map(({ type, text }) => (type === 'deleted' ? '' : text))
    .join('')
