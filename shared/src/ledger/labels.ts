/** Labels as a function of a view (SPEC.md, "Labels"): the rule *renumber*, as Brazil drafted in 2017. */
import { formatLabel, parseLabel, sectionStyle } from '../resolution/numbering.ts'
import type { LabelStyle } from '../resolution/numbering.ts'
import type { Kind } from '../resolution/provision.ts'

/** One block in the order of the sequence, shown or not. */
export interface LabelledBlock {
  readonly key: string
  readonly kind: Kind
  readonly level: number
  /** The label in the text in force; null for inserted blocks and for unlabelled ones. */
  readonly literal: string | null
  readonly isBase: boolean
  readonly isShown: boolean
  /** Who inserts or deletes it, so that the labels it moves have an author. */
  readonly delegation: string | null
  /** The letters of a call; empty for other kinds. */
  readonly call: string
}

export interface ComputedLabel {
  readonly label: string
  readonly delegation: string | null
}

/** A run of items of one level under one call of the view. */
interface List {
  readonly items: LabelledBlock[]
  readonly call: string
  readonly callIsBase: boolean
}

/**
 * The labels of the shown items. A surviving item's ordinal is its literal one, plus the inserted
 * items shown before it, minus the base items hidden before it, in its list; so a gap or an odd
 * literal (`b)bis`) stays until something before it changes. A literal that does not parse stays and
 * is not counted. An inserted item takes the ordinal after its predecessor. `bases` tells lists of the
 * text in force apart: `listOf(key)` names the list a base item belongs to there.
 */
export function renumber(
  blocks: readonly LabelledBlock[],
  listOf: (key: string) => number,
): Map<string, ComputedLabel> {
  const labels = new Map<string, ComputedLabel>()
  // What is no item of a list (a footnote) keeps the label that it has in the text in force.
  for (const { key, kind, literal, isShown } of blocks) {
    if (kind !== 'item' && literal !== null && isShown)
      labels.set(key, { label: literal, delegation: null })
  }
  for (const list of listsOf(blocks)) number(list, listOf, labels)
  return labels
}

/** Names, for every base item, its list in the text in force. */
export function baseLists(blocks: readonly LabelledBlock[]): Map<string, number> {
  const out = new Map<string, number>()
  const base = blocks.filter((block) => block.isBase).map((block) => ({ ...block, isShown: true }))
  listsOf(base).forEach((list, index) => {
    for (const { key } of list.items) out.set(key, index)
  })
  return out
}

function listsOf(blocks: readonly LabelledBlock[]): List[] {
  const lists: List[] = []
  let open: List[] = []
  let call = ''
  let callIsBase = true
  for (const block of blocks) {
    if (block.kind === 'text' || block.kind === 'footnote') continue
    if (block.kind !== 'item') {
      if (!block.isShown) continue
      open = []
      call = block.call
      callIsBase = block.isBase
      continue
    }
    if (block.isShown) open.length = Math.min(open.length, block.level)
    let list = open[block.level - 1]
    if (!list) {
      list = { items: [], call, callIsBase }
      open[block.level - 1] = list
      lists.push(list)
    }
    list.items.push(block)
  }
  return lists
}

function number(
  { items, call, callIsBase }: List,
  listOf: (key: string) => number,
  labels: Map<string, ComputedLabel>,
): void {
  const first = items.find(({ literal }) => literal !== null && parseLabel(literal))
  const home = first ? listOf(first.key) : -1
  const style = first ? styleOf(first.literal!) : sectionOrNested(items[0]!.level, call)
  let shift = first && !callIsBase ? 1 - parseLabel(first.literal!, style)!.ordinal : 0
  let mover: string | null = null
  let last = first ? parseLabel(first.literal!, style)!.ordinal + shift - 1 : 0
  for (const { key, literal, isBase, isShown, delegation } of items) {
    if (!isBase) {
      if (!isShown) continue
      shift++
      mover = delegation
      labels.set(key, { label: formatLabel(style, ++last), delegation })
      continue
    }
    if (literal === null) continue
    const parsed = listOf(key) === home ? parseLabel(literal, style) : null
    if (!isShown) {
      if (parsed) {
        shift--
        mover = delegation
      }
    } else if (parsed) {
      last = parsed.ordinal + shift
      labels.set(key, { label: formatLabel(style, last), delegation: mover })
    } else if (listOf(key) !== home && parseLabel(literal, style)) {
      labels.set(key, { label: formatLabel(style, ++last), delegation: mover })
    } else {
      labels.set(key, { label: literal, delegation: null })
    }
  }
}

const styleOf = (literal: string): LabelStyle => parseLabel(literal)!.style

const sectionOrNested = (level: number, call: string): LabelStyle =>
  level === 1
    ? sectionStyle(call)
    : level === 2 && sectionStyle(call) === 'number'
      ? 'letter'
      : 'roman'
