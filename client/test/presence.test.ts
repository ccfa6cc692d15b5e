import { serverClient } from '@revmark/shared/ledger'
import { expect, test } from 'vitest'
import { companyOf } from '../src/session/presence.ts'

const ana = { id: 'ana', name: 'Ana', role: 'delegate', delegation: 'B' } as const
const chair = { id: 'chair', name: 'Zoe', role: 'chair', delegation: null } as const
const place = { paragraph: '1:0', after: { client: 1, clock: 3 } }

const company = (states: Record<number, unknown>, self = 'me') =>
  companyOf(
    new Map(Object.entries(states).map(([client, state]) => [Number(client), state])),
    9,
    self,
  )

test('people with a pen come from their own states, the rest from the server’s', () => {
  expect(
    company({
      9: { user: ana },
      2000: { user: ana, caret: { anchor: place, head: place } },
      [serverClient]: { room: { observers: 3, others: [chair] } },
    }),
  ).toEqual({
    observers: 3,
    participants: [
      { ...ana, client: 2000, caret: { anchor: place, head: place } },
      { ...chair, client: null, caret: null },
    ],
  })
})

test('one’s own seat is left out where the server names it', () => {
  const states = { [serverClient]: { room: { observers: 0, others: [chair] } } }
  expect(company(states, 'chair').participants).toEqual([])
})

test.each([
  ['a caret that is no place', { user: ana, caret: { anchor: 1 } }, [null]],
  ['no caret', { user: ana, caret: null }, [null]],
  ['no user', { caret: null }, []],
  ['an unknown role', { user: { ...ana, role: 'king' } }, []],
  ['no state at all', null, []],
])('%s', (_name, state, carets) => {
  expect(company({ 2000: state }).participants.map(({ caret }) => caret)).toEqual(carets)
})
