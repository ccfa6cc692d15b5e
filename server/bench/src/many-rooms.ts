/** What an open room takes, when very many are open with two people in each. */
import { setTimeout as pause } from 'node:timers/promises'
import * as Y from 'yjs'
import { loadOf } from './contender.ts'
import type { ContenderProcess } from './contender.ts'
import { baseDoc } from './drafting.ts'
import { Headless } from './headless.ts'

/** How many rooms are entered at a time. */
const together = 20

/** How long the idle load is watched; milliseconds. */
const restTime = 10_000

export interface ManyRooms {
  /** Resident kilobytes for each room and its two connections. */
  readonly perRoom: number
  /** Resident megabytes with all of them. */
  readonly memory: number
  /** Seconds until all are open. */
  readonly opening: number
  /** Percent of one processor while nobody does anything. */
  readonly idle: number
}

/** One run: two people in each of `count` rooms; where the server has no drafts the first one brings it. */
export async function manyRooms(server: ContenderProcess, count: number): Promise<ManyRooms> {
  const brought = server.contender === 'revmark' ? {} : { state: Y.encodeStateAsUpdate(baseDoc()) }
  const before = server.usage().memory
  const start = performance.now()
  const people: Headless[] = []
  for (let from = 0; from < count; from += together) {
    const drafts = Array.from({ length: Math.min(together, count - from) }, (_, n) => from + n + 1)
    const firsts = drafts.map((draft) => new Headless(server, 0, { draft, deaf: true, ...brought }))
    await Promise.all(firsts.map((one) => one.synced()))
    const seconds = drafts.map((draft) => new Headless(server, 1, { draft, deaf: true }))
    await Promise.all(seconds.map((one) => one.synced()))
    people.push(...firsts, ...seconds)
  }
  const opening = (performance.now() - start) / 1000
  const { cpu } = await loadOf(server, () => pause(restTime))
  const { memory } = server.usage()
  for (const one of people) one.destroy()
  return {
    perRoom: (memory - before) / 1024 / count,
    memory: memory / 1_048_576,
    opening,
    idle: cpu,
  }
}
