/** Blocks with revisions written into a draft: each delegation's insertions and deletion entries. */
import type * as Y from 'yjs'
import { ledgerOf } from '../ledger/entries.ts'
import { settableKinds } from '../ledger/entry.ts'
import type { Entry, Join } from '../ledger/entry.ts'
import { baseClient } from '../ledger/id.ts'
import { basePlaces } from '../ledger/base.ts'
import type { Id } from '../ledger/id.ts'
import type { Marker } from '../ledger/marker.ts'
import { insertNoted } from '../ledger/noted-tokens.ts'
import { range, toRanges } from '../ledger/ranges.ts'
import type { Ranges } from '../ledger/ranges.ts'
import { insertAfter, knownClock } from '../ledger/sequence.ts'
import type { Token } from '../ledger/sequence.ts'
import type { Hand } from '../compare/passages.ts'
import { liftNotes, referenceLetter } from '../resolution/notes.ts'
import type { Lifted } from '../resolution/notes.ts'
import { formats as formatNames } from '../resolution/provision.ts'
import type { Format, Provision } from '../resolution/provision.ts'
import { SignedLog } from './signed-log.ts'
import type { SignedParts } from './signed-log.ts'
import type { Block, Revision, Run, Shape } from '../text/story.ts'

/** A run that refers to a new footnote, a `referenceLetter`, has the footnote's words for its body. */
export interface BodiedRun extends Run {
  readonly body?: readonly Run[] | undefined
}

/** Under which hand a delegation writes; every one of them new to the draft. */
export type HandOf = (delegation: string) => Hand

/** How the signers that blocks name write. */
export interface Writers {
  /** Signers may share a hand. */
  readonly handOf: (signer: string) => Hand
  /** The hands of who else proposes what a signer deletes. */
  readonly othersOf: (signer: string) => readonly Hand[]
}

/**
 * Writes the revisions of blocks into a Y.Doc that has the text in force already. Without what is
 * inserted the blocks must be `base`, the provisions that it was written from, letter by letter, the
 * number line first; labels are not written, every view computes them. What one delegation inserts
 * and deletes itself is not written. Returns, by client id, who signed what. Throws a RangeError where
 * the blocks are of another base.
 */
export function writeBlocks(
  ydoc: Y.Doc,
  base: readonly Provision[],
  blocks: readonly Block[],
  writers: Writers,
): ReadonlyMap<number, SignedParts> {
  const client = ydoc.clientID
  const isOwn = isOwnBy(writers)
  const signed = new SignedLog()
  ydoc.transact((transaction) => {
    const writer = new BlockWriter(transaction, base, writers, signed)
    for (const block of notesLast(withoutOwn(blocks, isOwn))) writer.block(block)
    writer.end()
  })
  ydoc.clientID = client
  return signed.parts
}

/** What is entered, before the hand signs it. */
type Unsigned = Entry extends infer E ? (E extends Entry ? Omit<E, 'user'> : never) : never

/** A deletion in the making: what follows without a break belongs to it. */
interface OpenDeletion {
  readonly by: string
  readonly ranges: number[]
  readonly whole: number[]
  readonly joins: Join[]
}

class BlockWriter {
  private readonly transaction: Y.Transaction
  private readonly base: readonly Provision[]
  private readonly lifted: Lifted
  private readonly places: readonly number[]
  private readonly writers: Writers
  private readonly signed: SignedLog
  /** Which provision is being passed, the clock of its marker, and how many of its letters have been. */
  private provision = -1
  private start = 0
  private passed = 0
  /** What has been written or passed last, the marker of its block, and the anchor that ends that. */
  private last: Id = { client: baseClient, clock: 0 }
  private marker: Id = this.last
  private anchor: Id = this.last
  private deletion: OpenDeletion | null = null
  /** Who deletes the reference to the footnote that is being passed, which goes with it. */
  private deleter: string | null = null
  /** The bodies of new footnotes, whose words are written at last. */
  private readonly bodies: { readonly marker: Id; readonly runs: readonly Run[] }[] = []

  constructor(
    transaction: Y.Transaction,
    base: readonly Provision[],
    writers: Writers,
    signed: SignedLog,
  ) {
    this.transaction = transaction
    this.base = base
    this.lifted = liftNotes(base)
    this.places = basePlaces(this.lifted)
    this.writers = writers
    this.signed = signed
  }

