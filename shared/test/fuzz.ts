/**
 * How many random scripts a property gets: `FUZZ` of them, else a few. Where `FUZZ` is set, what was
 * drawn is counted and printed with its seed, and `SEED` draws the same again.
 */
import { afterAll } from 'vitest'

const asked = process.env['FUZZ']

/** The number of scripts, where `few` are what the test command has time for. */
export const runs = (few: number): number => Math.ceil(Number(asked ?? few))

/** From the clock where none is asked for: a property that fails prints it. */
export const seed = Number(process.env['SEED'] ?? Date.now() % 2 ** 31)

/** Counts what the properties of a file did, and prints it at the end of a long run. */
export class Tally {
  private readonly counts = new Map<string, number>()

  constructor(name: string) {
    afterAll(() => {
      if (asked === undefined) return
      const counts = [...this.counts].map(([what, n]) => `${n.toLocaleString('en')} ${what}`)
      process.stdout.write(`${name}: seed ${seed}, ${counts.join(', ')}\n`)
    })
  }

  add(what: string, n = 1): void {
    this.counts.set(what, (this.counts.get(what) ?? 0) + n)
  }
}
