/** The list of changes, kept up to date without being computed for every key. */
import { changesOf } from '@revmark/shared/ledger'
import type { Change, Ledger } from '@revmark/shared/ledger'

/** The list is computed anew at most this often; milliseconds. */
const interval = 120

export class ChangeFeed {
  private readonly ledger: Ledger
  private readonly listeners = new Set<() => void>()
  private readonly unfollow: () => void
  private list: readonly Change[] | null = null
  private timer: ReturnType<typeof setTimeout> | null = null

  constructor(ledger: Ledger) {
    this.ledger = ledger
    this.unfollow = ledger.onChange(() => {
      this.timer ??= setTimeout(this.renew, interval)
    })
  }

  /** All changes in the order of the text; the same array until it is computed anew. */
  readonly snapshot = (): readonly Change[] => (this.list ??= changesOf(this.ledger))

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
    this.list = null
    for (const listener of this.listeners) listener()
  }
}
