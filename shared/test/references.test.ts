/** References to provisions of the text itself, and what becomes of them. */
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { staleReferences, writeNumbering } from '../src/ledger/index.ts'
import type { Ledger } from '../src/ledger/index.ts'
import { noLabel } from '../src/resolution/index.ts'
import {
  Meeting,
  Play,
  complaintsOf,
  played,
  provision,
  scripts,
  stage,
} from '../src/testing/index.ts'
import type { Delegate } from '../src/testing/index.ts'

const text = [
  'number R 45',
  'call considering',
  'item a) one',
  'item b) two',
  'item c) three',
  'call resolves',
  'item 1 to act upon considering b) and c) above',
  'item 2 to do four',
  'item/2 a) deeper',
  'item 3 to report on resolves 2 a)',
  'text the end',
]

function meeting() {
  const room = new Meeting(text.map(provision))
  return { room, a: room.admit('A'), b: room.admit('B') }
}

const indexOf = ({ ledger }: Delegate, words: string): number =>
  ledger.project('marked').paragraphs.findIndex((each) => each.text.includes(words))

/** Types letter by letter at the end of the paragraph with some words. */
function type(a: Delegate, words: string, typed: string): void {
  const index = indexOf(a, words)
  let at = a.at(index, a.ledger.project('marked').paragraphs[index]!.text.length)
  for (const letter of typed) at = a.pen.insert(at, letter)
}

/** Adds an item after the paragraph with some words. */
function add(a: Delegate, after: string, words: string): void {
  const index = indexOf(a, after)
  const { length } = a.ledger.project('marked').paragraphs[index]!.text
  a.pen.insert(a.pen.split(a.at(index, length)), words)
}

const strike = (a: Delegate, words: string): void =>
  a.pen.strikeParagraphs([a.ledger.project('marked').paragraphs[indexOf(a, words)]!.key])

const told = ({ ledger }: { readonly ledger: Ledger }): string[] =>
  staleReferences(ledger).map(({ address, said, fate }) => {
    if (fate.type === 'moved')
      return `${address}: ${said} is ${fate.now}${fate.isMendable ? '' : ' elsewhere'}`
    return `${address}: ${said} deleted by ${fate.by.join()}${fate.isAccepted ? ', accepted' : ''}`
  })

const clean = ({ ledger }: Delegate, words: string): string =>
  ledger.project('clean').paragraphs.find((each) => each.text.includes(words))!.text

