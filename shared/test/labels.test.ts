/** Labels: computed from the view, never stored. */
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { labelsOf } from '../src/ledger/labels.ts'
import { Meeting, act, deedOf, provision, soloScripts } from '../src/testing/index.ts'
import { writeNumbering } from '../src/ledger/index.ts'
import { automaticLabel, formatLatin, noLabel, parseLatin } from '../src/resolution/index.ts'
import { criticMarkup, markedViews, plainText } from '../src/text/index.ts'
import type { Numbering } from '../src/resolution/index.ts'
import type { Delegate } from '../src/testing/index.ts'

const alone = (...lines: string[]): Delegate => counted('renumber', ...lines)

const counted = (numbering: Numbering, ...lines: string[]): Delegate =>
  new Meeting(['number RESOLUTION 45', ...lines].map(provision), numbering).admit('A')

/** The labels of the clean view's items, `-` where there is none. */
const labels = ({ ledger }: Delegate): string =>
  ledger
    .project('clean')
    .paragraphs.filter(({ kind }) => kind === 'item')
    .map(({ label }) => label.view ?? '-')
    .join(' ')

const keyOf = ({ ledger }: Delegate, text: string): string =>
  ledger.project('marked').paragraphs.find((paragraph) => paragraph.text === text)!.key

const strike = (a: Delegate, ...texts: string[]): void =>
  a.pen.strikeParagraphs(texts.map((text) => keyOf(a, text)))

/** Adds a paragraph after the one with a text. */
function add(a: Delegate, after: string, text: string): void {
  const index = a.ledger.project('marked').paragraphs.findIndex((each) => each.text === after)
  a.pen.insert(a.pen.split(a.at(index, after.length)), text)
}

describe('a list', () => {
  test('L1: counts what is inserted and what is struck before an item', () => {
    const a = alone('call recalling', 'item a) one', 'item b) two', 'item c) three')
    add(a, 'recalling', 'new')
    expect(labels(a)).toBe('a) b) c) d)')
    strike(a, 'one', 'two')
    expect(labels(a)).toBe('a) b)')
  })

  test('L1: keeps its gaps until something before them changes', () => {
    const a = alone('call recalling', 'item a) one', 'item d) two', 'item e) three')
    expect(labels(a)).toBe('a) d) e)')
    strike(a, 'one')
    expect(labels(a)).toBe('c) d)')
  })

  test('L1: has no label below the first, however irregular the text in force', () => {
    const a = alone('call recalling', 'item a) one', 'item a) two', 'item b) three')
    expect(labels(a)).toBe('a) a) b)')
    strike(a, 'one')
    expect(labels(a)).toBe('a) a)')
  })

  test('L1: shares the last label of its style where that cannot count any further', () => {
    const item = {
      kind: 'item' as const,
      level: 2,
      literal: null,
      isBase: false,
      isShown: true,
      list: -1,
      delegation: 'A',
      given: null,
      style: 'letter' as const,
    }
    const counted = labelsOf(
      Array.from({ length: 4001 }, () => item),
      'renumber',
    )
    expect(counted.at(1)?.label).toBe('ii)')
    expect(counted.at(-1)?.label).toBe('mmmcmxcix)')
  })

  test('L2: keeps a literal that is in no sequence, and does not count it', () => {
    const a = alone('call recalling', 'item a) one', 'item a)bis two', 'item b) three')
    add(a, 'one', 'new')
    expect(labels(a)).toBe('a) b) a)bis c)')
    strike(a, 'two')
    expect(labels(a)).toBe('a) b) c)')
  })

  test('L3: begins anew under each call and under each item of a lower level', () => {
    const a = alone(
      'call recalling',
      'item a) one',
      'item/2 i) two',
      'item b) three',
      'item/2 i) four',
      'call resolves',
      'item 1 five',
    )
    expect(labels(a)).toBe('a) i) b) i) 1')
    add(a, 'two', 'new')
    expect(labels(a)).toBe('a) i) ii) b) i) 1')
  })

  test('L3: that an inserted item of a lower level parts begins anew after it', () => {
    const nested = alone('call recalling', 'item a) one', 'item/2 i) two', 'item/2 ii) three')
    nested.pen.replace(nested.at(2, 3), nested.at(3, 3), '\nnew')
    expect(labels(nested)).toBe('a) b) i)')
  })

  test('L4: takes in the items of a list whose call is deleted, in its own style', () => {
    const a = alone('call recalling', 'item a) one', 'call resolves', 'item 1 two', 'item 2 three')
    strike(a, 'resolves')
    expect(labels(a)).toBe('a) b) c)')
    const { label } = a.ledger.project('clean').paragraphs[3]!
    expect(label).toEqual({ base: '1', view: 'b)', delegation: 'A' })
  })

  test('L5: without a literal is counted as its call asks, and follows the call as it is typed', () => {
    const a = alone('call recalling', 'call noting', 'item a) one')
    add(a, 'recalling', 'new')
    expect(labels(a)).toBe('a) a)')
    a.pen.replace(a.at(1, 0), a.at(1, 9), 'resolves')
    expect(labels(a)).toBe('1 a)')
    a.pen.erase(a.at(1, 9), a.at(1, 17))
    expect(labels(a)).toBe('a) a)')
  })
})