  block({ revision, base, clean, shapedBy, shape, runs }: Block): void {
    const before = this.marker
    if (base) this.passMarker()
    if (base && clean && shapedBy !== undefined && !this.isInNote) this.reshape(clean, shapedBy)
    if (this.isInNote) {
      this.flush()
      if (base) this.deleter = revision.deleted
      // A footnote is one paragraph.
      else this.run({ part: 'text', text: ' ', revision, formats: [] })
      for (const run of runs) this.run(run)
      return
    }
    if (!base) this.insertMarker(revision.inserted!, shape)
    if (revision.deleted === null) this.flush()
    else this.deleteMarker(revision.deleted, before, isGone(runs))
    for (const run of runs) this.run(run)
  }

  /** All of the base must have been passed. */
  end(): void {
    this.flush()
    this.deleter = null
    for (const { marker, runs } of this.bodies) {
      this.last = marker
      for (const run of runs) this.run(run)
      this.flush()
    }
    if (this.provision !== this.base.length - 1 || this.remaining > 0) throw this.otherBase()
  }

  private get isInNote(): boolean {
    return this.provision >= this.lifted.body.length
  }

  private get remaining(): number {
    return (this.base[this.provision]?.text.length ?? 0) - this.passed
  }

  private passMarker(): void {
    if (this.remaining > 0) throw this.otherBase()
    this.provision++
    this.passed = 0
    const provision = this.base[this.provision]
    if (!provision) throw this.otherBase()
    this.start = this.places[this.provision]!
    this.marker = { client: baseClient, clock: this.start }
    const length = this.lifted.offsetIn(this.provision, provision.text.length)
    this.anchor = { client: baseClient, clock: this.start + length + 1 }
    this.last = this.marker
  }

  /** A split where letters of the base are still to come, else a paragraph after the block's end. */
  private insertMarker(by: string, { kind, level }: Block['shape']): void {
    const marker: Marker = { b: kind, ...(level > 1 && { lvl: level }) }
    if (this.remaining > 0) {
      const { client, clock } = this.write(by, this.last, [{ e: 1 }, { ...marker, s: 1 }])
      this.marker = { client, clock: clock + 1 }
    } else {
      this.marker = this.write(by, this.anchor, [marker, { e: 1 }])
      this.anchor = { client: this.marker.client, clock: this.marker.clock + 1 }
    }
    this.last = this.marker
  }

  /** A block of which nothing stays goes whole; words that stay are joined to the block before. */
  private deleteMarker(by: string, before: Id, isWhole: boolean): void {
    if (isWhole) this.flush()
    const { client, clock } = this.marker
    const deletion = this.deletionBy(by)
    deletion.ranges.push(client, clock, 1)
    if (isWhole) deletion.whole.push(client, clock, 1)
    else deletion.joins.push([client, clock, before.client, before.clock])
  }

  private run(run: BodiedRun): void {
    const { text, revision, body } = run
    const { inserted, deleted } = revision
    const from = this.passed
    const length = inserted === null ? this.pass(text) : text.length
    if (inserted === null) this.reformat(run, from)
    else {
      this.as(inserted, () => {
        this.last = insertNoted(this.transaction, this.last, [text], []).last
      })
      const { client, clock } = this.last
      // A body's marker is the next token after its reference.
      if (body) this.bodies.push({ marker: { client, clock: clock + 1 }, runs: body })
      for (const format of run.formats) {
        this.format(inserted, format, [client, clock + 1 - length, length])
      }
    }
    if (deleted === null || (this.isInNote && deleted === this.deleter)) return this.flush()
    const { client, clock } = this.last
    this.deletionBy(deleted).ranges.push(client, clock + 1 - length, length)
  }

  /** Passes letters of the base. Returns how many tokens they are: a footnote's number is one. */
  private pass(text: string): number {
    const { passed, provision, lifted } = this
    this.passed += text.length
    if (this.base[provision]?.text.slice(passed, this.passed) !== text) throw this.otherBase()
    const [from, to] = [passed, this.passed].map((offset) => lifted.offsetIn(provision, offset))
    this.last = { client: baseClient, clock: this.start + to! }
    return to! - from!
  }

  private write(by: string, after: Id, tokens: readonly Token[]): Id {
    return this.as(by, () => insertAfter(this.transaction, after, tokens))
  }

  /** Writes tokens under a signer's hand. */
  private as<T>(by: string, write: () => T): T {
    const { doc } = this.transaction
    const { client } = this.writers.handOf(by)
    doc.clientID = client
    const clock = knownClock(doc, client)
    const result = write()
    this.signed.token(by, { client, clock }, knownClock(doc, client) - clock)
    return result
  }

