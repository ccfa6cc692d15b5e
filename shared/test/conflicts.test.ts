/** Where the changes of several delegations meet, and what that is called. */
import { expect, test } from 'vitest'
import { conflictsOf } from '../src/ledger/index.ts'
import { Meeting, provision } from '../src/testing/index.ts'

function meeting() {
  const lines = [
    'number RESOLUTION 45',
    'call recalling',
    'item a) one two three;',
    'item b) four,',
  ]
  const room = new Meeting(lines.map(provision))
  return { room, a: room.admit('A'), b: room.admit('B'), c: room.admit('C') }
}

/** Each conflict as `kind whose: with whom`. */
function named({ ledger }: Meeting): string[] {
  const changes = ledger.changes()
  const conflicts = conflictsOf(ledger, changes)
  return changes.flatMap(({ id, delegation }) =>
    (conflicts.get(id) ?? []).map(
      (one) => `${one.kind} ${delegation}: ${one.changes.map((other) => other.delegation).join()}`,
    ),
  )
}

test('C9: two replacements of the same words collide, the same replacement agrees', () => {
  const { room, a, b, c } = meeting()
  a.pen.replace(a.at(2, 4), a.at(2, 7), 'zwei')
  b.pen.replace(b.at(2, 4), b.at(2, 13), 'deux trois')
  c.pen.replace(c.at(2, 4), c.at(2, 7), 'zwei')
  room.sync()
  expect(named(room).toSorted()).toEqual([
    'agreement A: C',
    'agreement C: A',
    'collision A: B',
    'collision B: A,C',
    'collision C: B',
  ])
})

test('C9: the same deletion by several is an agreement, and so is the same insertion', () => {
  const { room, a, b } = meeting()
  for (const one of [a, b]) {
    one.pen.erase(one.at(3, 0), one.at(3, 2))
    one.pen.insert(one.at(2, 3), ' new')
    one.pen.insert(one.pen.split(one.at(2, 18)), 'the same;')
  }
  room.sync()
  expect(named(room)).toEqual(
    ['A: B', 'B: A', 'A: B', 'B: A', 'A: B', 'B: A'].map((who) => `agreement ${who}`),
  )
})

test('C9: a deletion meets the edits in what it deletes, in a paragraph and amid words', () => {
  const { room, a, b } = meeting()
  a.pen.strikeParagraphs([a.ledger.project('marked').paragraphs[3]!.key])
  b.pen.insert(b.at(3, 4), ' more')
  a.pen.erase(a.at(2, 0), a.at(2, 13))
  b.pen.insert(b.at(2, 7), ' inside')
  b.pen.insert(b.at(2, 20), ' after')
  room.sync()
  expect(named(room).toSorted()).toEqual(['edit A: B', 'edit A: B', 'edit B: A', 'edit B: A'])
  const after = room.ledger.changes().find(({ inserted }) => inserted === ' after')!
  expect(conflictsOf(room.ledger, room.ledger.changes()).has(after.id)).toBe(false)
})

test('C9: other values of one property collide, and only what is open conflicts', () => {
  const { room, a, b } = meeting()
  const { key } = a.ledger.project('marked').paragraphs[3]!
  a.pen.shape([{ key, level: 2 }])
  b.pen.shape([{ key, level: 3 }])
  room.sync()
  expect(named(room)).toEqual(['collision A: B', 'collision B: A'])
  for (const change of room.ledger.changes()) room.chair('reject', change)
  expect(named(room)).toEqual([])
})
