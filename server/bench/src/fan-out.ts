/** How long a letter takes to the others while ten people type at the pace of people, carets and all. */
import { setTimeout as pause } from 'node:timers/promises'
import { Audience } from './audience.ts'
import { loadOf } from './contender.ts'
import type { ContenderProcess, Load } from './contender.ts'
import { letters } from './drafting.ts'
import { percentile } from './statistics.ts'
import { Stopwatch } from './stopwatch.ts'

const writers = 10

/** Milliseconds between two letters of one writer. */
const pace = 200

/** Milliseconds before measuring begins. */
const warmUp = 2000

export interface FanOut extends Load {
  /** Milliseconds from a letter's sending to its arrival at probes. */
  readonly p50: number
  readonly p95: number
  readonly p99: number
}

/** One run with `clients` in the room for some seconds. */
export async function fanOut(
  server: ContenderProcess,
  clients: number,
  seconds: number,
): Promise<FanOut> {
  const total = warmUp + seconds * 1000
  const script = letters(writers, Math.ceil(total / pace) + 1)
  const audience = await Audience.enter(server, clients)
  const watch = new Stopwatch(audience, writers)
  const timers: NodeJS.Timeout[] = []
  for (const [n, updates] of script.entries()) {
    const writer = audience.people[n]!
    const left = updates.values()
    const type = (): void => {
      const { value } = left.next()
      if (!value) return
      const clock = watch.write(writer, value)
      const after = { client: writer.ydoc.clientID, clock }
      const place = { paragraph: '1:1', after }
      writer.provider.awareness.setLocalStateField('caret', { anchor: place, head: place })
    }
    timers.push(setTimeout(() => timers.push(setInterval(type, pace)), (n * pace) / writers))
  }
  await pause(warmUp)
  watch.restart()
  const load = await loadOf(server, () => pause(seconds * 1000))
  for (const timer of timers) clearInterval(timer)
  await watch.settled()
  audience.leave()
  const [p50, p95, p99] = [0.5, 0.95, 0.99].map((p) => percentile(watch.latencies, p))
  return { p50: p50!, p95: p95!, p99: p99!, ...load }
}
