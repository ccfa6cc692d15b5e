/**
 * `pnpm -F @revmark/server soak --minutes 2`: honest and hostile clients side by side, a chair who
 * decides, and visitors who come and go, against a real server process. Prints what was done and how
 * long it took, and fails where a promise was broken.
 */
import { readFile, rm, mkdtemp } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { randomInt } from 'node:crypto'
import { setTimeout as pause } from 'node:timers/promises'
import { parseArgs } from 'node:util'
import { provisionsOf } from '@revmark/shared/ledger'
import { fingerprint } from '@revmark/shared/resolution'
import { replay } from '../src/room/replay.ts'
import { openSqliteStoreReadOnly } from '../src/store/sqlite/store.ts'
import { startProcess } from '../test/process.ts'
import { Browser } from '../test/running.ts'
import { median } from './src/statistics.ts'
import { Honest, draft } from './honest.ts'
import type { Seated } from './honest.ts'
import { Hostile } from './hostile.ts'
import { Chair, visit } from './visitors.ts'
import type { Answers } from './visitors.ts'

const { values } = parseArgs({
  options: {
    minutes: { type: 'string', default: '2' },
    honest: { type: 'string', default: '6' },
    hostile: { type: 'string', default: '4' },
  },
})
const [minutes, honestCount, hostileCount] = [values.minutes, values.honest, values.hostile].map(
  (value) => {
    const number = Number(value)
    if (!(number > 0)) throw new RangeError(`not a number above 0: ${value}`)
    return number
  },
) as [number, number, number]

const data = await mkdtemp(join(tmpdir(), 'revmark-soak-'))
const server = await startProcess(data)
const out = process.stdout

async function sit(name: string): Promise<Seated> {
  const browser = new Browser(server.url)
  const { id, delegation } = await browser.join(server.links.get(name)!)
  return { browser, seat: id, delegation: delegation ?? '' }
}

const brazil = await sit('Delegate of Brazil')
const canada = await sit('Delegate of Canada')
const honest: Honest[] = []
for (let n = 0; n < honestCount; n++)
  honest.push(await Honest.enter(n % 2 === 0 ? brazil : canada, n % 3 !== 2))
const chair = new Chair(await sit('Chair of Working Group 3'))
const visitor = await sit('Observer')
const visits: Answers = new Map()
const hostile = Array.from({ length: hostileCount }, () => new Hostile(canada))

const end = performance.now() + minutes * 60_000
const isOver = (): boolean => performance.now() > end
const residents: number[] = []

async function work(step: () => void | Promise<void>, least: number, most: number): Promise<void> {
  while (!isOver()) {
    await step()
    await pause(randomInt(least, most))
  }
}

/** A server closes a connection that was idle, perhaps at the very moment when it is used again. */
async function asked(answers: Answers, question: Promise<void>): Promise<void> {
  try {
    await question
  } catch (error) {
    if (server.child.exitCode !== null || server.child.signalCode !== null) throw error
    answers.set('line lost', (answers.get('line lost') ?? 0) + 1)
  }
}

await Promise.all([
  ...honest.map((one) => work(() => one.step(), 100, 400)),
  ...hostile.map((one) => work(() => one.step(), 1, 30)),
  work(() => asked(chair.answers, chair.decide()), 1000, 3000),
  work(() => asked(visits, visit(visitor, visits)), 500, 2500),
  work(async () => void residents.push(await resident(server.child.pid!)), 1000, 1001),
])

// Everybody honest comes back and waits until all is on disk and everywhere.
for (const { editor } of honest) editor.provider.connect()
for (const one of hostile) one.leave()
chair.leave()
const broken: string[] = []
const settled = performance.now() + 30_000
while (new Set(honest.map((one) => one.stateVector)).size > 1) {
  if (performance.now() > settled) {
    broken.push('the honest do not have the same updates half a minute after the end')
    break
  }
  await pause(50)
}
if (new Set(honest.map((one) => one.picture)).size > 1) broken.push('the honest see two drafts')
const thrownOut = honest.flatMap(({ closings }) => closings)
for (const failure of honest.flatMap(({ failures }) => failures))
  broken.push(`an edit could not be made: ${failure}`)
