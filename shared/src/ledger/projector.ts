/** Keeps the projections of a ledger: layouts, labels and paragraphs, made anew only where needed. */
import type * as Y from 'yjs'
import { removalOf } from './aspect.ts'
import { bracketOfMark } from './brackets.ts'
import type { Block, Blocks } from './blocks.ts'
import { idKey } from './id.ts'
import { baseLists, renumber } from './labels.ts'
import type { ComputedLabel, LabelledBlock } from './labels.ts'
import { layOut } from './layout.ts'
import type { Group } from './layout.ts'
import type { Label, Paragraph, Projection } from './paragraph.ts'
import { findItem } from './sequence.ts'
import { views } from './state.ts'
import type { View } from './state.ts'
import { wordsIn } from './words.ts'
import type { Kept, Words } from './words.ts'

/** One view as laid out; paragraphs change in it, groups and labels do not. */
interface Page {
  readonly groups: readonly Group[]
  readonly labels: readonly Label[]
  readonly dirty: Set<Block>
  /** null until somebody asks for the paragraphs. */
  projection: Projection | null
}

export class Projector {
  private readonly ydoc: Y.Doc
  private readonly blocks: Blocks
  private readonly pages = new Map<View, Page>()
  private ordered = false

  constructor(ydoc: Y.Doc, blocks: Blocks) {
    this.ydoc = ydoc
    this.blocks = blocks
  }

  /** A block was read anew; `moved`: its marker or what stands under it may have changed. */
  touch(block: Block, moved: boolean): void {
    if (moved) this.pages.clear()
    else for (const page of this.pages.values()) page.dirty.add(block)
  }

  /** Blocks were added. */
  reorder(): void {
    this.pages.clear()
    this.ordered = false
  }

  project(view: View): Projection {
    const page = this.page(view)
    const { dirty, groups, projection } = page
    if (projection && dirty.size === 0) return projection
    const paragraphs = projection
      ? [...projection.paragraphs]
      : groups.map((_, i) => this.paragraph(view, page, i))
    const at = views.indexOf(view)
    for (const block of projection ? dirty : []) {
      const i = block.groupIn[at]!
      paragraphs[i] = this.paragraph(view, page, i)
    }
    dirty.clear()
    return (page.projection = { view, paragraphs })
  }

  private page(view: View): Page {
    const known = this.pages.get(view)
    if (known) return known
    this.order()
    const groups = layOut(
      this.blocks.list,
      view,
      (block) => this.homeOf(block),
      (client, clock) => this.blocks.find(idKey(client, clock))?.index ?? -1,
    )
    const at = views.indexOf(view)
    groups.forEach(({ blocks }, i) => {
      for (const block of blocks) block.groupIn[at] = i
    })
    const labels = this.labels(view, groups)
    const page: Page = { groups, labels, dirty: new Set(), projection: null }
    this.pages.set(view, page)
    return page
  }

  /** Gives every block its place, and every base item its list. */
  private order(): void {
    if (this.ordered) return
    this.ordered = true
    const base = this.blocks.list.filter(({ isBase }) => isBase)
    const lists = baseLists(base.map((block) => ({ ...block.shape, literal: literalOf(block) })))
    base.forEach((block, i) => (block.list = lists[i]!))
    this.blocks.list.forEach((block, i) => (block.index = i))
  }

  private homeOf({ client, clock }: Block): number {
    const anchor = findItem(this.ydoc, { client, clock: clock - 1 })
    return (anchor && this.blocks.holding(anchor)?.index) ?? -1
  }

  private labels(view: View, groups: readonly Group[]): Label[] {
    if (view === 'base') {
      return groups.map(({ blocks }) => {
        const base = literalOf(blocks[0]!)
        return { base, view: base, delegation: null }
      })
    }
    const computed = view === 'marked' ? null : this.renumbered(view, groups)
    const clean = view === 'marked' ? this.page('clean') : null
    return groups.map(({ blocks }): Label => {
      const first = blocks[0]!
      const base = literalOf(first)
      const found = computed ? computed[first.index] : labelIn(clean!, first)
      const label = found?.label ?? null
      const remover = proposerOf(first) ?? setterOf(first, view)
      const by = base !== null && !found ? remover : (found?.delegation ?? null)
      return { base, view: label, delegation: base === label ? null : by }
    })
  }

