/** How many letters a second go through a room when writers wait for nothing but the last reader. */
import { setTimeout as pause } from 'node:timers/promises'
import { Audience } from './audience.ts'
import { loadOf } from './contender.ts'
import type { ContenderProcess, Load } from './contender.ts'
import { percentile } from './statistics.ts'
import { Stopwatch } from './stopwatch.ts'

const writers = 10

/** Letters of one writer that are under way at a time. */
const window = 4

const warmUp = 1500

export interface Saturation extends Load {
  /** Letters a second that arrived at the last reader. */
  readonly rate: number
  /** Frames a second that the server sent with them. */
  readonly frames: number
  readonly p99: number
}

/**
 * One run. All but the probes count frames without applying them, so that the server is what is
 * measured. `script` holds more letters than can be written in the time.
 */
export async function saturation(
  server: ContenderProcess,
  clients: number,
  seconds: number,
  script: readonly (readonly Uint8Array[])[],
): Promise<Saturation> {
  const audience = await Audience.enter(server, clients, { deaf: true })
  const last = audience.probes.length - 1
  let arrivals = 0
  let running = true
  const left = script.map((updates) => updates.values())
  const next = (n: number): void => {
    if (!running) return
    const { value } = left[n]!.next()
    if (!value) throw new RangeError('the script is too short')
    watch.write(audience.people[n]!, value)
  }
  const places = new Map(audience.people.slice(0, writers).map(({ ydoc }, n) => [ydoc.clientID, n]))
  const watch = new Stopwatch(audience, writers, (probe, client) => {
    if (probe !== last) return
    arrivals++
    // Not inside the reader's transaction.
    queueMicrotask(() => next(places.get(client)!))
  })
  for (let n = 0; n < writers; n++) for (let i = 0; i < window; i++) next(n)
  await pause(warmUp)
  const frames = (): number => audience.people.reduce((sum, one) => sum + one.frames, 0)
  const before = { arrivals, frames: frames(), at: performance.now() }
  watch.restart()
  const load = await loadOf(server, () => pause(seconds * 1000))
  const elapsed = (performance.now() - before.at) / 1000
  const rate = (arrivals - before.arrivals) / elapsed
  const sent = (frames() - before.frames) / elapsed
  running = false
  await watch.settled()
  audience.leave()
  return { rate, frames: sent, p99: percentile(watch.latencies, 0.99), ...load }
}
