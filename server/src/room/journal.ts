/**
 * The order in which a room's effects become real: what one turn of the event loop brings is
 * committed together, then shown to the others, then synced to the disk, then acknowledged.
 * While one batch is being committed the next one gathers; the same for syncing.
 */
import { setTimeout as pause } from 'node:timers/promises'
import type { NewEntry } from '../store/log.ts'

/**
 * Between two syncs of one journal, so that under load one sync and one acknowledgement serve many
 * batches; milliseconds. Only "saved" waits for it, and never the first after a rest.
 */
const syncPause = 10

/**
 * After a batch has been shown the next one gathers for so many times as long as that took, but not
 * longer than that many milliseconds: to show a batch costs a frame for everybody in the room, however
 * few letters are in it. The first after a rest is shown at once.
 */
const gathering = { times: 3, atMost: 20 } as const

/** Whatever waits in the journal; `entry` is what it adds to the log, null for a mere place in the order. */
export interface Item {
  readonly entry: NewEntry | null
}

export interface JournalHandlers<T extends Item> {
  /** Commits entries; see `Log.append`. */
  append(entries: readonly NewEntry[]): Promise<void>
  /** See `Log.sync`. */
  sync(): Promise<void>
  /** A batch has survived the process. */
  committed(batch: readonly T[]): void
  /** A batch has survived the power. */
  synced(batch: readonly T[]): void
  /** Nothing more will be written: what was applied since the last commit is not in the log. */
  failed(error: unknown, lost: readonly T[]): void
}

export class Journal<T extends Item> {
  private readonly handlers: JournalHandlers<T>
  private waiting: T[] = []
  private unsynced: T[] = []
  private inFlight: readonly T[] = []
  private inSync: readonly T[] = []
  private committing = false
  private syncing = false
  /**
   * Whether anything has been committed since the last sync began. At first what an earlier journal
   * committed before it failed, or before the process was killed, may not be on the disk yet.
   */
  private dirty = true
  /** When the last sync ended, by `performance.now()`. */
  private syncedAt = -syncPause
  /** Until when the next batch gathers, by `performance.now()`. */
  private gathersUntil = 0
  private broken = false

  constructor(handlers: JournalHandlers<T>) {
    this.handlers = handlers
  }

  /** Whether everything added has been handled. */
  get idle(): boolean {
    return !this.committing && !this.syncing
  }

  /** Adds an item behind all others. After a failure it fails at once. */
  add(item: T): void {
    if (this.broken) {
      this.handlers.failed(new Error('the journal has failed before'), [item])
      return
    }
    this.waiting.push(item)
    if (this.committing) return
    this.committing = true
    setImmediate(() => void this.commit())
  }

  private async commit(): Promise<void> {
    try {
      while (this.waiting.length > 0 && !this.broken) {
        const rest = this.gathersUntil - performance.now()
        if (rest > 0) {
          await pause(rest)
          continue
        }
        const batch = (this.inFlight = this.waiting)
        this.waiting = []
        const entries = batch.flatMap(({ entry }) => entry ?? [])
        if (entries.length > 0) {
          await this.handlers.append(entries)
          this.dirty = true
        }
        this.unsynced.push(...batch)
        this.inFlight = []
        this.committed(batch)
        if (!this.syncing) void this.sync()
      }
    } catch (error) {
      this.fail(error, [])
    } finally {
      this.committing = false
    }
  }

  private committed(batch: readonly T[]): void {
    const begun = performance.now()
    this.handlers.committed(batch)
    const ended = performance.now()
    this.gathersUntil = ended + Math.min(gathering.times * (ended - begun), gathering.atMost)
  }

  private async sync(): Promise<void> {
    this.syncing = true
    try {
      while (this.unsynced.length > 0 && !this.broken) {
        const wait = this.syncedAt + syncPause - performance.now()
        if (this.dirty && wait > 0) await pause(wait)
        const batch = (this.inSync = this.unsynced)
        this.unsynced = []
        if (this.dirty) {
          this.dirty = false
          await this.handlers.sync()
          this.syncedAt = performance.now()
        }
        this.inSync = []
        this.handlers.synced(batch)
      }
    } catch (error) {
      this.fail(error, this.inSync)
    } finally {
      this.syncing = false
    }
  }

  /** A commit that fails leaves the sync that is under way to end as it may: `unsure` is empty then. */
  private fail(error: unknown, unsure: readonly T[]): void {
    const lost = [...unsure, ...this.unsynced, ...this.inFlight, ...this.waiting]
    this.unsynced = []
    this.inFlight = []
    this.waiting = []
    this.broken = true
    this.handlers.failed(error, lost)
  }
}
