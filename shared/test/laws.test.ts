import fc from 'fast-check'
import { expect, test } from 'vitest'
import { Play, cleanIsWhatEditsSay, scripts, soloScripts, tried } from '../src/testing/index.ts'

const numRuns = Number(process.env['FUZZ'] ?? 200)

test(
  'W1, W2, W3, W5, W6, W7, W8, W9, W10, W11, W12, W13, W14, W15: random scripts keep all laws',
  () => {
    fc.assert(
      fc.property(scripts(60), ({ seats, steps }) => {
        expect(tried(new Play(seats), { steps })).toEqual([])
      }),
      { numRuns },
    )
  },
  30_000 + 1000 * numRuns,
)

test(
  'W4, W5: one delegate alone: the clean view is what the edits say',
  () => {
    fc.assert(
      fc.property(soloScripts(50), ({ seats, steps }) => {
        const play = new Play(seats)
        expect([...cleanIsWhatEditsSay(play, steps), ...play.complaints]).toEqual([])
      }),
      { numRuns: 3 * numRuns },
    )
  },
  30_000 + 300 * numRuns,
)
