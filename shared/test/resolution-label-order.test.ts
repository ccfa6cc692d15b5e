import { describe, expect, test } from 'vitest'
import { formatLabel } from '../src/resolution/index.ts'
import type { Provision } from '../src/resolution/index.ts'
import { labelProblems } from '../src/resolution/label-order.ts'

const line = (kind: Provision['kind'], label: string | null = null, level = 1): Provision => ({
  kind,
  level,
  label,
  text: 'x',
  formats: [],
})

/** Items with these labels, each leading space a level deeper. */
const items = (...labels: string[]): Provision[] =>
  labels.map((label) => line('item', label.trimStart(), label.startsWith(' ') ? 2 : 1))

const problemsOf = (provisions: readonly Provision[]): string[] =>
  labelProblems(provisions).map(({ index, message }) => `${index}: ${message}`)

describe('the order of labels', () => {
  test.each([
    [['a)', 'b)', 'c)']],
    [['1', '2', ' i)', ' ii)', '3', ' i)']],
    [['a)', 'b)', 'b)bis', 'b)ter', 'c)']],
    [['1', ' –', ' –', '2']],
  ])('lets %j pass', (labels) => {
    expect(problemsOf(items(...labels))).toEqual([])
  })

  test('goes on from h) to i) in letters, and from z) to aa)', () => {
    const labels = Array.from({ length: 30 }, (_, index) => formatLabel('letter', index + 1))
    expect(problemsOf(items(...labels))).toEqual([])
  })

  test('begins anew under each call, and not after a paragraph without a label', () => {
    expect(problemsOf([...items('a)'), line('call'), ...items('a)')])).toEqual([])
    expect(problemsOf([...items('a)'), line('text'), ...items('b)')])).toEqual([])
    expect(problemsOf([...items('a)'), line('text'), ...items('a)')])).toEqual([
      '2: label a) out of order: it follows a)',
    ])
  })

  test.each([
    [['b)'], ['0: label b) out of order: it begins a list']],
    [['a)', 'c)', 'd)'], ['1: label c) out of order: it follows a)']],
    [['a)', 'x)', 'c)', 'd)'], ['1: label x) out of order: it follows a)']],
    [['a)', 'a)', 'b)'], ['1: label a) out of order: it follows a)']],
    [['a)', '2'], ['1: label 2 in no order that follows a)']],
    [['x1'], ['0: label x1 in no order']],
    [['a)', 'c)bis', 'b)'], ['1: label c)bis in no order that follows a)']],
    [
      ['1', ' i)', ' iii)', '2', ' ii)'],
      ['2: label iii) out of order: it follows i)', '4: label ii) out of order: it begins a list'],
    ],
  ])('finds what is wrong in %j', (labels, problems) => {
    expect(problemsOf(items(...labels))).toEqual(problems)
  })

  test('counts footnotes through the whole text', () => {
    const notes = [line('footnote', '1'), line('call'), line('footnote', '2')]
    expect(problemsOf(notes)).toEqual([])
    expect(problemsOf([...notes, line('footnote', '2')])).toEqual([
      '3: label 2 out of order: it follows 2',
    ])
  })

  test('asks for a label where there is none', () => {
    expect(problemsOf([line('item')])).toEqual(['0: item without a label'])
  })
})
