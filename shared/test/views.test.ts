/** Which view shows what: the table of token states, and where the words of hidden blocks stand. */
import * as Y from 'yjs'
import { describe, expect, test } from 'vitest'
import { shown, unknownDelegation, views } from '../src/ledger/index.ts'
import type { DeletionState, InsertionState, View } from '../src/ledger/index.ts'
import { insertAfter } from '../src/ledger/sequence.ts'
import { Meeting, changeWith, provision } from '../src/testing/index.ts'
import type { Delegate } from '../src/testing/index.ts'

const table: [InsertionState, DeletionState, string][] = [
  ['base', 'none', 'base marked clean accepted'],
  ['base', 'pending', 'base marked accepted'],
  ['base', 'accepted', 'base marked'],
  ['base', 'bracketed', 'base marked clean accepted'],
  ['pending', 'none', 'marked clean'],
  ['pending', 'pending', 'marked'],
  ['pending', 'accepted', ''],
  ['pending', 'bracketed', 'marked clean'],
  ['accepted', 'none', 'marked clean accepted'],
  ['accepted', 'pending', 'marked accepted'],
  ['accepted', 'accepted', ''],
  ['accepted', 'bracketed', 'marked clean accepted'],
  ['bracketed', 'none', 'marked clean accepted'],
  ['bracketed', 'pending', 'marked accepted'],
  ['bracketed', 'accepted', ''],
  ['bracketed', 'bracketed', 'marked clean accepted'],
  ['rejected', 'none', ''],
  ['rejected', 'pending', ''],
  ['rejected', 'accepted', ''],
  ['rejected', 'bracketed', ''],
  ['withdrawn', 'none', ''],
  ['withdrawn', 'pending', ''],
  ['withdrawn', 'accepted', ''],
  ['withdrawn', 'bracketed', ''],
]

test.each(table)(
  'V1: an insertion that is %s, its deletion %s, is shown in: %s',
  (ins, del, where) => {
    const state = { ins, del, author: ins === 'base' ? null : 'A', proposers: [], settings: null }
    expect(views.filter((view) => shown(state, view)).join(' ')).toBe(where)
  },
)

function meeting() {
  const room = new Meeting(
    ['number RESOLUTION 45', 'call recalling', 'item a) one two;', 'item b) three,'].map(provision),
  )
  return { room, a: room.admit('A'), b: room.admit('B') }
}

const keyOf = ({ ledger }: Delegate, paragraph: number): string =>
  ledger.project('marked').paragraphs[paragraph]!.key

/** The paragraphs after the call; a dagger marks what is left behind. */
const standing = ({ ledger }: Delegate, view: View): string[] =>
  ledger
    .project(view)
    .paragraphs.slice(2)
    .map(({ text, leftBehind }) => (leftBehind ? `${text}†` : text))

