/**
 * Word files that were real and have been damaged. Our own is among them; the samples beside a working
 * copy too, where they lie there.
 */
import { existsSync, readFileSync, readdirSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import fc from 'fast-check'
import { strFromU8, strToU8, unzipSync, zipSync } from 'fflate'
import * as Y from 'yjs'
import { exportDocx, importDocx, proveDocx, readDocx, reportOf } from '../src/docx/index.ts'
import { writeBase } from '../src/ledger/index.ts'
import { Play, stage } from '../src/testing/index.ts'
import { markedViews } from '../src/text/index.ts'
import { newHands } from './docx-taking.ts'

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

export const realFiles: readonly Uint8Array[] = [
  ownFile(),
  ...(existsSync(folder) ? readdirSync(folder) : [])
    .filter((name) => !/-(?:Accepted|Rejected)\.docx$/.test(name))
    .map((name) => new Uint8Array(readFileSync(folder + name))),
]

/** Everything that is done with a file from outside; null where it could be read, else why not. */
export function refusalOf(bytes: Uint8Array): string | null {
  const docx = readDocx(bytes)
  if ('reason' in docx) {
    if (docx.message === '') throw new Error(`${docx.reason} without a message`)
    return docx.reason
  }
  reportOf(docx)
  proveDocx(bytes)
  const ydoc = new Y.Doc({ gc: false })
  writeBase(ydoc, 'test', stage)
  const { handOf } = newHands()
  const codeOf = ({ author }: { author: string | null }) => author ?? '?'
  importDocx(ydoc, stage, docx, { index: 0, codeOf, unmarkedBy: 'X', handOf })
  return null
}

/** Which file, not its bytes, so that a failure can be read. */
const file = fc.nat({ max: realFiles.length - 1 })
const place = fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true })

/** Bytes that are changed, cut out and cut off. */
export const byteDamage = fc.record({
  file,
  changes: fc.array(fc.tuple(place, fc.nat({ max: 255 })), { minLength: 1, maxLength: 8 }),
  way: fc.nat({ max: 9 }),
  at: place,
})

type Of<T> = T extends fc.Arbitrary<infer Value> ? Value : never

export function withBytes({ file: index, changes, way, at }: Of<typeof byteDamage>): Uint8Array {
  const copy = realFiles[index]!.slice()
  for (const [where, byte] of changes) copy[Math.floor(where * copy.length)] = byte
  const cut = Math.floor(at * copy.length)
  if (way === 0) return copy.subarray(0, cut)
  if (way === 1) return Uint8Array.from([...copy.subarray(0, cut), ...copy.subarray(cut + 9)])
  return copy
}

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

/** Elements that are taken out, doubled, swapped and renamed. */
export const elementDamage = fc.record({
  file,
  part: fc.constantFrom(
    'word/document.xml',
    'word/styles.xml',
    'word/numbering.xml',
    'word/footnotes.xml',
  ),
  spoilings: fc.array(fc.tuple(fc.nat({ max: spoilers.length - 1 }), place, place, fc.boolean()), {
    minLength: 1,
    maxLength: 6,
  }),
})

export function withElements({
  file: index,
  part: wanted,
  spoilings,
}: Of<typeof elementDamage>): Uint8Array {
  const archive = unzipSync(realFiles[index]!)
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
  return zipSync(archive, { level: 1 })
}
