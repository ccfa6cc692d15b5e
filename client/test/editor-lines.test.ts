/** Places on screen and tokens, both ways, on drafts as random scripts leave them. */
import { views } from '@revmark/shared/ledger'
import { Play, scripts } from '@revmark/shared/testing'
import type { Script } from '@revmark/shared/testing'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { blocksOf, lengthOf, placeAt, posAt, spotAt, spotOf } from '../src/editor/lines.ts'
import { blockOf, docOf } from '../src/editor/render.ts'
import { schema } from '../src/editor/schema.ts'

// The same class, which TypeScript finds once as a module and once as CommonJS.
const drawn = scripts(40) as unknown as fc.Arbitrary<Script>

function afterScript({ seats, steps }: Script): Play {
  const play = new Play(seats)
  for (const step of steps) play.step(step)
  return play
}

test('every place on screen is a place in the ledger, and the same place again', () => {
  fc.assert(
    fc.property(drawn, (script) => {
      const { ledger } = afterScript(script).players[0]!.delegate
      for (const view of views) {
        const { paragraphs } = ledger.project(view)
        const doc = docOf(
          paragraphs.map((paragraph) => blockOf(paragraph, view)),
          schema.node('doc'),
        )
        expect(blocksOf(doc).map((block) => block.textContent)).toEqual(
          paragraphs.map(({ text }) => text),
        )
        paragraphs.forEach((paragraph, line) => {
          for (let offset = 0; offset <= lengthOf(paragraph); offset++) {
            const spot = { line, offset }
            expect(spotOf(paragraphs, placeAt(paragraph, offset))).toEqual(spot)
            expect(spotAt(doc, posAt(doc, spot))).toEqual(spot)
          }
        })
      }
    }),
    { numRuns: 30 },
  )
})

test('a place keeps its letters while others write, and is seen where its token was when it goes', () => {
  const play = new Play(['A', 'B'])
  const [a, b] = play.players.map(({ delegate }) => delegate)
  const { paragraphs } = a!.ledger.project('clean')
  const place = placeAt(paragraphs[4]!, 8)
  b!.pen.insert(b!.at(4, 0), 'before ')
  play.sync()
  expect(spotOf(a!.ledger.project('clean').paragraphs, place)).toEqual({ line: 4, offset: 15 })
  b!.pen.erase(b!.at(4, 11), b!.at(4, 17))
  play.sync()
  expect(spotOf(a!.ledger.project('clean').paragraphs, place)).toEqual({ line: 4, offset: 11 })
  expect(spotOf(a!.ledger.project('marked').paragraphs, place)).toEqual({ line: 4, offset: 15 })
  b!.pen.joinBackward(a!.ledger.project('marked').paragraphs[4]!.key)
  play.sync()
  expect(spotOf(a!.ledger.project('clean').paragraphs, place)).toEqual({ line: 3, offset: 20 })
})

test('a place that no line holds is nowhere, and an offset beyond a line is refused', () => {
  const { ledger } = new Play(['A']).players[0]!.delegate
  const { paragraphs } = ledger.project('marked')
  expect(spotOf(paragraphs, { paragraph: '1:0', after: { client: 77, clock: 0 } })).toBeNull()
  expect(() => placeAt(paragraphs[3]!, 10)).toThrow(RangeError)
})
