/** When each letter was sent, and how long it took to each probe. */
import * as Y from 'yjs'
import type { Audience } from './audience.ts'
import type { Headless } from './headless.ts'

/** How long the last letters may take, before they count as lost; milliseconds. */
const patience = 10_000

export class Stopwatch {
  /** Milliseconds from sending to arrival, of letters sent since `restart`. */
  latencies: number[] = []
  private readonly sent = new Map<string, number>()
  private readonly audience: Audience
  private readonly heard: (probe: number, client: number, clock: number) => void
  private since = 0

  /** `heard` is called for each letter that a probe hears; `writers` are the first ones of the audience. */
  constructor(
    audience: Audience,
    writers: number,
    heard: (probe: number, client: number, clock: number) => void = () => undefined,
  ) {
    this.audience = audience
    this.heard = heard
    audience.onArrival(writers, (probe, client, clock) => this.arrived(probe, client, clock))
  }

  /** Writes a letter in somebody's name and notes when. Returns its clock. */
  write(writer: Headless, update: Uint8Array): number {
    const clock = Y.getState(writer.ydoc.store, writer.ydoc.clientID)
    this.sent.set(`${writer.ydoc.clientID}:${clock}`, performance.now())
    writer.write(update)
    return clock
  }

  /** Forgets what was measured before. */
  restart(): void {
    this.latencies = []
    this.since = performance.now()
  }

  /** Resolves when all probes have what all have written; rejects where something is lost. */
  async settled(): Promise<void> {
    const deadline = performance.now() + patience
    const { people, probes } = this.audience
    const own = people.map(
      ({ ydoc }) => [ydoc.clientID, Y.getState(ydoc.store, ydoc.clientID)] as const,
    )
    const whole = (): boolean =>
      probes.every(({ ydoc }) =>
        own.every(([client, clock]) => Y.getState(ydoc.store, client) === clock),
      )
    while (!whole()) {
      if (performance.now() > deadline) throw new Error('letters have been lost')
      await new Promise((resolve) => setTimeout(resolve, 20))
    }
  }

  private arrived(probe: number, client: number, clock: number): void {
    const sent = this.sent.get(`${client}:${clock}`)
    if (sent === undefined) return
    if (sent >= this.since) this.latencies.push(performance.now() - sent)
    this.heard(probe, client, clock)
  }
}
