/** Keeps the projections of a ledger: layouts, labels and paragraphs, made anew only where needed. */
import type * as Y from 'yjs'
import { removalOf } from './aspect.ts'
import { noFormats } from './base-formats.ts'
import { Block, sameState } from './blocks.ts'
import type { Blocks } from './blocks.ts'
import { baseLists, renumber } from './labels.ts'
import type { ComputedLabel, LabelledBlock } from './labels.ts'
import { layOut } from './layout.ts'
import type { Group } from './layout.ts'
import type { Label, Paragraph, Piece, Projection } from './paragraph.ts'
import { findItem } from './sequence.ts'
import { views } from './state.ts'
import type { View } from './state.ts'

/** One view as laid out; paragraphs change in it, groups do not. */
interface Page {
  readonly groups: readonly Group[]
  readonly indexOf: ReadonlyMap<Block, number>
  readonly labels: ReadonlyMap<string, Label>
  readonly dirty: Set<Block>
  projection: Projection
}

export class Projector {
  private readonly ydoc: Y.Doc
  private readonly blocks: Blocks
  private readonly pages = new Map<View, Page>()
  /** What the last pages showed: paragraphs that have not changed stay the same objects. */
  private readonly former = new Map<View, Map<string, { paragraph: Paragraph; stamp: string }>>()
  private order: ReadonlyMap<string, number> | null = null

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
    this.order = null
  }

  project(view: View): Projection {
    const page = this.page(view)
    if (page.dirty.size > 0) {
      const paragraphs = [...page.projection.paragraphs]
      const indexes = new Set([...page.dirty].map((block) => page.indexOf.get(block)!))
      for (const i of indexes) paragraphs[i] = this.paragraph(view, page.groups[i]!, page.labels)
      page.dirty.clear()
      page.projection = { view, paragraphs }
    }
    return page.projection
  }

  private page(view: View): Page {
    const known = this.pages.get(view)
    if (known) return known
    const blocks = this.blocks.list
    const order = (this.order ??= new Map(blocks.map((block, i) => [block.key, i])))
    const groups = layOut(
      blocks,
      view,
      (block) => this.homeOf(block, order),
      (client, clock) => order.get(`${client}:${clock}`) ?? -1,
    )
    const indexOf = new Map<Block, number>()
    groups.forEach((group, i) => {
      for (const block of group.blocks) indexOf.set(block, i)
    })
    const labels = this.labels(view, groups)
    const former = this.former.get(view)
    this.former.set(view, new Map())
    const paragraphs = groups.map((group) => this.paragraph(view, group, labels, former))
    const page = {
      groups,
      indexOf,
      labels,
      dirty: new Set<Block>(),
      projection: { view, paragraphs },
    }
    this.pages.set(view, page)
    return page
  }

  private homeOf({ client, clock }: Block, order: ReadonlyMap<string, number>): number {
    const anchor = findItem(this.ydoc, { client, clock: clock - 1 })
    const block = anchor && this.blocks.holding(anchor)
    return block ? (order.get(block.key) ?? -1) : -1
  }

  private labels(view: View, groups: readonly Group[]): ReadonlyMap<string, Label> {
    const out = new Map<string, Label>()
    const literal = (block: Block) => (block.isBase ? (block.marker.label ?? null) : null)
    if (view === 'base') {
      for (const { blocks } of groups) {
        const label = literal(blocks[0]!)
        out.set(blocks[0]!.key, { base: label, view: label, delegation: null })
      }
      return out
    }
    const computed = view === 'marked' ? null : this.renumbered(groups)
    const clean = view === 'marked' ? this.page('clean').labels : null
    for (const { blocks } of groups) {
      const { key } = blocks[0]!
      const base = literal(blocks[0]!)
      const found: ComputedLabel | Label | undefined = computed?.get(key) ?? clean?.get(key)
      const label = found && ('label' in found ? found.label : found.view)
      const by = base !== null && !found ? proposerOf(blocks[0]!) : (found?.delegation ?? null)
      out.set(key, {
        base,
        view: label ?? null,
        delegation: base === (label ?? null) ? null : by,
      })
    }
    return out
  }

  private renumbered(groups: readonly Group[]): Map<string, ComputedLabel> {
    const standing = new Set(groups.map(({ blocks }) => blocks[0]!))
    const labelled = this.blocks.list.map((block): LabelledBlock => {
      const { kind, level } = shapeOf(block)
      return {
        key: block.key,
        kind,
        level,
        literal: block.isBase ? (block.marker.label ?? null) : null,
        isBase: block.isBase,
        isShown: standing.has(block),
        delegation: block.aspects.state.author ?? proposerOf(block),
        call: kind === 'call' ? block.runs.map((run) => run.text).join('') : '',
      }
    })
    const lists = baseLists(labelled)
    return renumber(labelled, (key) => lists.get(key) ?? -1)
  }

  private paragraph(
    view: View,
    group: Group,
    labels: ReadonlyMap<string, Label>,
    former = this.former.get(view)!,
  ): Paragraph {
    const first = group.blocks[0]!
    const label = labels.get(first.key)!
    const stamp = [
      ...group.blocks.map((block) => `${block.key}/${block.version}`),
      label.base,
      label.view,
      label.delegation,
      group.leftBehind,
    ].join(' ')
    const known = former.get(first.key)
    const paragraph = known?.stamp === stamp ? known.paragraph : build(view, group, label)
    this.former.get(view)!.set(first.key, { paragraph, stamp })
    return paragraph
  }
}

const proposerOf = (block: Block): string | null =>
  block.aspects.state.proposers[0]?.delegation ?? null

export const shapeOf = ({ marker }: Block) => ({
  kind: marker.b === 'notes' ? ('text' as const) : marker.b,
  level: marker.lvl ?? 1,
})

function build(view: View, { blocks, leftBehind }: Group, label: Label): Paragraph {
  const first = blocks[0]!
  const bit = 1 << views.indexOf(view)
  const pieces: Piece[] = []
  for (const block of blocks) {
    if (block !== first) {
      const { client, clock, aspects } = block
      const { state } = aspects
      const mark = { type: 'marker' as const, client, clock, length: 1, text: '', shown: false }
      pieces.push({ ...mark, state, formats: noFormats })
    }
    for (const run of block.runs) {
      const { type, client, clock, length, text, aspects, shownIn, formats } = run
      const { state } = aspects
      const last = pieces.at(-1)
      if (type === 'text' && last?.type === 'text' && last.client === client) {
        if (
          last.clock + last.length === clock &&
          last.formats === formats &&
          sameState(last.state, state)
        ) {
          const joined = { ...last, length: last.length + length, text: last.text + text }
          pieces[pieces.length - 1] = joined
          continue
        }
      }
      pieces.push({
        type,
        client,
        clock,
        length,
        text,
        shown: (shownIn & bit) !== 0,
        state,
        formats,
      })
    }
  }
  const { whole } = removalOf(first.aspects, first.client, first.clock, 'clean')
  return {
    key: first.key,
    marker: first.marker,
    state: first.aspects.state,
    whole,
    ...shapeOf(first),
    label,
    leftBehind,
    pieces,
    text: pieces.map((piece) => (piece.shown ? piece.text : '')).join(''),
  }
}
