import { readdirSync, readFileSync } from 'node:fs'
import { expect, test } from 'vitest'

const folder = new URL('.', import.meta.url)
const numbersIn = (text: string): Set<string> => new Set(text.match(/\bG\d+\b/g))

test('every rule of the gate is cited by a test, and every citation is of a rule', () => {
  const spec = readFileSync(new URL('../SPEC.md', folder), 'utf8')
  const rules = new Set(Array.from(spec.matchAll(/^\* \*\*(G\d+)\*\*/gm), ([, rule]) => rule!))
  const names = readdirSync(folder)
    .filter((name) => /^gate.*\.test\.ts$/.test(name))
    .flatMap((name) => {
      const text = readFileSync(new URL(name, folder), 'utf8')
      return Array.from(text.matchAll(/\btest\(\s*(['`])(.*?)\1,/g), ([, , title]) => title!)
    })
  expect(rules.size).toBeGreaterThan(20)
  expect([...numbersIn(names.join('\n'))].toSorted()).toEqual([...rules].toSorted())
})
