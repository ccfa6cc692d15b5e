/**
 * `pnpm -F @revmark/shared damage`: damaged Word files, one after the other, for `MINUTES` (15), drawn
 * from `SEED` on. Says how many were read and refused, for what reasons, and the slowest and the
 * largest of them; fails where one ends in an error that nobody foresaw or takes longer than a server
 * would give it.
 */
import fc from 'fast-check'
import {
  byteDamage,
  elementDamage,
  realFiles,
  refusalOf,
  withBytes,
  withElements,
} from './docx-damage.ts'

/** Milliseconds after which the server gives a file up. */
const longest = 30_000

/** So many files are drawn at once. */
const each = 100

const end = performance.now() + 60_000 * Number(process.env['MINUTES'] ?? 15)
const first = Number(process.env['SEED'] ?? Date.now() % 2 ** 30)
const outcomes = new Map<string, number>()
let [files, slowest, largest] = [0, 0, 0]

function take(bytes: Uint8Array, said: () => string): void {
  const start = performance.now()
  let outcome: string
  try {
    outcome = refusalOf(bytes) ?? 'read'
  } catch (error) {
    throw new Error(`not foreseen, ${said()}`, { cause: error })
  }
  const spent = performance.now() - start
  if (spent > longest) throw new Error(`${Math.round(spent)} ms, ${said()}`)
  files++
  slowest = Math.max(slowest, spent)
  largest = Math.max(largest, bytes.length)
  outcomes.set(outcome, (outcomes.get(outcome) ?? 0) + 1)
}

let seed = first
for (; performance.now() < end; seed++) {
  for (const damage of fc.sample(byteDamage, { seed, numRuns: each }))
    take(withBytes(damage), () => `seed ${seed}, bytes: ${JSON.stringify(damage)}`)
  for (const damage of fc.sample(elementDamage, { seed, numRuns: each }))
    take(withElements(damage), () => `seed ${seed}, elements: ${JSON.stringify(damage)}`)
}

const told = [...outcomes].toSorted(([, a], [, b]) => b - a).map(([what, n]) => `${n} ${what}`)
process.stdout.write(
  `${files} files made of ${realFiles.length} real ones, seeds ${first} to ${seed - 1}: ${told.join(', ')}; ` +
    `the slowest ${Math.round(slowest)} ms, the largest ${Math.round(largest / 1024)} kB; ` +
    `at most ${Math.round(process.resourceUsage().maxRSS / 1024)} MB\n`,
)
