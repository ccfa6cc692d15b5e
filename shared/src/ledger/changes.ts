/**
 * Changes: what a person sees, lists and decides. Computed from tokens, with no identity of their
 * own; whatever lasts (comments, decisions, links) refers to ranges and a delegation.
 */
import { addressesOf } from './address.ts'
import { removalOf } from './aspect.ts'
import type { Aspects } from './aspect.ts'
import type { Block } from './blocks.ts'
import { takeIn } from './change-draft.ts'
import type { Draft } from './change-draft.ts'
import type { EntryRef } from './decision.ts'
import { entryName } from './entries.ts'
import { idKey } from './id.ts'
import type { Ledger } from './ledger.ts'
import { isNoteMarker } from './marker.ts'
import { foldMoves } from './move-changes.ts'
import { Copies, movesIn } from './moves.ts'
import { foldNotes } from './note-changes.ts'
import { toRanges } from './ranges.ts'
import type { Ranges } from './ranges.ts'
import type { Run } from './run.ts'
import { formatsOf } from './settings.ts'
import type { Property, Value } from './settings.ts'
import { changeState, deletionsIn, settingsIn } from './proposals.ts'
import { views } from './state.ts'

/**
 * `paragraph inserted` and `paragraph deleted` hold the whole block, `paragraph moved` both at once,
 * of all paragraphs that were moved together, `split` and `join` the mark only;
 * `shape` is another kind or level of a paragraph, `format` another look of letters.
 */
export type ChangeKind =
  | 'insertion'
  | 'deletion'
  | 'replacement'
  | 'paragraph inserted'
  | 'paragraph deleted'
  | 'paragraph moved'
  | 'split'
  | 'join'
  | 'shape'
  | 'format'

export type ChangeState = 'pending' | 'accepted' | 'bracketed' | 'rejected'

export interface Change {
  /** Names the change on screen; built from its first token, and lasts as long as that is first. */
  readonly id: string
  readonly kind: ChangeKind
  readonly delegation: string
  readonly state: ChangeState
  /** Key of the paragraph of the marked view in which it is seen, and that paragraph's address. */
  readonly paragraph: string
  readonly address: string
  readonly inserted: string
  readonly deleted: string
  /** What a shape or a format is set to; null for all others. */
  readonly setting: ChangeSetting | null
  /** The paragraphs that were moved, in order; none for all other kinds. */
  readonly moves: readonly MovedParagraph[]
  /**
   * What a decision on it covers: its insertion aspect, its deletion aspect, what is set, and the
   * entries of the latter two.
   */
  readonly ins: Ranges
  readonly del: Ranges
  readonly set: Ranges
  readonly entries: readonly EntryRef[]
  /** The decisions that made it what it is, by id; none where it is pending. */
  readonly decisions: readonly string[]
}

/** A paragraph that was moved; keys are those of paragraphs of the marked view. */
export interface MovedParagraph {
  /** Where it is now, and that paragraph's address. */
  readonly paragraph: string
  readonly address: string
  /** Where it was, and that paragraph's address. */
  readonly origin: string
  readonly former: string
  /** Its words as they were taken along, and as they are struck. */
  readonly inserted: string
  readonly deleted: string
}

export interface ChangeSetting {
  readonly property: Property
  readonly value: Value
  /**
   * What it is without proposals; null for a format that the letters do not have, and where there is
   * no label.
   */
  readonly former: Value | null
  /** The letters concerned; of a paragraph all that the marked view shows. */
  readonly text: string
  /** Whether another value of the same property is proposed beside it. */
  readonly collides: boolean
}

/** All changes of the body in the order of the sequence, decided ones included, withdrawn ones not. */
export function changesOf(ledger: Ledger): Change[] {
  const blocks = ledger.freshBlocks()
  const marked = ledger.project('marked')
  const addresses = addressesOf(marked)
  const paragraphOf = new Map<string, string>()
  for (const { key, pieces } of marked.paragraphs) {
    paragraphOf.set(key, key)
    for (const piece of pieces) {
      if (piece.type === 'marker') paragraphOf.set(idKey(piece.client, piece.clock), key)
    }
  }
  const seenIn = ({ key }: Block): string => paragraphOf.get(key) ?? key
  const moves = movesIn(ledger)
  const copies = new Copies(moves)
  // Few drafts have a label set by hand on a new paragraph.
  let labels: Counted | null = null
  const counted = () => (labels ??= ledger.countedLabels())
  const bodies = new Map(
    ledger.freshNotes().map((body) => {
      const drafts = new Reading(body, copies, counted).changes()
      return [body.marker.n!, { body, drafts }]
    }),
  )
  const readings = blocks.map((block) => ({
    block,
    drafts: new Reading(block, copies, counted).changes(),
  }))
  for (const { drafts } of readings) for (const draft of drafts) foldNotes(draft, bodies)
  foldMoves(readings, moves)
  const ofNotes = [...bodies.values()].map(({ body, drafts }) => ({ block: body, drafts }))
  return [...readings, ...ofNotes].flatMap(({ block, drafts }) => {
    const paragraph = seenIn(block)
    return drafts.map((draft) => ({
      id: idOf(draft),
      kind: draft.kind,
      delegation: draft.delegation,
      state: draft.state,
      paragraph,
      address: addresses.get(paragraph) ?? '',
      inserted: draft.inserted,
      deleted: draft.deleted,
      setting: draft.setting,
      moves: draft.moves.map(({ copy, origin, inserted, deleted }) => ({
        paragraph: seenIn(copy),
        address: addresses.get(seenIn(copy)) ?? '',
        origin: seenIn(origin),
        former: addresses.get(seenIn(origin)) ?? '',
        inserted,
        deleted,
      })),
      ins: toRanges(draft.ins),
      del: toRanges(draft.del),
      set: toRanges(draft.set),
      entries: [...draft.entries.values()],
      decisions: [...draft.decisions],
    }))
  })
}

