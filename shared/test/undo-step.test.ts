import { expect, test } from 'vitest'
import { Meeting, provision } from '../src/testing/index.ts'

const lines = ['number RESOLUTION 1', 'call recalling', 'item a) one two;']

test('what is written in an open step is undone and redone at once', () => {
  const a = new Meeting(lines.map(provision)).admit('A')
  a.pen.insert(a.at(2, 3), ' before')
  a.pen.openStep()
  a.pen.insert(a.at(2, 0), 'n')
  a.pen.replace(a.at(2, 0), a.at(2, 1), 'に')
  a.pen.erase(a.at(2, 13), a.at(2, 15))
  a.pen.closeStep()
  a.pen.insert(a.at(2, 1), ' after')
  expect(a.lines('clean')[2]).toBe('a) に afterone before t;')
  a.pen.undo()
  a.pen.undo()
  expect(a.lines('clean')[2]).toBe('a) one before two;')
  a.pen.redo()
  expect(a.lines('clean')[2]).toBe('a) にone before t;')
  a.pen.undo()
  a.pen.undo()
  expect(a.lines('clean')[2]).toBe('a) one two;')
})

test('an undo within an open step does not tie it to an earlier one', () => {
  const a = new Meeting(lines.map(provision)).admit('A')
  a.pen.insert(a.at(2, 0), 'x')
  a.pen.openStep()
  a.pen.insert(a.at(2, 4), 'y')
  a.pen.undo()
  a.pen.insert(a.at(2, 4), 'z')
  a.pen.closeStep()
  a.pen.undo()
  expect(a.lines('clean')[2]).toBe('a) xone two;')
})
