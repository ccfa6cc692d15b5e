/** Keeps the projections of a ledger: layouts, labels and paragraphs, made anew only where needed. */
import type * as Y from 'yjs'
import { automaticLabel } from '../resolution/hand-label.ts'
import { removalOf } from './aspect.ts'
import { numberingOf } from './base.ts'
import { bracketOfMark } from './brackets.ts'
import { referencesIn } from './blocks.ts'
import type { Block, Blocks } from './blocks.ts'
import { idKey } from './id.ts'
import { parseLabel } from '../resolution/numbering.ts'
import type { LabelStyle } from '../resolution/numbering.ts'
import type { Kind } from '../resolution/provision.ts'
import { baseLists, labelsOf } from './labels.ts'
import type { ComputedLabel, LabelledBlock } from './labels.ts'
import { layOut } from './layout.ts'
import type { Group } from './layout.ts'
import { numberNotes } from './note-numbers.ts'
import type { CountedReference } from './note-numbers.ts'
import type { Label, Paragraph, Projection } from './paragraph.ts'
import { sameState } from './run.ts'
import type { Run } from './run.ts'
import { findItem } from './sequence.ts'
import type { Property } from './settings.ts'
import { shown, views } from './state.ts'
import type { View } from './state.ts'
import { wordsIn } from './words.ts'
import type { Kept, NoteLabels, NotedGroup, Words } from './words.ts'

/** One view as laid out; paragraphs change in it, groups and labels do not. */
interface Page {
  readonly groups: readonly NotedGroup[]
  readonly labels: readonly Label[]
  readonly notes: NoteLabels
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

