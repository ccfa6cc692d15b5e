/** The table "What concurrency must give" of SPEC.md, case by case. */
import { expect, test } from 'vitest'
import { Meeting, changeWith, provision } from '../src/testing/index.ts'
import type { Delegate } from '../src/testing/index.ts'

const text = [
  'number RESOLUTION 45 (Rev. Dubai, 2014)',
  'title Cybersecurity',
  'call recalling',
  'item a) one two three;',
  'item b) four five;',
  'item c) six,',
]

function meeting() {
  const room = new Meeting(text.map(provision))
  const a = room.admit('A')
  const b = room.admit('B')
  return { room, a, b }
}

/** After every case: all documents agree with each other and the base is what it was. */
function agree(room: Meeting): void {
  room.sync()
  room.sync()
  for (const { ledger } of room.delegates) {
    expect(room.baseHashOf(ledger)).toBe(room.baseHash)
    for (const view of ['base', 'marked', 'clean', 'accepted'] as const) {
      expect(ledger.project(view)).toEqual(room.ledger.project(view))
    }
  }
}

const clean = (delegate: Delegate) => delegate.lines('clean').slice(3)

test('A splits while B types in the tail', () => {
  const { room, a, b } = meeting()
  a.pen.split(a.at(3, 4))
  b.pen.insert(b.at(3, 8), 'X')
  agree(room)
  expect(clean(a)).toEqual(['a) one ', 'b) two Xthree;', 'c) four five;', 'd) six,'])
})

test('A and B split at the same place', () => {
  const { room, a, b } = meeting()
  a.pen.split(a.at(3, 4))
  b.pen.split(b.at(3, 4))
  agree(room)
  expect(clean(a)).toEqual(['a) one ', 'b) ', 'c) two three;', 'd) four five;', 'e) six,'])
})

test('A joins while B types in the second block', () => {
  const { room, a, b } = meeting()
  a.pen.joinBackward(a.ledger.project('marked').paragraphs[4]!.key)
  b.pen.insert(b.at(4, 5), 'X')
  agree(room)
  expect(clean(a)).toEqual(['a) one two three;four Xfive;', 'b) six,'])
})

test('A adds a block after a) while B appends words to a)', () => {
  const { room, a, b } = meeting()
  const start = a.pen.split(a.at(3, 14))
  a.pen.insert(start, 'new;')
  b.pen.insert(b.at(3, 14), ' more')
  agree(room)
  expect(clean(a)).toEqual(['a) one two three; more', 'b) new;', 'c) four five;', 'd) six,'])
})

test('overlapping deletions by A and B', () => {
  const { room, a, b } = meeting()
  a.pen.erase(a.at(3, 0), a.at(3, 7))
  b.pen.erase(b.at(3, 4), b.at(3, 13))
  agree(room)
  const pieces = a.ledger.project('marked').paragraphs[3]!.pieces
  const by = pieces.map(({ text: letters, state }) => [
    letters,
    state.proposers.map(({ delegation }) => delegation).join(''),
  ])
  expect(by).toEqual([
    ['one ', 'A'],
    ['two', 'AB'],
    [' three', 'B'],
    [';', ''],
    ['', ''],
  ])
})

test('A deletes a range, B types inside it', () => {
  const { room, a, b } = meeting()
  a.pen.erase(a.at(3, 0), a.at(3, 13))
  b.pen.insert(b.at(3, 4), 'X')
  agree(room)
  expect(clean(a)[0]).toBe('a) X;')
})

test("B deletes A's insertion", () => {
  const { room, a, b } = meeting()
  a.pen.insert(a.at(3, 4), 'new ')
  room.sync()
  b.pen.erase(b.at(3, 4), b.at(3, 8))
  agree(room)
  const piece = a.ledger.project('marked').paragraphs[3]!.pieces[1]!
  expect(piece.state).toMatchObject({ ins: 'pending', author: 'A', del: 'pending' })
  expect(piece.state.proposers.map(({ delegation }) => delegation)).toEqual(['B'])
})

