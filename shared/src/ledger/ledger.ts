/**
 * A draft as values: follows a Y.Doc and computes projections and changes from it. What one
 * transaction touched is read anew, the rest is kept, so that a keystroke costs one block.
 */
import type * as Y from 'yjs'
import type { Numbering } from '../resolution/latin.ts'
import type { Aspects } from './aspect.ts'
import { BaseFormats } from './base-formats.ts'
import { baseFactsOf, numberingOf } from './base.ts'
import { Blocks, referencesIn } from './blocks.ts'
import type { Block } from './blocks.ts'
import { changesOf } from './changes.ts'
import type { Change } from './changes.ts'
import { Coverage, withEntry, without } from './coverage.ts'
import type { Cover } from './coverage.ts'
import type { Decision } from './decision.ts'
import { delegationsOf, ledgerOf } from './entries.ts'
import type { EntryRecord } from './entries.ts'
import { entrySchema } from './entry.ts'
import type { Entry, EntryKey } from './entry.ts'
import type { Id } from './id.ts'
import type { Projection } from './paragraph.ts'
import { decisionsOf, peopleOf } from './people.ts'
import { Projector } from './projector.ts'
import { eachRange, noRanges, subtract } from './ranges.ts'
import type { Ranges } from './ranges.ts'
import type { Run } from './run.ts'
import { changedKeys, findItem, itemsOf, newItems, sequenceOf } from './sequence.ts'
import type { View } from './state.ts'
import { States } from './states.ts'

/** Whose hand holds this document: its own client id counts as own before the server says so. */
export interface Self {
  readonly client: number
  readonly delegation: string
  readonly user: string
}

/** The author of words whose client id the server has not named yet. */
export const unknownDelegation = '?'

/** What no gate lets pass and yet stands in a ledger covers nothing. */
const nothing: Entry = { type: 'del', r: [], user: '' }

/** What can be read of an entry: some only whole, since their values are used as they are. */
function readable(value: unknown): Entry {
  if (typeof value !== 'object' || value === null) return nothing
  if (!('type' in value) || !('r' in value) || !Array.isArray(value.r)) return nothing
  const isUsedAsItIs = value.type === 'attr' || value.type === 'fmt' || value.type === 'ref'
  return !isUsedAsItIs || entrySchema.safeParse(value).success ? (value as Entry) : nothing
}

/** The tokens whose state an entry changes: what a reference means changes nothing of its letters. */
const coveredBy = ({ type, r }: Entry): Ranges => (type === 'ref' ? noRanges : r)

/** Above this many new items in one transaction the order is read anew instead of block by block. */
const manyItems = 500

/** What a delegation has written beside the text, and its entries as they were read. */
interface DelegationLedger {
  readonly delegation: string
  readonly entries: Y.Map<Entry>
  readonly records: Map<EntryKey, EntryRecord>
}

function recordIn({ delegation, records }: DelegationLedger, key: EntryKey, value: unknown) {
  const record: EntryRecord = { delegation, key, entry: readable(value) }
  records.set(key, record)
  return record
}

export class Ledger {
  readonly ydoc: Y.Doc
  readonly blocks = new Blocks()
  readonly states: States
  private readonly self: Self | null
  private readonly coverage = new Coverage<Aspects>()
  /** Those that have been read, by delegation. */
  private readonly ledgers = new Map<string, DelegationLedger>()
  private readonly dirty = new Set<Block>()
  private readonly listeners = new Set<(transaction: Y.Transaction) => void>()
  private readonly projector: Projector
  /** The `ref` entries by the letters of the references. */
  private readonly meanings = new Map<string, EntryRecord[]>()
  /** How many roots the document had when it was last looked through for ledgers. */
  private rootsRead = -1
  private decisionsRead = 0
  /** While all blocks are still to be read, none has to be looked for. */
  private isLoading = true
  private listed: readonly Change[] | null = null

  constructor(ydoc: Y.Doc, self: Self | null = null) {
    this.ydoc = ydoc
    this.self = self
    const formats = new BaseFormats(ydoc)
    this.states = new States(this.coverage, (client) => this.authorOf(client), formats)
    this.projector = new Projector(ydoc, this.blocks)
    // The roots take their types before anything is read from them.
    sequenceOf(ydoc)
    baseFactsOf(ydoc)
    peopleOf(ydoc)
    decisionsOf(ydoc)
    this.blocks.scan(ydoc)
    this.readNewLedgers()
    this.readDecisions()
    for (const block of this.blocks.all) this.dirty.add(block)
    this.isLoading = false
    ydoc.on('afterTransaction', this.follow)
  }

