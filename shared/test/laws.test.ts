import fc from 'fast-check'
import { expect, test } from 'vitest'
import { Play, complaintsOf, played, scripts } from '../src/testing/index.ts'

const numRuns = Number(process.env['FUZZ'] ?? 200)

test(
  'W1, W2, W3, W9, W11, W12, W13, W14, W15: what holds in every state',
  () => {
    fc.assert(
      fc.property(scripts(60), ({ seats, steps }) => {
        expect(played(new Play(seats), { steps }, complaintsOf)).toEqual([])
      }),
      { numRuns },
    )
  },
  20_000 + 500 * numRuns,
)
