/** Entries that no gate would let pass: a projection shows what is there, and nothing of it breaks. */
import * as Y from 'yjs'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  Ledger,
  conflictsOf,
  decide,
  ledgerOf,
  previewOf,
  requestFor,
} from '../src/ledger/index.ts'
import type { Entry } from '../src/ledger/index.ts'
import {
  Meeting,
  Play,
  baseStays,
  everyLetterIsShown,
  linesOf,
  played,
  provision,
  scripts,
} from '../src/testing/index.ts'

function meeting() {
  const room = new Meeting(
    ['number RESOLUTION 45', 'call recalling', 'item a) one two;'].map(provision),
  )
  return { room, a: room.admit('A') }
}

/** Puts something into a delegation's ledger, behind the gate. */
function put({ ydoc }: { ydoc: Y.Doc }, delegation: string, key: string, entry: unknown): void {
  ledgerOf(ydoc, delegation).set(key, entry as Entry)
}

const del = (...r: number[]) => ({ type: 'del', r, user: 'x' })

describe('an entry', () => {
  test('E13: of a delegation that has gone is shown as that delegation’s', () => {
    const { room } = meeting()
    put(room, 'Z', '7777:0', del(1, 28, 3))
    expect(room.ledger.changes()).toMatchObject([{ delegation: 'Z', kind: 'deletion' }])
    expect(linesOf(room.ledger, 'clean')).not.toEqual(linesOf(room.ledger, 'base'))
    expect(room.chair('accept', room.ledger.changes()[0]!)).toHaveProperty('decision')
  })

  test.each<[string, unknown]>([
    ['points at a client that is not there', del(4242, 0, 9)],
    ['points beyond what is written', del(1, 9000, 5)],
    ['has no ranges', { type: 'del', user: 'x' }],
    ['has ranges that are none', { type: 'del', r: 'all', user: 'x' }],
    ['has a range cut short', del(1, 28)],
    ['has numbers that are none', del(1, Number.NaN, 2)],
    ['has a length below nothing', del(1, 28, -3)],
    ['is of no known type', { type: 'erase', r: [1, 28, 3], user: 'x' }],
    ['is nothing', null],
    ['is a word', 'del'],
    ['keeps what is not there', { type: 'keep', of: '9:9', r: [1, 28, 3], user: 'x' }],
    ['keeps itself', { type: 'keep', of: '7777:0', r: [1, 28, 3], user: 'x' }],
    ['covers anchors only', del(1, 36, 1)],
  ])('E13: that %s changes nothing', (_what, entry) => {
    const { room } = meeting()
    const before = linesOf(room.ledger, 'clean')
    put(room, 'A', '7777:0', entry)
    for (const ledger of [room.ledger, new Ledger(room.ydoc)]) {
      expect(linesOf(ledger, 'clean')).toEqual(before)
      expect(linesOf(ledger, 'base')).toEqual(before)
      expect(ledger.changes()).toEqual([])
    }
  })

  test('E13: that overlaps itself counts once', () => {
    const { room } = meeting()
    put(room, 'A', '7777:0', del(1, 30, 4, 1, 28, 4, 1, 28, 1))
    for (const ledger of [room.ledger, new Ledger(room.ydoc)])
      expect(ledger.changes().map(({ del: ranges }) => ranges)).toEqual([[1, 28, 6]])
  })
})

const triple = fc.tuple(
  fc.constantFrom(1, 1011, 1048, 1085, 4242),
  fc.integer({ min: 0, max: 160 }),
  fc.integer({ min: 0, max: 12 }),
)

/** As Yjs stores objects: with a prototype. */
const entryOf = <T>(fields: { [K in keyof T]: fc.Arbitrary<T[K]> }): fc.Arbitrary<unknown> =>
  fc.record(fields, { noNullPrototype: true })

const odd: fc.Arbitrary<unknown> = fc.oneof(
  entryOf({
    type: fc.constant('del'),
    r: fc.array(triple, { maxLength: 4 }).map((some) => some.flat()),
    w: fc.array(triple, { maxLength: 2 }).map((some) => some.flat()),
    j: fc.array(
      triple.map(([client, clock]) => [client, clock, 1, 0]),
      { maxLength: 2 },
    ),
    user: fc.constant('x'),
  }),
  entryOf({
    type: fc.constant('keep'),
    of: fc.constantFrom('7777:0', '7777:1', '7777:2', '1011:3'),
    r: fc.array(triple, { maxLength: 4 }).map((some) => some.flat()),
    user: fc.constant('x'),
  }),
  entryOf({
    type: fc.constant('attr'),
    property: fc.constantFrom('kind', 'level'),
    value: fc.constantFrom('item', 'call', 2, 9),
    supersedes: fc.constant(['7777:1']),
    r: triple,
    user: fc.constant('x'),
  }),
  entryOf({
    type: fc.constant('fmt'),
    format: fc.constantFrom('bold', 'italic'),
    r: triple,
    user: fc.constant('x'),
  }),
)

test('E13: no entry breaks a projection, the list of changes or a decision', () => {
  fc.assert(
    fc.property(
      scripts(25),
      fc.array(fc.tuple(fc.constantFrom('A', 'B', 'Z'), odd), { minLength: 1, maxLength: 6 }),
      ({ seats, steps }, entries) => {
        const play = new Play(seats)
        played(play, { steps }, () => [])
        const { meeting: room } = play
        entries.forEach(([delegation, entry], i) => put(room, delegation, `7777:${i}`, entry))
        const fresh = new Ledger(room.ydoc)
        const laws = [...baseStays(play), ...everyLetterIsShown(play)]
        expect(laws.filter((complaint) => /^W(1|11):/.test(complaint))).toEqual([])
        for (const view of ['marked', 'clean', 'accepted'] as const)
          expect(linesOf(fresh, view)).toEqual(linesOf(room.ledger, view))
        const changes = fresh.changes()
        conflictsOf(fresh, changes)
        for (const verb of ['accept', 'reject', 'bracket', 'reopen'] as const) {
          for (const change of changes) decide(fresh, requestFor(fresh, verb, [change]), 'd')
          previewOf(fresh, verb, changes)
        }
      },
    ),
    { numRuns: Number(process.env['FUZZ'] ?? 60) },
  )
})
