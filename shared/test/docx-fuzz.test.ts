/**
 * Files that were real and have been damaged: read as far as they go, or refused with a reason.
 * Never an error that nobody foresaw, never a hang. `pnpm -F @revmark/shared damage` goes on for long.
 */
import fc from 'fast-check'
import { strFromU8, strToU8, unzipSync, zipSync } from 'fflate'
import { expect, test } from 'vitest'
import {
  byteDamage,
  elementDamage,
  realFiles,
  refusalOf,
  withBytes,
  withElements,
} from './docx-damage.ts'

const numRuns = Number(process.env['FUZZ'] ?? 150)

/** Whether each of many damaged files could be read. */
function outcomes<T>(damage: fc.Arbitrary<T>, damaged: (damage: T) => Uint8Array) {
  let [readable, refused] = [0, 0]
  fc.assert(
    fc.property(damage, (one) => {
      if (refusalOf(damaged(one)) === null) readable++
      else refused++
    }),
    { numRuns },
  )
  return { readable, refused }
}

test(
  'bytes that were changed, cut out and cut off',
  () => {
    const { readable, refused } = outcomes(byteDamage, withBytes)
    expect(refused).toBeGreaterThan(0)
    expect(readable + refused).toBe(numRuns)
  },
  10_000 + 100 * numRuns,
)

test(
  'elements that were taken out, doubled, swapped and renamed',
  () => {
    const { readable, refused } = outcomes(elementDamage, withElements)
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
      const archive = unzipSync(realFiles[0]!)
      const xml = strFromU8(archive['word/document.xml']!)
      archive['word/document.xml'] = strToU8(
        xml.replace(
          /<w:p>.*(?=<w:p><w:pPr><w:pStyle w:val="Reasons")/s,
          `<w:p>${content.repeat(times)}</w:p>`,
        ),
      )
      const bytes = zipSync(archive, { level: 1 })
      const start = performance.now()
      expect(refusalOf(bytes)).toBe(null)
      return performance.now() - start
    })
    // Ten times the length; a hundred times the time would be quadratic.
    expect(spent[1]! / spent[0]!).toBeLessThan(50)
  },
  60_000,
)
