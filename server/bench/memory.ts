/** What a server process needs of memory, as its own metrics tell it. */
import { setTimeout as pause } from 'node:timers/promises'
import { median } from './src/statistics.ts'

/** Megabytes at one moment. */
export interface Memory {
  /** Since the watch began; milliseconds. */
  readonly at: number
  /** What the system has given to the process. */
  readonly resident: number
  /** What V8 holds for its values on the main thread, used or not. */
  readonly heap: number
  /** How much of that is in use, what nobody refers to any more included. */
  readonly used: number
  /** Buffers outside of it. */
  readonly external: number
}

/** The series of the metrics that tell each. */
const series = {
  resident: 'process_resident_memory_bytes',
  heap: 'nodejs_heap_size_total_bytes',
  used: 'nodejs_heap_size_used_bytes',
  external: 'nodejs_external_memory_bytes',
} as const

/** Memory over a time, one sample a second. */
export class MemoryWatch {
  private readonly samples: Memory[] = []
  private readonly url: string
  private readonly token: string
  private readonly begun = performance.now()

  /** `url`: the server's; `token`: its METRICS_TOKEN. */
  constructor(url: string, token: string) {
    this.url = url
    this.token = token
  }

  /** Samples until it is over. */
  async run(isOver: () => boolean): Promise<void> {
    while (!isOver()) {
      const text = await this.read().catch(() => null)
      if (text !== null) this.samples.push(memoryIn(text, performance.now() - this.begun))
      await pause(1000)
    }
  }

  /**
   * The memory about a moment, in milliseconds since the watch began: medians of the half minute before
   * it, of the first half minute for 0, and of what was in use the least, which is nearest to what
   * lives.
   */
  about(moment: number): Memory {
    const [from, to] = moment === 0 ? [0, 30_000] : [moment - 30_000, moment]
    const near = this.samples.filter(({ at }) => at >= from && at <= to)
    const middle = (key: keyof Memory): number => Math.round(median(near.map((one) => one[key])))
    return {
      at: moment,
      resident: middle('resident'),
      heap: middle('heap'),
      used: Math.round(Math.min(...near.map(({ used }) => used))),
      external: middle('external'),
    }
  }

  private async read(): Promise<string> {
    const headers = { authorization: `Bearer ${this.token}` }
    return (await fetch(`${this.url}/metrics`, { headers })).text()
  }
}

function memoryIn(text: string, at: number): Memory {
  const megabytes = (name: string): number =>
    Number(new RegExp(`^${name} (\\S+)$`, 'm').exec(text)?.[1]) / 1_048_576
  return {
    at,
    resident: megabytes(series.resident),
    heap: megabytes(series.heap),
    used: megabytes(series.used),
    external: megabytes(series.external),
  }
}
