/**
 * `pnpm -F @revmark/server kill --times 200`: `kill -9` at random moments while 20 clients type. Prints
 * how many letters were acknowledged, found and lost, and fails where a promise was broken.
 */
import { parseArgs } from 'node:util'
import { kill } from './killing.ts'

const { values } = parseArgs({
  options: {
    times: { type: 'string', default: '200' },
    clients: { type: 'string', default: '20' },
  },
})
const [times, clients] = [values.times, values.clients].map((value) => {
  const number = Number(value)
  if (!Number.isInteger(number) || number < 1) throw new RangeError(`not a count: ${value}`)
  return number
}) as [number, number]

// Each provider listens for the end of the process.
process.setMaxListeners(clients + 20)
const begun = performance.now()
const { letters, acknowledged, found, lost, underWay, broken } = await kill(
  times,
  clients,
  ({ kills, ...sums }) => {
    if (kills % 10 === 0 || kills === times)
      process.stdout.write(`${kills} kills: ${sums.acknowledged} acknowledged, ${sums.lost} lost\n`)
  },
)
const rows = [
  `${times} kills, ${clients} clients, ${Math.round((performance.now() - begun) / 1000)} s`,
  `letters typed: ${letters}; under way when a kill came: ${underWay}`,
  `letters acknowledged before a kill: ${acknowledged}; found after it: ${found}; lost: ${lost}`,
  broken.length === 0
    ? 'all clients converged, every store was proved, the text in force is what it was'
    : `BROKEN: ${broken.join('; ')}`,
]
process.stdout.write(`${rows.join('\n')}\n`)
process.exitCode = broken.length > 0 || lost > 0 ? 1 : 0
