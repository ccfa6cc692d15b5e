/** What one hand writes: entries and tokens, whatever the key. */
import { describe, expect, test } from 'vitest'
import { ledgerOf, parseIdKey } from '../src/ledger/index.ts'
import type { Entry } from '../src/ledger/index.ts'
import { insertAfter } from '../src/ledger/sequence.ts'
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

const entriesOf = ({ ydoc, delegation }: Delegate): Entry[] => [
  ...ledgerOf(ydoc, delegation).values(),
]

const keyOf = ({ ledger }: Delegate, paragraph: number): string =>
  ledger.project('marked').paragraphs[paragraph]!.key

const states = ({ ledger }: Delegate, paragraph: number): string[] =>
  ledger
    .project('marked')
    .paragraphs[paragraph]!.pieces.filter(({ type }) => type === 'text')
    .map(({ text, state }) => `${text} ${state.ins} ${state.del}`)

describe('a deletion', () => {
  test("E1: withdraws one's own delegation's pending words and proposes over anything else", () => {
    const { room, a } = meeting()
    const colleague = room.admit('A', 'second')
    a.pen.insert(a.at(2, 4), 'new ')
    room.sync()
    colleague.pen.erase(colleague.at(2, 2), colleague.at(2, 6))
    room.sync()
    expect(states(a, 2)).toEqual([
      'on base none',
      'e  base pending',
      'ne withdrawn none',
      'w  pending none',
      'two three; base none',
    ])
  })

  test('E2: typed meanwhile inside its range is not swept up', () => {
    const { room, a, b } = meeting()
    a.pen.erase(a.at(2, 0), a.at(2, 13))
    b.pen.insert(b.at(2, 5), 'X')
    room.sync()
    expect(a.lines('clean')[2]).toBe('a) X;')
  })

  test('E3: a run of Backspace is one entry that grows, while pauses are at most 2 s', () => {
    const { room, a } = meeting()
    a.pen.erase(a.at(2, 12), a.at(2, 13))
    a.pace = 2000
    a.pen.erase(a.at(2, 11), a.at(2, 12))
    a.pen.erase(a.at(2, 10), a.at(2, 11))
    expect(entriesOf(a).map(({ r }) => r)).toEqual([[1, 37, 3]])
    a.pace = 2001
    a.pen.erase(a.at(2, 9), a.at(2, 10))
    expect(entriesOf(a)).toHaveLength(2)
    a.pen.undo()
    a.pen.undo()
    expect(a.lines('clean')[2]).toBe('a) one two three;')
    room.sync()
  })

  test('E3: a run of Delete is one entry too; another place begins another', () => {
    const { room, a } = meeting()
    a.pen.erase(a.at(2, 0), a.at(2, 1))
    a.pace = 100
    // In the marked view the caret stays before what is struck, and the next letter goes.
    a.pen.erase(a.at(2, 0), a.at(2, 2))
    expect(entriesOf(a)).toHaveLength(1)
    a.pen.erase(a.at(2, 8), a.at(2, 9))
    expect(entriesOf(a)).toHaveLength(2)
    room.sync()
  })

  test('E4: covers no anchor, also where an insertion of several paragraphs is taken back', () => {
    const { room, a } = meeting()
    a.pen.insert(a.at(2, 3), 'x\ny\nz')
    a.pen.undo()
    room.sync()
    expect(a.lines('marked')).toEqual(a.lines('base'))
  })
})

describe('a keep', () => {
  test('E5: of a keep gives effect again, as long as the chain may be', () => {
    const { room, a } = meeting()
    a.pen.erase(a.at(2, 0), a.at(2, 4))
    for (let times = 0; times < 50; times++) {
      a.pen.undo()
      expect(a.lines('clean')[2]).toBe('a) one two three;')
      a.pen.redo()
      expect(a.lines('clean')[2]).toBe('a) two three;')
    }
    room.sync()
    expect(entriesOf(a)).toHaveLength(101)
  })

  test("E6: takes back a pending change of one's own, by whomever of the delegation", () => {
    const { room, a, b } = meeting()
    const colleague = room.admit('A', 'second')
    a.pen.replace(a.at(2, 0), a.at(2, 3), 'eins')
    room.sync()
    expect(b.pen.withdraw(changeWith(b.ledger, 'eins'))).toBe(false)
    expect(colleague.pen.withdraw(changeWith(colleague.ledger, 'eins'))).toBe(true)
    room.sync()
    expect(a.lines('marked')[2]).toBe('a) one two three;')
    expect(a.ledger.changes()).toEqual([])
  })
})