  private deletionBy(by: string): OpenDeletion {
    if (this.deletion?.by !== by) this.flush()
    return (this.deletion ??= { by, ranges: [], whole: [], joins: [] })
  }

  private flush(): void {
    if (!this.deletion) return
    const { by, ranges, whole, joins } = this.deletion
    this.deletion = null
    const deletion: Unsigned = {
      type: 'del',
      r: toRanges(ranges),
      ...(whole.length > 0 && { w: toRanges(whole) }),
      ...(joins.length > 0 && { j: joins }),
    }
    this.enter(by, deletion)
    for (const hand of this.writers.othersOf(by)) this.enter(by, deletion, hand)
  }

  /** Makes the paragraph that is being passed what it is to be, where the edition has it otherwise. */
  private reshape({ kind, level }: Shape, by: string): void {
    const provision = this.base[this.provision]!
    const settable = settableKinds.find((each) => each === kind)
    if (!settable || this.provision === 0) return
    const attr = { type: 'attr', r: range(baseClient, this.start, 1), supersedes: [] } as const
    if (kind !== provision.kind) this.enter(by, { ...attr, property: 'kind', value: settable })
    if (level !== provision.level) this.enter(by, { ...attr, property: 'level', value: level })
  }

  /** Turns the formats that a run changes where the edition's letters, from `from`, have them otherwise. */
  private reformat({ text, formats, former }: Run, from: number): void {
    if (!former) return
    for (const format of formatNames) {
      const isOn = formats.includes(format)
      if (isOn === former.formats.includes(format)) continue
      const turned: number[] = []
      for (let at = from; at < from + text.length; at++) {
        if (isFormatted(this.base[this.provision]!, format, at) === isOn) continue
        const offset = this.lifted.offsetIn(this.provision, at)
        // A reference to a footnote is always superscript.
        if (this.lifted.body[this.provision]?.text[offset] === referenceLetter) continue
        turned.push(baseClient, this.start + 1 + offset, 1)
      }
      if (turned.length > 0) this.format(former.by, format, toRanges(turned))
    }
  }

  private format(by: string, format: Format, r: Ranges): void {
    this.enter(by, { type: 'fmt', r, format })
  }

  private enter(by: string, entry: Unsigned, hand = this.writers.handOf(by)): void {
    const { client, delegation, user } = hand
    const { doc } = this.transaction
    const number = this.signed.entry(by, client)
    doc.clientID = client
    ledgerOf(doc, delegation).set(`${client}:${number}`, { ...entry, user })
  }

  private otherBase(): RangeError {
    const name = this.base[this.provision]?.text.slice(0, 30)
    return new RangeError(`the blocks are not of this base, at ${JSON.stringify(name)}`)
  }
}

const isFormatted = ({ formats }: Provision, format: Format, at: number): boolean =>
  formats.some((span) => span.format === format && span.from <= at && at < span.to)

/** Inserted paragraphs among the footnotes of the base go before them: after them is no text. */
function notesLast(blocks: readonly Block[]): Block[] {
  const first = blocks.findIndex(({ base }) => base?.kind === 'footnote')
  if (first < 0) return [...blocks]
  const isApart = ({ base, runs }: Block) =>
    base === null && runs.every(({ revision }) => revision.inserted !== null)
  const after = blocks.slice(first)
  return [
    ...blocks.slice(0, first),
    ...after.filter(isApart),
    ...after.filter((block) => !isApart(block)),
  ]
}

/** The blocks and their words without what one delegation inserted and took back, and without labels. */
function withoutOwn(blocks: readonly Block[], isOwn: (revision: Revision) => boolean): Block[] {
  const out: Block[] = []
  for (const block of blocks) {
    const runs = block.runs.filter(({ part, revision }) => part === 'text' && !isOwn(revision))
    const last = out.at(-1)
    if (last && isOwn(block.revision)) {
      out[out.length - 1] = { ...last, runs: [...last.runs, ...runs] }
    } else out.push({ ...block, runs })
  }
  return out
}

const isOwnBy =
  ({ handOf }: Writers) =>
  ({ inserted, deleted }: Revision): boolean =>
    inserted !== null &&
    deleted !== null &&
    handOf(inserted).delegation === handOf(deleted).delegation

/** Whether nothing of a block's words stays. */
const isGone = (runs: readonly Run[]): boolean =>
  runs.every(({ revision }) => revision.deleted !== null)
