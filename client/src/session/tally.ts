/**
 * Which of this hand's edits are on the server's disk. Counts edits, not frames: a frame after a
 * reconnect carries many edits, and the first content frames of a socket carry none.
 */
import { framesOf } from './frames.ts'

/** Edits made up to a moment, and the tokens that this hand had written by then. */
interface Sum {
  readonly edits: number
  readonly clock: number
}

/** What has been made and is not known to be saved; the sums include it. */
export interface Unsaved extends Sum {
  readonly update: Uint8Array
}

/** A part of what is not saved, small enough for a frame; the sums include it. */
export interface Part extends Sum {
  readonly updates: readonly Uint8Array[]
}

export interface TallyEvents {
  /** The sums have moved. */
  readonly changed: () => void
  /** Edits are on the server's disk, in the order in which they were made. */
  readonly saved: (updates: readonly Uint8Array[]) => void
}

export class Tally {
  private edits = 0
  private sum: Sum = { edits: 0, clock: 0 }
  private waiting: Unsaved[] = []
  /** For each content frame of the present socket, in order, everything it and those before hold. */
  private frames: Sum[] = []
  private acknowledged = 0
  private readonly clock: () => number
  private readonly events: TallyEvents

  /** `clock` tells how many tokens this hand has written. */
  constructor(clock: () => number, events: TallyEvents) {
    this.clock = clock
    this.events = events
  }

  /** Edits that are in this browser and perhaps nowhere else. */
  get unsaved(): number {
    return this.edits - this.sum.edits
  }

  /** Every content frame of this socket is on disk, and there was one. */
  get settled(): boolean {
    return this.frames.length > 0 && this.acknowledged === this.frames.length
  }

  /** Tokens of this hand with a clock from here on may be on no disk but this one. */
  get savedClock(): number {
    return this.sum.clock
  }

  /** What has been made and is not known to be saved, in order. */
  get unsavedEdits(): readonly Unsaved[] {
    return this.waiting
  }

  /** What is not saved, in parts for a frame each. */
  parts(): readonly Part[] {
    return framesOf(this.waiting).map((frame) => {
      const { edits, clock } = frame.at(-1)!
      return { updates: frame.map(({ update }) => update), edits, clock }
    })
  }

  /** Edits were made here, or by a page that has gone. Called before their frame is sent. */
  edited(update: Uint8Array, count = 1): void {
    this.edits += count
    this.waiting.push({ update, edits: this.edits, clock: this.clock() })
    this.events.changed()
  }

  /** A new socket: frames are counted from the start, edits not acknowledged stay unsaved. */
  opened(): void {
    this.frames = []
    this.acknowledged = 0
    this.events.changed()
  }

  /** A content frame goes out; it and those before it hold every edit made so far, or those of a part. */
  sent({ edits, clock }: Sum = { edits: this.edits, clock: this.clock() }): void {
    this.frames.push({ edits, clock })
    this.events.changed()
  }

  /** The first `count` content frames of this socket are on disk. A count not possible is ignored. */
  acked(count: number): void {
    const frame = this.frames[count - 1]
    if (!frame || count <= this.acknowledged) return
    this.acknowledged = count
    this.sum = frame
    const left = this.waiting.findIndex(({ edits }) => edits > frame.edits)
    const saved = this.waiting.splice(0, left < 0 ? this.waiting.length : left)
    if (saved.length > 0) this.events.saved(saved.map(({ update }) => update))
    this.events.changed()
  }
}