  private renumbered(view: View, groups: readonly Group[]): readonly (ComputedLabel | null)[] {
    const bit = 1 << views.indexOf(view)
    const standing = new Set(groups.map(({ blocks }) => blocks[0]!))
    const listed: LabelledBlock[] = []
    const places = this.blocks.list.map((block) => {
      const { kind, level } = block.shapeIn(view)
      const setter = setterOf(block, view)
      const style = block.numbersIn & bit ? ('number' as const) : ('letter' as const)
      const literal = literalOf(block)
      const { list, shape } = block
      const isReshaped = block.isBase && (kind !== shape.kind || level !== shape.level)
      // What was made something else has gone from its list, and comes into another like a new one.
      if (isReshaped) {
        const gone = { isBase: true, literal, list, isShown: false, delegation: setter, style }
        listed.push({ ...shape, ...gone })
      }
      const isBase = block.isBase && !isReshaped
      const place = listed.push({
        kind,
        level,
        literal: isBase ? literal : null,
        isBase,
        isShown: standing.has(block),
        list: isBase ? list : -1,
        delegation: block.aspects.state.author ?? proposerOf(block) ?? setter,
        style,
      })
      return place - 1
    })
    const labels = renumber(listed)
    return places.map((place) => labels[place]!)
  }

  private paragraph(view: View, { groups, labels }: Page, at: number): Paragraph {
    const group = groups[at]!
    const label = labels[at]!
    const first = group.blocks[0]!
    const known = first.keptIn[views.indexOf(view)]
    if (known && isUnchanged(known, group, label)) return known.paragraph
    const words = wordsElsewhere(view, group) ?? wordsIn(view, group)
    const paragraph = build(view, group, label, words)
    const versions = group.blocks.map(({ version }) => version)
    first.keptIn[views.indexOf(view)] = { paragraph, group, versions }
    return paragraph
  }
}

/** What another view has made of the same words, if it shows the same of them; mostly, some do. */
function wordsElsewhere(view: View, { blocks }: Group): Words | null {
  const block = blocks[0]!
  if (!block.isPlain || blocks.length > 1) return null
  for (let i = 0; i < views.length; i++) {
    const known = block.keptIn[i]
    const isSame = known?.versions[0] === block.version && known?.group.blocks.length === 1
    if (isSame && block.showsAlike(view, views[i]!)) return known.paragraph
  }
  return null
}

const isUnchanged = ({ paragraph, group, versions }: Kept, now: Group, label: Label): boolean =>
  group.leftBehind === now.leftBehind &&
  group.blocks.length === now.blocks.length &&
  now.blocks.every((block, i) => block === group.blocks[i] && block.version === versions[i]) &&
  paragraph.label.base === label.base &&
  paragraph.label.view === label.view &&
  paragraph.label.delegation === label.delegation

/** The label that a page shows for the paragraph which a block opens; null where it opens none. */
function labelIn({ groups, labels }: Page, block: Block): ComputedLabel | null {
  const i = block.groupIn[views.indexOf('clean')]!
  const { view, delegation } = labels[i]!
  return groups[i]!.blocks[0] === block && view !== null ? { label: view, delegation } : null
}

const literalOf = ({ isBase, marker }: Block): string | null =>
  isBase ? (marker.label ?? null) : null

const proposerOf = (block: Block): string | null =>
  block.aspects.state.proposers[0]?.delegation ?? null

/** Whose setting makes a block another kind or level in a view. */
function setterOf({ aspects }: Block, view: View): string | null {
  const { settings } = aspects.state
  const shown = settings?.proposed.find(
    ({ property, state, shows }) =>
      (property === 'kind' || property === 'level') &&
      (view === 'accepted' ? state === 'accepted' : shows),
  )
  return shown?.delegation ?? null
}

function build(
  view: View,
  { blocks, leftBehind }: Group,
  label: Label,
  { pieces, brackets, text }: Words,
): Paragraph {
  const first = blocks[0]!
  const { state } = first.aspects
  const { kind, level } = first.shapeIn(view)
  const { whole } = removalOf(first.aspects, first.client, first.clock, 'proposed')
  return {
    key: first.key,
    marker: first.marker,
    state,
    whole,
    kind,
    level,
    label,
    leftBehind,
    pieces,
    brackets,
    bracket: leftBehind ? null : bracketOfMark(state, pieces, view),
    text,
  }
}
