/** The blocks of a draft in the order of the sequence: each marker with the tokens up to the next. */
import type * as Y from 'yjs'
import { automaticLabel } from '../resolution/hand-label.ts'
import { sectionStyle } from '../resolution/numbering.ts'
import type { Kind } from '../resolution/provision.ts'
import { untouched } from './aspect.ts'
import type { Aspects } from './aspect.ts'
import { baseClient, idKey } from './id.ts'
import type { Marker } from './marker.ts'
import { Reading, sameState } from './run.ts'
import type { Run } from './run.ts'
import { firstItem, markerOf } from './sequence.ts'
import type { Item } from './sequence.ts'
import { valuesIn } from './settings.ts'
import { views } from './state.ts'
import type { View } from './state.ts'
import type { States } from './states.ts'
import type { Kept } from './words.ts'

/** What a block is in a view. */
export interface Shape {
  readonly kind: Kind
  readonly level: number
}

/** Whether paragraphs of a kind stand on levels. */
export const hasLevels = (kind: Kind): boolean => kind === 'item' || kind === 'text'

export class Block {
  readonly item: Item
  readonly marker: Marker
  readonly key: string
  readonly client: number
  readonly clock: number
  /** What the block is of itself, without entries. */
  readonly shape: Shape
  /** Filled by `read`; stale while the ledger has the block on its list of dirty ones. */
  aspects: Aspects = untouched(null)
  runs: readonly Run[] = []
  markerShownIn = 0
  lettersShownIn = 0
  /** The views in which this is a call under which items are numbered. */
  numbersIn = 0
  /** Whether the anchor of a block of the text in force stands in it. */
  endsBase = false
  /** Whether views show each of its runs as it is of itself, or not at all. */
  isPlain = true
  /** One bit for each set of views that shows some of its letters, the set's number its position. */
  private sights = 0
  /** The runs that refer to footnotes. */
  references: readonly Run[] = []
  /** Raised by every `read`. */
  version = 0
  /** Kept by the projector: its place in the order, and in each view its paragraph's. */
  index = 0
  readonly groupIn: number[] = []
  /** What each view last made of the paragraph that it opens, so that it can stay the same object. */
  readonly keptIn: (Kept | null)[] = views.map(() => null)
  /** Which list of the text in force the item belongs to; -1: none. */
  list = -1

  constructor(item: Item, marker: Marker) {
    this.item = item
    this.marker = marker
    this.client = item.id.client
    this.clock = item.id.clock
    this.key = idKey(this.client, this.clock)
    const kind = marker.b === 'notes' ? 'text' : marker.b
    this.shape = { kind, level: marker.lvl ?? 1 }
  }

  get isBase(): boolean {
    return this.client === baseClient
  }

  /** What the block is in a view, after what is set of it. */
  shapeIn(view: View): Shape {
    const { settings } = this.aspects.state
    if (!settings) return this.shape
    const values = valuesIn(settings, view)
    const kind = (values.kind as Kind | undefined) ?? this.shape.kind
    const level = (values.level as number | undefined) ?? this.shape.level
    return { kind, level: kind === this.shape.kind || hasLevels(kind) ? level : 1 }
  }

  /** The value that is set for its label in a view; `automaticLabel` where none is. */
  labelIn(view: View): string {
    const { settings } = this.aspects.state
    return (valuesIn(settings, view).label as string | undefined) ?? automaticLabel
  }

  /** Whether two views show the same of its words. */
  showsAlike(a: View, b: View): boolean {
    return this.isPlain && (this.sights & apart[views.indexOf(a)]![views.indexOf(b)]!) === 0
  }

