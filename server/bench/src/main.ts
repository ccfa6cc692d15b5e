/**
 * `pnpm bench:server`: one room under load, ours beside the servers that one would take instead, in
 * turn in one run. Arguments: the parts to run (`fan-out`, `saturation`, `joining`, `rooms`), `--rounds N`,
 * `--seconds N`, `--clients N,N` for the first two. Prints medians of the rounds, and each run on stderr.
 */
import { parseArgs } from 'node:util'
import { ContenderProcess, contenders } from './contender.ts'
import type { Contender, Setting } from './contender.ts'
import { letters } from './drafting.ts'
import { fanOut } from './fan-out.ts'
import { joining } from './joining.ts'
import { longState } from './long-draft.ts'
import { manyRooms } from './many-rooms.ts'
import { saturation } from './saturation.ts'
import { medians, table } from './statistics.ts'

// Each y-websocket provider listens for the end of the process.
process.setMaxListeners(0)
const out = process.stdout
const parts = ['fan-out', 'saturation', 'joining', 'rooms']

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    rounds: { type: 'string', default: '5' },
    seconds: { type: 'string', default: '8' },
    clients: { type: 'string' },
  },
})
const rounds = Number(values.rounds)
const seconds = Number(values.seconds)
/** How many clients there are in the room: as asked, else as usual. */
const crowds = (usual: readonly number[]): readonly number[] =>
  values.clients?.split(',').map(Number) ?? usual
const chosen = positionals.length > 0 ? positionals : parts
for (const part of chosen)
  if (!parts.includes(part)) throw new RangeError(`${part} is none of ${parts.join(', ')}`)

/** Every server in turn, each in a process of its own, as many times as there are rounds. */
async function inTurn<K extends string>(
  setting: Omit<Setting, 'contender'>,
  run: (server: ContenderProcess) => Promise<Readonly<Record<K, number>>>,
): Promise<Map<Contender, Record<K, number>>> {
  const runs = new Map(contenders.map((name) => [name, [] as Readonly<Record<K, number>>[]]))
  for (let round = 0; round < rounds; round++)
    for (const contender of contenders) {
      const server = await ContenderProcess.start({ ...setting, contender })
      try {
        const result = await run(server)
        runs.get(contender)!.push(result)
        process.stderr.write(`${contender} ${JSON.stringify(result)}\n`)
      } finally {
        await server.stop()
      }
    }
  return new Map([...runs].map(([name, list]) => [name, medians(list)]))
}

const ms = (value: number): string => value.toFixed(1)
const whole = (value: number): string => Math.round(value).toLocaleString('en')

if (chosen.includes('fan-out')) {
  const rows: string[][] = []
  for (const clients of crowds([50, 100, 200])) {
    const setting = { people: clients, written: 0, drafts: 0 }
    const results = await inTurn(setting, (server) =>
      fanOut(server, clients, seconds).then((result) => ({ ...result })),
    )
    for (const [name, { p50, p95, p99, cpu, memory }] of results)
      rows.push([`${clients}`, name, ms(p50), ms(p95), ms(p99), whole(cpu), whole(memory)])
  }
  out.write(
    `\nOne room, 10 of the clients typing 5 letters a second with carets; ${rounds} rounds\n\n`,
  )
  out.write(table(['clients', 'server', 'p50 ms', 'p95 ms', 'p99 ms', 'CPU %', 'MB'], rows))
}

if (chosen.includes('saturation')) {
  const rows: string[][] = []
  const script = letters(10, seconds * 2000)
  for (const clients of crowds([20, 100])) {
    const setting = { people: clients, written: 0, drafts: 0 }
    const results = await inTurn(setting, (server) =>
      saturation(server, clients, seconds, script).then((result) => ({ ...result })),
    )
    for (const [name, { rate, frames, p99, cpu, memory }] of results)
      rows.push([
        `${clients}`,
        name,
        whole(rate),
        whole(frames),
        ms(p99),
        whole(cpu),
        whole(memory),
      ])
  }
  out.write(`\nSaturation, 10 writers with 4 letters under way; ${rounds} rounds\n\n`)
  out.write(table(['clients', 'server', 'letters/s', 'frames/s', 'p99 ms', 'CPU %', 'MB'], rows))
}

if (chosen.includes('joining')) {
  const written = 100_000
  const clients = 200
  const state = longState(written)
  const setting = { people: clients + 1, written, drafts: 0 }
  const results = await inTurn(setting, (server) =>
    joining(server, clients, state).then((result) => ({ ...result })),
  )
  const rows = [...results].map(([name, { first, all, growth }]) => [
    name,
    name === 'revmark' ? whole(first) : '',
    whole(all),
    whole(growth / 1_048_576),
  ])
  const size = whole(state.length / 1024)
  out.write(
    `\n${clients} clients join a draft of ${whole(written)} updates (${size} kB) at once\n\n`,
  )
  out.write(table(['server', 'ms to open it cold', 'ms until all have it', 'growth in MB'], rows))
}

if (chosen.includes('rooms')) {
  const drafts = 1000
  const results = await inTurn({ people: 2, written: 0, drafts }, (server) =>
    manyRooms(server, drafts).then((result) => ({ ...result })),
  )
  const rows = [...results].map(([name, { perRoom, memory, opening, idle }]) => [
    name,
    whole(perRoom),
    whole(memory),
    ms(opening),
    ms(idle),
  ])
  out.write(`\n${drafts} open rooms with two people in each; ${rounds} rounds\n\n`)
  out.write(table(['server', 'kB a room', 'MB', 's to open all', 'CPU % idle'], rows))
}
