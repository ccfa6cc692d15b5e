/** The list of changes, kept up to date without being computed for every key. */
import { changesOf, conflictsOf, sameRanges, staleReferences } from '@revmark/shared/ledger'
import type {
  Change,
  Conflict,
  Ledger,
  MovedParagraph,
  StaleReference,
} from '@revmark/shared/ledger'

/** The list is computed anew at most this often; milliseconds. */
const interval = 120

/** The conflicts of each change that has some, by its id. */
export type Conflicts = ReadonlyMap<string, readonly Conflict[]>

export class ChangeFeed {
  private readonly ledger: Ledger
  private readonly listeners = new Set<() => void>()
  private readonly unfollow: () => void
  private list: readonly Change[] = []
  private isStale = true
  private met: { list: readonly Change[]; conflicts: Conflicts } | null = null
  private stale: readonly StaleReference[] | null = null
  private timer: ReturnType<typeof setTimeout> | null = null

  constructor(ledger: Ledger) {
    this.ledger = ledger
    this.unfollow = ledger.onChange(() => {
      this.timer ??= setTimeout(this.renew, interval)
    })
  }

  /**
   * All changes in the order of the text. The same array until it is computed anew; a change in
   * which nothing has changed is the same object even then.
   */
  readonly snapshot = (): readonly Change[] => {
    if (this.isStale) {
      this.list = kept(this.list, changesOf(this.ledger))
      this.isStale = false
    }
    return this.list
  }

  /** Where the changes of the list meet; the same map until the list is computed anew. */
  readonly conflicts = (): Conflicts => {
    const list = this.snapshot()
    if (this.met?.list !== list) this.met = { list, conflicts: conflictsOf(this.ledger, list) }
    return this.met.conflicts
  }

  /** The references that have come to say another label than they mean, computed with the list. */
  readonly references = (): readonly StaleReference[] =>
    (this.stale ??= staleReferences(this.ledger))

  /** Calls the listener after the list has changed. Returns the way out. */
  readonly subscribe = (listener: () => void): (() => void) => {
    this.listeners.add(listener)
    return () => this.listeners.delete(listener)
  }

  destroy(): void {
    this.unfollow()
    if (this.timer !== null) clearTimeout(this.timer)
    this.listeners.clear()
  }

  private readonly renew = (): void => {
    this.timer = null
    this.isStale = true
    this.stale = null
    for (const listener of this.listeners) listener()
  }
}

function kept(before: readonly Change[], now: readonly Change[]): readonly Change[] {
  const known = new Map(before.map((change) => [change.id, change]))
  return now.map((change) => {
    const earlier = known.get(change.id)
    return earlier && sameChange(earlier, change) ? earlier : change
  })
}

const sameChange = (a: Change, b: Change): boolean =>
  a.kind === b.kind &&
  a.state === b.state &&
  a.paragraph === b.paragraph &&
  a.address === b.address &&
  a.inserted === b.inserted &&
  a.deleted === b.deleted &&
  sameRanges(a.ins, b.ins) &&
  sameRanges(a.del, b.del) &&
  sameRanges(a.set, b.set) &&
  a.setting?.collides === b.setting?.collides &&
  a.setting?.text === b.setting?.text &&
  sameMoves(a.moves, b.moves) &&
  a.decisions.join() === b.decisions.join() &&
  a.entries.length === b.entries.length &&
  a.entries.every(
    ({ delegation, entry }, i) =>
      delegation === b.entries[i]!.delegation && entry === b.entries[i]!.entry,
  )

/** Whether the same paragraphs are moved, from and to the same places; their words are not looked at. */
export const sameMoves = (a: readonly MovedParagraph[], b: readonly MovedParagraph[]): boolean =>
  a.length === b.length &&
  a.every(({ paragraph, address, origin, former }, i) => {
    const other = b[i]!
    return (
      paragraph === other.paragraph &&
      address === other.address &&
      origin === other.origin &&
      former === other.former
    )
  })
