/**
 * Which of this hand's edits are on the server's disk. Counts edits, not frames: a frame after a
 * reconnect carries many edits, and the first content frames of a socket carry none.
 */

interface Sent {
  readonly edits: number
  readonly clock: number
}

export class Tally {
  private edits = 0
  private saved: Sent = { edits: 0, clock: 0 }
  /** For each content frame of the present socket, in order, everything it and those before hold. */
  private frames: Sent[] = []
  private acknowledged = 0
  private readonly clock: () => number
  private readonly changed: () => void

  /** `clock` tells how many tokens this hand has written; `changed` is called when the sums move. */
  constructor(clock: () => number, changed: () => void) {
    this.clock = clock
    this.changed = changed
  }

  /** Edits that are in this browser and perhaps nowhere else. */
  get unsaved(): number {
    return this.edits - this.saved.edits
  }

  /** Every content frame of this socket is on disk, and there was one. */
  get settled(): boolean {
    return this.frames.length > 0 && this.acknowledged === this.frames.length
  }

  /** Tokens of this hand with a clock from here on may be on no disk but this one. */
  get savedClock(): number {
    return this.saved.clock
  }

  /** Edits were made here, or by a page that has gone. Called before their frame is sent. */
  edited(count = 1): void {
    this.edits += count
    this.changed()
  }

  /** A new socket: frames are counted from the start, edits not acknowledged stay unsaved. */
  opened(): void {
    this.frames = []
    this.acknowledged = 0
    this.changed()
  }

  /** A content frame goes out; it or those before it hold every edit made so far. */
  sent(): void {
    this.frames.push({ edits: this.edits, clock: this.clock() })
    this.changed()
  }

  /** The first `count` content frames of this socket are on disk. A count not possible is ignored. */
  acked(count: number): void {
    const frame = this.frames[count - 1]
    if (!frame || count <= this.acknowledged) return
    this.acknowledged = count
    this.saved = frame
    this.changed()
  }
}
