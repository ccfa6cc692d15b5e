/** How much anybody may ask of the server: buckets that fill with time and empty by asking. */

export interface Rate {
  /** What may be asked at once after a pause. */
  readonly burst: number
  /** What may be asked in the long run; also how fast a bucket fills. */
  readonly perSecond: number
}

/** Two for everybody who may ask; each sort of asking has its own. */
export interface Limits {
  /** Requests of the API from one address: a delegation's hall is one address. */
  readonly requests: Rate
  /** Requests of one session. */
  readonly session: Rate
  /** Links opened that are unknown or used up, from one address. */
  readonly strangers: Rate
  /** WebSockets opened from one address. */
  readonly handshakes: Rate
  /** Sign-in links made by one seat. */
  readonly links: Rate
  /** Client ids issued to one seat. */
  readonly clientIds: Rate
  /** Frames of one socket. */
  readonly frames: Rate
}

/** Wide enough for a conference behind one address, whose lines all break at once. */
export const usualLimits: Limits = {
  requests: { burst: 3000, perSecond: 200 },
  session: { burst: 400, perSecond: 40 },
  strangers: { burst: 30, perSecond: 0.5 },
  handshakes: { burst: 1000, perSecond: 50 },
  links: { burst: 200, perSecond: 1 },
  clientIds: { burst: 60, perSecond: 0.2 },
  frames: { burst: 2000, perSecond: 200 },
}

const endless: Rate = { burst: Infinity, perSecond: Infinity }

/** For load tests, on a machine that nobody else reaches. */
export const noLimits: Limits = {
  requests: endless,
  session: endless,
  strangers: endless,
  handshakes: endless,
  links: endless,
  clientIds: endless,
  frames: endless,
}

/** One bucket. Times are milliseconds since 1970; a clock that goes back fills nothing. */
export class Bucket {
  private readonly rate: Rate
  private level: number
  private at: number

  constructor(rate: Rate, at: number) {
    this.rate = rate
    this.level = rate.burst
    this.at = at
  }

  /** Takes one if there is one. 0: it is taken; else how many milliseconds to wait for it. */
  take(at: number): number {
    this.fill(at)
    if (this.level < 1) return this.waitFor(1)
    this.level--
    return 0
  }

  /** Takes one in any case, on credit where there is none. */
  owe(at: number): void {
    this.fill(at)
    this.level--
  }

  /** How many milliseconds to wait until nothing is owed. */
  debt(at: number): number {
    this.fill(at)
    return this.level >= 0 ? 0 : this.waitFor(0)
  }

  /** Whether nothing is known of it that a new one would not know. */
  isFull(at: number): boolean {
    this.fill(at)
    return this.level >= this.rate.burst
  }

  private fill(at: number): void {
    const { burst, perSecond } = this.rate
    if (burst === Infinity || at <= this.at) return
    this.level = Math.min(burst, this.level + ((at - this.at) / 1000) * perSecond)
    this.at = at
  }

  private waitFor(level: number): number {
    return Math.ceil(((level - this.level) / this.rate.perSecond) * 1000)
  }
}

/** So many buckets are kept; the oldest go first, which lets somebody off. */
const mostBuckets = 20_000

/** A bucket for each who asks. */
export class Allowance {
  private readonly rate: Rate
  private readonly buckets = new Map<string, Bucket>()

  constructor(rate: Rate) {
    this.rate = rate
  }

  /** Takes one for `who`. 0: go ahead; else how many milliseconds to wait. */
  take(who: string, at: number): number {
    let bucket = this.buckets.get(who)
    if (!bucket) {
      if (this.buckets.size >= mostBuckets) this.makeRoom(at)
      bucket = new Bucket(this.rate, at)
      this.buckets.set(who, bucket)
    }
    return bucket.take(at)
  }

  /** How many buckets are kept. */
  get size(): number {
    return this.buckets.size
  }

  private makeRoom(at: number): void {
    for (const [who, bucket] of this.buckets) if (bucket.isFull(at)) this.buckets.delete(who)
    // A tenth at once: whoever comes under many names must not make each of them dear.
    for (const who of this.buckets.keys()) {
      if (this.buckets.size < mostBuckets * 0.9) return
      this.buckets.delete(who)
    }
  }
}