  destroy(): void {
    this.ydoc.off('afterTransaction', this.follow)
    this.listeners.clear()
  }

  /** Calls the listener after every transaction that may change a projection. Returns the way out. */
  onChange(listener: (transaction: Y.Transaction) => void): () => void {
    this.listeners.add(listener)
    return () => this.listeners.delete(listener)
  }

  /** A view of the draft as it is now. Unchanged paragraphs are the same objects as before. */
  project(view: View): Projection {
    this.refresh()
    return this.projector.project(view)
  }

  /** All changes, in the order of the text; computed anew when something changed. */
  changes(): readonly Change[] {
    this.refresh()
    return (this.listed ??= changesOf(this))
  }

  /** The blocks of the body up to date, for whoever reads tokens rather than paragraphs. */
  freshBlocks(): readonly Block[] {
    this.refresh()
    return this.blocks.list
  }

  /**
   * The bodies of footnotes up to date, in the order of their references: of those to which there is
   * a reference that `counts`, by default of all, shown or not.
   */
  freshNotes(counts: (reference: Run) => boolean = () => true): readonly Block[] {
    const references = referencesIn(this.freshBlocks()).filter(counts)
    const bodies = [...new Set(references.map(({ note }) => note!))].map((id) =>
      this.blocks.note(id),
    )
    return bodies.filter((body) => body !== null)
  }

  /** The body of a footnote, up to date; null where there is none. */
  freshNote(id: string): Block | null {
    this.refresh()
    return this.blocks.note(id)
  }

  /** The block of a marker, up to date; null where the id is no marker. */
  freshBlock(key: string): Block | null {
    this.refresh()
    return this.blocks.find(key)
  }

  /**
   * The label that the clean view would count for a paragraph, had no hand given it one; null for what
   * is no item there, and for unknown keys.
   */
  countedLabel(key: string): string | null {
    const block = this.freshBlock(key)
    return (block && this.projector.counted(block).get(block)) ?? null
  }

  /** The labels that the clean view would count if no hand had given any, by block. */
  countedLabels(): ReadonlyMap<Block, string | null> {
    this.refresh()
    return this.projector.counted()
  }

  /** How what is inserted is labelled. */
  get numbering(): Numbering {
    return numberingOf(this.ydoc)
  }

  /** Delegation code of a client id; the base has none. */
  authorOf(client: number): string {
    const person = peopleOf(this.ydoc).get(String(client))
    if (person) return person.delegation
    return this.self?.client === client ? this.self.delegation : unknownDelegation
  }

  aspectsOf({ client, clock }: Id): Aspects {
    return this.states.of(client, clock)
  }

  recordOf(delegation: string, key: EntryKey): EntryRecord | null {
    return this.ledgers.get(delegation)?.records.get(key) ?? null
  }

  /** The entries that say what the reference of just these letters means. */
  meaningsAt(letters: Ranges): readonly EntryRecord[] {
    return this.meanings.get(letters.join()) ?? []
  }

  /** The entry that an entry is, or that a chain of keeps takes back and restores; null: unknown. */
  rootOf(delegation: string, key: EntryKey): EntryRecord | null {
    const passed = new Set<EntryRecord>()
    let at = this.recordOf(delegation, key)
    while (at?.entry.type === 'keep' && !passed.has(at)) {
      passed.add(at)
      at = this.recordOf(delegation, at.entry.of)
    }
    return at
  }

  /** The block in which a token stands, with its index; null for unknown ids. */
  blockOf(id: Id): Block | null {
    const item = findItem(this.ydoc, id)
    return item && this.blocks.holding(item)
  }

  /** Reads the ledgers of delegations that have none yet; returns whether there are any. */
  private readNewLedgers(): boolean {
    const { share } = this.ydoc
    if (share.size === this.rootsRead) return false
    const before = this.ledgers.size
    const loaded: EntryRecord[] = []
    for (const delegation of delegationsOf(this.ydoc)) {
      if (this.ledgers.has(delegation)) continue
      // A root that arrived without a type takes its type here.
      const entries = ledgerOf(this.ydoc, delegation)
      const ledger = { delegation, entries, records: new Map<EntryKey, EntryRecord>() }
      this.ledgers.set(delegation, ledger)
      entries.forEach((entry, key) => loaded.push(recordIn(ledger, key, entry)))
    }
    this.takeIn(loaded)
    this.rootsRead = share.size
    return this.ledgers.size > before
  }

  private refresh(): void {
    if (this.dirty.size === 0) return
    this.listed = null
    for (const block of this.dirty) this.projector.touch(block, block.read(this.states))
    this.dirty.clear()
  }

