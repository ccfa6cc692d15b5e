/** From paragraphs to ProseMirror nodes. */
import { endures } from '@revmark/shared/ledger'
import type {
  Bracket,
  Label,
  Paragraph,
  Piece,
  TokenState,
  Value,
  View,
} from '@revmark/shared/ledger'
import { labelRevision } from '@revmark/shared/resolution'
import type { Format, LabelPart } from '@revmark/shared/resolution'
import { Fragment } from 'prosemirror-model'
import type { Mark, Node } from 'prosemirror-model'
import { attrsOf, schema } from './schema.ts'
import { settingWords } from '../ui/setting-words.ts'
import type {
  BlockAttrs,
  BracketAttrs,
  DeletionAttrs,
  InsertionAttrs,
  MarkState,
  SettingAttrs,
} from './schema.ts'

/** One node a paragraph: an unchanged paragraph is the same object, and so is its node. */
const rendered = new WeakMap<Paragraph, Node>()

/** Paragraphs belong to one view, which decides whether they carry marks. */
export function blockOf(paragraph: Paragraph, view: View): Node {
  let node = rendered.get(paragraph)
  if (!node) rendered.set(paragraph, (node = render(paragraph, view)))
  return node
}

/** What a view showed: its paragraphs and, one for each, their nodes. */
export interface Rendering {
  readonly paragraphs: readonly Paragraph[]
  readonly blocks: readonly Node[]
}

/** The nodes of all paragraphs; those of `former` serve again where they stand at the same place. */
export function renderingOf(
  paragraphs: readonly Paragraph[],
  view: View,
  former: Rendering | null,
): Rendering {
  const blocks = paragraphs.map((paragraph, i) =>
    paragraph === former?.paragraphs[i] ? former.blocks[i]! : blockOf(paragraph, view),
  )
  return { paragraphs, blocks }
}

function render(paragraph: Paragraph, view: View): Node {
  const { key, kind, level, label, marker, state, whole, leftBehind, pieces } = paragraph
  const { brackets, bracket } = paragraph
  const isMarked = view === 'marked'
  let at = 0
  const texts = pieces
    .filter(({ shown, text }) => shown && text !== '')
    .map((piece) => {
      const nth = brackets.findIndex(({ from, to }) => from <= at && at < to)
      at += piece.text.length
      const marks = marksOf(piece, isMarked)
      return schema.text(piece.text, nth < 0 ? marks : [bracketMark(brackets[nth]!, nth), ...marks])
    })
  const ins = isMarked ? insertionOf(state) : null
  const del = isMarked ? deletionOf(state) : null
  const set = isMarked ? settingOf(state, shapeOf(paragraph)) : null
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
  return schema.nodes.block.create({ ...attrs }, texts)
}

/** The marked view alone shows what a label was. */
function labelOf({ base, view: now }: Label, view: View): readonly LabelPart[] {
  return labelRevision(view === 'marked' ? (base ?? '') : (now ?? ''), now ?? '')
}

const bracketMark = ({ by, against }: Bracket, nth: number): Mark =>
  schema.mark('bracket', { by, against, nth } satisfies BracketAttrs)

function marksOf({ state, formats }: Piece, isMarked: boolean): Mark[] {
  const marks = formats.map((format) => schema.mark(format))
  const ins = isMarked ? insertionOf(state) : null
  const del = isMarked ? deletionOf(state) : null
  if (ins) marks.push(schema.mark('ins', ins))
  if (del) marks.push(schema.mark('del', del))
  const set = isMarked && state.settings ? settingOf(state, formats) : null
  if (set) marks.push(schema.mark('setting', set))
  return marks
}

const shapeOf = ({ marker, state }: Paragraph): ReadonlyMap<string, Value> =>
  new Map(Object.entries({ kind: marker.b, level: marker.lvl ?? 1, ...state.settings?.own }))

/**
 * What others than its own delegation set of a paragraph or of letters. `now` is what a paragraph was,
 * by property, or what letters look like.
 */
function settingOf(
  { settings }: TokenState,
  now: ReadonlyMap<string, Value> | readonly Format[],
): SettingAttrs | null {
  const open = (settings?.proposed ?? []).filter(({ state }) => state !== 'rejected')
  if (open.length === 0) return null
  const words = open.map(({ property, value }) =>
    'get' in now
      ? settingWords(property, value, now.get(property) ?? null)
      : settingWords(property, value, !now.some((format) => format === property)),
  )
  return {
    delegations: [...new Set(open.map(({ delegation }) => delegation))].toSorted(),
    state: open.every(({ state }) => state === 'accepted') ? 'accepted' : 'pending',
    words: [...new Set(words)].join(', '),
  }
}

function insertionOf({ ins, author }: TokenState): InsertionAttrs | null {
  if (author === null || (ins !== 'pending' && !endures(ins))) return null
  return { delegation: author, state: ins as MarkState }
}

/** What stands in brackets is not struck. */
function deletionOf({ del, proposers }: TokenState): DeletionAttrs | null {
  if (del === 'none' || del === 'bracketed') return null
  return { delegations: [...new Set(proposers.map(({ delegation }) => delegation))], state: del }
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
    const own = blocks.slice(next, next + section.childCount)
    next += section.childCount
    let isChanged = false
    for (let k = 0; k < section.childCount; k++) {
      const block = own[k]
      const before = section.child(k)
      if (block === before) continue
      if (!block || attrsOf(block).key !== attrsOf(before).key) return null
      isChanged = true
    }
    sections.push(isChanged ? section.copy(Fragment.fromArray(own)) : section)
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
