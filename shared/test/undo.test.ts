/** Undo and redo: one hand's own, over ids, never a new one. */
import { describe, expect, test } from 'vitest'
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

const clean = (delegate: Delegate): string[] => delegate.lines('clean').slice(2)

test("U1: takes back one's own steps from the last to the first, and leaves what others wrote inside", () => {
  const { room, a, b } = meeting()
  a.pen.insert(a.at(2, 4), 'new words ')
  a.pen.erase(a.at(3, 0), a.at(3, 4))
  room.sync()
  room.sync()
  b.pen.insert(b.at(2, 8), 'B ')
  room.sync()
  room.sync()
  a.pen.undo()
  expect(clean(a)).toEqual(['a) one new B words two three;', 'b) four,'])
  a.pen.undo()
  expect(clean(a)).toEqual(['a) one B two three;', 'b) four,'])
  expect(a.pen.undo()).toBeNull()
  a.pen.redo()
  expect(clean(a)).toEqual(['a) one new B words two three;', 'b) four,'])
})

test('U2: brings back the same tokens, so that decisions and comments on them hold', () => {
  const { room, a } = meeting()
  a.pen.insert(a.at(2, 4), 'new ')
  const { ins } = changeWith(a.ledger, 'new')
  a.pen.undo()
  a.pen.redo()
  room.sync()
  expect(changeWith(room.ledger, 'new').ins).toEqual(ins)
})

test('U3: writes over the whole of its step, also where a colleague took it back meanwhile', () => {
  const { room, a } = meeting()
  const colleague = room.admit('A', 'second')
  a.pen.insert(a.at(2, 4), 'new ')
  room.sync()
  colleague.pen.withdraw(changeWith(colleague.ledger, 'new'))
  room.sync()
  a.pen.undo()
  colleague.pen.undo()
  room.sync()
  room.sync()
  expect(clean(colleague)[0]).toBe('a) one two three;')
})

describe('what the chair has decided since', () => {
  test('U4: is left alone and counted; a step that is left alone whole can still be passed', () => {
    const { room, a } = meeting()
    a.pen.insert(a.at(2, 4), 'new ')
    a.pen.erase(a.at(3, 0), a.at(3, 4))
    room.sync()
    room.chair('accept', changeWith(room.ledger, 'four'))
    room.sync()
    expect(a.pen.undo()).toMatchObject({ decided: 4 })
    expect(clean(a)).toEqual(['a) one new two three;', 'b) ,'])
    expect(a.pen.undo()).toMatchObject({ decided: 0 })
    expect(clean(a)).toEqual(['a) one two three;', 'b) ,'])
    a.pen.redo()
    a.pen.redo()
    expect(clean(a)).toEqual(['a) one new two three;', 'b) ,'])
    room.sync()
  })

  test("U4: does not keep a deletion of one's own accepted words from being taken back", () => {
    const { room, a } = meeting()
    a.pen.insert(a.at(2, 4), 'new ')
    room.sync()
    room.chair('accept', changeWith(room.ledger, 'new'))
    room.sync()
    a.pen.erase(a.at(2, 4), a.at(2, 8))
    expect(clean(a)[0]).toBe('a) one two three;')
    expect(a.pen.undo()).toMatchObject({ decided: 0 })
    expect(clean(a)[0]).toBe('a) one new two three;')
  })

  test("U4: about another's deletion does not keep one's own of the same words", () => {
    const { room, a, b } = meeting()
    a.pen.erase(a.at(3, 0), a.at(3, 4))
    b.pen.erase(b.at(3, 0), b.at(3, 4))
    room.sync()
    room.chair(
      'reject',
      room.ledger.changes().find(({ delegation }) => delegation === 'B')!,
    )
    room.sync()
    expect(a.pen.undo()).toMatchObject({ decided: 0 })
    expect(clean(a)[1]).toBe('b) four,')
  })

  test("U4: of another's deletion does not keep one's own words from coming back", () => {
    const { room, a, b } = meeting()
    a.pen.insert(a.at(2, 4), 'new ')
    room.sync()
    room.sync()
    b.pen.erase(b.at(2, 4), b.at(2, 8))
    room.sync()
    room.sync()
    a.pen.undo()
    const deletion = room.ledger.changes().find(({ kind }) => kind === 'deletion')!
    room.chair('accept', deletion)
    room.sync()
    a.pen.redo()
    room.sync()
    const states = room.ledger.changes().map(({ kind, state }) => `${kind} ${state}`)
    expect(states).toEqual(['deletion accepted', 'insertion pending'])
  })
})

test('U5: typing goes on in one step at one place with pauses of at most 1 s', () => {
  const { a } = meeting()
  let at = a.pen.insert(a.at(2, 4), 'n')
  a.pace = 1000
  for (const letter of 'ew ') at = a.pen.insert(at, letter)
  a.pace = 1001
  a.pen.insert(at, 'x')
  a.pen.undo()
  expect(clean(a)[0]).toBe('a) one new two three;')
  a.pen.undo()
  expect(clean(a)[0]).toBe('a) one two three;')
  expect(a.pen.canUndo).toBe(false)
})

test('U5: not where the caret was set elsewhere in between', () => {
  const { a } = meeting()
  const at = a.pen.insert(a.at(2, 4), 'n')
  a.pace = 100
  a.pen.rest()
  a.pen.insert(at, 'm')
  a.pen.undo()
  expect(clean(a)[0]).toBe('a) one ntwo three;')
})

test('U6: an edit ends what could be redone', () => {
  const { a } = meeting()
  a.pen.insert(a.at(2, 4), 'new ')
  a.pen.undo()
  a.pen.insert(a.at(3, 0), 'x')
  expect(a.pen.canRedo).toBe(false)
  expect(a.pen.redo()).toBeNull()
})

test('U7: what the chair has decided meanwhile cannot be withdrawn', () => {
  const { room, a } = meeting()
  a.pen.replace(a.at(2, 4), a.at(2, 7), 'zwei')
  room.sync()
  const seen = changeWith(a.ledger, 'zwei')
  room.chair('accept', changeWith(room.ledger, 'zwei'))
  room.sync()
  expect(a.pen.withdraw(seen)).toBe(false)
  expect(a.outbox).toEqual([])
})

test('U7: a withdrawal is a step like any other', () => {
  const { a } = meeting()
  a.pen.replace(a.at(2, 4), a.at(2, 7), 'zwei')
  a.pen.withdraw(changeWith(a.ledger, 'zwei'))
  expect(clean(a)[0]).toBe('a) one two three;')
  a.pen.undo()
  expect(clean(a)[0]).toBe('a) one zwei three;')
  a.pen.undo()
  expect(clean(a)[0]).toBe('a) one two three;')
})

test('U8: gives the caret back where it was, or after the last letter shown before that', () => {
  const { a } = meeting()
  const place = a.at(2, 4)
  a.pen.insert(place, 'new ')
  expect(a.pen.undo()?.place).toEqual(place)
  const inserted = a.pen.insert(a.at(2, 4), 'x')
  a.pen.erase(a.at(2, 5), a.at(2, 8))
  a.pen.undo()
  a.pen.undo()
  expect(a.pen.redo()?.place).toEqual(place)
  expect(inserted.paragraph).toBe(place.paragraph)
})