describe('Enter', () => {
  test('E7: at the end adds a paragraph after the anchor, at the start one before, else splits', () => {
    const { room, a } = meeting()
    a.pen.split(a.at(2, 14))
    a.pen.split(a.at(2, 0))
    a.pen.split(a.at(3, 4))
    room.sync()
    expect(a.ledger.project('clean').paragraphs.map(({ marker, text }) => [marker, text])).toEqual([
      [{ b: 'number' }, 'RESOLUTION 45'],
      [{ b: 'call' }, 'recalling'],
      [{ b: 'item' }, ''],
      [{ b: 'item', label: 'a)' }, 'one '],
      [{ b: 'item', s: 1 }, 'two three;'],
      [{ b: 'item' }, ''],
      [{ b: 'item', label: 'b)' }, 'four,'],
    ])
  })

  test('E7: at the start of the number line splits, so that nothing stands before the root', () => {
    const { room, a } = meeting()
    a.pen.split(a.at(0, 0))
    room.sync()
    expect(a.lines('clean').slice(0, 2)).toEqual(['', 'RESOLUTION 45'])
    expect(room.ledger.project('base').paragraphs[0]!.text).toBe('RESOLUTION 45')
  })

  test('E7: several lines at the end are paragraphs after it: words appended meanwhile stay', () => {
    const { room, a, b } = meeting()
    a.pen.insert(a.at(2, 14), ' x\nfirst;\nsecond;')
    b.pen.insert(b.at(2, 14), ' more')
    room.sync()
    room.sync()
    expect(a.lines('clean').slice(2)).toEqual([
      'a) one two three; x more',
      'b) first;',
      'c) second;',
      'd) four,',
    ])
  })

  test('E8: goes by the clean view, so that the same key writes the same in every view', () => {
    const { room, a } = meeting()
    a.pen.joinBackward(keyOf(a, 3))
    expect(a.lines('clean')[2]).toBe('a) one two three;four,')
    a.pen.split(a.at(2, 14, 'clean'))
    room.sync()
    expect(a.lines('clean').slice(2)).toEqual(['a) one two three;', 'b) four,'])
  })
})

describe('Backspace at the start of a paragraph', () => {
  test('E9: joins it to the one before, or takes it whole where nothing in it is live', () => {
    const { a } = meeting()
    const start = a.pen.split(a.at(2, 14))
    a.pen.joinBackward(start.paragraph)
    a.pen.joinBackward(keyOf(a, 3))
    expect(entriesOf(a)).toMatchObject([{ w: [1001, 0, 1] }, { j: [[1, 42, 1, 26]] }])
  })

  test('E9: after Enter at a paragraph’s start it takes back what Enter wrote, in every view', () => {
    for (const view of ['marked', 'clean'] as const) {
      const { a } = meeting()
      const first = a.ledger.project(view).paragraphs.map(({ key }) => key)
      const { paragraph } = a.pen.split(a.at(3, 0))
      expect(a.pen.joinBackward(paragraph)).toEqual({ paragraph, after: parseIdKey(paragraph) })
      expect(a.ledger.project(view).paragraphs.map(({ key }) => key)).toEqual(first)
      expect(a.ledger.changes()).toEqual([])
    }
  })

  test('E9: joins it too where its words stand behind a mark that the marked view shows struck', () => {
    const { room, a } = meeting()
    a.pen.joinBackward(keyOf(a, 3))
    a.pen.erase(a.at(2, 0), a.at(2, 14))
    a.pen.joinBackward(keyOf(a, 2))
    room.sync()
    expect(a.lines('clean')).toEqual(['RESOLUTION 45', 'recallingfour,'])
  })
})

describe('a replacement', () => {
  test('E7: several lines over all that is left of a paragraph are of its kind', () => {
    const { room, a, b } = meeting()
    a.pen.insert(a.pen.split(a.at(2, 14)), 'new;')
    room.sync()
    b.pen.insert(b.at(3, 3), ' X')
    a.pen.undo()
    a.pen.undo()
    room.sync()
    expect(b.ledger.project('clean').paragraphs[3]).toMatchObject({ text: ' X', leftBehind: true })
    b.pen.replace(b.at(3, 0), b.at(3, 2), 'p\nq')
    room.sync()
    expect(a.lines('clean').slice(2)).toEqual(['a) one two three;', 'b) p', 'c) q', 'd) four,'])
  })

  test('E10: over two paragraphs stands in the second and is seen in the first, in every view', () => {
    const written = (['marked', 'clean'] as const).map((view) => {
      const { a } = meeting()
      a.pen.joinBackward(keyOf(a, 3))
      const to = view === 'marked' ? a.at(3, 2, view) : a.at(2, 16, view)
      a.pen.replace(a.at(2, 4, view), to, 'X')
      expect(a.lines('clean')[2]).toBe('a) one Xur,')
      return a.lines('marked')
    })
    expect(written[0]).toEqual(written[1])
  })
})

test('E11: nothing is written between the halves of a surrogate pair', () => {
  const { room, a } = meeting()
  a.pen.insert(a.at(2, 0), '\u{1f600}')
  a.pen.insert(a.at(2, 1), 'x')
  a.pen.erase(a.at(2, 0), a.at(2, 1))
  room.sync()
  expect(a.lines('clean')[2]).toBe('a) xone two three;')
})

test('E12: more than 1,000 ranges are as many entries as they need, and one undo step', () => {
  const { room, a, b } = meeting()
  // Letters whose ids are not neighbours: what was withdrawn lies between them.
  const { client, user, ydoc } = b
  const { after } = b.at(2, 0)
  for (let i = 0; i < 1100; i++) {
    const { clock } = ydoc.transact((transaction) => insertAfter(transaction, after, ['xy']))
    const entry: Entry = { type: 'del', r: [client, clock + 1, 1], user }
    ledgerOf(ydoc, 'B').set(`${client}:${i}`, entry)
  }
  room.sync()
  room.sync()
  a.pen.erase(a.at(2, 0), a.at(2, 1114))
  expect(entriesOf(a).map(({ r }) => r.length / 3)).toEqual([1000, 101])
  room.sync()
  expect(a.lines('clean')[2]).toBe('a) ')
  a.pen.undo()
  room.sync()
  expect(a.lines('clean')).toEqual(b.lines('clean'))
})