/** The labels that are counted, by block. */
type Counted = ReturnType<Ledger['countedLabels']>

/** One block read from left to right. */
class Reading {
  private readonly block: Block
  private readonly copies: Copies
  private readonly counted: () => Counted
  private readonly out: Draft[] = []
  /** The insertion that the next token may go on with. */
  private insertion: Draft | null = null
  /** The deletions, one a delegation and state, that the next token may go on with. */
  private deletions = new Map<string, Draft>()
  /** The formats, by delegation, state and format; and those that the next token may go on with. */
  private readonly formats = new Map<string, Draft[]>()
  private formatted: ReadonlySet<Draft> = new Set()
  /** Those of them that others' words have interrupted: only the same entry goes on with them. */
  private readonly interrupted = new Set<Draft>()

  constructor(block: Block, copies: Copies, counted: () => Counted) {
    this.block = block
    this.copies = copies
    this.counted = counted
  }

  changes(): Draft[] {
    const { aspects, client, clock, marker } = this.block
    const ofMarker = isNoteMarker(marker) ? [] : this.marker(aspects, client, clock)
    for (const run of this.block.runs) {
      if (run.type === 'text') this.letters(run)
    }
    return foldWhole(this.out, ofMarker, this.copies.has(this.block))
  }

  private marker(aspects: Aspects, client: number, clock: number): Draft[] {
    const made: Draft[] = []
    const { state } = aspects
    const inserted = changeState(state.ins)
    if (inserted) {
      const kind = this.block.marker.s ? 'split' : 'paragraph inserted'
      const draft = this.open(kind, state.author!, inserted, client, clock)
      draft.ins.push(client, clock, 1)
      add(draft.decisions, aspects.insDecision?.id)
      made.push(draft)
    }
    for (const { delegation, state: deleted, refs, decision } of deletionsIn(aspects)) {
      const { whole } = removalOf(aspects, client, clock, 'proposed')
      const kind = whole ? 'paragraph deleted' : 'join'
      const draft = this.open(kind, delegation, deleted, client, clock)
      draft.del.push(client, clock, 1)
      add(draft.decisions, decision)
      for (const ref of refs) draft.entries.set(entryName(ref.delegation, ref.entry), ref)
      made.push(draft)
    }
    for (const { kind, delegation, state: settled, refs, setting, decision } of settingsIn(
      aspects,
    )) {
      const former = this.formerOf(state.settings?.own[setting.property], setting.property)
      const draft = this.open(kind, delegation, settled, client, clock)
      draft.setting = { ...setting, former, text: this.block.runs.map(shownText).join('') }
      draft.set.push(client, clock, 1)
      add(draft.decisions, decision)
      for (const ref of refs) draft.entries.set(entryName(ref.delegation, ref.entry), ref)
    }
    return made
  }

  private formerOf(own: Value | undefined, property: Property): Value | null {
    const { shape, isBase, marker } = this.block
    if (own !== undefined) return own
    if (property === 'kind' || property === 'level') return shape[property]
    if (property !== 'label') return null
    return (isBase ? marker.label : this.counted().get(this.block)) ?? null
  }

  private letters(run: Run): void {
    const { aspects, client, clock, text } = run
    const { state } = aspects
    if (state.ins === 'withdrawn') return
    this.format(run)
    const deleted = deletionsIn(aspects)
    const inserted = changeState(state.ins)
    const goesOn = new Map<string, Draft>()
    for (const { delegation, state: deletedState, refs, decision } of deleted) {
      const name = `${delegation}/${deletedState}`
      const draft =
        this.resumed(name, refs) ?? this.open('deletion', delegation, deletedState, client, clock)
      draft.deleted += text
      if (run.note !== null) draft.references.push({ id: run.note, aspect: 'del' })
      draft.del.push(client, clock, text.length)
      add(draft.decisions, decision)
      for (const ref of refs) draft.entries.set(entryName(ref.delegation, ref.entry), ref)
      goesOn.set(name, draft)
    }
    if (inserted) {
      const author = state.author!
      const copy = this.copies.holding(client, clock)
      let draft = this.insertion
      if (draft?.delegation !== author || draft.state !== inserted || draft.copy !== copy) {
        // A deletion followed by the same delegation's insertion is one replacement, also where others'
        // words for the same place stand between.
        const struck = this.deletions.get(`${author}/${inserted}`)
        if (struck?.kind === 'deletion' && deleted.length === 0 && !copy) {
          struck.kind = 'replacement'
          draft = struck
        } else draft = this.open('insertion', author, inserted, client, clock, copy)
      }
      draft.inserted += text
      if (run.note !== null) draft.references.push({ id: run.note, aspect: 'ins' })
      draft.ins.push(client, clock, text.length)
      add(draft.decisions, aspects.insDecision?.id)
      this.insertion = draft
      // Rejected words are hidden: they do not part what stands on both their sides.
      if (inserted === 'rejected' && deleted.length === 0) return
      for (const [name, other] of this.deletions) {
        if (goesOn.has(name) || other.delegation === author) continue
        goesOn.set(name, other)
        this.interrupted.add(other)
      }
    } else this.insertion = null
    this.deletions = goesOn
  }

