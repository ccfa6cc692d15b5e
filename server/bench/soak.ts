/**
 * `pnpm -F @revmark/server soak --minutes 2`: a day compressed. Honest and hostile clients side by
 * side, a chair who decides, and visitors who come and go, against a real server process; draft after
 * draft, since each grows as long as people write in it. Prints what was done, how long it took and
 * what memory the server needed, and fails where a promise was broken.
 */
import { rm, mkdtemp } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { startProcess } from '../test/process.ts'
import { Browser, metricsToken } from '../test/running.ts'
import { percentile, table } from './src/statistics.ts'
import type { Seated } from './honest.ts'
import { MemoryWatch } from './memory.ts'
import { sit, sum } from './sitting.ts'
import type { Company, Sitting } from './sitting.ts'
import type { Answers } from './visitors.ts'

const { values } = parseArgs({
  options: {
    minutes: { type: 'string', default: '2' },
    /** Minutes that a draft is worked on. */
    sitting: { type: 'string', default: '5' },
    honest: { type: 'string', default: '6' },
    hostile: { type: 'string', default: '4' },
  },
})
const [minutes, each, honest, hostile] = [
  values.minutes,
  values.sitting,
  values.honest,
  values.hostile,
].map((value) => {
  const number = Number(value)
  if (!(number > 0)) throw new RangeError(`not a number above 0: ${value}`)
  return number
}) as [number, number, number, number]

/** So much more than half-way a server may need at the end. */
const slack = 1.05

/** What the examples in `deploy` set, so that the process keeps less than it needs for moments. */
const deployed = {
  NODE_OPTIONS: '--max-semi-space-size=8',
  MALLOC_MMAP_THRESHOLD_: '131072',
  MALLOC_TRIM_THRESHOLD_: '262144',
}

const minute = 60_000

const data = await mkdtemp(join(tmpdir(), 'revmark-soak-'))
const server = await startProcess(data, { METRICS_TOKEN: metricsToken, ...deployed })

async function enter(name: string): Promise<Seated> {
  const browser = new Browser(server.url)
  const { id, delegation } = await browser.join(server.links.get(name)!)
  return { browser, seat: id, delegation: delegation ?? '' }
}

const isGone = (): boolean => server.child.exitCode !== null || server.child.signalCode !== null
const company: Company = {
  store: join(data, 'revmark.sqlite'),
  delegates: [await enter('Delegate of Brazil'), await enter('Delegate of Canada')],
  chair: await enter('Chair of Working Group 3'),
  visitor: await enter('Observer'),
  honest,
  hostile,
  isGone,
}

const begun = performance.now()
const sittings: Sitting[] = []
const watch = new MemoryWatch(server.url, metricsToken)
const work = async (): Promise<void> => {
  for (let end = each; performance.now() - begun < minutes * minute; end += each) {
    const until = begun + Math.min(end, minutes) * minute
    sittings.push(await sit(company, () => performance.now() > until))
  }
}
let worked = false
await Promise.all([work().finally(() => (worked = true)), watch.run(() => worked)])

const broken = sittings.flatMap((sitting) => sitting.broken)
if (isGone()) broken.push('the server is gone')
const exit = await server.end('SIGTERM')
if (exit !== 0) broken.push(`the server ended with ${exit}`)
await rm(data, { recursive: true })

// Each moment but the first is the end of a sitting, so that what they differ in is no draft's age.
const moments = Array.from({ length: Math.floor(minutes / each) + 1 }, (_, n) =>
  watch.about(n * each * minute),
)
const middle = moments[Math.floor((moments.length - 1) / 2)]!
const last = moments.at(-1)!
if (moments.length > 4)
  for (const key of ['resident', 'used'] as const)
    if (last[key] > slack * middle[key])
      broken.push(`memory goes on growing: ${key} ${middle[key]} MB, then ${last[key]} MB`)

report()
process.exitCode = broken.length > 0 ? 1 : 0

function report(): void {
  const waits = sittings.flatMap((sitting) => sitting.waits)
  const at = (share: number): string => `${percentile(waits, share).toFixed(1)} ms`
  const list = (of: (sitting: Sitting) => Answers): string =>
    [...sum(sittings.map(of))]
      .toSorted(([, a], [, b]) => b - a)
      .map(([key, n]) => `${key} ${n}`)
      .join(', ')
  const total = (of: (sitting: Sitting) => number): number =>
    sittings.reduce((all, sitting) => all + of(sitting), 0)
  const attacks = total(({ tried }) => [...tried.values()].reduce((all, n) => all + n, 0))
  const rows = [
    `${minutes} minutes, ${sittings.length} drafts, ${honest} honest clients, ${hostile} hostile ones`,
    `edits of the honest: ${total(({ made }) => made)}`,
    `from an edit to its acknowledgement: median ${at(0.5)}, p99 ${at(0.99)}, of ${waits.length}`,
    `attacks: ${attacks} (${list(({ tried }) => tried)})`,
    `answers to them: ${list(({ answers }) => answers)}`,
    `entries in the logs: ${sittings.map(({ entries }) => entries).join(', ')}`,
    `the chair: ${list(({ chair }) => chair)}`,
    `visitors: ${list(({ visits }) => visits)}`,
    broken.length === 0 ? 'no promise broken' : `BROKEN: ${broken.join('; ')}`,
  ]
  const memory = table(
    ['minute', 'resident', 'heap of V8', 'least in use of it', 'external'],
    moments.map((moment) =>
      [moment.at / minute, moment.resident, moment.heap, moment.used, moment.external].map(String),
    ),
  )
  process.stdout.write(`${rows.join('\n')}\n\nMemory of the server, MB:\n\n${memory}`)
}
