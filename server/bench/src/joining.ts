/** How long many people take to enter a draft with a long history, all at once. */
import type { ContenderProcess } from './contender.ts'
import { seed } from './audience.ts'
import { Headless } from './headless.ts'

export interface Joining {
  /** Milliseconds until the first one has it, for whom the server opens the draft if it can. */
  readonly first: number
  /** Milliseconds until the last one has the whole draft, from the first handshake on. */
  readonly all: number
  /** Bytes that the server's memory has grown by. */
  readonly growth: number
}

/** One run: the draft is open already for the many, and the clients take the state without applying it. */
export async function joining(
  server: ContenderProcess,
  clients: number,
  state: Uint8Array,
): Promise<Joining> {
  if (server.contender !== 'revmark') await seed(server, state)
  const opening = performance.now()
  const first = new Headless(server, clients, { unread: true })
  await first.arrived
  const cold = performance.now() - opening
  const { memory } = server.usage()
  const start = performance.now()
  const people = Array.from(
    { length: clients },
    (_, n) => new Headless(server, n, { unread: true }),
  )
  await Promise.all(people.map((one) => one.arrived))
  const all = performance.now() - start
  const growth = server.usage().memory - memory
  for (const one of [first, ...people]) one.destroy()
  return { first: cold, all, growth }
}