  /** Labels are counted in another way. */
  relabel(): void {
    this.pages.clear()
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
      // A footnote's words that no reference of this view leads to stand nowhere.
      if (i >= 0) paragraphs[i] = this.paragraph(view, page, i)
    }
    dirty.clear()
    return (page.projection = { view, paragraphs })
  }

  private page(view: View): Page {
    const known = this.pages.get(view)
    if (known) return known
    this.order()
    const body = layOut(
      this.blocks.list,
      view,
      (block) => this.homeOf(block),
      (client, clock) => this.blocks.find(idKey(client, clock))?.index ?? -1,
    ).map((group) => ({ ...group, reference: null }))
    const at = views.indexOf(view)
    const groups: NotedGroup[] = [...body, ...this.bodiesIn(body, at)]
    for (const note of this.blocks.notes) note.groupIn[at] = -1
    groups.forEach(({ blocks }, i) => {
      for (const block of blocks) block.groupIn[at] = i
    })
    const notes = this.noteLabels(view)
    const labels = [
      ...this.labels(view, body),
      ...groups.slice(body.length).map(({ reference }) => notes.get(reference!.note!)!),
    ]
    const page: Page = { groups, labels, notes, dirty: new Set(), projection: null }
    this.pages.set(view, page)
    return page
  }

  /** The bodies of the footnotes to which a view shows a reference, in the order of those. */
  private bodiesIn(groups: readonly Group[], at: number): NotedGroup[] {
    const shown = new Map<string, Run>()
    for (const reference of groups.flatMap(({ blocks }) => referencesIn(blocks))) {
      if (!(reference.shownIn & (1 << at))) continue
      const known = shown.get(reference.note!)
      if (!known || (isToGo(known) && !isToGo(reference))) shown.set(reference.note!, reference)
    }
    return [...shown.values()].flatMap((reference) => {
      const body = this.blocks.note(reference.note!)
      return body ? [{ blocks: [body], leftBehind: false, reference }] : []
    })
  }

  /** The numbers of all footnotes; a reference whose footnote's body has not come has none. */
  private noteLabels(view: View): NoteLabels {
    const references = referencesIn(this.blocks.list)
    if (references.length === 0) return new Map()
    const isBase = view === 'base'
    const bit = 1 << views.indexOf(view === 'marked' ? 'clean' : view)
    const noted = references.map((reference) => {
      const body = this.blocks.note(reference.note!)
      return { reference, id: reference.note!, body, literal: body && literalOf(body) }
    })
    const counted = noted.flatMap(({ reference, id, body, literal }): CountedReference[] => {
      const { shownIn, aspects } = reference
      return body ? [{ id, literal, isShown: (shownIn & bit) !== 0, state: aspects.state }] : []
    })
    const numbers = isBase ? null : numberNotes(counted)
    return new Map(
      noted.map(({ reference, id, literal }) => {
        const number = numbers?.get(id)
        const by = number ? number.delegation : proposerOf(reference)
        return [id, labelWith(literal, isBase ? literal : (number?.label ?? null), by)]
      }),
    )
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
        return labelWith(base, base, null)
      })
    }
    const computed = view === 'marked' ? null : this.computed(view, groups)
    const clean = view === 'marked' ? this.page('clean') : null
    return groups.map(({ blocks }): Label => {
      const first = blocks[0]!
      const base = literalOf(first)
      const found = computed ? computed[first.index] : labelIn(clean!, first)
      const remover =
        proposerOf(first) ??
        setterOf(first, view, ['kind', 'level']) ??
        setterOf(first, view, ['label'])
      const by = base !== null && !found ? remover : (found?.delegation ?? null)
      return labelWith(base, found?.label ?? null, by)
    })
  }

  /**
   * The labels that the clean view would count, by block, if no hand had given any, or only that of
   * `block` were not given.
   */
  counted(block: Block | null = null): ReadonlyMap<Block, string | null> {
    const { groups } = this.page('clean')
    const labels = this.computed('clean', groups, (one) => block !== null && one !== block)
    return new Map(this.blocks.list.map((one) => [one, labels[one.index]?.label ?? null]))
  }

  /** The labels of a view by block. A label that a hand has given counts where it `isHeeded`. */
  private computed(
    view: View,
    groups: readonly Group[],
    isHeeded: (block: Block) => boolean = () => true,
  ): readonly (ComputedLabel | null)[] {
    const bit = 1 << views.indexOf(view)
    const standing = new Set(groups.map(({ blocks }) => blocks[0]!))
    const listed: LabelledBlock[] = []
    const places = this.blocks.list.map((block) => {
      const setter = setterOf(block, view, ['kind', 'level'])
      const style = block.numbersIn & bit ? ('number' as const) : ('letter' as const)
      const literal = literalOf(block)
      const { list, shape } = block
      const isShown = standing.has(block)
      const { kind, level } = isShown || !block.isBase ? block.shapeIn(view) : shape
      // What was made something else has gone from its list, and comes into another like a new one;
      // what is not shown has gone in any case.
      const isReshaped = block.isBase && (kind !== shape.kind || level !== shape.level)
      if (isReshaped) {
        const gone = {
          isBase: true,
          literal,
          list,
          isShown: false,
          delegation: setter,
          given: null,
          style,
        }
        listed.push({ ...shape, ...gone })
      }
      const isBase = block.isBase && !isReshaped
      const place = listed.push({
        kind,
        level,
        literal: isBase ? literal : null,
        isBase,
        isShown,
        list: isBase ? list : -1,
        delegation: block.aspects.state.author ?? proposerOf(block) ?? setter,
        given: isHeeded(block) ? givenTo(block, view) : null,
        style,
        former: this.formerOf(block, kind, style),
      })
      return place - 1
    })
    const labels = labelsOf(listed, numberingOf(this.ydoc))
    return places.map((place) => labels[place]!)
  }

  /** How the label of a moved item was counted, a call's items; undefined for what was not moved. */
  private formerOf({ marker }: Block, kind: Kind, style: LabelStyle): LabelStyle | undefined {
    if (marker.from === undefined) return undefined
    if (kind === 'call') return style
    // What was moved, accepted and moved again is a copy of a copy; forged links may go in a circle.
    let origin = this.blocks.find(marker.from)
    for (let i = 0; i < mostCopies && origin?.marker.from !== undefined; i++)
      origin = this.blocks.find(origin.marker.from)
    const literal = origin && literalOf(origin)
    return literal ? parseLabel(literal)?.style : undefined
  }

  private paragraph(view: View, { groups, labels, notes }: Page, at: number): Paragraph {
    const group = groups[at]!
    const label = labels[at]!
    const first = group.blocks[0]!
    const known = first.keptIn[views.indexOf(view)]
    if (known && isUnchanged(known, group, label, notes)) return known.paragraph
    const words = wordsElsewhere(view, group) ?? wordsIn(view, group, notes)
    const paragraph = build(view, group, label, words)
    const versions = group.blocks.map(({ version }) => version)
    first.keptIn[views.indexOf(view)] = { paragraph, group, versions }
    return paragraph
  }
}

