/** A ledger that follows its document, however that arrives. */
import * as Y from 'yjs'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { Ledger, holdsBase, writeBase } from '../src/ledger/index.ts'
import {
  Meeting,
  Play,
  difference,
  pictureOf,
  played,
  provision,
  reloaded,
  scripts,
  stage,
} from '../src/testing/index.ts'
import { sequenceOf } from '../src/ledger/sequence.ts'

const numRuns = Math.ceil(Number(process.env['FUZZ'] ?? 200) / 4)

test(
  'W3: a ledger that follows from nothing, in whatever order updates arrive',
  () => {
    fc.assert(
      fc.property(scripts(40), fc.infiniteStream(fc.nat()), ({ seats, steps }, numbers) => {
        const play = new Play(seats)
        expect(played(play, { steps }, () => [])).toEqual([])
        const ydoc = new Y.Doc({ gc: false })
        const ledger = new Ledger(ydoc)
        expect(ledger.project('marked').paragraphs).toEqual([])
        const updates = [...play.log]
        while (updates.length > 0) {
          const at = numbers.next().value! % Math.min(updates.length, 6)
          Y.applyUpdate(ydoc, updates.splice(at, 1)[0]!)
          // Reading in between must not matter.
          if (at === 1) pictureOf(play, ledger)
        }
        expect(difference(pictureOf(play, reloaded(ydoc)), pictureOf(play, ledger))).toBeNull()
        expect(ledger.changes()).toEqual(play.meeting.ledger.changes())
      }),
      { numRuns },
    )
  },
  20_000 + 500 * numRuns,
)

test('W3: many paragraphs at once, and entries over them before they are known', () => {
  const room = new Meeting(['number N', 'call recalling', 'item a) one'].map(provision))
  const [a, b] = [room.admit('A'), room.admit('B')]
  const lines = Array.from({ length: 400 }, (_, i) => `line ${i}`).join('\n')
  a.pen.insert(a.at(2, 1), lines)
  for (const update of a.outbox.splice(0)) room.receive(a, update)
  const written = Y.encodeStateAsUpdate(room.ydoc, Y.encodeStateVector(b.ydoc))
  const known = Y.encodeStateVector(room.ydoc)
  a.pen.erase(a.at(2, 0), a.at(300, 2))
  for (const update of a.outbox.splice(0)) room.receive(a, update)
  Y.applyUpdate(b.ydoc, Y.encodeStateAsUpdate(room.ydoc, known), 'server')
  expect(b.ledger.project('clean').paragraphs).toHaveLength(3)
  Y.applyUpdate(b.ydoc, written, 'server')
  expect(b.lines('clean')).toEqual(a.lines('clean'))
  expect(b.ledger.project('marked')).toEqual(reloaded(b.ydoc).project('marked'))
})

test('changes are told after each transaction that may change a view, until one stops listening', () => {
  const room = new Meeting(['number N', 'call recalling', 'item a) one'].map(provision))
  const a = room.admit('A')
  let told = 0
  const stop = a.ledger.onChange(() => told++)
  a.pen.insert(a.at(2, 1), 'x')
  a.pen.erase(a.at(2, 0), a.at(2, 1))
  a.ydoc.getMap('elsewhere').set('x', 1)
  expect(told).toBe(2)
  stop()
  a.pen.insert(a.at(2, 1), 'x')
  expect(told).toBe(2)
  a.ledger.destroy()
})

test('a text in force is told from one that differs in a letter, a label or a format', () => {
  const meeting = new Meeting(stage)
  meeting.admit('A').pen.insert(meeting.delegates[0]!.at(4, 3), ' and more')
  meeting.sync()
  expect(holdsBase(meeting.ydoc, stage)).toBe(true)
  const differing = [{ text: 'one two thre;' }, { label: 'b)' }, { formats: [] }, { level: 2 }]
  for (const part of differing) {
    const other = stage.map((one, i) => (i === 4 ? { ...one, ...part } : one))
    expect(holdsBase(meeting.ydoc, other)).toBe(false)
  }
  expect(holdsBase(meeting.ydoc, stage.slice(1))).toBe(false)
})

test('a text in force of which something was deleted is not the same', () => {
  const ydoc = new Y.Doc({ gc: false })
  writeBase(ydoc, 'test', stage)
  sequenceOf(ydoc).delete(30, 1)
  expect(holdsBase(ydoc, stage)).toBe(false)
})
