/** From paragraphs to ProseMirror nodes. */
import type {
  Bracket,
  Label,
  NoteReference,
  Paragraph,
  Piece,
  Value,
  View,
} from '@revmark/shared/ledger'
import { labelRevision, noLabel, unnumbered } from '@revmark/shared/resolution'
import type { LabelPart } from '@revmark/shared/resolution'
import { Fragment } from 'prosemirror-model'
import type { Mark, Node } from 'prosemirror-model'
import { bracketMark, deletionOf, insertionOf, marksOf, settingOf } from './letter-marks.ts'
import { attrsOf, schema } from './schema.ts'
import type { BlockAttrs, NoteAttrs } from './schema.ts'

/** One node a paragraph: an unchanged paragraph is the same object, and so is its node. */
const rendered = new WeakMap<Paragraph, Node>()

/** A paragraph that has changed, as it was before: its node has most of the new one's words. */
interface Former {
  readonly paragraph: Paragraph
  readonly block: Node
}

/** Paragraphs belong to one view, which decides whether they carry marks. */
export function blockOf(paragraph: Paragraph, view: View, former: Former | null = null): Node {
  let node = rendered.get(paragraph)
  if (!node) rendered.set(paragraph, (node = render(paragraph, view, former)))
  return node
}

/** What a view showed: its paragraphs and, one for each, their nodes. */
export interface Rendering {
  readonly view: View
  readonly paragraphs: readonly Paragraph[]
  readonly blocks: readonly Node[]
}

/** The nodes of all paragraphs; those of `before` serve again where they stand at the same place. */
export function renderingOf(
  paragraphs: readonly Paragraph[],
  view: View,
  before: Rendering | null,
): Rendering {
  const former = before?.view === view ? before : null
  const blocks = former ? former.blocks.slice(0, paragraphs.length) : []
  for (let i = 0; i < paragraphs.length; i++) {
    const paragraph = paragraphs[i]!
    const was = former?.paragraphs[i]
    if (was === paragraph) continue
    const isSame = was?.key === paragraph.key
    blocks[i] = blockOf(paragraph, view, isSame ? { paragraph: was, block: blocks[i]! } : null)
  }
  return { view, paragraphs, blocks }
}

function render(paragraph: Paragraph, view: View, former: Former | null): Node {
  const { key, kind, level, label, marker, state, whole, leftBehind, pieces, bracket } = paragraph
  const isMarked = view === 'marked'
  const ins = isMarked ? insertionOf(state) : null
  const del = isMarked ? deletionOf(state) : null
  const set = isMarked && state.settings ? settingOf(state, shapeOf(paragraph)) : null
  const parts = labelOf(label, view)
  const attrs: BlockAttrs = {
    key,
    kind,
    level,
    label: parts,
    labelBy: label.delegation,
    ins,
    del,
    set,
    split: ins !== null && marker.s === 1,
    whole: del !== null && whole,
    leftBehind,
    bracket,
    note: marker.n ?? null,
    changed:
      isMarked &&
      (ins !== null ||
        del !== null ||
        set !== null ||
        parts.some(({ type }) => type !== 'kept') ||
        pieces.some(({ shown, state: { ins: by, del: gone, settings } }) => {
          return shown && (by !== 'base' || gone !== 'none' || settings !== null)
        })),
  }
  return schema.nodes.block.create({ ...attrs }, wordsOf(paragraph, view, former))
}

/** The words of a paragraph; what it had at both ends before, as the nodes that it had. */
function wordsOf({ pieces, brackets }: Paragraph, view: View, former: Former | null): Fragment {
  const before = former?.paragraph
  if (!before || brackets.length > 0 || before.brackets.length > 0)
    return Fragment.fromArray(nodesOf(pieces, brackets, view))
  let [start, head] = [0, 0]
  while (start < pieces.length && pieces[start] === before.pieces[start])
    head += lettersIn(pieces[start++]!)
  let [end, endBefore, tail] = [pieces.length, before.pieces.length, 0]
  while (end > start && endBefore > start && pieces[end - 1] === before.pieces[endBefore - 1]) {
    tail += lettersIn(pieces[--end]!)
    endBefore--
  }
  const { content } = former.block
  return content
    .cut(0, head)
    .append(Fragment.fromArray(nodesOf(pieces.slice(start, end), brackets, view)))
    .append(content.cut(content.size - tail))
}