describe('by bis, ter', () => {
  const inserted = ['call recalling', 'item a) one', 'item b) two', 'item c) three'] as const

  test('L9: items keep their labels, deleted ones leave a gap, inserted ones are bis, ter', () => {
    const a = counted('bis', ...inserted)
    add(a, 'one', 'first')
    add(a, 'first', 'second')
    expect(labels(a)).toBe('a) a bis) a ter) b) c)')
    strike(a, 'two')
    add(a, 'two', 'third')
    expect(labels(a)).toBe('a) a bis) a ter) b bis) c)')
    expect(a.ledger.project('marked').paragraphs.map(({ label }) => label.delegation)).toEqual(
      // The number line and the call; one; first and second; two, struck; third; three.
      [null, null, null, 'A', 'A', 'A', 'A', null],
    )
  })

  test('L9: nested items and numbers likewise, and each call has its own', () => {
    const a = counted('bis', 'call resolves', 'item 1 one', 'item/2 i) two', 'item 2 three')
    add(a, 'two', 'deep')
    expect(labels(a)).toBe('1 i) i bis) 2')
    add(a, 'three', 'last')
    expect(labels(a)).toBe('1 i) i bis) 2 2 bis')
  })

  test('L9: what comes before all others has a minus, what stands alone is counted', () => {
    const a = counted('bis', ...inserted, 'call resolves')
    add(a, 'recalling', 'new')
    expect(labels(a)).toBe('-a) a) b) c)')
    add(a, 'new', 'newer')
    expect(labels(a)).toBe('-a) -a bis) a) b) c)')
    add(a, 'resolves', 'alone')
    expect(labels(a)).toBe('-a) -a bis) a) b) c) 1')
  })

  test('L9: no label is given twice, irregular ones of the text in force included', () => {
    const a = counted('bis', 'call recalling', 'item b) one', 'item b)bis two', 'item – three')
    add(a, 'one', 'between')
    expect(labels(a)).toBe('b) b ter) b)bis –')
    add(a, 'three', 'dash')
    expect(labels(a)).toBe('b) b ter) b)bis – –')
  })

  test('L10: all labels follow when the chair chooses another way', () => {
    const a = counted('renumber', ...inserted)
    add(a, 'one', 'new')
    expect(labels(a)).toBe('a) b) c) d)')
    writeNumbering(a.ydoc, 'bis')
    expect(labels(a)).toBe('a) a bis) b) c)')
    writeNumbering(a.ydoc, 'renumber')
    expect(labels(a)).toBe('a) b) c) d)')
  })
})

test('L9: Latin ordinals are read however they are written, and go on without an end', () => {
  for (const written of ['a bis)', 'a)bis', 'abis)', 'a\u00a0bis)', 'a)\u00a0bis']) {
    expect(formatLatin(parseLatin(written))).toBe('a bis)')
  }
  const many = Array.from({ length: 60 }, (_, i) =>
    formatLatin({ stem: '1', closes: false, ordinal: i + 1 }),
  )
  expect(many.slice(0, 5)).toEqual(['1', '1 bis', '1 ter', '1 quater', '1 quinquies'])
  expect(many[20]).toBe('1 vicies bis')
  expect(new Set(many).size).toBe(60)
  for (const label of many) expect(formatLatin(parseLatin(label))).toBe(label)
})

