/** Kills the real server at random moments while people type, and counts what is left. */
import { randomInt } from 'node:crypto'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { fsck } from '../src/cli/fsck.ts'
import { replay } from '../src/room/replay.ts'
import { openSqliteStoreReadOnly } from '../src/store/sqlite/store.ts'
import { Door, startProcess } from '../test/process.ts'
import { Browser } from '../test/running.ts'
import { sampleDraft } from './honest.ts'
import type { Seated } from './honest.ts'
import { Typist, pictureOf } from './typist.ts'

/** How long everybody may take to come back; milliseconds. */
const patience = 60_000

export interface Figures {
  kills: number
  /** Letters that were typed, by the end. */
  letters: number
  /** Letters acknowledged at the moment of a kill, each counted at the first one after. */
  acknowledged: number
  /** Of these, found in the store before the server was started again, at every kill. */
  found: number
  lost: number
  /** Letters typed and not acknowledged at the moment of a kill: what it came in between of. */
  underWay: number
  /** What was promised and not kept, in sentences. */
  broken: string[]
}

/** Runs `times` kills with so many clients; `told` hears of each. */
export async function kill(
  times: number,
  clients: number,
  told: (figures: Figures) => void = () => undefined,
): Promise<Figures> {
  const data = await mkdtemp(join(tmpdir(), 'revmark-kill-'))
  const figures: Figures = {
    kills: 0,
    letters: 0,
    acknowledged: 0,
    found: 0,
    lost: 0,
    underWay: 0,
    broken: [],
  }
  const door = new Door()
  await door.open()
  let server = await startProcess(data)
  door.server = server
  const sit = async (name: string): Promise<Seated> => {
    const browser = new Browser(door.url)
    const { id, delegation } = await browser.join(server.links.get(name)!)
    return { browser, seat: id, delegation: delegation! }
  }
  const seats = [await sit('Delegate of Brazil'), await sit('Delegate of Canada')]
  const typists: Typist[] = []
  for (let n = 0; n < clients; n++) typists.push(await Typist.enter(seats[n % 2]!))
  const over = new AbortController()
  const typing = typists.map(async (typist) => {
    while (!over.signal.aborted) {
      typist.type()
      await pause(randomInt(20, 180))
    }
  })

  const counted = new Map<Typist, number>()
  while (figures.kills < times) {
    // In half of the rounds at any moment after the start, even before anybody is back.
    if (randomInt(2) === 0) await settled(() => typists.every(({ ready }) => ready))
    await pause(randomInt(10, 1500))
    door.server = null
    await server.end('SIGKILL')
    // What had been sent when the signal came arrives after it.
    await pause(20)
    figures.kills++
    await count(data, typists, counted, figures)
    server = await startProcess(data)
    door.server = server
    told(figures)
  }

  over.abort()
  await Promise.all(typing)
  const isDone = ({ ready, acknowledged, written }: Typist): boolean =>
    ready && acknowledged === written
  const hasConverged = (): boolean =>
    typists.every(isDone) && new Set(typists.map(({ picture }) => picture)).size === 1
  if (!(await settled(hasConverged))) figures.broken.push('the clients did not converge')
  if ((await server.end('SIGTERM')) !== 0) figures.broken.push('the server did not stop by itself')
  const store = openSqliteStoreReadOnly(join(data, 'revmark.sqlite'))
  const state = (await replay(store, sampleDraft))!
  if (pictureOf(state.ledger) !== typists[0]!.picture)
    figures.broken.push('what is on disk is not what the clients see')
  const { problems, text } = await fsck(store)
  if (problems > 0) figures.broken.push(text)
  await store.close()
  for (const typist of typists) {
    figures.letters += typist.written
    if (typist.thrownOut !== null) figures.broken.push(`a line was closed: ${typist.thrownOut}`)
    typist.leave()
  }
  door.close()
  await rm(data, { recursive: true })
  return figures
}

/** Looks into the store that a killed server has left. */
async function count(
  data: string,
  typists: readonly Typist[],
  counted: Map<Typist, number>,
  figures: Figures,
): Promise<void> {
  const store = openSqliteStoreReadOnly(join(data, 'revmark.sqlite'))
  try {
    // Rejects where the base or the chain of the log is not what it was.
    const { ydoc } = (await replay(store, sampleDraft))!
    for (const typist of typists) {
      const { acknowledged } = typist
      const before = counted.get(typist) ?? 0
      const found = typist.foundIn(ydoc, acknowledged)
      figures.acknowledged += acknowledged - before
      figures.found += acknowledged - before - (acknowledged - found)
      figures.lost += acknowledged - found
      figures.underWay += typist.written - acknowledged
      counted.set(typist, acknowledged)
    }
  } catch (error) {
    figures.broken.push(`kill ${figures.kills}: ${String(error)}`)
  } finally {
    await store.close()
  }
}

/** Waits until something holds; false where it does not come to it. */
async function settled(holds: () => boolean): Promise<boolean> {
  const end = performance.now() + patience
  while (!holds()) {
    if (performance.now() > end) return false
    await pause(10)
  }
  return true
}
