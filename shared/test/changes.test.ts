/** Changes as a person lists them: what is one change, and what it decides. */
import { expect, test } from 'vitest'
import { Meeting, changeWith, provision } from '../src/testing/index.ts'
import type { Delegate } from '../src/testing/index.ts'

function meeting() {
  const room = new Meeting(
    ['number RESOLUTION 45', 'call recalling', 'item a) one two three;', 'item b) four,'].map(
      provision,
    ),
  )
  return { room, a: room.admit('A'), b: room.admit('B') }
}

/** Each change as `kind delegation state -deleted +inserted`. */
const listed = ({ ledger }: Delegate): string[] =>
  ledger.changes().map(({ kind, delegation, state, deleted, inserted }) => {
    const words = [deleted && `-${deleted}`, inserted && `+${inserted}`].filter(Boolean)
    return [kind, delegation, state, ...words].join(' ')
  })

test("C1: a delegation's words in one paragraph are one insertion for each run of them", () => {
  const { room, a, b } = meeting()
  a.pen.insert(a.pen.insert(a.at(2, 4), 'new '), 'words ')
  a.pen.insert(a.at(2, 0), 'at first ')
  room.sync()
  b.pen.insert(b.at(2, 13), 'B ')
  room.sync()
  expect(listed(a)).toEqual([
    'insertion A pending +at first ',
    'insertion B pending +B ',
    'insertion A pending +new words ',
  ])
})

test('C2: a deletion directly followed by words of the same delegation is a replacement', () => {
  const { room, a, b } = meeting()
  a.pen.replace(a.at(2, 4), a.at(2, 7), 'zwei')
  b.pen.erase(b.at(3, 0), b.at(3, 4))
  room.sync()
  a.pen.insert(a.at(3, 4), 'vier')
  room.sync()
  expect(listed(a)).toEqual([
    'replacement A pending -two +zwei',
    'deletion B pending -four',
    'insertion A pending +vier',
  ])
})

test('C2: a replacement keeps the name that its deletion had', () => {
  const { a } = meeting()
  a.pen.erase(a.at(2, 4), a.at(2, 7))
  const { id } = changeWith(a.ledger, 'two')
  a.pen.insert(a.at(2, 4), 'zwei')
  expect(changeWith(a.ledger, 'zwei').id).toBe(id)
})

test("C3: pieces of one deletion that others' words interrupt are one change", () => {
  const { room, a, b } = meeting()
  a.pen.erase(a.at(2, 0), a.at(2, 13))
  b.pen.insert(b.at(2, 4), 'B ')
  room.sync()
  expect(listed(a)).toEqual(['deletion A pending -one two three', 'insertion B pending +B '])
  expect(changeWith(a.ledger, 'three').del).toHaveLength(3)
})

test('C3: two deletions that meet only around words of others are two changes', () => {
  const { room, a, b } = meeting()
  b.pen.insert(b.at(2, 4), 'B ')
  room.sync()
  a.pen.erase(a.at(2, 0), a.at(2, 4))
  a.pen.erase(a.at(2, 6), a.at(2, 9))
  expect(listed(a)).toEqual([
    'deletion A pending -one ',
    'insertion B pending +B ',
    'deletion A pending -two',
  ])
})

test('C4: an inserted paragraph is one change with its words, a deleted one likewise', () => {
  const { room, a } = meeting()
  a.pen.insert(a.pen.split(a.at(2, 14)), 'new;')
  a.pen.strikeParagraphs([a.ledger.project('marked').paragraphs[4]!.key])
  room.sync()
  expect(listed(a)).toEqual([
    'paragraph inserted A pending +new;',
    'paragraph deleted A pending -four,',
  ])
})

test('C5: a split and a join are changes of the paragraph mark only', () => {
  const { a } = meeting()
  a.pen.split(a.at(2, 4))
  a.pen.joinBackward(a.ledger.project('marked').paragraphs[4]!.key)
  expect(listed(a)).toEqual(['split A pending', 'join A pending'])
})

test('C6: a decided change stays in the list; what was withdrawn does not', () => {
  const { room, a } = meeting()
  a.pen.insert(a.at(2, 0), 'x ')
  a.pen.insert(a.at(3, 0), 'y ')
  room.sync()
  room.chair('reject', changeWith(room.ledger, 'x'))
  room.sync()
  a.pen.withdraw(changeWith(a.ledger, 'y'))
  expect(listed(a)).toEqual(['insertion A rejected +x '])
})

test('C6: a rejected deletion amid words of the text in force stays in the list', () => {
  const { room, a } = meeting()
  a.pen.erase(a.at(2, 1), a.at(2, 2))
  room.sync()
  const [change] = room.ledger.changes()
  room.chair('reject', change!)
  room.sync()
  expect(listed(a)).toEqual([expect.stringMatching(/^deletion A rejected /)])
  room.chair('reopen', room.ledger.changes()[0]!)
  expect(room.ledger.changes()).toEqual([change])
})

test('C7: a rejected insertion and a rejected replacement that begin at one letter have two names', () => {
  const { room, a, b } = meeting()
  a.pen.insert(a.at(2, 4), 'Ax')
  room.sync()
  room.chair('accept', changeWith(room.ledger, 'Ax'))
  room.sync()
  a.pen.erase(a.at(2, 4), a.at(2, 5))
  b.pen.replace(b.at(2, 4), b.at(2, 5), 'B')
  room.sync()
  for (const change of room.ledger.changes()) room.chair('reject', change)
  const ids = room.ledger.changes().map(({ id }) => id)
  expect(new Set(ids).size).toBe(ids.length)
})
