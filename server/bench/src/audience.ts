/** Participants of one room: writers first, then readers; some of them are probes that time what arrives. */
import type { ContenderProcess } from './contender.ts'
import { baseDoc, handOf } from './drafting.ts'
import { Headless } from './headless.ts'
import type { HeadlessOptions } from './headless.ts'
import * as Y from 'yjs'

/** Probes are spread over the order in which people came, since servers tell them in that order. */
const probeCount = 5

/** How many people enter at a time. */
const together = 20

/** Called with the probe, and with the client and the clock of each token that has arrived there. */
export type Arrival = (probe: number, client: number, clock: number) => void

export class Audience {
  readonly people: readonly Headless[]
  readonly probes: readonly Headless[]

  private constructor(people: readonly Headless[], probes: readonly Headless[]) {
    this.people = people
    this.probes = probes
  }

  /** Lets `count` people in, the text in force first where the server does not have it. */
  static async enter(
    server: ContenderProcess,
    count: number,
    { deaf = false }: HeadlessOptions = {},
  ): Promise<Audience> {
    if (server.contender !== 'revmark') await seed(server, Y.encodeStateAsUpdate(baseDoc()))
    const places = new Set(
      Array.from({ length: probeCount }, (_, n) =>
        Math.round((n * (count - 1)) / (probeCount - 1)),
      ),
    )
    const people: Headless[] = []
    while (people.length < count) {
      const from = people.length
      const some = Array.from(
        { length: Math.min(together, count - from) },
        (_, n) => new Headless(server, from + n, { deaf: deaf && !places.has(from + n) }),
      )
      people.push(...some)
      await Promise.all(some.map((one) => one.synced()))
    }
    return new Audience(
      people,
      [...places].map((place) => people[place]!),
    )
  }

  /** Tells of every letter of the first `writers` people that arrives at a probe from somebody else. */
  onArrival(writers: number, arrived: Arrival): void {
    for (const [index, { ydoc, provider }] of this.probes.entries())
      ydoc.on('afterTransaction', ({ origin, beforeState, afterState }: Y.Transaction) => {
        if (origin !== provider) return
        for (let n = 0; n < writers; n++) {
          const { client } = handOf(n)
          const end = afterState.get(client) ?? 0
          for (let clock = beforeState.get(client) ?? 0; clock < end; clock++)
            arrived(index, client, clock)
        }
      })
  }

  leave(): void {
    for (const one of this.people) one.destroy()
  }
}

/** Gives a server a draft: somebody brings it and leaves. */
export async function seed(server: ContenderProcess, state: Uint8Array): Promise<void> {
  const author = new Headless(server, 1_000_000, { state })
  await author.synced()
  const reader = new Headless(server, 1_000_001)
  await reader.synced()
  const target = Y.encodeStateVector(author.ydoc)
  while (Buffer.compare(Y.encodeStateVector(reader.ydoc), target) !== 0)
    await new Promise((resolve) => reader.ydoc.once('update', resolve))
  author.destroy()
  reader.destroy()
}