  /**
   * Reads the block's tokens anew. Returns whether anything changed on which paragraphs depend
   * beyond this block: the marker's aspects, whether letters stand under a hidden marker, what
   * labels a call asks for, or its references to footnotes.
   */
  read(states: States): boolean {
    const aspects = states.of(this.client, this.clock)
    const { runs, references, shownIn, sights, isPlain, endsBase } = new Reading(
      this.item,
      states,
      this.runs,
    )
    const markerShownIn = aspects.shownIn
    const isMoved = aspects !== this.aspects
    this.aspects = aspects
    const calls = views.filter((view) => this.shapeIn(view).kind === 'call')
    const numbersIn = calls.length > 0 ? numbersUnder(runs, calls) : 0
    const moved =
      this.version === 0 ||
      !sameReferences(references, this.references) ||
      isMoved ||
      numbersIn !== this.numbersIn ||
      (shownIn & ~markerShownIn) !== (this.lettersShownIn & ~this.markerShownIn)
    this.runs = runs
    this.isPlain = isPlain
    this.sights = sights
    this.references = references
    this.markerShownIn = markerShownIn
    this.lettersShownIn = shownIn
    this.numbersIn = numbersIn
    this.endsBase = endsBase
    this.version++
    return moved
  }
}

/** For every two views the sets of views, one bit each, to which one belongs and the other does not. */
const apart: readonly (readonly number[])[] = views.map((_, a) =>
  views.map((_, b) => {
    let bits = 0
    for (let set = 0; set < 1 << views.length; set++)
      if (((set >> a) ^ (set >> b)) & 1) bits |= 1 << set
    return bits
  }),
)

/** In which of the views where it is a call its words ask for numbers, one bit per view. */
function numbersUnder(runs: readonly Run[], calls: readonly View[]): number {
  let bits = 0
  views.forEach((view, i) => {
    if (!calls.includes(view)) return
    const text = runs.map((run) => (run.shownIn & (1 << i) ? run.text : '')).join('')
    if (sectionStyle(text) === 'number') bits |= 1 << i
  })
  return bits
}

/** The runs of some blocks that refer to footnotes, in order. */
export const referencesIn = (blocks: readonly Block[]): readonly Run[] =>
  blocks.flatMap(({ references }) => references)

const sameReferences = (a: readonly Run[], b: readonly Run[]): boolean =>
  a.length === b.length &&
  a.every((run, i) => run.note === b[i]!.note && sameState(run.aspects.state, b[i]!.aspects.state))

/** All blocks: those of the body, up to the sentinel, in order, and the bodies of footnotes. */
export class Blocks {
  list: Block[] = []
  private readonly bodies = new Map<string, Block>()
  private readonly byItem = new Map<Item, Block>()
  private readonly byKey = new Map<string, Block>()

  /** Reads the order of all blocks anew. */
  scan(ydoc: Y.Doc): void {
    const list: Block[] = []
    for (let item = firstItem(ydoc); item; item = item.right) {
      const marker = markerOf(item)
      if (!marker || marker.b === 'notes') continue
      let block = this.byItem.get(item)
      block ??= this.add(item, marker)
      if (marker.n === undefined) list.push(block)
    }
    this.list = list
  }

  /** The blocks of the body, then the bodies of footnotes. */
  get all(): readonly Block[] {
    return [...this.list, ...this.notes]
  }

  /** The bodies of all footnotes, whether a reference to them is shown or not. */
  get notes(): Iterable<Block> {
    return this.bodies.values()
  }

  /** The body of a footnote; null where there is none. */
  note(id: string): Block | null {
    return this.bodies.get(id) ?? null
  }

  /** The block in which a token's item stands; null for the sentinel. Takes new markers in. */
  holding(item: Item): Block | null {
    let at: Item | null = item
    while (at && !markerOf(at)) at = at.left
    if (!at) return null
    const known = this.byItem.get(at)
    if (known) return known
    const marker = markerOf(at)!
    if (marker.n !== undefined) return this.add(at, marker)
    if (marker.b === 'notes' || !at.left) return null
    const before = this.holding(at.left)
    if (!before) return null
    const block = this.add(at, marker)
    this.list.splice(this.list.indexOf(before) + 1, 0, block)
    return block
  }

  /** The block of a marker; null where the id is no marker. */
  find(key: string): Block | null {
    return this.byKey.get(key) ?? null
  }

  private add(item: Item, marker: Marker): Block {
    const block = new Block(item, marker)
    this.byItem.set(item, block)
    this.byKey.set(block.key, block)
    if (marker.n !== undefined) this.bodies.set(marker.n, block)
    return block
  }
}
