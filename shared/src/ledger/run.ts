/** Runs: the tokens between two markers as blocks read them, as few as tell all of them apart. */
import type { Format } from '../resolution/provision.ts'
import type { Aspects } from './aspect.ts'
import { baseClient } from './id.ts'
import { isMarker } from './marker.ts'
import type { Embed } from './marker.ts'
import type { Piece } from './paragraph.ts'
import { embedOf, lettersOf } from './sequence.ts'
import type { Item } from './sequence.ts'
import { sameSettings } from './settings.ts'
import type { Proposer, TokenState } from './state.ts'
import type { StateStretch, States } from './states.ts'

/** Tokens of one client with consecutive clocks in one state. */
export class Run {
  readonly aspects: Aspects
  /** The id of the footnote that the one letter of the run refers to; null for all other runs. */
  readonly note: string | null
  /** One bit per view, in the order of `views`. */
  readonly shownIn: number
  /** As the views have it that show it, or, where none does, as all have it. */
  private readonly piece: Piece
  /** As the others have it, once one of them has asked. */
  private hidden: Piece | null = null

  constructor(piece: Piece, aspects: Aspects, note: string | null, shownIn: number) {
    this.piece = piece
    this.aspects = aspects
    this.note = note
    this.shownIn = shownIn
  }

  get type(): 'text' | 'anchor' {
    return this.piece.type as 'text' | 'anchor'
  }

  get client(): number {
    return this.piece.client
  }

  get clock(): number {
    return this.piece.clock
  }

  get length(): number {
    return this.piece.length
  }

  get text(): string {
    return this.piece.text
  }

  /** What the letters have of themselves, without entries. */
  get formats(): readonly Format[] {
    return this.piece.formats
  }

  /** The run with the next one, from which nothing tells it apart. */
  with({ length, text }: Run): Run {
    const { piece, aspects, shownIn } = this
    const joined = { ...piece, length: piece.length + length, text: piece.text + text }
    return new Run(joined, aspects, null, shownIn)
  }

  /** The run as it is of itself: one value for all views that show it, and one for all that hide it. */
  pieceIn(isShown: boolean): Piece {
    const { piece } = this
    return piece.shown === isShown ? piece : (this.hidden ??= { ...piece, shown: false })
  }
}

/** How many runs may have gone from one place, for those after it to be met again. */
const mostGone = 8

/** What a block's tokens are, up to the next marker. */
export class Reading {
  readonly runs: Run[] = []
  /** The runs that refer to footnotes. */
  readonly references: Run[] = []
  /** The views that show some of its letters, one bit per view. */
  shownIn = 0
  /** One bit for each set of views that shows some of its letters, the set's number its position. */
  sights = 0
  /** Whether views show each run as it is of itself, or not at all. */
  isPlain = true
  /** Whether the anchor of a block of the text in force is among them. */
  endsBase = false

  private readonly before: readonly Run[]
  /** The first of those before that has not been met again. */
  private next = 0

  /** Reads what stands after a marker. Runs that are as they were `before` stay the same objects. */
  constructor(marker: Item, states: States, before: readonly Run[]) {
    this.before = before
    const reader = states.reader()
    for (let item = marker.right; item; item = item.right) {
      const embed = embedOf(item)
      if (embed && isMarker(embed)) break
      const { client } = item.id
      reader.open(client, item.id.clock, item.length)
      while (reader.next()) this.add(this.known(client, reader) ?? runOf(item, embed, reader))
    }
  }

  /** What was read as the same run before; null: it is new. */
  private known(client: number, { clock, length, aspects, formats }: StateStretch): Run | null {
    const { before, next } = this
    const end = Math.min(before.length, next + mostGone)
    for (let i = next; i < end; i++) {
      const run = before[i]!
      const isSame = run.clock === clock && run.client === client && run.length === length
      if (!isSame || run.aspects !== aspects || run.formats !== formats) continue
      this.next = i + 1
      return run
    }
    return null
  }

  private add(run: Run): void {
    const { runs } = this
    const { aspects, shownIn } = run
    const last = runs[runs.length - 1]
    if (last && goesOn(last, run)) {
      if (sameDecisions(last.aspects, aspects)) {
        const both = last.with(run)
        runs[runs.length - 1] = this.known(both.client, both) ?? both
        return
      }
      // A view shows two runs as one piece that were decided apart.
      this.isPlain = false
    }
    runs.push(run)
    if (run.type === 'anchor') {
      this.endsBase ||= run.client === baseClient
      return
    }
    if (run.note !== null) this.references.push(run)
    this.shownIn |= shownIn
    this.sights |= 1 << shownIn
    if (run.note !== null || !isPlainState(aspects.state)) this.isPlain = false
  }
}

function runOf(item: Item, embed: Embed | null, stretch: StateStretch): Run {
  const { client, clock: start } = item.id
  const { clock, length, aspects, formats } = stretch
  const { state } = aspects
  const note = embed && 'f' in embed ? embed.f : null
  const isLetters = embed === null || note !== null
  const type = isLetters ? 'text' : 'anchor'
  const letters = isLetters ? lettersOf(item) : ''
  const isWhole = length === item.length
  const text = isWhole ? letters : letters.slice(clock - start, clock - start + length)
  const shownIn = isLetters ? aspects.shownIn : 0
  const shown = shownIn !== 0
  const piece = { type, client, clock, length, text, shown, state, formats, note: null } as const
  return new Run(piece, aspects, note, shownIn)
}

/** Whether nothing tells two runs apart in any view and one is the next of the other. */
const goesOn = (a: Run, b: Run): boolean =>
  a.client === b.client &&
  a.clock + a.length === b.clock &&
  a.shownIn === b.shownIn &&
  a.type === 'text' &&
  b.type === 'text' &&
  a.note === null &&
  b.note === null &&
  a.formats === b.formats &&
  sameState(a.aspects.state, b.aspects.state)

/** Whether equal states were decided alike: what a rejected deletion leaves is no part of the state. */
const sameDecisions = (a: Aspects, b: Aspects): boolean =>
  a === b ||
  (a.insDecision === b.insDecision &&
    a.acceptance === b.acceptance &&
    a.bracketing === b.bracketing &&
    sameIds(a.rejected, b.rejected) &&
    sameIds(a.settled, b.settled))

const sameIds = (a: ReadonlyMap<string, string>, b: ReadonlyMap<string, string>): boolean =>
  a === b || (a.size === b.size && [...a].every(([name, id]) => b.get(name) === id))

const isPlainState = ({ ins, del, settings }: TokenState): boolean =>
  settings === null && ins !== 'bracketed' && del !== 'bracketed'

export function sameState(a: TokenState, b: TokenState): boolean {
  if (a === b) return true
  return (
    a.ins === b.ins &&
    a.del === b.del &&
    a.author === b.author &&
    sameSettings(a.settings, b.settings) &&
    sameProposers(a.proposers, b.proposers)
  )
}

function sameProposers(a: readonly Proposer[], b: readonly Proposer[]): boolean {
  if (a.length !== b.length) return false
  for (let i = 0; i < a.length; i++)
    if (a[i]!.entry !== b[i]!.entry || a[i]!.delegation !== b[i]!.delegation) return false
  return true
}
