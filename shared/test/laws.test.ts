import fc from 'fast-check'
import { expect, test } from 'vitest'
import { Tally, runs, seed } from './fuzz.ts'
import { Play, cleanIsWhatEditsSay, scripts, soloScripts, tried } from '../src/testing/index.ts'

const numRuns = runs(200)
const tally = new Tally('laws')

test(
  'W1, W2, W3, W5, W6, W7, W8, W9, W10, W11, W12, W13, W14, W15, W16, W17: random scripts keep all laws',
  () => {
    fc.assert(
      fc.property(scripts(60), ({ seats, steps }) => {
        const play = new Play(seats)
        const complaints = tried(play, { steps })
        tally.add('scripts')
        tally.add('steps', steps.length)
        tally.add('decisions', play.counts.decisions)
        tally.add('updates', play.counts.updates)
        expect(complaints).toEqual([])
      }),
      { numRuns, seed },
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
        tally.add('scripts of one delegate')
        tally.add('steps of one delegate', steps.length)
        expect([...cleanIsWhatEditsSay(play, steps), ...play.complaints]).toEqual([])
      }),
      { numRuns: 3 * numRuns, seed },
    )
  },
  30_000 + 300 * numRuns,
)
