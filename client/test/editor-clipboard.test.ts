/** What comes in from the clipboard as plain text. */
import { expect, test } from 'vitest'
import { passageOf, wordsOf } from '../src/editor/passage.ts'

const words = (plain: string): string => wordsOf(passageOf(plain))

/** `kind/level text`, or the text alone where it is as its place says. */
const read = (plain: string): string[] =>
  passageOf(plain).paragraphs.map(({ text, shape }) =>
    shape ? `${shape.kind}/${shape.level} ${text}` : text,
  )

test('text is one paragraph a line, without what no draft can hold', () => {
  expect(words('one;\r\n\r\ntwo;\u2028three\n')).toBe('one;\ntwo;\nthree')
  expect(words('a)\tword')).toBe('a) word')
  expect(words('a\u0000b\ud83dc\ufffd')).toBe('abc')
  expect(words(' kept ')).toBe(' kept ')
  expect(words('\n')).toBe('')
})

test('items and calls of a resolution are told by their labels and words', () => {
  const plain =
    'recalling\n\na)\tResolution 130;\nb) \tResolution 174,\nresolves\n1\tto go on:\ni)\there;\nall the same.'
  expect(read(plain)).toEqual([
    'call/1 recalling',
    'item/1 Resolution 130;',
    'item/1 Resolution 174,',
    'call/1 resolves',
    'item/1 to go on:',
    'item/2 here;',
    'text/1 all the same.',
  ])
  expect(passageOf(plain).isWhole).toBe(true)
})

test('lines without labels are as their place says, and a single line is words', () => {
  expect(read('one\ntwo')).toEqual(['one', 'two'])
  expect(read('b) of that Resolution')).toEqual(['b) of that Resolution'])
  expect(passageOf('the rest of it;\nb)\tmore').isWhole).toBe(false)
})