describe('a reference in the text in force', () => {
  test('X2: means what the labels of the text in force say', () => {
    const { a } = meeting()
    expect(told(a)).toEqual([])
    add(a, 'one', 'new')
    expect(told(a)).toEqual([
      'resolves 1: considering b) is considering c)',
      'resolves 1: considering c) is considering d)',
    ])
    a.pen.undo()
    a.pen.undo()
    expect(told(a)).toEqual([])
  })

  test('X2, X4: through levels, and as the draft labels what is inserted', () => {
    const { a } = meeting()
    add(a, 'upon', 'new')
    expect(told(a)).toEqual(['resolves 4: resolves 2 a) is resolves 3 a)'])
    writeNumbering(a.ydoc, 'bis')
    expect(told(a)).toEqual([])
    a.pen.shape([
      { key: a.ledger.project('clean').paragraphs[indexOf(a, 'deeper')]!.key, label: '2A' },
    ])
    expect(told(a)).toEqual(['resolves 3: resolves 2 a) is resolves 2 2A'])
  })

  test('X5: one press writes all that is to be written, as changes of one step; then there is none', () => {
    const { room, a, b } = meeting()
    add(a, 'one', 'new')
    room.sync()
    room.sync()
    expect(b.pen.mend(staleReferences(b.ledger))).toBe(2)
    room.sync()
    room.sync()
    for (const each of [a, b]) {
      expect(told(each)).toEqual([])
      expect(clean(each, 'upon')).toBe('to act upon considering c) and d) above')
    }
    const changes = a.ledger.changes().filter(({ delegation }) => delegation === 'B')
    expect(changes.map(({ kind, deleted, inserted }) => `${kind} ${deleted} ${inserted}`)).toEqual([
      'replacement b c',
      'replacement c d',
    ])
    // What they mean stays known: they move again, and back.
    add(a, 'one', 'newer')
    room.sync()
    room.sync()
    expect(told(b)).toEqual([
      'resolves 1: considering c) is considering d)',
      'resolves 1: considering d) is considering e)',
    ])
    b.pen.undo()
    expect(clean(b, 'upon')).toBe('to act upon considering b) and c) above')
  })

  test('X5: what is rejected or taken back is told again', () => {
    const { room, a } = meeting()
    add(a, 'upon', 'new')
    a.pen.mend(staleReferences(a.ledger))
    room.sync()
    const mended = room.ledger.changes().find(({ kind }) => kind === 'replacement')!
    expect([mended.deleted, mended.inserted]).toEqual(['2', '3'])
    room.chair('reject', mended)
    expect(told(room)).toEqual(['resolves 4: resolves 2 a) is resolves 3 a)'])
  })

  test('X4: of what is to go it is said who wants that, and nothing is offered', () => {
    const { room, a, b } = meeting()
    strike(b, 'three')
    room.sync()
    room.sync()
    expect(told(a)).toEqual(['resolves 1: considering c) deleted by B'])
    expect(a.pen.mend(staleReferences(a.ledger))).toBe(0)
    const [deletion] = room.ledger.changes()
    room.chair('accept', deletion!)
    expect(told(room)).toEqual(['resolves 1: considering c) deleted by B, accepted'])
  })

  test('X4: what was moved is its copy', () => {
    const { room, a } = meeting()
    const at = indexOf(a, 'three')
    const { key } = a.ledger.project('clean').paragraphs[at]!
    expect(a.pen.move([key], 'up')).toHaveProperty('keys')
    expect(told(a)).toEqual([
      'resolves 1: considering b) is considering c)',
      'resolves 1: considering c) is considering b)',
    ])
    room.sync()
    a.pen.mend(staleReferences(a.ledger))
    expect(clean(a, 'upon')).toBe('to act upon considering c) and b) above')
    expect(told(a)).toEqual([])
    a.pen.undo()
    a.pen.undo()
    expect(told(a)).toEqual([])
  })

  test('X4: what is labelled no more, or stands under another call, is not written for anybody', () => {
    const { a } = meeting()
    const { key } = a.ledger.project('clean').paragraphs[indexOf(a, 'deeper')]!
    a.pen.shape([{ key, label: noLabel }])
    expect(told(a)).toEqual(['resolves 3: resolves 2 a) deleted by '])
    a.pen.undo()
    add(a, 'three', 'new')
    a.pen.shape([
      { key: a.ledger.project('clean').paragraphs[indexOf(a, 'new')]!.key, kind: 'call' },
    ])
    expect(told(a)).toEqual([])
    strike(a, 'resolves')
    const fates = staleReferences(a.ledger).map(
      ({ fate }) => fate.type === 'moved' && fate.isMendable,
    )
    expect(fates).toEqual([false])
  })
})

