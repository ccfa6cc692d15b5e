/** Text in from the clipboard, text out with labels, numbers and footnotes. */
import { DOMSerializer } from 'prosemirror-model'
import type { Node, Slice } from 'prosemirror-model'
import type { EditorView } from 'prosemirror-view'
import { counted } from '../ui/counted.ts'
import { readHtml } from './clipboard-html.ts'
import type { LeftOut } from './clipboard-html.ts'
import { blocksOf } from './lines.ts'
import { held, passageIn, passageOf } from './passage.ts'
import type { Passage } from './passage.ts'
import { attrsOf, numberOf, schema, shownOf } from './schema.ts'

/** What was offered: a passage, and what of it a draft cannot hold, in a sentence, or null. */
export interface Offer {
  readonly passage: Passage
  readonly leftOut: string | null
}

/**
 * Reads what is offered: HTML where there is some, else plain text. Paragraphs of our own sheets are
 * what they say they are, others are told by their lists, their labels and the words of calls.
 */
export function offerIn(data: DataTransfer | null): Offer {
  const plain = data?.getData('text/plain') ?? ''
  const { blocks, leftOut, isOurs } = readHtml(data?.getData('text/html') ?? '')
  const files = blocks.length === 0 && plain === '' ? [...(data?.files ?? [])] : []
  const pictures = leftOut.pictures + files.filter(({ type }) => type.startsWith('image/')).length
  const said = leftOutWords({ ...leftOut, pictures })
  if (blocks.length === 0) return { passage: passageOf(plain), leftOut: said }
  if (!isOurs) return { passage: passageIn(blocks), leftOut: said }
  const isWhole = plain.split('\n', 1)[0]!.includes('\t')
  return { passage: { paragraphs: held(blocks), isWhole }, leftOut: said }
}

function leftOutWords({ pictures, comments, notes, tables }: LeftOut): string | null {
  const without = [
    ...(pictures > 0 ? [counted(pictures, 'picture')] : []),
    ...(comments > 0 ? [counted(comments, 'comment')] : []),
    ...(notes > 0 ? [`${counted(notes, 'footnote')} whose words did not come along`] : []),
  ]
  const said = [
    ...(without.length > 0 ? [`Left out: ${without.join(', ')}.`] : []),
    ...(tables > 0 ? ['The cells of tables became paragraphs, row by row.'] : []),
  ]
  return said.length > 0 ? said.join(' ') : null
}

/**
 * What goes out as plain text: each paragraph on a line, `label TAB words`. Struck words stay behind,
 * unless nothing else was selected. A paragraph that the selection enters midway has no label.
 */
export function outgoingText(slice: Slice, { state }: EditorView): string {
  const { $from, $to, from, to } = state.selection
  const blocks = textblocks(slice)
  const isWhole = $from.parentOffset === 0 && ($from.parent !== $to.parent || to === $from.end())
  const isStruck = from < to && blocks.every((block) => wordsIn(block, isStanding) === '')
  return blocks
    .map((block, i) => {
      const words = wordsIn(block, isStruck ? () => true : isStanding)
      const label = i > 0 || isWhole ? shownOf(attrsOf(block).label) : ''
      return label ? `${label}\t${words}` : words
    })
    .join('\n')
}

/** What goes out as HTML: references to footnotes take the footnotes' words along. */
export function outgoingHtml(view: () => EditorView): DOMSerializer {
  const { nodes, marks } = DOMSerializer.fromSchema(schema)
  const wordsOf = (id: string): string => {
    const body = blocksOf(view().state.doc).find((block) => attrsOf(block).note === id)
    const place = document.createElement('p')
    if (body) place.append(serializer.serializeFragment(body.content))
    return place.innerHTML
  }
  const serializer: DOMSerializer = new DOMSerializer(
    {
      ...nodes,
      note: (node) => {
        const id = String(node.attrs['id'])
        const words = { 'data-note': id, 'data-clipboard-note': wordsOf(id) }
        return ['sup', words, numberOf(node)]
      },
    },
    marks,
  )
  return serializer
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

/** The words of a block that count, and the numbers of its footnotes. */
function wordsIn(block: Node, counts: (node: Node) => boolean): string {
  let words = ''
  block.forEach((node) => {
    if (counts(node)) words += node.text ?? numberOf(node)
  })
  return words
}

/** Whether nobody has struck it. */
const isStanding = ({ marks }: Node): boolean => !marks.some(({ type }) => type.name === 'del')
