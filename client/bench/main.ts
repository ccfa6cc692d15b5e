/**
 * `pnpm bench`: ours against what one would take instead, on the same text with the same edits, in
 * one run. `pnpm -F @revmark/client bench gate` runs the parts that are named.
 */
import { browser } from './browser.ts'
import { fuzz } from './fuzz.ts'
import { gate } from './gate.ts'
import { keystrokes } from './keystroke.ts'
import { projections } from './projections.ts'
import { weight } from './weight.ts'

const parts: Readonly<Record<string, () => void | Promise<void>>> = {
  keystrokes,
  projections,
  gate,
  weight,
  fuzz,
  browser,
}

const asked = process.argv.slice(2)
for (const name of asked.length > 0 ? asked : Object.keys(parts)) {
  const part = parts[name]
  if (!part) throw new RangeError(`no part ${name}; there are ${Object.keys(parts).join(', ')}`)
  await part()
}