  private readonly follow = (transaction: Y.Transaction): void => {
    if (transaction.changed.size === 0) return
    let relevant = false
    if (changedKeys(transaction, sequenceOf(this.ydoc))) {
      relevant = true
      this.takeNewItems(transaction)
    }
    const clients = changedKeys(transaction, peopleOf(this.ydoc))
    if (clients) {
      relevant = true
      for (const client of clients) this.forget(Number(client))
    }
    for (const ledger of this.ledgers.values()) {
      const keys = changedKeys(transaction, ledger.entries)
      for (const key of keys ?? []) this.readEntry(ledger, key, ledger.entries.get(key))
      relevant ||= keys !== undefined
    }
    if (this.readNewLedgers()) relevant = true
    if (changedKeys(transaction, decisionsOf(this.ydoc))) {
      relevant = true
      this.readDecisions()
    }
    if (changedKeys(transaction, baseFactsOf(this.ydoc))) {
      relevant = true
      this.listed = null
      this.projector.relabel()
    }
    if (relevant) for (const listener of this.listeners) listener(transaction)
  }

  private takeNewItems(transaction: Y.Transaction): void {
    const items = [...newItems(transaction)]
    if (items.length > manyItems || this.blocks.list.length === 0) {
      const known = new Set(this.blocks.all)
      this.blocks.scan(this.ydoc)
      for (const block of this.blocks.all) if (!known.has(block)) this.dirty.add(block)
      this.projector.reorder()
    }
    const before = this.blocks.list.length
    for (const item of items) {
      const block = this.blocks.holding(item)
      if (!block) continue
      this.dirty.add(block)
      // A new marker also takes tokens away from the block before it.
      const left = block.item === item && item.left && this.blocks.holding(item.left)
      if (left) this.dirty.add(left)
    }
    if (this.blocks.list.length !== before) this.projector.reorder()
  }

  private forget(client: number): void {
    this.states.forget(client)
    this.soil([client, 0, Number.MAX_SAFE_INTEGER])
  }

  /** Takes entries in, none of which was there before. */
  private takeIn(records: readonly EntryRecord[]): void {
    const covering = records.filter(({ entry }) => entry.type !== 'ref')
    for (const record of records) if (record.entry.type === 'ref') this.keepMeaning(record)
    this.coverage.load(covering)
    if (!this.isLoading) for (const { entry } of covering) this.soil(entry.r)
  }

  private readEntry(ledger: DelegationLedger, key: EntryKey, value: unknown): void {
    const record = ledger.records.get(key)
    if (!record) {
      this.takeIn([recordIn(ledger, key, value)])
      return
    }
    const before = coveredBy(record.entry)
    record.entry = readable(value)
    if (record.entry.type === 'ref') this.keepMeaning(record)
    const r = coveredBy(record.entry)
    this.cover(subtract(r, before), (cover) => withEntry(cover, record))
    this.cover(subtract(before, r), (cover) => ({
      ...cover,
      entries: without(cover.entries, record),
    }))
    // Which blocks it takes whole may have changed without a change of its ranges.
    this.cover(r, (cover) => cover)
  }

  private keepMeaning(record: EntryRecord): void {
    const letters = record.entry.r.join()
    const known = this.meanings.get(letters)
    if (known) known.push(record)
    else this.meanings.set(letters, [record])
  }

  private readDecisions(): void {
    const decisions = decisionsOf(this.ydoc)
    for (const decision of decisions.slice(this.decisionsRead)) this.readDecision(decision)
    this.decisionsRead = decisions.length
  }

  private readDecision(decision: Decision): void {
    this.cover(decision.ins, (cover) => ({ ...cover, ins: [...cover.ins, decision] }))
    this.cover(decision.del, (cover) => ({ ...cover, del: [...cover.del, decision] }))
    for (const part of decision.settled ?? []) {
      this.cover(part.r, (cover) => ({ ...cover, set: [...cover.set, { decision, part }] }))
    }
    for (const part of decision.own ?? []) {
      this.cover(part.r, (cover) => ({ ...cover, own: [...cover.own, { decision, part }] }))
    }
  }

  private cover(set: Ranges, change: (cover: Cover<Aspects>) => Cover<Aspects>): void {
    if (set.length === 0) return
    this.coverage.update(set, change)
    if (!this.isLoading) this.soil(set)
  }

  /** Marks the blocks in which a set's tokens stand as changed. */
  private soil(set: Ranges): void {
    eachRange(set, (client, clock, length) => {
      for (const item of itemsOf(this.ydoc, client, clock, length)) {
        const block = this.blocks.holding(item)
        if (block) this.dirty.add(block)
      }
    })
  }
}
