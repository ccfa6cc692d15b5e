/** When a draft's snapshot is renewed: every so many entries of its log, not too often, and when its room is let go. */
import type { Snapshots } from '../store/snapshot.ts'

/** Entries behind a snapshot that cost little to read. */
const enough = 500

/** Between two snapshots of one draft: a rush of entries is worth one, not hundreds; milliseconds. */
const pause = 20_000

export class SnapshotKeeping {
  private readonly draft: string
  private readonly snapshots: Snapshots
  private readonly failed: (error: unknown) => void
  private taken: number
  private last: number
  private taking: Promise<void> | null = null
  /** When the last one was begun, by `performance.now()`. */
  private begun = -pause

  /** `taken`: the seq of the snapshot that there is; `last`: the last one of the log. */
  constructor(
    draft: string,
    { taken, last }: { readonly taken: number; readonly last: number },
    snapshots: Snapshots,
    failed: (error: unknown) => void,
  ) {
    this.draft = draft
    this.taken = taken
    this.last = last
    this.snapshots = snapshots
    this.failed = failed
  }

  /** The log has grown to `seq`. Returns at once. */
  grown(seq: number): void {
    this.last = seq
    if (seq - this.taken >= enough && performance.now() - this.begun >= pause) void this.take()
  }

  /** Resolves when the snapshot is as new as the log, or could not be taken. */
  async finish(): Promise<void> {
    while (this.taken < this.last && (await this.take())) continue
  }

  /** One at a time. A failure loses nothing but speed: the log is whole. */
  private async take(): Promise<boolean> {
    const before = this.taken
    this.taking ??= this.attempt()
    await this.taking
    return this.taken > before
  }

  private async attempt(): Promise<void> {
    const seq = this.last
    this.begun = performance.now()
    try {
      await this.snapshots.take(this.draft)
      this.taken = Math.max(this.taken, seq)
    } catch (error) {
      this.failed(error)
    } finally {
      this.taking = null
    }
  }
}
