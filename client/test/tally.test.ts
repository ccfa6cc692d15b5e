import { expect, test } from 'vitest'
import { Tally } from '../src/session/tally.ts'

/** A hand that has written one token an edit. */
function hand() {
  let clock = 0
  const saved: Uint8Array[] = []
  const tally = new Tally(() => clock, {
    changed: () => undefined,
    saved: (updates) => void saved.push(...updates),
  })
  return {
    tally,
    saved,
    edit: () => {
      clock++
      tally.edited(Uint8Array.of(clock))
      tally.sent()
    },
    editOffline: () => {
      clock++
      tally.edited(Uint8Array.of(clock))
    },
  }
}

test('nothing is settled before a first frame has been acknowledged', () => {
  const { tally } = hand()
  tally.opened()
  expect(tally.settled).toBe(false)
  tally.sent()
  expect(tally.settled).toBe(false)
  tally.acked(1)
  expect(tally.settled).toBe(true)
})

test('an acknowledgement is cumulative and moves the clock from which words are unsaved', () => {
  const { tally, edit, saved } = hand()
  tally.opened()
  edit()
  edit()
  edit()
  tally.acked(2)
  expect([tally.unsaved, tally.savedClock, tally.settled]).toEqual([1, 2, false])
  expect(saved).toEqual([Uint8Array.of(1), Uint8Array.of(2)])
  expect(tally.unsavedEdits).toEqual([{ update: Uint8Array.of(3), edits: 3, clock: 3 }])
})

test('an acknowledgement that comes late, twice or too early counts once or not at all', () => {
  const { tally, edit } = hand()
  tally.opened()
  edit()
  edit()
  tally.acked(3)
  expect(tally.unsaved).toBe(2)
  tally.acked(2)
  tally.acked(1)
  expect([tally.unsaved, tally.settled]).toEqual([0, true])
})

test('a new socket begins its own count; edits of the old one stay unsaved until it carries them', () => {
  const { tally, edit, editOffline } = hand()
  tally.opened()
  edit()
  editOffline()
  tally.opened()
  expect([tally.unsaved, tally.settled]).toEqual([2, false])
  tally.sent()
  tally.acked(1)
  expect([tally.unsaved, tally.savedClock, tally.settled]).toEqual([0, 2, true])
})
