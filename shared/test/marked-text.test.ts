import { describe, expect, test } from 'vitest'
import {
  allLetters,
  baseLetters,
  cleanLetters,
  parseMarkedText,
} from '../src/contribution/marked-text.ts'
import type { MarkedText } from '../src/contribution/marked-text.ts'

const read = (source: string): MarkedText => {
  const text = parseMarkedText(source)
  if ('message' in text) throw new Error(text.message)
  return text
}

describe('a text with marks', () => {
  test('holds three texts', () => {
    const text = read('(Rev. {--Dubai--}{++Buenos Aires++}, 201{--4--}{++7++})')
    expect(baseLetters(text)).toBe('(Rev. Dubai, 2014)')
    expect(cleanLetters(text)).toBe('(Rev. Buenos Aires, 2017)')
    expect(allLetters(text)).toBe('(Rev. DubaiBuenos Aires, 20147)')
  })

  test('has braces, signs and dashes of its own', () => {
    expect(cleanLetters(read('a {+ b -- c +} d'))).toBe('a {+ b -- c +} d')
    expect(read('')).toEqual([])
  })

  test.each([
    ['one {++two', 7, '++} is missing for what is inserted'],
    ['one --} two', 4, '--} out of place'],
    ['one {--two++} three', 10, '++} out of place'],
    ['one {++two {--three--}++}', 11, '{-- out of place'],
    ['one {++++}', 7, 'nothing is inserted here'],
    ['{--one--}{--two--}', 15, 'deleted letters end and begin again here'],
  ])('names the place of a fault: %s', (source, offset, message) => {
    expect(parseMarkedText(source)).toEqual({ offset, message })
  })
})