for (const closing of thrownOut) broken.push(`an honest line was closed: ${closing}`)
if (server.child.exitCode !== null) broken.push('the server is gone')
const exit = await server.end('SIGTERM')
if (exit !== 0) broken.push(`the server ended with ${exit}`)

const store = openSqliteStoreReadOnly(join(data, 'revmark.sqlite'))
const state = (await replay(store, draft))!
if (fingerprint(provisionsOf(state.ledger.project('base'))) !== state.draft.baseHash)
  broken.push('the text in force was changed')
const one = honest[0]!
const saved = JSON.stringify((['base', 'clean'] as const).map((view) => state.ledger.project(view)))
const seen = JSON.stringify((['base', 'clean'] as const).map((view) => one.ledger.project(view)))
if (saved !== seen) broken.push('what is on disk is not what the honest see')
const updates = (await store.log.read(draft)).length
const tenths = memoryByTenths()
// The draft itself grows with the edits; a short run is still warming up.
if (minutes >= 10 && tenths.at(-1)! > 1.25 * tenths[3]!) broken.push('memory goes on growing')
await store.close()
for (const { editor } of honest) editor.destroy()
await rm(data, { recursive: true })

report()
process.exitCode = broken.length > 0 ? 1 : 0

function report(): void {
  const waits = honest.flatMap((client) => client.waits).toSorted((a, b) => a - b)
  const at = (share: number): string =>
    `${(waits[Math.floor(waits.length * share)] ?? 0).toFixed(1)} ms`
  const sum = (maps: readonly ReadonlyMap<string, number>[]): [string, number][] => {
    const all = new Map<string, number>()
    for (const map of maps) for (const [key, n] of map) all.set(key, (all.get(key) ?? 0) + n)
    return [...all].toSorted(([, a], [, b]) => b - a)
  }
  const tried = sum(hostile.map((client) => client.tried))
  const answers = sum(hostile.map((client) => client.answers))
  const list = (rows: readonly [string, number][]): string =>
    rows.map(([key, n]) => `${key} ${n}`).join(', ')
  const made = honest.reduce((total, client) => total + client.made, 0)
  const attacks = tried.reduce((total, [, n]) => total + n, 0)
  const rows = [
    `${minutes} minutes, ${honestCount} honest clients, ${hostileCount} hostile ones`,
    `edits of the honest: ${made}; refused or thrown out: ${thrownOut.length}`,
    `from an edit to its acknowledgement: median ${at(0.5)}, p99 ${at(0.99)}, of ${waits.length}`,
    `attacks: ${attacks} (${list(tried)})`,
    `answers to them: ${list(answers)}`,
    `updates in the log: ${updates}`,
    `the chair: ${list(sum([chair.answers]))}`,
    `visitors: ${list(sum([visits]))}`,
    `memory of the server by tenths of the time, median MB: ${tenths.join(', ')}`,
    broken.length === 0 ? 'no promise broken' : `BROKEN: ${broken.join('; ')}`,
  ]
  out.write(`${rows.join('\n')}\n`)
}

function memoryByTenths(): number[] {
  const size = Math.max(1, Math.floor(residents.length / 10))
  return Array.from({ length: 10 }, (_, n) => median(residents.slice(n * size, (n + 1) * size)))
}

/** Resident memory of a process in megabytes; 0 where the system does not tell. */
async function resident(pid: number): Promise<number> {
  const status = await readFile(`/proc/${pid}/status`, 'utf8').catch(() => '')
  return Math.round(Number(/VmRSS:\s+(\d+)/.exec(status)?.[1] ?? 0) / 1024)
}
