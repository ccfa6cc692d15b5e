/**
 * The nightly run of the laws and the gate: `FUZZ` scripts for each property, drawn in rounds of which
 * each is noted when it is through. What was stopped goes on where it was; `JOBS` files run at once.
 * The first `SEED` and all rounds stand in `FUZZ_LOG`; a run is done with when that file is deleted.
 */
import { spawn } from 'node:child_process'
import { appendFileSync, existsSync, readFileSync } from 'node:fs'
import { z } from 'zod'

const files = ['laws.test', 'laws-rough', 'gate-bytes', 'gate-forged', 'gate-honest', 'gate-order']
const scriptsEach = 250

const env = z
  .object({
    FUZZ: z.coerce.number().int().positive().default(20_000),
    JOBS: z.coerce.number().int().positive().default(2),
    SEED: z.coerce
      .number()
      .int()
      .default(Date.now() % 2 ** 30),
    FUZZ_LOG: z.string().default('fuzz.log.jsonl'),
  })
  .parse(process.env)

const roundSchema = z.object({
  seed: z.number(),
  scripts: z.number(),
  passed: z.boolean(),
  seconds: z.number(),
  /** By property, what was done how often. */
  did: z.record(z.string(), z.record(z.string(), z.number())),
})
type Round = z.infer<typeof roundSchema>

/** The rounds that are through, the oldest first. */
const rounds: Round[] = existsSync(env.FUZZ_LOG)
  ? readFileSync(env.FUZZ_LOG, 'utf8')
      .split('\n')
      .filter((line) => line !== '')
      .map((line) => roundSchema.parse(JSON.parse(line)))
  : []

/** One round of all properties; shows what vitest says where one fails. */
async function draw(seed: number, scripts: number): Promise<Round> {
  const start = performance.now()
  const child = spawn('vitest', ['run', ...files, `--maxWorkers=${env.JOBS}`], {
    env: { ...process.env, FUZZ: String(scripts), SEED: String(seed), NO_COLOR: '1' },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  let said = ''
  for (const stream of [child.stdout, child.stderr])
    stream.on('data', (chunk: Buffer) => (said += chunk.toString()))
  const code = await new Promise<number | null>((resolve, reject) => {
    child.on('error', reject)
    child.on('close', resolve)
  })
  if (code !== 0) process.stdout.write(said)
  const did: Round['did'] = {}
  for (const [, name, counts] of said.matchAll(/^(.+): seed \d+, (.+)$/gm))
    did[name!] = Object.fromEntries(
      [...counts!.matchAll(/([\d,]+) ([^,\d]+)/g)].map(([, n, what]) => [
        what!.trim(),
        Number(n!.replaceAll(',', '')),
      ]),
    )
  const seconds = Math.round((performance.now() - start) / 1000)
  return { seed, scripts, passed: code === 0, seconds, did }
}

/** What all rounds did together, as one line a property. */
function summary(): string {
  const all = new Map<string, Map<string, number>>()
  for (const { did } of rounds)
    for (const [name, counts] of Object.entries(did)) {
      const sum = all.get(name) ?? new Map<string, number>()
      for (const [what, n] of Object.entries(counts)) sum.set(what, (sum.get(what) ?? 0) + n)
      all.set(name, sum)
    }
  const failed = rounds.filter(({ passed }) => !passed).map(({ seed }) => seed)
  const scripts = rounds.reduce((sum, round) => sum + round.scripts, 0)
  const minutes = Math.round(rounds.reduce((sum, round) => sum + round.seconds, 0) / 60)
  return [
    `FUZZ=${scripts}: seeds ${rounds[0]?.seed} to ${rounds.at(-1)?.seed}, ${rounds.length} rounds, ${minutes} minutes`,
    ...[...all].map(([name, counts]) => {
      const parts = [...counts].map(([what, n]) => `${n.toLocaleString('en')} ${what}`)
      return `${name}: ${parts.join(', ')}`
    }),
    failed.length > 0 ? `broken at the seeds ${failed.join(', ')}` : 'no law was broken',
  ].join('\n')
}

for (
  let done = rounds.reduce((sum, { scripts }) => sum + scripts, 0);
  done < env.FUZZ;
  done += scriptsEach
) {
  const seed = (rounds.at(-1)?.seed ?? env.SEED - 1) + 1
  const round = await draw(seed, Math.min(scriptsEach, env.FUZZ - done))
  rounds.push(round)
  appendFileSync(env.FUZZ_LOG, `${JSON.stringify(round)}\n`)
  process.stdout.write(`${done + round.scripts} of ${env.FUZZ}, seed ${seed}: `)
  process.stdout.write(`${round.passed ? 'held' : 'BROKEN'}, ${round.seconds} s\n`)
}
process.stdout.write(`${summary()}\n`)
process.exitCode = rounds.every(({ passed }) => passed) ? 0 : 1
