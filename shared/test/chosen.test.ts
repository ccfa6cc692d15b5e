/** Some changes of a draft without the others. */
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { endures, withChosen } from '../src/ledger/index.ts'
import type { Ledger, View } from '../src/ledger/index.ts'
import { Play, played, scripts } from '../src/testing/index.ts'
import { plainText } from '../src/text/index.ts'

const numRuns = Number(process.env['FUZZ'] ?? 20)

const text = (ledger: Ledger, view: View): string => plainText(ledger.project(view))

test('V8: a draft with some of its changes: none, all, the accepted ones, one delegation’s', () => {
  fc.assert(
    fc.property(scripts(60), ({ seats, steps }) => {
      const play = new Play(seats)
      played(play, { steps }, () => [])
      const { ledger } = play.meeting
      const before = text(ledger, 'marked')
      const none = withChosen(ledger, () => false)
      for (const view of ['marked', 'clean', 'accepted'] as const)
        expect(text(none, view)).toBe(text(ledger, 'base'))
      const all = withChosen(ledger, () => true)
      for (const view of ['base', 'marked', 'clean'] as const)
        expect(text(all, view)).toBe(text(ledger, view))
      const accepted = withChosen(ledger, ({ state }) => endures(state))
      expect(text(accepted, 'clean')).toBe(text(ledger, 'accepted'))
      const one = withChosen(ledger, ({ delegation }) => delegation === seats[0])
      for (const { delegation, state } of one.changes())
        expect(state === 'rejected' || delegation === seats[0]).toBe(true)
      expect(text(one, 'base')).toBe(text(ledger, 'base'))
      expect(text(ledger, 'marked')).toBe(before)
    }),
    { numRuns },
  )
})
