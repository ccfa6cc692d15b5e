/** What stands in square brackets: where they are drawn, who holds it, how it is resolved. */
import { describe, expect, test } from 'vitest'
import { inBrackets, provisionsOf, views } from '../src/ledger/index.ts'
import type { Ledger, View } from '../src/ledger/index.ts'
import { criticMarkup, markedViews, plainText } from '../src/text/index.ts'
import { Meeting, changeWith, provision } from '../src/testing/index.ts'

/** A meeting in which A has replaced `two` and B has struck ` three`. */
function amended() {
  const room = new Meeting(
    ['number RESOLUTION 45', 'call recalling', 'item a) one two three;', 'item b) four,'].map(
      provision,
    ),
  )
  const [a, b] = [room.admit('A'), room.admit('B')]
  a.pen.replace(a.at(2, 4), a.at(2, 7), 'zwei')
  b.pen.erase(b.at(2, 7), b.at(2, 13))
  room.sync()
  return { room, a, b }
}

const written = (ledger: Ledger, view: View, paragraph = 2): string =>
  [...inBrackets(ledger.project(view).paragraphs[paragraph]!)].map(({ text }) => text).join('')

const bracketed = () => {
  const all = amended()
  all.room.chair('bracket', changeWith(all.room.ledger, 'zwei'))
  all.room.sync()
  return all
}

describe('bracketing', () => {
  test('B1: leaves words open: what is to be deleted and what is inserted both stand, in every view but base', () => {
    const { room } = bracketed()
    expect(written(room.ledger, 'base')).toBe('one two three;')
    expect(written(room.ledger, 'marked')).toBe('one [two (A: delete)][zwei (A)] three;')
    expect(written(room.ledger, 'clean')).toBe('one [two (A: delete)][zwei (A)];')
    expect(written(room.ledger, 'accepted')).toBe('one [two (A: delete)][zwei (A)] three;')
    const change = changeWith(room.ledger, 'zwei')
    expect([change.state, change.kind]).toEqual(['bracketed', 'replacement'])
  })

  test.each([
    ['accept', 'one zwei three;'],
    ['reject', 'one two three;'],
  ] as const)('B1: ends with %s', (verb, accepted) => {
    const { room } = bracketed()
    expect(room.chair(verb, changeWith(room.ledger, 'zwei'))).toHaveProperty('decision')
    expect(written(room.ledger, 'accepted')).toBe(accepted)
    expect(written(room.ledger, 'clean')).toBe(accepted.replace(' three', ''))
  })

  test('B1: is reopened exactly', () => {
    const { room } = amended()
    const picture = () => JSON.stringify(views.map((view) => room.ledger.project(view)))
    const before = picture()
    const change = changeWith(room.ledger, 'zwei')
    room.chair('bracket', change)
    expect(picture()).not.toBe(before)
    room.chair('reopen', change)
    expect(picture()).toBe(before)
  })

  test('B2: cannot be withdrawn or undone, and takes in who proposes the same deletion later', () => {
    const { room, a, b } = bracketed()
    expect(a.pen.undo()?.decided).toBeGreaterThan(0)
    b.pen.erase(b.at(2, 4), b.at(2, 7))
    room.sync()
    expect(written(room.ledger, 'clean')).toBe('one [two (A, B: delete)][zwei (A)];')
    room.chair('accept', changeWith(room.ledger, 'two'))
    expect(changeWith(room.ledger, 'two').state).toBe('accepted')
  })

  test('B2: a withdrawal that did not see the brackets proposes to delete what is in them', () => {
    const { room, a } = amended()
    const change = changeWith(room.ledger, 'zwei')
    a.pen.undo()
    a.pen.undo()
    room.chair('bracket', { ...change, del: [], entries: [] })
    room.sync()
    expect(written(room.ledger, 'marked')).toContain('[zwei (A)]')
    expect(written(room.ledger, 'clean')).toBe('one two;')
  })

  test('B3: one pair stands around what has the same holders, however it was typed', () => {
    const { room, a, b } = amended()
    a.pen.insert(a.at(2, 11), ' neu')
    b.pen.insert(b.at(2, 4), 'zwo ')
    room.sync()
    const words = room.ledger.changes().filter(({ inserted }) => inserted)
    for (const change of words) room.chair('bracket', { ...change, del: [], entries: [] })
    expect(written(room.ledger, 'clean')).toBe('one [zwo  (B)][zwei neu (A)];')
  })

  test('B3: the marked view has the pairs of the clean one, and words to be deleted in pairs of their own', () => {
    const { room, b } = bracketed()
    b.pen.erase(b.at(2, 9), b.at(2, 11))
    room.sync()
    expect(written(room.ledger, 'clean')).toBe('one [two (A: delete)][zw (A)];')
    expect(written(room.ledger, 'marked')).toBe('one [two (A: delete)][zw (A)][ei (A)] three;')
    expect(written(room.ledger, 'accepted')).toBe('one [two (A: delete)][zwei (A)] three;')
  })

  test('B4: a paragraph mark in brackets is written where no letter shows them', () => {
    const { room, a } = amended()
    a.pen.split(a.at(2, 3))
    room.sync()
    const split = room.ledger.changes().find(({ kind }) => kind === 'split')!
    room.chair('bracket', split)
    expect(written(room.ledger, 'clean', 3)).toMatch(/^\[¶ \(A\)\] /)
    room.chair('reject', split)
    expect(written(room.ledger, 'clean')).not.toContain('¶')
  })

  test('B6: what is set cannot stand in brackets', () => {
    const { room, a } = amended()
    const { key } = a.ledger.project('marked').paragraphs[3]!
    a.pen.shape([{ key, level: 2 }])
    room.sync()
    const change = room.ledger.changes().find(({ kind }) => kind === 'shape')!
    expect(room.chair('bracket', change)).toEqual({
      problem: 'Only words can stand in square brackets.',
    })
  })
})

test('B5: texts say brackets and holders, the text in force has none', () => {
  const { room } = bracketed()
  const { ledger } = room
  expect(plainText(ledger.project('clean'))).toContain('a)\tone [two (A: delete)][zwei (A)];\n')
  const marked = criticMarkup(markedViews(ledger))
  expect(marked).toContain('{++[++}two{++ (A: delete)][zwei (A)]++}')
  const [, , item] = provisionsOf(ledger.project('accepted'))
  expect(item!.text).toBe('one [two (A: delete)][zwei (A)] three;')
})