describe('words in a hidden block', () => {
  test('V2: stand as a paragraph of their own, left behind', () => {
    const { room, a, b } = meeting()
    a.pen.strikeParagraphs([keyOf(a, 3)])
    b.pen.insert(b.at(3, 2), 'B')
    room.sync()
    room.sync()
    expect(standing(a, 'clean')).toEqual(['one two;', 'B†'])
    expect(standing(a, 'marked')).toEqual(['one two;', 'thBree,'])
  })

  test('V2: the root is never hidden, so that words in it stand', () => {
    const { a } = meeting()
    a.pen.strikeParagraphs([keyOf(a, 0)])
    a.pen.insert(a.at(0, 0), 'NEW')
    expect(a.lines('clean')[0]).toBe('NEW')
  })

  test('V3: of a split whose insertion is not shown flow back to where its anchor lies', () => {
    const { room, a } = meeting()
    a.pen.split(a.at(2, 4))
    room.sync()
    expect(standing(a, 'accepted')).toEqual(['one two;', 'three,'])
    room.chair('reject', room.ledger.changes()[0]!)
    room.sync()
    for (const view of ['marked', 'clean', 'accepted'] as const) {
      expect(standing(a, view)).toEqual(['one two;', 'three,'])
    }
  })

  test('V3: stand where another paragraph has come between', () => {
    const { room, a, b } = meeting()
    a.pen.split(a.at(2, 4))
    room.sync()
    b.pen.split(b.at(2, 4))
    a.pen.undo()
    room.sync()
    room.sync()
    const { paragraphs } = b.ledger.project('clean')
    expect(paragraphs.map(({ text }) => text).slice(2)).toEqual(['one ', '', 'two;', 'three,'])
    expect(paragraphs[4]!.leftBehind).toBe(true)
  })

  test("V3: of the text in force flow back past a stranger's marker within it, split or not", () => {
    const { room, a } = meeting()
    const { after } = a.at(2, 3)
    a.ydoc.transact((transaction) => {
      const { client, clock } = insertAfter(transaction, after, [{ b: 'item' }, 'x', { e: 1 }])
      insertAfter(transaction, { client, clock: clock + 1 }, [{ e: 1 }, { b: 'item', s: 1 }])
    })
    room.sync()
    for (const change of room.ledger.changes()) room.chair('reject', change)
    room.sync()
    for (const view of ['marked', 'clean', 'accepted'] as const) {
      expect(standing(a, view)).toEqual(['one two;', 'three,'])
    }
  })

  test('V4: of a joined block flow into the paragraph that the join names', () => {
    const { room, a, b } = meeting()
    a.pen.joinBackward(keyOf(a, 3))
    b.pen.insert(b.at(3, 5), 'B')
    room.sync()
    room.sync()
    expect(standing(a, 'clean')).toEqual(['one two;threeB,'])
    expect(standing(a, 'accepted')).toEqual(['one two;', 'three,'])
  })

  test('V4: stand where another paragraph has come between', () => {
    const { room, a, b } = meeting()
    a.pen.joinBackward(keyOf(a, 3))
    b.pen.insert(b.pen.split(b.at(2, 8)), 'new;')
    room.sync()
    room.sync()
    expect(standing(a, 'clean')).toEqual(['one two;', 'new;', 'three,†'])
  })

  test('V4: go with the later part where the paragraph is split, whoever splits it', () => {
    const { room, a, b } = meeting()
    a.pen.joinBackward(keyOf(a, 3))
    b.pen.split(b.at(2, 4))
    room.sync()
    room.sync()
    expect(standing(a, 'clean')).toEqual(['one ', 'two;three,'])
  })

  test('V4: flow where one deletion joins the block, though another takes it whole', () => {
    const { room, a, b } = meeting()
    a.pen.strikeParagraphs([keyOf(a, 3)])
    b.pen.joinBackward(keyOf(b, 3))
    b.pen.insert(b.at(3, 0), 'B')
    room.sync()
    room.sync()
    expect(standing(a, 'clean')).toEqual(['one two;B'])
  })

  test('V5: none stands in base, which is the text in force whatever is hidden', () => {
    const { room, a, b } = meeting()
    a.pen.split(a.at(2, 4))
    a.pen.strikeParagraphs([keyOf(a, 2)])
    b.pen.insert(b.at(2, 2), 'B')
    room.sync()
    room.sync()
    expect(standing(b, 'base')).toEqual(['one two;', 'three,'])
    expect(b.lines('base')).toEqual(['RESOLUTION 45', 'recalling', 'a) one two;', 'b) three,'])
  })
})

test('V6: an unchanged paragraph is the same object in the next projection', () => {
  const { a } = meeting()
  const before = a.ledger.project('clean').paragraphs
  a.pen.insert(a.at(2, 3), 'x')
  const after = a.ledger.project('clean').paragraphs
  expect(after.map((paragraph, i) => paragraph === before[i])).toEqual([true, true, false, true])
})

test('V7: words of a client that the server has not named are of no known delegation, until it has', () => {
  const { room, a, b } = meeting()
  a.pen.insert(a.at(2, 0), 'new ')
  Y.applyUpdate(b.ydoc, a.outbox[0]!, 'server')
  expect(changeWith(b.ledger, 'new').delegation).toBe(unknownDelegation)
  expect(changeWith(a.ledger, 'new').delegation).toBe('A')
  room.sync()
  expect(changeWith(b.ledger, 'new').delegation).toBe('A')
})
