import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { formatLabel, parseLabel, sectionStyle } from '../src/resolution/index.ts'
import type { LabelStyle } from '../src/resolution/index.ts'

const parsed = (literal: string, style?: LabelStyle): string | null => {
  const label = parseLabel(literal, style)
  return label && `${label.style} ${label.ordinal}`
}

const highest: Record<LabelStyle, number> = { letter: 18_278, number: 99_999, roman: 3999 }

const labels = fc
  .constantFrom<LabelStyle>('letter', 'number', 'roman')
  .chain((style) => fc.tuple(fc.constant(style), fc.integer({ min: 1, max: highest[style] })))

describe('a label', () => {
  test.each([
    ['a)', 'letter 1'],
    ['z)', 'letter 26'],
    ['aa)', 'letter 27'],
    ['ab)', 'letter 28'],
    ['zz)', 'letter 702'],
    ['aaa)', 'letter 703'],
    ['1', 'number 1'],
    ['18', 'number 18'],
    ['ii)', 'roman 2'],
    ['iv)', 'roman 4'],
  ])('%s reads as %s', (literal, expected) => {
    expect(parsed(literal)).toBe(expected)
  })

  test.each([
    'b)bis',
    '',
    'a',
    ')',
    '1)',
    '1.',
    '01',
    '0',
    '-1',
    'A)',
    'é)',
    '–',
    ' a)',
    'a) ',
    'abcd)',
  ])('%j is in no sequence', (literal) => {
    expect(parsed(literal)).toBeNull()
  })

  test('that can be read in two ways takes the list’s style, or begins a list', () => {
    expect(parsed('i)', 'letter')).toBe('letter 9')
    expect(parsed('i)', 'roman')).toBe('roman 1')
    expect(parsed('i)')).toBe('roman 1')
    expect(parsed('c)')).toBe('letter 3')
    expect(parsed('v)', 'letter')).toBe('letter 22')
  })

  test('of another style is null where a style is asked for', () => {
    expect(parsed('1', 'letter')).toBeNull()
    expect(parsed('a)', 'number')).toBeNull()
    expect(parsed('b)', 'roman')).toBeNull()
    expect(parsed('iiii)', 'roman')).toBeNull()
    expect(parsed('vx)', 'roman')).toBeNull()
    expect(parsed('mmmm)', 'roman')).toBeNull()
  })

  test('written and read again is the same place', () => {
    fc.assert(
      fc.property(labels, ([style, ordinal]) => {
        expect(parseLabel(formatLabel(style, ordinal), style)).toEqual({ style, ordinal })
      }),
    )
  })

  test('read and written again is the same text', () => {
    const literals = fc.stringMatching(/^([a-z]{1,4}\)|[0-9]{1,6}|[ivxlcdm]{1,8}\))$/)
    fc.assert(
      fc.property(literals, (literal) => {
        for (const style of ['letter', 'number', 'roman'] as const) {
          const label = parseLabel(literal, style)
          if (label) expect(formatLabel(label.style, label.ordinal)).toBe(literal)
        }
      }),
    )
  })

  test('follows the one before: no two places share a label', () => {
    for (const style of ['letter', 'number', 'roman'] as const) {
      const all = Array.from({ length: 800 }, (_, index) => formatLabel(style, index + 1))
      expect(new Set(all).size).toBe(all.length)
    }
    expect([25, 26, 27, 52, 53].map((ordinal) => formatLabel('letter', ordinal))).toEqual([
      'y)',
      'z)',
      'aa)',
      'az)',
      'ba)',
    ])
    expect([1, 4, 9, 14, 40, 99].map((ordinal) => formatLabel('roman', ordinal))).toEqual([
      'i)',
      'iv)',
      'ix)',
      'xiv)',
      'xl)',
      'xcix)',
    ])
  })

  test.each([0, -1, 1.5, NaN, Infinity])('with the ordinal %s cannot be written', (ordinal) => {
    expect(() => formatLabel('letter', ordinal)).toThrow(RangeError)
  })

  test('past the end of its sequence cannot be written', () => {
    for (const style of ['letter', 'number', 'roman'] as const) {
      expect(formatLabel(style, highest[style])).toBeTypeOf('string')
      expect(() => formatLabel(style, highest[style] + 1)).toThrow(RangeError)
    }
  })
})

describe('the first label under a call', () => {
  test.each([
    'recalling',
    'considering',
    'recognizing further',
    'noting',
    'aware',
    'bearing in mind',
    'further recalling',
    '',
  ])('is a letter under %j', (call) => {
    expect(sectionStyle(call)).toBe('letter')
  })

  test.each([
    'resolves',
    'resolves to instruct the Director of the Telecommunication Development Bureau',
    'instructs the Director of the Telecommunication Development Bureau',
    'further instructs the Secretary-General',
    'invites Member States, Sector Members, Associates and Academia',
    'requests the Secretary-General',
    'urges Member States',
    'Resolves',
  ])('is a number under %j', (call) => {
    expect(sectionStyle(call)).toBe('number')
  })
})
