/**
 * Labels as a function of a view (SPEC.md, "Labels"): by *renumber*, as Brazil drafted in 2017, or by
 * *bis, ter*.
 */
import { noLabel } from '../resolution/hand-label.ts'
import { formatLatin, parseLatin } from '../resolution/latin.ts'
import type { LatinLabel, Numbering } from '../resolution/latin.ts'
import { formatLabel, highestOrdinal, isUnordered, parseLabel } from '../resolution/numbering.ts'
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
  /** The label that a hand has given it, `noLabel` included, and whose hand; null: it is counted. */
  readonly given: ComputedLabel | null
  /** How a list under this call begins; means nothing for other kinds. */
  readonly style: LabelStyle
  /** Of what was moved here: how its label was counted in the text in force, of a call its items'. */
  readonly former?: LabelStyle | undefined
}

export interface ComputedLabel {
  readonly label: string
  readonly delegation: string | null
}

/** A run of items of one level under one call of the view. */
interface List {
  readonly level: number
  /** The style that the call asks for. */
  readonly style: LabelStyle
  /** The call or the item of a lower level under which it stands; null at the start of the text. */
  readonly opener: LabelledBlock | null
  /** Indexes of its blocks, and of the hidden calls and items that would have ended it. */
  readonly items: number[]
}

/**
 * The labels of the shown items, one for each block, null where there is none.
 *
 * *renumber*: a surviving item's ordinal is its literal one, plus the inserted items shown before it,
 * minus the base items hidden before it, in its list; so a gap or an odd literal (`b)bis`) stays until
 * something before it changes. A literal that does not parse stays and is not counted. An inserted item
 * takes the ordinal after its predecessor. Of the labels that hands have given, those of the list's
 * style are counted on from, and of the others the count knows nothing.
 *
 * *bis*: items of the text in force keep their literals whatever happens around them. An inserted item
 * takes the literal of the one before it, hidden or not, or the label that a hand has given that one,
 * with the next Latin ordinal that is free.
 */
export function labelsOf(
  blocks: readonly LabelledBlock[],
  numbering: Numbering,
): (ComputedLabel | null)[] {
  // What is no item of a list (a footnote) keeps the label that it has in the text in force.
  const labels = blocks.map(({ kind, literal, isShown }): ComputedLabel | null =>
    kind !== 'item' && literal !== null && isShown ? { label: literal, delegation: null } : null,
  )
  const label = numbering === 'bis' ? insertBetween : number
  for (const list of listsOf(blocks)) label(list, blocks, labels)
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
    given: null,
    style: 'letter' as const,
  }))
  listsOf(shown).forEach((list, index) => {
    for (const i of list.items) out[i] = index
  })
  return out
}

function listsOf(blocks: readonly LabelledBlock[]): List[] {
  const lists: List[] = []
  let open: (List | undefined)[] = []
  // The shown call, then for each level the last item shown: under the deepest of them a list opens.
  let openers: (LabelledBlock | undefined)[] = []
  blocks.forEach((block, index) => {
    const { kind, isShown } = block
    if (kind === 'text' || kind === 'footnote') return
    const level = kind === 'item' ? block.level : 0
    if (isShown) {
      open.length = Math.min(open.length, level)
      openers.length = Math.min(openers.length, level)
      openers[level] = block
    } else if (block.isBase) {
      for (const list of open.slice(level)) list?.items.push(index)
    }
    if (level === 0) return
    let list = open[level - 1]
    if (!list) {
      const above = openers.slice(0, level)
      const opener = above.findLast((each) => each !== undefined) ?? null
      list = { level, style: above[0]?.style ?? 'letter', opener, items: [] }
      open[level - 1] = list
      lists.push(list)
    }
    list.items.push(index)
  })
  return lists
}

