/** Which drafts could not be written, or read, and when it is tried again: soon, then ever more seldom. */

/** Between a failure and the first try; milliseconds. Doubled by each further failure. */
const firstPause = 500

const longestPause = 60_000

interface Trouble {
  pause: number
  /** null where the disk took writes again; the next failure then waits longer than the last. */
  timer: NodeJS.Timeout | null
}

export class DiskWatch {
  private readonly troubles = new Map<string, Trouble>()
  private readonly probe: (draft: string) => Promise<void>
  private readonly recovered: (draft: string) => void

  /** `probe` resolves where a draft is well again; `recovered` is called with each draft that waited. */
  constructor(probe: (draft: string) => Promise<void>, recovered: (draft: string) => void) {
    this.probe = probe
    this.recovered = recovered
  }

  get waiting(): readonly string[] {
    return [...this.troubles].flatMap(([draft, { timer }]) => (timer ? [draft] : []))
  }

  isWaiting(draft: string): boolean {
    return Boolean(this.troubles.get(draft)?.timer)
  }

  /** A draft is in trouble. */
  failed(draft: string): void {
    const known = this.troubles.get(draft)
    const pause = known ? Math.min(2 * known.pause, longestPause) : firstPause
    if (known?.timer) clearTimeout(known.timer)
    const trouble: Trouble = { pause, timer: null }
    this.troubles.set(draft, trouble)
    this.tryLater(draft, trouble)
  }

  /** What failed before has worked for this draft. */
  worked(draft: string): void {
    const known = this.troubles.get(draft)
    if (known && !known.timer) this.troubles.delete(draft)
  }

  close(): void {
    for (const { timer } of this.troubles.values()) if (timer) clearTimeout(timer)
    this.troubles.clear()
  }

  private tryLater(draft: string, trouble: Trouble): void {
    trouble.timer = setTimeout(() => void this.attempt(draft, trouble), trouble.pause)
    trouble.timer.unref()
  }

  private async attempt(draft: string, trouble: Trouble): Promise<void> {
    const works = await this.probe(draft).then(
      () => true,
      () => false,
    )
    if (this.troubles.get(draft) !== trouble) return
    if (works) {
      trouble.timer = null
      this.recovered(draft)
    } else {
      trouble.pause = Math.min(2 * trouble.pause, longestPause)
      this.tryLater(draft, trouble)
    }
  }
}