/** Has the item with a text labelled by hand. */
const label = (a: Delegate, text: string, value: string): boolean =>
  a.pen.shape([{ key: keyOf(a, text), label: value }])

describe('a label given by hand', () => {
  const items = ['item a) one', 'item b) two', 'item c) three', 'item d) four'] as const

  test('L12: of the style of its list it is counted on from', () => {
    const a = alone('call recalling', ...items)
    label(a, 'two', 'e)')
    expect(labels(a)).toBe('a) e) f) g)')
    add(a, 'two', 'new')
    expect(labels(a)).toBe('a) e) f) g) h)')
    label(a, 'new', 'k)')
    expect(labels(a)).toBe('a) e) k) l) m)')
  })

  test('L12: any other, and none, is left out of the count', () => {
    const a = alone('call recalling', ...items)
    label(a, 'two', 'a bis)')
    expect(labels(a)).toBe('a) a bis) b) c)')
    add(a, 'three', 'new')
    expect(labels(a)).toBe('a) a bis) b) c) d)')
    label(a, 'new', '2A')
    expect(labels(a)).toBe('a) a bis) b) 2A c)')
    label(a, 'new', noLabel)
    expect(labels(a)).toBe('a) a bis) b) - c)')
    label(a, 'new', automaticLabel)
    label(a, 'two', automaticLabel)
    expect(labels(a)).toBe('a) b) c) d) e)')
  })

  test('L12: it leaves gaps and irregular literals as they are', () => {
    const a = alone('call recalling', 'item a) one', 'item a)bis two', 'item d) four')
    label(a, 'one', 'b)')
    expect(labels(a)).toBe('b) a)bis e)')
    label(a, 'two', 'f)')
    expect(labels(a)).toBe('b) f) i)')
    strike(a, 'two')
    expect(labels(a)).toBe('b) e)')
  })

  test('L13: it says the style of a list of which nothing is in the text in force', () => {
    const a = alone('call recalling')
    add(a, 'recalling', 'one')
    add(a, 'one', 'two')
    expect(labels(a)).toBe('a) b)')
    label(a, 'one', 'i)')
    expect(labels(a)).toBe('i) ii)')
    label(a, 'one', '–')
    label(a, 'two', '3')
    add(a, 'two', 'three')
    expect(labels(a)).toBe('– 3 4')
  })

  test('L13: by bis, ter it is followed, and not given again', () => {
    const a = counted('bis', 'call recalling', ...items)
    add(a, 'two', 'new')
    label(a, 'three', 'b bis)')
    expect(labels(a)).toBe('a) b) b ter) b bis) d)')
    add(a, 'three', 'newer')
    expect(labels(a)).toBe('a) b) b ter) b bis) b quater) d)')
    label(a, 'four', noLabel)
    expect(labels(a)).toBe('a) b) b ter) b bis) b quater) -')
  })

  test('P9, L6, L12: its change says what it takes the place of, and whose it is', () => {
    const room = new Meeting(['number N', 'call recalling', ...items].map(provision))
    const [a, b] = [room.admit('A'), room.admit('B')]
    add(a, 'one', 'new')
    label(b, 'two', 'a bis)')
    room.sync()
    label(b, 'new', 'a ter)')
    room.sync()
    room.sync()
    const moved = a.ledger.project('marked').paragraphs.slice(3, 6)
    expect(moved.map(({ label: shown }) => shown)).toEqual([
      { base: null, view: 'a ter)', delegation: 'B' },
      { base: 'b)', view: 'a bis)', delegation: 'B' },
      { base: 'c)', view: 'b)', delegation: 'B' },
    ])
    const set = a.ledger.changes().flatMap(({ delegation, setting }) => {
      return setting ? [`${delegation} ${setting.property} ${setting.former} ${setting.value}`] : []
    })
    expect(set).toEqual(['B label b) a ter)', 'B label b) a bis)'])
  })

  test('P9: it is shown where its paragraph is an item, in every export', () => {
    const a = alone('call recalling', ...items)
    label(a, 'two', 'a bis)')
    const views = markedViews(a.ledger)
    const marked = criticMarkup(views)
    expect(marked).toContain('{--b--}{++a bis++})\ttwo\n{--c--}{++b++})\tthree')
    expect(plainText(a.ledger.project('clean'))).toContain('a bis)\ttwo\nb)\tthree')
    a.pen.shape([{ key: keyOf(a, 'two'), kind: 'text' }])
    expect(a.lines('clean').slice(3)).toEqual(['two', 'b) three', 'c) four'])
  })

  test('P2, P6: on one’s own item it is simply its label; taken back, it leaves nothing', () => {
    const a = alone('call recalling', ...items)
    add(a, 'one', 'new')
    label(a, 'new', 'a bis)')
    expect(a.ledger.changes().map(({ kind }) => kind)).toEqual(['paragraph inserted'])
    expect(labels(a)).toBe('a) a bis) b) c) d)')
    label(a, 'two', 'x)')
    expect(labels(a)).toBe('a) a bis) x) y) z)')
    expect(label(a, 'two', 'x)')).toBe(false)
    label(a, 'two', automaticLabel)
    expect(a.ledger.changes().map(({ kind }) => kind)).toEqual(['paragraph inserted'])
    a.pen.undo()
    expect(labels(a)).toBe('a) a bis) x) y) z)')
    expect(() => label(a, 'two', 'no label')).toThrow(RangeError)
  })

  test('P9: a chair decides on it like on any other setting', () => {
    const room = new Meeting(['number N', 'call recalling', ...items].map(provision))
    const [a, b] = [room.admit('A'), room.admit('B')]
    label(a, 'two', 'a bis)')
    label(b, 'two', '1A')
    room.sync()
    room.sync()
    const of = (delegation: string) =>
      room.ledger.changes().find((change) => change.delegation === delegation)!
    expect(of('A').setting?.collides).toBe(true)
    expect(room.chair('accept', of('B'))).toHaveProperty('decision')
    room.sync()
    expect(a.lines('accepted')[3]).toBe('1A two')
    expect(a.lines('accepted')[4]).toBe('b) three')
    expect(of('A').state).toBe('rejected')
    room.chair('reopen', of('B'))
    room.sync()
    expect(a.lines('accepted')[3]).toBe('b) two')
  })
})