function number(
  { items, level, opener, style: asked }: List,
  blocks: readonly LabelledBlock[],
  labels: (ComputedLabel | null)[],
): void {
  const first = items
    .map((i) => blocks[i]!)
    .find((block) => isItem(block, level) && block.literal !== null && parseLabel(block.literal))
  const home = first ? first.list : -1
  // Where the text in force does not say how to count, the first label that a hand has given does.
  const style = first
    ? styleOf(first.literal!)
    : (styleGiven(items, level, blocks) ?? kept(items, blocks, opener) ?? styleAt(level, asked))
  const begin = first ? parseLabel(first.literal!, style)!.ordinal : 1
  // Under an inserted call or item a list begins anew, whatever its first literal.
  const isMoved = opener !== null && !opener.isBase
  let shift = isMoved ? 1 - begin : 0
  let mover = isMoved ? opener.delegation : null
  let last = begin + shift - 1
  const set = (i: number, ordinal: number) => {
    // Of more items than a style can count the rest share its last label.
    last = Math.min(Math.max(ordinal, 1), highestOrdinal[style])
    labels[i] = { label: formatLabel(style, last), delegation: mover }
  }
  const give = (i: number, given: ComputedLabel, { isBase, literal, list }: LabelledBlock) => {
    labels[i] = given.label === noLabel ? null : given
    const isHome = isBase && list === home
    const counted = isHome && literal !== null ? parseLabel(literal, style) : null
    const { ordinal } = parseLabel(given.label, style) ?? {}
    const before = shift
    if (ordinal === undefined) shift -= counted ? 1 : 0
    else {
      if (counted) shift = ordinal - counted.ordinal
      else if (!isBase || isHome) shift += ordinal - last
      last = ordinal
    }
    if (shift !== before) mover = given.delegation
  }
  for (const i of items) {
    const block = blocks[i]!
    const { literal, isShown, delegation, given } = block
    if (!isItem(block, level)) {
      mover = delegation
    } else if (isShown && given) {
      give(i, given, block)
    } else if (!block.isBase) {
      if (!isShown) continue
      shift++
      mover = delegation
      set(i, last + 1)
    } else if (literal !== null) {
      // What the deletion of a call brings in from another list takes this list's style.
      const isHome = block.list === home
      const parsed = parseLabel(literal, isHome ? style : undefined)
      if (isShown && parsed) set(i, isHome ? parsed.ordinal + shift : last + 1)
      else if (isShown) labels[i] = { label: literal, delegation: null }
      else if (isHome && parsed) {
        shift--
        mover = delegation
      }
    }
  }
}

/** The style that the items of a list had before they were moved, but for that of a call that stayed. */
function kept(
  items: readonly number[],
  blocks: readonly LabelledBlock[],
  opener: LabelledBlock | null,
): LabelStyle | undefined {
  if (opener?.kind === 'call' && opener.former === undefined) return undefined
  return items.map((i) => blocks[i]!).find(({ isShown, isBase }) => isShown && !isBase)?.former
}

/** Labels a list by *bis, ter*; a list of which nothing is in the text in force is counted. */
function insertBetween(
  list: List,
  blocks: readonly LabelledBlock[],
  labels: (ComputedLabel | null)[],
): void {
  const items = list.items.filter((i) => isItem(blocks[i]!, list.level))
  const literals = items.flatMap((i) => blocks[i]!.literal ?? [])
  if (literals.length === 0) {
    number(list, blocks, labels)
    return
  }
  const given = items.flatMap((i) => (blocks[i]!.isShown ? (blocks[i]!.given?.label ?? []) : []))
  const taken = new Set([...literals, ...given].map((label) => formatLatin(parseLatin(label))))
  let before: LatinLabel = inFrontOf(parseLatin(literals[0]!))
  for (const i of items) {
    const { literal, isBase, isShown, delegation, given } = blocks[i]!
    if (isShown && given) {
      labels[i] = given.label === noLabel ? null : given
      if (given.label !== noLabel) before = parseLatin(given.label)
      else if (literal !== null) before = parseLatin(literal)
    } else if (isBase) {
      if (literal === null) continue
      before = parseLatin(literal)
      if (isShown) labels[i] = { label: literal, delegation: null }
    } else if (isShown && isUnordered(before.stem)) {
      labels[i] = { label: before.stem, delegation }
    } else if (isShown) {
      do before = { ...before, ordinal: before.ordinal + 1 }
      while (taken.has(formatLatin(before)))
      taken.add(formatLatin(before))
      labels[i] = { label: formatLatin(before), delegation }
    }
  }
}

/** What stands before the first item has no literal to follow: `-a)`, as the European Union writes. */
const inFrontOf = ({ stem, closes }: LatinLabel): LatinLabel => ({
  stem: isUnordered(stem) ? stem : `-${stem}`,
  closes,
  ordinal: 0,
})

const isItem = ({ kind, level }: LabelledBlock, at: number): boolean =>
  kind === 'item' && level === at

/** The style of the first label given by hand that is in a sequence; null where none is. */
function styleGiven(
  items: readonly number[],
  level: number,
  blocks: readonly LabelledBlock[],
): LabelStyle | null {
  for (const block of items.map((i) => blocks[i]!)) {
    if (!isItem(block, level) || !block.isShown || !block.given) continue
    const parsed = parseLabel(block.given.label)
    if (parsed) return parsed.style
  }
  return null
}

const styleOf = (literal: string): LabelStyle => parseLabel(literal)!.style

const styleAt = (level: number, style: LabelStyle): LabelStyle =>
  level === 1 ? style : level === 2 && style === 'number' ? 'letter' : 'roman'