const lettersIn = ({ shown, text }: Piece): number => (shown ? text.length : 0)

function nodesOf(pieces: readonly Piece[], brackets: readonly Bracket[], view: View): Node[] {
  let at = 0
  return pieces.flatMap((piece) => {
    if (!piece.shown || piece.text === '') return []
    const nth = brackets.findIndex(({ from, to }) => from <= at && at < to)
    at += piece.text.length
    const own = marksOf(piece, view === 'marked')
    const marks = nth < 0 ? own : [bracketMark(brackets[nth]!, nth), ...own]
    return [piece.note ? noteOf(piece.note, view, marks) : schema.text(piece.text, marks)]
  })
}

/** What a paragraph was of itself, by property. */
const shapeOf = ({ marker, state }: Paragraph): ReadonlyMap<string, Value> =>
  new Map(
    Object.entries({
      kind: marker.b,
      level: marker.lvl ?? 1,
      label: marker.label ?? noLabel,
      ...state.settings?.own,
    }),
  )

/** The marked view alone shows what a label was. */
function labelOf({ base, view: now }: Label, view: View): readonly LabelPart[] {
  return labelRevision(view === 'marked' ? (base ?? '') : (now ?? ''), now ?? '')
}

/** A struck reference shows the number that it had. */
function noteOf({ id, label }: NoteReference, view: View, marks: readonly Mark[]): Node {
  const shown = label.view === null ? { ...label, view: label.base } : label
  const parts = labelOf(shown, view)
  const unnumberedOnes = [{ type: 'kept', text: unnumbered }] as const
  return schema.nodes.note.create(
    {
      id,
      label: parts.length > 0 ? parts : unnumberedOnes,
      by: label.delegation,
    } satisfies NoteAttrs,
    null,
    marks,
  )
}

/** Up to this many blocks one section is fast enough; beyond, the browser lays out by sections. */
const undivided = 150
const sectionSize = 50
const largestSection = 100

/**
 * The document of some blocks. Sections of `former`, the document before, stay where they are, and
 * one that has grown too large is divided; what is unchanged is the same object.
 */
export function docOf(blocks: readonly Node[], former: Node): Node {
  return inPlace(blocks, former) ?? divided(blocks, sectionKeys(former))
}

/** The common case: the paragraphs are the same ones, of which some have changed. */
function inPlace(blocks: readonly Node[], former: Node): Node | null {
  const sections: Node[] = []
  let next = 0
  for (let i = 0; i < former.childCount; i++) {
    const section = former.child(i)
    let isChanged = false
    for (let k = 0; k < section.childCount; k++) {
      const block = blocks[next + k]
      const before = section.content.content[k]!
      if (block === before) continue
      if (!block || attrsOf(block).key !== attrsOf(before).key) return null
      isChanged = true
    }
    const end = next + section.childCount
    sections.push(isChanged ? section.copy(Fragment.fromArray(blocks.slice(next, end))) : section)
    next = end
  }
  return next === blocks.length && next > 0 ? schema.nodes.doc.create(null, sections) : null
}

function divided(blocks: readonly Node[], former: ReadonlySet<string>): Node {
  if (blocks.length <= undivided && former.size <= 1)
    return schema.nodes.doc.create(null, part(blocks))
  const sections: Node[] = []
  let from = 0
  for (let i = 1; i <= blocks.length; i++) {
    if (i < blocks.length && !former.has(attrsOf(blocks[i]!).key)) continue
    const step = i - from > largestSection ? sectionSize : i - from
    for (; from < i; from += step)
      sections.push(...part(blocks.slice(from, Math.min(from + step, i))))
    from = i
  }
  return schema.nodes.doc.create(null, sections)
}

function part(blocks: readonly Node[]): Node[] {
  const [first] = blocks
  return first ? [schema.nodes.section.create({ key: attrsOf(first).key }, [...blocks])] : []
}

/** The keys with which a document's sections begin. */
function sectionKeys(doc: Node): Set<string> {
  const keys = new Set<string>()
  doc.forEach((section) => keys.add(String(section.attrs['key'])))
  return keys
}