/** So many copies of copies are followed back to the text in force. */
const mostCopies = 20

/** What another view has made of the same words, if it shows the same of them; mostly, some do. */
function wordsElsewhere(view: View, { blocks, reference }: NotedGroup): Words | null {
  const block = blocks[0]!
  if (!block.isPlain || blocks.length > 1 || reference) return null
  for (let i = 0; i < views.length; i++) {
    const known = block.keptIn[i]
    const isSame = known?.versions[0] === block.version && known?.group.blocks.length === 1
    if (isSame && block.showsAlike(view, views[i]!)) return known.paragraph
  }
  return null
}

const isUnchanged = (
  { paragraph, group, versions }: Kept,
  now: NotedGroup,
  label: Label,
  notes: NoteLabels,
): boolean =>
  group.leftBehind === now.leftBehind &&
  group.blocks.length === now.blocks.length &&
  now.blocks.every((block, i) => block === group.blocks[i] && block.version === versions[i]) &&
  (!now.reference || sameState(paragraph.state, now.reference.aspects.state)) &&
  sameLabel(paragraph.label, label) &&
  (now.blocks.every(({ references }) => references.length === 0) ||
    paragraph.pieces.every(({ note }) => !note || sameLabel(note.label, notes.get(note.id)!)))

const sameLabel = (a: Label, b: Label): boolean =>
  a.base === b.base && a.view === b.view && a.delegation === b.delegation

const isToGo = ({ aspects: { state } }: Run): boolean => !shown(state, 'clean')

/** A label with whoever moves it, where it is not that of the text in force. */
const labelWith = (base: string | null, view: string | null, by: string | null): Label => ({
  base,
  view,
  delegation: base === view ? null : by,
})

/** The label that a page shows for the paragraph which a block opens; null where it opens none. */
function labelIn({ groups, labels }: Page, block: Block): ComputedLabel | null {
  const i = block.groupIn[views.indexOf('clean')]!
  const { view, delegation } = labels[i]!
  return groups[i]!.blocks[0] === block && view !== null ? { label: view, delegation } : null
}

const literalOf = ({ isBase, marker }: Block): string | null =>
  isBase ? (marker.label ?? null) : null

const proposerOf = ({ aspects }: Block | Run): string | null =>
  aspects.state.proposers[0]?.delegation ?? null

/** Whose setting makes a block what it is in a view, or gives it its label. */
function setterOf({ aspects }: Block, view: View, properties: readonly Property[]): string | null {
  const { settings } = aspects.state
  const shown = settings?.proposed.find(
    ({ property, state, shows }) =>
      properties.includes(property) && (view === 'accepted' ? state === 'accepted' : shows),
  )
  return shown?.delegation ?? null
}

/** The label that a hand has given a block in a view. */
function givenTo(block: Block, view: View): ComputedLabel | null {
  const label = block.labelIn(view)
  if (label === automaticLabel) return null
  return { label, delegation: setterOf(block, view, ['label']) ?? block.aspects.state.author }
}

function build(
  view: View,
  { blocks, leftBehind, reference }: NotedGroup,
  label: Label,
  { pieces, brackets, text }: Words,
): Paragraph {
  const first = blocks[0]!
  // A footnote is inserted and struck with its reference.
  const state = (reference ?? first).aspects.state
  const { kind, level } = first.shapeIn(view)
  const { whole } = removalOf(first.aspects, first.client, first.clock, 'proposed')
  return {
    key: first.key,
    marker: first.marker,
    state,
    whole: reference !== null || whole,
    kind,
    level,
    label,
    leftBehind,
    pieces,
    brackets,
    bracket: leftBehind ? null : bracketOfMark(first.aspects.state, pieces, view),
    text,
  }
}
