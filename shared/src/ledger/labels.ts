/** Labels as a function of a view (SPEC.md, "Labels"): the rule *renumber*, as Brazil drafted in 2017. */
import { formatLabel, parseLabel, sectionStyle } from '../resolution/numbering.ts'
import type { LabelStyle } from '../resolution/numbering.ts'
import type { Kind } from '../resolution/provision.ts'

/** One block in the order of the sequence, shown or not. */
export interface LabelledBlock {
  readonly kind: Kind
  readonly level: number
  /** The label in the text in force; null for inserted blocks and for unlabelled ones. */
  readonly literal: string | null
  readonly isBase: boolean
  readonly isShown: boolean
  /** Which list of the text in force a base item belongs to, from `baseLists`; -1 for all others. */
  readonly list: number
  /** Who inserts or deletes it, so that the labels it moves have an author. */
  readonly delegation: string | null
  /** The letters of a call; empty for other kinds. */
  readonly call: string
}

export interface ComputedLabel {
  readonly label: string
  readonly delegation: string | null
}

/** A run of items of one level under one call of the view, as indexes of blocks. */
interface List {
  readonly items: number[]
  readonly call: string
  readonly callIsBase: boolean
}

/**
 * The labels of the shown items, one for each block, null where there is none. A surviving item's
 * ordinal is its literal one, plus the inserted items shown before it, minus the base items hidden
 * before it, in its list; so a gap or an odd literal (`b)bis`) stays until something before it
 * changes. A literal that does not parse stays and is not counted. An inserted item takes the ordinal
 * after its predecessor.
 */
export function renumber(blocks: readonly LabelledBlock[]): (ComputedLabel | null)[] {
  // What is no item of a list (a footnote) keeps the label that it has in the text in force.
  const labels = blocks.map(({ kind, literal, isShown }): ComputedLabel | null =>
    kind !== 'item' && literal !== null && isShown ? { label: literal, delegation: null } : null,
  )
  for (const list of listsOf(blocks)) number(list, blocks, labels)
  return labels
}

/** For each block of the text in force alone the number of its list; -1 for what is no item. */
export function baseLists(
  base: readonly Pick<LabelledBlock, 'kind' | 'level' | 'literal'>[],
): number[] {
  const out = base.map(() => -1)
  const shown = base.map((block) => ({
    ...block,
    isBase: true,
    isShown: true,
    list: -1,
    delegation: null,
    call: '',
  }))
  listsOf(shown).forEach((list, index) => {
    for (const i of list.items) out[i] = index
  })
  return out
}

function listsOf(blocks: readonly LabelledBlock[]): List[] {
  const lists: List[] = []
  let open: List[] = []
  let call = ''
  let callIsBase = true
  blocks.forEach((block, index) => {
    if (block.kind === 'text' || block.kind === 'footnote') return
    if (block.kind !== 'item') {
      if (!block.isShown) return
      open = []
      call = block.call
      callIsBase = block.isBase
      return
    }
    if (block.isShown) open.length = Math.min(open.length, block.level)
    let list = open[block.level - 1]
    if (!list) {
      list = { items: [], call, callIsBase }
      open[block.level - 1] = list
      lists.push(list)
    }
    list.items.push(index)
  })
  return lists
}

function number(
  { items, call, callIsBase }: List,
  blocks: readonly LabelledBlock[],
  labels: (ComputedLabel | null)[],
): void {
  const firstIndex = items.find((i) => {
    const { literal } = blocks[i]!
    return literal !== null && parseLabel(literal) !== null
  })
  const first = firstIndex === undefined ? null : blocks[firstIndex]!
  const home = first ? first.list : -1
  const style = first ? styleOf(first.literal!) : sectionOrNested(blocks[items[0]!]!.level, call)
  let shift = first && !callIsBase ? 1 - parseLabel(first.literal!, style)!.ordinal : 0
  let mover: string | null = null
  let last = first ? parseLabel(first.literal!, style)!.ordinal + shift - 1 : 0
  for (const i of items) {
    const { literal, isBase, isShown, list, delegation } = blocks[i]!
    if (!isBase) {
      if (!isShown) continue
      shift++
      mover = delegation
      labels[i] = { label: formatLabel(style, ++last), delegation }
      continue
    }
    if (literal === null) continue
    const parsed = parseLabel(literal, style)
    const isHome = list === home
    if (!isShown) {
      if (!parsed || !isHome) continue
      shift--
      mover = delegation
    } else if (!parsed) {
      labels[i] = { label: literal, delegation: null }
    } else {
      last = isHome ? parsed.ordinal + shift : last + 1
      labels[i] = { label: formatLabel(style, last), delegation: mover }
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
