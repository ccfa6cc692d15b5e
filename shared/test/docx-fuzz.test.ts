/**
 * Files that were real and have been damaged: read as far as they go, or refused with a reason.
 * Never an error that nobody foresaw, never a hang. Our own file is damaged everywhere; the samples
 * beside a working copy too, where they lie there.
 */
import { existsSync, readFileSync, readdirSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import fc from 'fast-check'
import { strFromU8, strToU8, unzipSync, zipSync } from 'fflate'
import { expect, test } from 'vitest'
import * as Y from 'yjs'
import { exportDocx, importDocx, proveDocx, readDocx, reportOf } from '../src/docx/index.ts'
import { writeBase } from '../src/ledger/index.ts'
import { Play, stage } from '../src/testing/index.ts'
import { markedViews } from '../src/text/index.ts'

const numRuns = Number(process.env['FUZZ'] ?? 150)

const folder = fileURLToPath(new URL('../../../shared/docx-samples/', import.meta.url))

function ownFile(): Uint8Array {
  const play = new Play(['A', 'B'])
  const [a, b] = play.players.map(({ delegate }) => delegate)
  a!.pen.replace(a!.at(4, 0), a!.at(4, 3), 'uno')
  a!.pen.insert(a!.pen.split(a!.at(5, 3)), 'new')
  b!.pen.strikeParagraphs([b!.ledger.project('marked').paragraphs[7]!.key])
  b!.pen.joinBackward(b!.ledger.project('marked').paragraphs[10]!.key)
  play.sync()
  const text = markedViews(play.meeting.ledger)
  return exportDocx({ text, title: 'x', language: 'en', delegations: [], at: 0 })
}

const files = [
  ownFile(),
  ...(existsSync(folder) ? readdirSync(folder) : [])
    .filter((name) => !/-(?:Accepted|Rejected)\.docx$/.test(name))
    .map((name) => new Uint8Array(readFileSync(folder + name))),
]

/** Everything that is done with a file from outside; true where it could be read. */
function goesThrough(bytes: Uint8Array): boolean {
  const docx = readDocx(bytes)
  if ('reason' in docx) {
    expect(docx.message).not.toBe('')
    return false
  }
  reportOf(docx)
  proveDocx(bytes)
  const ydoc = new Y.Doc({ gc: false })
  writeBase(ydoc, 'test', stage)
  const clients = new Map<string, number>()
  const handOf = (delegation: string) => {
    const client = clients.get(delegation) ?? 1001 + clients.size
    clients.set(delegation, client)
    return { client, delegation, user: 'u' }
  }
  const codeOf = ({ author }: { author: string | null }) => author ?? '?'
  importDocx(ydoc, stage, docx, { index: 0, codeOf, unmarkedBy: 'X', handOf })
  return true
}

/** Which file, not its bytes, so that a failure can be read. */
const file = fc.nat({ max: files.length - 1 })
const place = fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true })

test(
  'bytes that were changed, cut out and cut off',
  () => {
    let [readable, refused] = [0, 0]
    const damage = fc.array(fc.tuple(place, fc.nat({ max: 255 })), { minLength: 1, maxLength: 8 })
    fc.assert(
      fc.property(file, damage, fc.nat({ max: 9 }), place, (index, changes, way, at) => {
        const copy = files[index]!.slice()
        for (const [where, byte] of changes) copy[Math.floor(where * copy.length)] = byte
        const cut = Math.floor(at * copy.length)
        const damaged =
          way === 0
            ? copy.subarray(0, cut)
            : way === 1
              ? Uint8Array.from([...copy.subarray(0, cut), ...copy.subarray(cut + 9)])
              : copy
        if (goesThrough(damaged)) readable++
        else refused++
      }),
      { numRuns },
    )
    expect(refused).toBeGreaterThan(0)
    expect(readable + refused).toBe(numRuns)
  },
  10_000 + 100 * numRuns,
)

const tag = /<[^>]+>/g

/** Ways to spoil the elements of a part; `n` and `m` choose which. */
const spoilers: readonly ((tags: string[], n: number, m: number) => void)[] = [
  (tags, n) => void tags.splice(n, 1),
  (tags, n, m) => void tags.splice(n, 0, tags[m]!),
  (tags, n, m) => ([tags[n], tags[m]] = [tags[m]!, tags[n]!]),
  (tags, n) => (tags[n] = tags[n]!.replace(/"[^"]*"/, '"-9999999999"')),
  (tags, n) => (tags[n] = tags[n]!.replace(/ [\w:]+="[^"]*"/, '')),
  (tags, n) => (tags[n] = tags[n]!.replace(/w:\w+/, 'w:ins')),
  (tags, n) => (tags[n] = tags[n]!.replace(/w:\w+/, 'w:p')),
  (tags, n) => (tags[n] = tags[n]!.slice(0, 5000).repeat(20)),
]

test(
  'elements that were taken out, doubled, swapped and renamed',
  () => {
    let [readable, refused] = [0, 0]
    const spoiling = fc.array(
      fc.tuple(fc.nat({ max: spoilers.length - 1 }), place, place, fc.boolean()),
      { minLength: 1, maxLength: 6 },
    )
    const parts = fc.constantFrom('word/document.xml', 'word/styles.xml', 'word/numbering.xml')
    fc.assert(
      fc.property(file, parts, spoiling, (index, wanted, spoilings) => {
        const archive = unzipSync(files[index]!)
        const part = archive[wanted] ? wanted : 'word/document.xml'
        const xml = strFromU8(archive[part]!)
        const tags = xml.match(tag)!
        for (const [way, first, second, isNear] of spoilings) {
          if (tags.length < 2) break
          const n = Math.floor(first * tags.length)
          const m = isNear ? Math.min(n + 1, tags.length - 1) : Math.floor(second * tags.length)
          spoilers[way]!(tags, n, m)
        }
        const letters = xml.split(tag)
        archive[part] = strToU8(tags.map((each, i) => (letters[i] ?? '') + each).join(''))
        if (goesThrough(zipSync(archive, { level: 1 }))) readable++
        else refused++
      }),
      { numRuns },
    )
    expect(readable).toBeGreaterThan(numRuns / 20)
    expect(refused).toBeGreaterThan(0)
  },
  10_000 + 100 * numRuns,
)

test.each([
  [
    'one paragraph of many pieces',
    '<w:r><w:t>a</w:t></w:r><w:r><w:rPr><w:b/></w:rPr><w:t>b</w:t></w:r>',
  ],
  ['many insertions', '<w:ins w:author="A"><w:r><w:t>a</w:t></w:r></w:ins><w:r><w:t>b</w:t></w:r>'],
])(
  '%s is read in the time of its length',
  (_name, content) => {
    const spent = [4000, 40_000].map((times) => {
      const archive = unzipSync(files[0]!)
      const xml = strFromU8(archive['word/document.xml']!)
      archive['word/document.xml'] = strToU8(
        xml.replace(
          /<w:p>.*(?=<w:p><w:pPr><w:pStyle w:val="Reasons")/s,
          `<w:p>${content.repeat(times)}</w:p>`,
        ),
      )
      const bytes = zipSync(archive, { level: 1 })
      const start = performance.now()
      expect(goesThrough(bytes)).toBe(true)
      return performance.now() - start
    })
    // Ten times the length; a hundred times the time would be quadratic.
    expect(spent[1]! / spent[0]!).toBeLessThan(50)
  },
  60_000,
)
