import { globSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'

const root = fileURLToPath(new URL('../..', import.meta.url))

/** Where a rule may be quoted: tests of all packages, and the laws that they run. */
const tests = ['{shared,corpus,server,client}/test/**/*.{ts,tsx}', 'e2e/specs/**/*.ts']
const laws = ['shared/src/testing/**/*.ts']

/** `**G1**` in SPEC.md, one for each rule. */
const rulesOf = (spec: string): readonly string[] =>
  [...spec.matchAll(/\*\*([A-Z]{1,3}\d+)\*\*/g)].map(([, id]) => id ?? '')

/** The rules that begin a string, `'G1: ...'` or `'G1, L3: ...'`, as the name of a test does. */
const quotedBy = (source: string): readonly string[] =>
  [...source.matchAll(/['"`]([A-Z]{1,3}\d+(?:, [A-Z]{1,3}\d+)*): /g)].flatMap(
    ([, ids]) => ids?.split(', ') ?? [],
  )

/** Rules without a test, tests without a rule, and numbers given twice. */
function disagreements(spec: string, sources: readonly string[]) {
  const rules = rulesOf(spec)
  const quoted = new Set(sources.flatMap(quotedBy))
  return {
    untested: rules.filter((id) => !quoted.has(id)),
    unknown: [...quoted].filter((id) => !rules.includes(id)),
    twice: rules.filter((id, at) => rules.indexOf(id) !== at),
  }
}

const none = { untested: [], unknown: [], twice: [] }

test('every rule of SPEC.md is quoted by a test, and every quoted rule is there', () => {
  const spec = readFileSync(new URL('../SPEC.md', import.meta.url), 'utf8')
  expect(rulesOf(spec)).not.toEqual([])
  const sources = globSync([...tests, ...laws], { cwd: root, exclude: ['**/spec.test.ts'] }).map(
    (path) => readFileSync(`${root}/${path}`, 'utf8'),
  )
  expect(disagreements(spec, sources)).toEqual(none)
})

test.each([
  ['agreement', '**G1** One. **L3** Three.', `test('G1, L3: both', f)`, none],
  ['a rule without a test', '**G1** One.', `test('G2 is only told of', f)`, { untested: ['G1'] }],
  ['a test without a rule', '', 'law(`L9: gone`)', { unknown: ['L9'] }],
  ['a rule only in a comment', '**G1** One.', '// G1: see below', { untested: ['G1'] }],
  ['a number given twice', '**G1** One. **G1** Two.', `test("G1: x", f)`, { twice: ['G1'] }],
])('the check sees %s', (_case, spec, source, expected) => {
  expect(disagreements(spec, [source])).toEqual({ ...none, ...expected })
})