test('L6: what moves a label is named; what stays has nobody', () => {
  const room = new Meeting(
    ['number N', 'call recalling', 'item a) one', 'item b) two', 'item c) three'].map(provision),
  )
  const [a, b] = [room.admit('A'), room.admit('B')]
  strike(b, 'two')
  add(a, 'recalling', 'new')
  room.sync()
  room.sync()
  const moved = a.ledger.project('marked').paragraphs.slice(2)
  expect(moved.map(({ label }) => label)).toEqual([
    { base: null, view: 'a)', delegation: 'A' },
    { base: 'a)', view: 'b)', delegation: 'A' },
    { base: 'b)', view: null, delegation: 'B' },
    { base: 'c)', view: 'c)', delegation: null },
  ])
})

test('L7: an insertion that is taken back leaves every label as it was', () => {
  fc.assert(
    fc.property(soloScripts(12), ({ steps }) => {
      const a = alone(
        'call recalling',
        'item a) one',
        'item b)bis two',
        'item d) three',
        'call resolves',
        'item 1 four',
        'item/2 a) five',
        'item/2 b) six',
        'item 2 seven',
      )
      const before = a.lines('clean')
      for (const step of steps) {
        const deed = deedOf(step, a.ledger.project('clean'))
        if (deed && deed.does !== 'undo' && deed.does !== 'redo') act(a, deed, 'clean')
      }
      while (a.pen.canUndo) a.pen.undo()
      expect(a.lines('clean')).toEqual(before)
      expect(a.lines('accepted')).toEqual(before)
    }),
  )
})