  /** Formats are read like deletions: in runs, and beyond what interrupts them within one entry. */
  private format({ aspects, client, clock, text, formats: ofThemselves }: Run): void {
    const goesOn = new Set<Draft>()
    for (const { kind, delegation, state, refs, setting, decision } of settingsIn(aspects)) {
      const name = [delegation, state, setting.property].join('/')
      const names = refs.map((ref) => entryName(ref.delegation, ref.entry))
      const draft =
        this.formats
          .get(name)
          ?.find((one) => this.formatted.has(one) || names.some((ref) => one.entries.has(ref))) ??
        this.open(kind, delegation, state, client, clock)
      const had = formatsOf(ofThemselves, aspects.state.settings?.own)
      const former = had.some((format) => format === setting.property) ? (true as const) : null
      draft.setting = { ...setting, former, text: (draft.setting?.text ?? '') + text }
      draft.set.push(client, clock, text.length)
      add(draft.decisions, decision)
      refs.forEach((ref, i) => draft.entries.set(names[i]!, ref))
      this.formats.set(name, [
        draft,
        ...(this.formats.get(name) ?? []).filter((one) => one !== draft),
      ])
      goesOn.add(draft)
    }
    this.formatted = goesOn
  }

  /** The deletion that a token goes on with. */
  private resumed(name: string, refs: readonly EntryRef[]): Draft | null {
    const draft = this.deletions.get(name)
    if (!draft) return null
    const goesOn = refs.some((ref) => draft.entries.has(entryName(ref.delegation, ref.entry)))
    if (this.interrupted.has(draft) && !goesOn) return null
    this.interrupted.delete(draft)
    return draft
  }

  private open(
    kind: ChangeKind,
    delegation: string,
    state: ChangeState,
    client: number,
    clock: number,
    copy: Block | null = null,
  ): Draft {
    const draft: Draft = {
      kind,
      delegation,
      state,
      block: this.block,
      first: idKey(client, clock),
      inserted: '',
      deleted: '',
      setting: null,
      copy,
      moves: [],
      references: [],
      ins: [],
      del: [],
      set: [],
      entries: new Map(),
      decisions: new Set(),
    }
    this.out.push(draft)
    return draft
  }
}

const idOf = ({ kind, delegation, state, first, setting }: Draft): string =>
  [
    aspectOf(kind),
    delegation,
    state,
    first,
    ...(setting ? [setting.property, setting.value] : []),
  ].join('/')

const shownText = ({ text, shownIn }: Run): string =>
  shownIn & (1 << views.indexOf('marked')) ? text : ''

/** Which aspect of its first token a change decides: a replacement begins with what it deletes. */
const aspectOf = (kind: ChangeKind): 'ins' | 'del' | 'set' =>
  kind === 'shape' || kind === 'format'
    ? 'set'
    : kind === 'insertion' ||
        kind === 'paragraph inserted' ||
        kind === 'paragraph moved' ||
        kind === 'split'
      ? 'ins'
      : 'del'

function add<T>(set: Set<T>, value: T | undefined): void {
  if (value !== undefined) set.add(value)
}

/**
 * An inserted or deleted block is one change: its mark takes in the same delegation's letters; that of
 * a copy only those that were copied.
 */
function foldWhole(drafts: readonly Draft[], ofMarker: readonly Draft[], isCopy: boolean): Draft[] {
  const taken = new Set<Draft>()
  for (const mark of ofMarker) {
    const like =
      mark.kind === 'paragraph inserted'
        ? 'insertion'
        : mark.kind === 'paragraph deleted'
          ? 'deletion'
          : null
    for (const draft of drafts) {
      if (draft === mark || draft.kind !== like) continue
      if (draft.delegation !== mark.delegation || draft.state !== mark.state) continue
      if (like === 'insertion' && isCopy && draft.copy !== draft.block) continue
      mark.inserted += draft.inserted
      mark.deleted += draft.deleted
      mark.references.push(...draft.references)
      takeIn(mark, draft)
      taken.add(draft)
    }
  }
  return drafts.filter((draft) => !taken.has(draft))
}
