/** Keeps the projections of a ledger: layouts, labels and paragraphs, made anew only where needed. */
import type * as Y from 'yjs'
import type { Format } from '../resolution/provision.ts'
import { removalOf } from './aspect.ts'
import { noFormats } from './base-formats.ts'
import { Block, sameState } from './blocks.ts'
import { bracketOfMark, bracketsIn } from './brackets.ts'
import type { Blocks, Run, Shape } from './blocks.ts'
import { idKey } from './id.ts'
import { baseLists, renumber } from './labels.ts'
import type { ComputedLabel, LabelledBlock } from './labels.ts'
import { layOut } from './layout.ts'
import type { Group } from './layout.ts'
import type { Label, Paragraph, Piece, Projection } from './paragraph.ts'
import { findItem } from './sequence.ts'
import { formatsIn } from './settings.ts'
import { views } from './state.ts'
import type { View } from './state.ts'

/** One view as laid out; paragraphs change in it, groups and labels do not. */
interface Page {
  readonly groups: readonly Group[]
  readonly labels: readonly Label[]
  readonly dirty: Set<Block>
  projection: Projection
}

/** A paragraph with all that it was made from. */
interface Kept {
  readonly paragraph: Paragraph
  readonly group: Group
  readonly versions: readonly number[]
}

export class Projector {
  private readonly ydoc: Y.Doc
  private readonly blocks: Blocks
  private readonly pages = new Map<View, Page>()
  /** What each view last made of a block: paragraphs that have not changed stay the same objects. */
  private readonly kept = new Map<View, WeakMap<Block, Kept>>()
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
    if (page.dirty.size > 0) {
      const paragraphs = [...page.projection.paragraphs]
      const at = views.indexOf(view)
      for (const i of new Set([...page.dirty].map(({ groupIn }) => groupIn[at]!))) {
        paragraphs[i] = this.paragraph(view, page.groups[i]!, page.labels[i]!)
      }
      page.dirty.clear()
      page.projection = { view, paragraphs }
    }
    return page.projection
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
    const paragraphs = groups.map((group, i) => this.paragraph(view, group, labels[i]!))
    const page = { groups, labels, dirty: new Set<Block>(), projection: { view, paragraphs } }
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
      const shape = block.shapeIn(view)
      const isReshaped = block.isBase && !sameShape(shape, block.shape)
      const setter = setterOf(block, view)
      const style = block.numbersIn & bit ? ('number' as const) : ('letter' as const)
      const literal = literalOf(block)
      const { list } = block
      const ofBase = { ...block.shape, literal, isBase: true, list, delegation: setter, style }
      // What was made something else has gone from its list, and comes into another like a new one.
      if (isReshaped) listed.push({ ...ofBase, isShown: false })
      const delegation = block.aspects.state.author ?? proposerOf(block) ?? setter
      const isBase = block.isBase && !isReshaped
      const asNow = isBase ? { isBase, literal, list } : { isBase, literal: null, list: -1 }
      return (
        listed.push({ ...shape, ...asNow, isShown: standing.has(block), delegation, style }) - 1
      )
    })
    const labels = renumber(listed)
    return places.map((place) => labels[place]!)
  }

  private paragraph(view: View, group: Group, label: Label): Paragraph {
    let kept = this.kept.get(view)
    if (!kept) this.kept.set(view, (kept = new WeakMap()))
    const first = group.blocks[0]!
    const known = kept.get(first)
    if (known && isUnchanged(known, group, label)) return known.paragraph
    const paragraph = build(view, group, label)
    kept.set(first, { paragraph, group, versions: group.blocks.map(({ version }) => version) })
    return paragraph
  }
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

const sameShape = (a: Shape, b: Shape): boolean => a.kind === b.kind && a.level === b.level

/** Whose setting makes a block another kind or level in a view. */
function setterOf({ aspects }: Block, view: View): string | null {
  const shown = (aspects.state.settings?.proposed ?? []).filter(
    ({ property, state, shows }) =>
      (property === 'kind' || property === 'level') &&
      (view === 'accepted' ? state === 'accepted' : shows),
  )
  return shown[0]?.delegation ?? null
}

function build(view: View, { blocks, leftBehind }: Group, label: Label): Paragraph {
  const first = blocks[0]!
  const bit = 1 << views.indexOf(view)
  const pieces: Piece[] = []
  let text = ''
  for (const block of blocks) {
    if (block !== first) {
      const { client, clock, aspects } = block
      const { state } = aspects
      const mark = { type: 'marker' as const, client, clock, length: 1, text: '', shown: false }
      pieces.push({ ...mark, state, formats: noFormats })
    }
    for (const run of block.runs) {
      const { type, client, clock, length, text: letters, aspects, shownIn } = run
      const { state } = aspects
      const shown = (shownIn & bit) !== 0
      const formats = formatsIn(run.formats, state.settings, view)
      if (shown) text += letters
      const last = pieces.at(-1)
      const isNext =
        type === 'text' &&
        last?.type === 'text' &&
        last.client === client &&
        last.clock + last.length === clock &&
        sameState(last.state, state) &&
        sameFormats(last.formats, formats)
      if (isNext) {
        const joined = { ...last, length: last.length + length, text: last.text + letters }
        pieces[pieces.length - 1] = joined
      } else if (formats !== run.formats) {
        pieces.push({ type, client, clock, length, text: letters, shown, state, formats })
      } else pieces.push(pieceOf(run, shown))
    }
  }
  const { whole } = removalOf(first.aspects, first.client, first.clock, 'proposed')
  const brackets = bracketsIn(pieces, view)
  return {
    key: first.key,
    marker: first.marker,
    state: first.aspects.state,
    whole,
    ...first.shapeIn(view),
    label,
    leftBehind,
    pieces,
    brackets,
    bracket: leftBehind ? null : bracketOfMark(first.aspects.state, pieces, view),
    text,
  }
}

/** A run as it is of itself: the same value for all views that show it, and for all that hide it. */
function pieceOf(run: Run, shown: boolean): Piece {
  const known = shown ? run.asShown : run.asHidden
  if (known) return known
  const { type, client, clock, length, text, aspects, formats } = run
  const piece = { type, client, clock, length, text, shown, state: aspects.state, formats }
  if (shown) run.asShown = piece
  else run.asHidden = piece
  return piece
}

/** They are sorted by name. */
const sameFormats = (a: readonly Format[], b: readonly Format[]): boolean =>
  a === b || (a.length === b.length && a.every((format, i) => format === b[i]))