describe('a reference that is typed', () => {
  test('X3: means what the labels said when it was typed', () => {
    const { room, a, b } = meeting()
    add(a, 'one', 'new')
    room.sync()
    room.sync()
    // Canada sees "new" as b) when it writes of it.
    type(b, 'the end', ', see considering b)')
    expect(told(b)).toHaveLength(2)
    add(a, 'one', 'newer')
    room.sync()
    room.sync()
    expect(told(a).at(-1)).toBe('resolves: considering b) is considering c)')
    expect(told(a)).toEqual(told(b))
  })

  test('X3: two who write at the same time mean each what they saw', () => {
    const { room, a, b } = meeting()
    add(a, 'one', 'new')
    type(b, 'the end', ', see considering b)')
    room.sync()
    room.sync()
    expect(told(a).at(-1)).toBe('resolves: considering b) is considering c)')
  })

  test('X3: letter by letter, pasted, corrected by hand, and through levels', () => {
    const { a } = meeting()
    type(a, 'the end', ' of resolves 2 a) and resolves 3 and')
    const at = a.at(indexOf(a, 'the end'), 0)
    a.pen.insert(at, 'considering a) and c): ')
    expect(told(a)).toEqual([])
    add(a, 'upon', 'new')
    add(a, 'one', 'new')
    const of = (words: string) => told(a).filter((line) => line.startsWith(words))
    expect(of('resolves: ')).toEqual([
      'resolves: considering c) is considering d)',
      'resolves: resolves 2 a) is resolves 3 a)',
      'resolves: resolves 3 is resolves 4',
    ])
    a.pen.mend(staleReferences(a.ledger))
    expect(told(a)).toEqual([])
    expect(clean(a, 'the end')).toBe(
      'considering a) and d): the end of resolves 3 a) and resolves 4 and',
    )
    // By hand: the letter before a parenthesis that was there.
    const index = indexOf(a, 'the end')
    const { text: shown } = a.ledger.project('clean').paragraphs[index]!
    const d = shown.indexOf('d)')
    a.pen.replace(a.at(index, d, 'clean'), a.at(index, d + 1, 'clean'), 'b')
    expect(told(a)).toEqual([])
    add(a, 'one', 'newest')
    expect(of('resolves: considering')).toEqual(['resolves: considering b) is considering c)'])
  })

  test('X3, X5: with hard spaces', () => {
    const { a } = meeting()
    type(a, 'the end', ' of resolves\u00a02\u00a0a)')
    add(a, 'upon', 'new')
    a.pen.mend(staleReferences(a.ledger))
    expect(clean(a, 'the end')).toBe('the end of resolves\u00a03\u00a0a)')
    add(a, 'upon', 'newer')
    expect(told(a).at(-1)).toBe('resolves: resolves 3 a) is resolves 4 a)')
  })

  test('X3: bis, and a label set by hand', () => {
    const { a } = meeting()
    writeNumbering(a.ydoc, 'bis')
    add(a, 'one', 'new')
    type(a, 'the end', ' of considering a bis) and resolves 2')
    expect(told(a)).toEqual([])
    writeNumbering(a.ydoc, 'renumber')
    expect(told(a).filter((line) => line.startsWith('resolves: '))).toEqual([
      'resolves: considering a bis) is considering b)',
    ])
    a.pen.mend(staleReferences(a.ledger))
    expect(clean(a, 'the end')).toBe('the end of considering b) and resolves 2')
    writeNumbering(a.ydoc, 'bis')
    a.pen.mend(staleReferences(a.ledger))
    expect(clean(a, 'the end')).toBe('the end of considering a bis) and resolves 2')
    expect(told(a)).toEqual([])
  })
})

test('X3: nobody says what the words of others mean', () => {
  const { room, a, b } = meeting()
  type(b, 'the end', ', see considering b)')
  room.sync()
  room.sync()
  const paragraph = a.ledger.project('clean').paragraphs[indexOf(a, 'the end')]!
  const letters = paragraph.pieces.filter(({ shown, client }) => shown && client === b.client)
  const { client, clock, length } = letters.at(-1)!
  a.ledger.ydoc.getMap('d:A').set(`${a.client}:99`, {
    type: 'ref',
    r: [client, clock + length - 2, 2],
    to: [1, 0],
    user: a.user,
  })
  expect(told(a)).toEqual([])
})

/** What is written in place of some of a script's words. */
const said = new Map([
  ['of ', ' recalling c)'],
  ['x', ', resolves 2'],
  [' new words', ' recalling a) and b)'],
])

/** The stage, which refers to itself. */
const referringStage = stage.map((one) =>
  one.text === 'nine' ? { ...one, text: 'nine of recalling c) and resolves 2' } : one,
)

test('X2, X5: whatever several delegations and a chair did, mended references say what they mean', () => {
  let stale = 0
  fc.assert(
    fc.property(scripts(30), ({ seats, steps }) => {
      const play = new Play(seats, referringStage)
      const referring = steps.map((step) => ({ ...step, text: said.get(step.text) ?? step.text }))
      expect(played(play, { steps: referring }, complaintsOf)).toEqual([])
      const { delegate } = play.players[0]!
      const before = staleReferences(delegate.ledger)
      stale += before.length
      delegate.pen.mend(before)
      const left = staleReferences(delegate.ledger)
      expect(left.filter(({ fate }) => fate.type === 'moved' && fate.isMendable)).toEqual([])
      play.finish()
      for (const { delegate: other } of play.players)
        expect(staleReferences(other.ledger)).toEqual(staleReferences(play.meeting.ledger))
    }),
    { numRuns: 25 },
  )
  expect(stale).toBeGreaterThan(0)
})
