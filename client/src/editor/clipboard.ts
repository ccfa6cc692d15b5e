/** Text in from the clipboard, text out with labels. */
import { heldLetters } from '@revmark/shared/gate'
import { DOMParser } from 'prosemirror-model'
import type { Node, Slice } from 'prosemirror-model'
import type { EditorView } from 'prosemirror-view'
import { attrsOf, schema } from './schema.ts'

/** Reads HTML from the clipboard: words only, without labels and what is struck. */
export const clipboardParser = new DOMParser(schema, [
  { tag: 'span[data-clipboard-label]', ignore: true },
  { tag: 'del', ignore: true },
  ...DOMParser.fromSchema(schema).rules,
])

/**
 * Plain text as it can be written: one paragraph a line, empty lines left out, tabs as spaces,
 * without what no draft can hold.
 */
export function incomingText(text: string): string {
  const lines = text
    .replace(/\r\n?|[\v\f\u0085\u2028\u2029]/g, '\n')
    .replaceAll('\t', ' ')
    .split('\n')
    .map(heldLetters)
  const [first = '', ...rest] = lines
  if (rest.length === 0) return first
  return lines.filter((line) => line.trim() !== '').join('\n')
}

/**
 * What a paste or a drop offers: from our own sheet the words without their labels, from elsewhere
 * its plain text.
 */
export function offeredText(data: DataTransfer | null, slice: Slice): string {
  const isOurs = data?.getData('text/html').includes('data-pm-slice') ?? true
  const plain = data?.getData('text/plain') ?? ''
  const words = textblocks(slice).map(wordsOf).join('\n')
  return isOurs ? words || plain : plain || words
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
