/** Deciding several changes at once: what is chosen, what is foretold, what is refused. */
import { describe, expect, test } from 'vitest'
import {
  decide,
  decisionsOf,
  previewOf,
  range,
  requestFor,
  sectionAt,
  within,
  writeDecision,
} from '../src/ledger/index.ts'
import type { Change, Verb } from '../src/ledger/index.ts'
import { Meeting, changeWith, linesOf, provision } from '../src/testing/index.ts'

function meeting() {
  const lines = [
    'number RESOLUTION 45',
    'title Cybersecurity',
    'call recalling',
    'item a) one two three;',
    'item b) four,',
    'call resolves',
    'item 1 five.',
  ]
  const room = new Meeting(lines.map(provision))
  return { room, a: room.admit('A'), b: room.admit('B') }
}

function decided({ ledger, ydoc }: Meeting, verb: Verb, changes: readonly Change[], note = '') {
  const made = decide(ledger, requestFor(ledger, verb, changes, note), `d${note}`)
  if ('decision' in made) writeDecision(ydoc, made.decision)
  return made
}

describe('several changes', () => {
  test('D10: are decided at once, and know which decision it was', () => {
    const { room, a, b } = meeting()
    a.pen.insert(a.at(3, 4), 'new ')
    b.pen.erase(b.at(4, 0), b.at(4, 4))
    room.sync()
    expect(room.ledger.changes().map(({ decisions }) => decisions)).toEqual([[], []])
    decided(room, 'accept', room.ledger.changes(), 'agreed')
    expect(room.ledger.changes().map(({ state, decisions }) => [state, ...decisions])).toEqual([
      ['accepted', 'dagreed'],
      ['accepted', 'dagreed'],
    ])
    expect(decisionsOf(room.ydoc).get(0)).toMatchObject({ note: 'agreed' })
    decided(room, 'reopen', room.ledger.changes())
    expect(room.ledger.changes().map(({ decisions }) => decisions)).toEqual([[], []])
  })

  test('D10: a part of a change is decided by its tokens', () => {
    const { room, a } = meeting()
    a.pen.insert(a.at(3, 4), 'brand new ')
    room.sync()
    const [client, clock] = changeWith(room.ledger, 'new').ins as [number, number]
    const parts = within(room.ledger.changes(), range(client, clock, 6))
    decided(room, 'accept', parts)
    expect(linesOf(room.ledger, 'accepted')[3]).toBe('a) one brand two three;')
    expect(room.ledger.changes().map(({ state, inserted }) => [state, inserted])).toEqual([
      ['accepted', 'brand '],
      ['pending', 'new '],
    ])
    expect(within(room.ledger.changes(), range(client, clock + 99, 1))).toEqual([])
  })

  test('D10: a section goes from a call to the next', () => {
    const { room } = meeting()
    const { paragraphs } = room.ledger.project('marked')
    const sectionOf = (index: number) => {
      const keys = sectionAt(paragraphs, paragraphs[index]!.key)
      return paragraphs.flatMap(({ key }, i) => (keys.has(key) ? [i] : []))
    }
    expect([0, 1].map(sectionOf)).toEqual([
      [0, 1],
      [0, 1],
    ])
    expect([2, 3, 4].map(sectionOf)).toEqual([
      [2, 3, 4],
      [2, 3, 4],
      [2, 3, 4],
    ])
    expect(sectionOf(6)).toEqual([5, 6])
    expect(sectionAt(paragraphs, '9:9').size).toBe(0)
  })
})

test('D11: a refused request says at which paragraphs something changed', () => {
  const { room, a, b } = meeting()
  a.pen.erase(a.at(3, 0), a.at(3, 3))
  a.pen.erase(a.at(6, 0), a.at(6, 4))
  room.sync()
  const stale = requestFor(room.ledger, 'accept', room.ledger.changes())
  b.pen.erase(b.at(6, 0), b.at(6, 4))
  room.sync()
  expect(decide(room.ledger, stale, 'd')).toEqual({
    conflict: 'The text changed at resolves 1 while you were deciding. Look at it again.',
    changed: ['resolves 1'],
  })
})

describe('a preview', () => {
  test('D12: counts the changes and says how both views would change', () => {
    const { room, a, b } = meeting()
    a.pen.replace(a.at(3, 4), a.at(3, 7), 'zwei')
    b.pen.insert(b.at(4, 4), ' more')
    b.pen.insert(b.at(6, 4), ' too')
    room.sync()
    const before = linesOf(room.ledger, 'accepted')
    const accept = previewOf(room.ledger, 'accept', room.ledger.changes())
    expect(accept).toMatchObject({
      delegations: [
        { code: 'B', count: 2 },
        { code: 'A', count: 1 },
      ],
      unsuited: 0,
      leftBehind: [],
      struck: [],
      problem: null,
    })
    expect(accept.turns.clean).toEqual([])
    expect(accept.turns.accepted[0]).toEqual({
      address: 'recalling a)',
      before: 'a) one two three;',
      after: 'a) one zwei three;',
    })
    const reject = previewOf(room.ledger, 'reject', room.ledger.changes())
    expect([reject.turns.clean.length, reject.turns.accepted.length]).toEqual([3, 0])
    expect(linesOf(room.ledger, 'accepted')).toEqual(before)
  })

  test('D12: names insertions that accepted will show and clean will not', () => {
    const { room, a, b } = meeting()
    a.pen.insert(a.at(3, 0), 'new ')
    room.sync()
    b.pen.erase(b.at(3, 0), b.at(3, 4))
    room.sync()
    const insertion = room.ledger.changes().find(({ kind }) => kind === 'insertion')!
    const own = previewOf(room.ledger, 'accept', [insertion])
    expect(own.struck).toEqual([insertion])
    expect(own.turns.accepted.map(({ after }) => after)).toEqual(['a) new one two three;'])
  })

  test('D12: leaves aside what the verb does not suit', () => {
    const { room, a } = meeting()
    a.pen.insert(a.at(3, 0), 'new ')
    a.pen.shape([{ key: a.ledger.project('marked').paragraphs[4]!.key, level: 2 }])
    room.sync()
    const { decided: words, unsuited } = previewOf(room.ledger, 'bracket', room.ledger.changes())
    expect([words.length, unsuited]).toEqual([1, 1])
  })

  test('D13: leaves out what is left behind, unless it is asked for', () => {
    const { room, a, b } = meeting()
    a.pen.strikeParagraphs([a.ledger.project('marked').paragraphs[4]!.key])
    b.pen.insert(b.at(4, 4), ' and more')
    room.sync()
    const changes = room.ledger.changes()
    const clean = linesOf(room.ledger, 'clean')
    const bulk = previewOf(room.ledger, 'accept', changes)
    expect(bulk.leftBehind.map(({ inserted }) => inserted)).toEqual([' and more'])
    decided(room, 'accept', bulk.decided)
    expect(linesOf(room.ledger, 'clean')).toEqual(clean)
    expect(linesOf(room.ledger, 'accepted').join()).not.toContain('and more')
    expect(previewOf(room.ledger, 'accept', changes, true).decided).toHaveLength(2)
  })
})