test('A deletes a block in which B types: B stands left behind', () => {
  const { room, a, b } = meeting()
  a.pen.strikeParagraphs([a.ledger.project('marked').paragraphs[4]!.key])
  b.pen.insert(b.at(4, 4), 'X')
  agree(room)
  expect(clean(a)).toEqual(['a) one two three;', 'b) X', 'c) six,'])
  expect(a.ledger.project('clean').paragraphs[4]!.leftBehind).toBe(true)
})

test('A withdraws a block in which B types: B stands left behind', () => {
  const { room, a, b } = meeting()
  a.pen.insert(a.pen.split(a.at(3, 14)), 'new;')
  room.sync()
  b.pen.insert(b.at(4, 3), ' X')
  a.pen.undo()
  a.pen.undo()
  agree(room)
  expect(clean(a)).toEqual(['a) one two three;', 'b)  X', 'c) four five;', 'd) six,'])
})

test('the chair accepts while A types inside and B deletes a part', () => {
  const { room, a, b } = meeting()
  a.pen.insert(a.at(3, 4), 'alpha beta ')
  room.sync()
  const change = changeWith(room.ledger, 'alpha')
  a.pen.insert(a.at(3, 10), 'gamma ')
  b.pen.erase(b.at(3, 4), b.at(3, 9))
  expect(room.chair('accept', change)).toHaveProperty('decision')
  agree(room)
  expect(a.lines('accepted')[3]).toBe('a) one alpha beta two three;')
  expect(clean(a)[0]).toBe('a) one  gamma beta two three;')
})

test('the chair accepts while A withdraws', () => {
  const { room, a } = meeting()
  a.pen.insert(a.at(3, 4), 'new ')
  room.sync()
  const change = changeWith(room.ledger, 'new')
  a.pen.undo()
  room.chair('accept', change)
  agree(room)
  const piece = a.ledger.project('marked').paragraphs[3]!.pieces[1]!
  expect(piece.state).toMatchObject({ ins: 'accepted', del: 'pending' })
})

test('the chair rejects, A undoes and redoes: rejected, same ids, can be reopened', () => {
  const { room, a } = meeting()
  a.pen.insert(a.at(3, 4), 'new ')
  room.sync()
  const change = changeWith(room.ledger, 'new')
  room.chair('reject', change)
  room.sync()
  expect(a.pen.undo()).toMatchObject({ decided: 4 })
  a.pen.redo()
  agree(room)
  expect(clean(a)[0]).toBe('a) one two three;')
  room.chair('reopen', change)
  agree(room)
  expect(clean(a)[0]).toBe('a) one new two three;')
})

test('A withdraws half of a deletion, a colleague the other half: nothing is struck', () => {
  const { room, a } = meeting()
  const colleague = room.admit('A', 'second')
  a.pen.erase(a.at(3, 0), a.at(3, 7))
  room.sync()
  const change = changeWith(a.ledger, 'one two')
  const [client, clock] = change.del as [number, number]
  a.pen.withdraw({ ...change, del: [client, clock, 3] })
  colleague.pen.withdraw({ ...change, del: [client, clock + 3, 4] })
  agree(room)
  expect(
    a.ledger.project('marked').paragraphs[3]!.pieces.every(({ state }) => state.del === 'none'),
  ).toBe(true)
})

test('B strikes what stands around a word that A is typing: the word stays together', () => {
  const { room, a, b } = meeting()
  const at = a.pen.insert(a.at(3, 4), 'ne')
  room.sync()
  b.pen.strikeParagraphs([b.ledger.project('marked').paragraphs[3]!.key])
  room.sync()
  a.pen.insert(at, 'w')
  agree(room)
  expect(a.lines('marked')[3]).toBe('a) one newtwo three;')
})
