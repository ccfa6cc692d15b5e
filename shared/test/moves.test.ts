/** Moves: the deletion of a paragraph and its copy elsewhere, as one change. */
import { expect, test } from 'vitest'
import * as Y from 'yjs'
import { redline } from '../src/compare/index.ts'
import { Ledger, conflictsOf, lettersBetween, writeBase } from '../src/ledger/index.ts'
import type { Change, Direction, View } from '../src/ledger/index.ts'
import { Meeting, changeWith, linesIn, provision } from '../src/testing/index.ts'
import type { Delegate } from '../src/testing/index.ts'

const base = [
  'number RESOLUTION 45',
  'title Cybersecurity',
  'call recalling',
  'item a) one two;',
  'item b) three,',
  'call resolves',
  'item 1 four:',
  'item/2 i) five',
  'item/2 ii) six;',
  'item 2 seven.',
].map(provision)

function room() {
  const meeting = new Meeting(base)
  const [a, b] = [meeting.admit('A'), meeting.admit('B')]
  return { meeting, a, b }
}

const read = ({ ledger }: { ledger: Ledger }, view: View = 'clean'): string[] =>
  ledger
    .project(view)
    .paragraphs.slice(2)
    .map(({ label, text, leftBehind }) => {
      return `${label.view === null ? '' : `${label.view} `}${text}${leftBehind ? ' †' : ''}`
    })

const inForce = read(room().a, 'base')

/** Moves the paragraphs of the clean view that have these words. */
function move(who: Delegate, direction: Direction, ...words: readonly string[]) {
  const { paragraphs } = who.ledger.project('clean')
  const named = paragraphs.filter(({ text }) => words.some((one) => text.includes(one)))
  return who.pen.move(
    named.map(({ key }) => key),
    direction,
  )
}

const keyOf = ({ ledger }: Delegate, words: string): string =>
  ledger.project('clean').paragraphs.find(({ text }) => text.includes(words))!.key

const said = ({ ledger }: { ledger: Ledger }): string[] =>
  ledger
    .changes()
    .map(({ kind, delegation, state, inserted, deleted, moves }) =>
      [kind, delegation, state, `-${deleted} +${inserted}`, ...moves.map((one) => one.former)].join(
        ', ',
      ),
    )

test('M1: a paragraph changes places with a sibling, each with what stands under it', () => {
  const { a } = room()
  expect(move(a, 'down', 'one two')).toMatchObject({ keys: [expect.any(String)] })
  expect(read(a).slice(0, 3)).toEqual(['recalling', 'a) three,', 'b) one two;'])
  move(a, 'up', 'seven')
  expect(read(a).slice(3)).toEqual(['resolves', '1 seven.', '2 four:', 'i) five', 'ii) six;'])
  move(a, 'down', 'recalling')
  expect(read(a)).toEqual([
    'resolves',
    '1 seven.',
    '2 four:',
    'i) five',
    'ii) six;',
    'recalling',
    'a) three,',
    'b) one two;',
  ])
})

test('M1: what is selected goes together, and to before any paragraph', () => {
  const { a } = room()
  expect(move(a, { before: keyOf(a, 'one two') }, 'four', 'seven')).toMatchObject({
    keys: { length: 4 },
  })
  expect(read(a)).toEqual([
    'recalling',
    'a) four:',
    'i) five',
    'ii) six;',
    'b) seven.',
    'c) one two;',
    'd) three,',
    'resolves',
  ])
  move(a, { before: null }, 'four')
  expect(read(a).slice(-4)).toEqual(['resolves', '1 four:', 'i) five', 'ii) six;'])
  expect(said(a)).toEqual(['paragraph moved, A, pending, -seven. +seven., resolves 2'])
})

test('M1: nothing goes where it has no sibling, where it is, before the number line or out of brackets', () => {
  const { meeting, a } = room()
  expect(move(a, 'up', 'one two')).toEqual({ problem: 'edge' })
  expect(move(a, 'down', 'three')).toEqual({ problem: 'edge' })
  expect(move(a, 'up', 'five')).toEqual({ problem: 'edge' })
  expect(move(a, 'up', 'recalling')).toEqual({ problem: 'edge' })
  expect(move(a, 'down', 'Cyber')).toEqual({ problem: 'fixed' })
  expect(move(a, { before: keyOf(a, 'RESOLUTION') }, 'three')).toEqual({ problem: 'fixed' })
  expect(move(a, { before: keyOf(a, 'six') }, 'four')).toEqual({ problem: 'here' })
  expect(a.pen.canUndo).toBe(false)
  a.pen.strikeParagraphs([keyOf(a, 'three')])
  meeting.sync()
  meeting.chair('bracket', changeWith(meeting.ledger, 'three'))
  meeting.sync()
  expect(move(a, 'up', 'three')).toEqual({ problem: 'brackets' })
  expect(read(a, 'base')).toEqual(inForce)
})

test('M2: the text in force is struck and its copy names it; one’s own new paragraph leaves no trace', () => {
  const { meeting, a, b } = room()
  const key = keyOf(a, 'three')
  move(a, 'up', 'three')
  const copy = a.ledger.project('clean').paragraphs[3]!
  expect(copy.marker).toEqual({ b: 'item', from: key, size: 7 })
  expect(read(a, 'marked').slice(0, 4)).toEqual(['recalling', 'a) three,', 'b) one two;', 'three,'])
  const place = a.pen.split(a.at(3, 6))
  a.pen.insert(place, 'new')
  move(a, 'down', 'new')
  expect(read(a, 'marked').slice(1, 5)).toEqual(['a) three,', 'b) one two;', 'c) new', 'three,'])
  expect(said(a)).toEqual([
    'paragraph moved, A, pending, -three, +three,, recalling b)',
    'paragraph inserted, A, pending, - +new',
  ])
  // Another delegation's new paragraph is struck like the text in force.
  meeting.sync()
  move(b, 'up', 'new')
  expect(read(b).slice(1, 4)).toEqual(['a) three,', 'b) new', 'c) one two;'])
  expect(said(b)).toContainEqual('paragraph moved, B, pending, -new +new, recalling')
})

test('M3: formats, kind and level go along; others’ pending words and what stands in brackets stay', () => {
  const { meeting, a, b } = room()
  const six = a.ledger.project('clean').paragraphs[8]!
  const whole = { paragraph: 8, offset: 0 }
  const italic = lettersBetween(a.ledger.project('clean'), whole, { ...whole, offset: 4 })
  a.pen.format(italic, 'italic')
  a.pen.shape([{ key: six.key, kind: 'text' }])
  b.pen.insert(b.at(8, 3), ' foreign')
  b.pen.erase(b.at(8, 0), b.at(8, 1))
  meeting.sync()
  move(a, 'up', 'foreign')
  expect(linesIn(a.ledger.project('clean')).slice(7)).toEqual([
    'text/2  six; italic 0-4',
    'item/2 i) five',
    'text/2   foreign †',
    'item/1 2 seven.',
  ])
  // B's deletion was not swallowed, and meets the move.
  meeting.sync()
  const conflicts = conflictsOf(meeting.ledger, meeting.ledger.changes())
  const moved = meeting.ledger.changes().find(({ kind }) => kind === 'paragraph moved')!
  expect(conflicts.get(moved.id)).toMatchObject([
    { kind: 'edit', changes: [{ deleted: 's' }, { inserted: ' foreign' }] },
  ])
})

test('M3: what is joined goes as one paragraph, and comes back as it was', () => {
  const { a } = room()
  a.pen.joinBackward(keyOf(a, 'six'))
  a.pen.insert(a.pen.split(a.at(7, 8, 'clean')), 'own')
  const before = [read(a, 'marked'), said(a)]
  expect(read(a).slice(-3)).toEqual(['i) fivesix;', 'ii) own', '2 seven.'])
  move(a, 'up', 'own')
  expect(read(a).slice(-3)).toEqual(['i) own', 'ii) fivesix;', '2 seven.'])
  expect(said(a)).toHaveLength(before[1]!.length)
  move(a, 'down', 'own')
  expect([read(a, 'marked'), said(a).toSorted()]).toEqual([before[0], before[1]!.toSorted()])
  move(a, 'down', 'fivesix')
  expect(read(a).slice(-3)).toEqual(['i) own', 'ii) fivesix;', '2 seven.'])
  expect(said(a)).toEqual([
    'paragraph inserted, A, pending, - +own',
    'paragraph moved, A, pending, -fivesix; +fivesix;, resolves 1 i)',
  ])
  a.pen.undo()
  expect([read(a, 'marked'), said(a).toSorted()]).toEqual([before[0], before[1]!.toSorted()])
})

test('L11: moved items keep their style where no literal asks for another', () => {
  const { a } = room()
  move(a, 'down', 'recalling')
  move(a, 'up', 'seven')
  expect(read(a)).toEqual([
    'resolves',
    '1 seven.',
    '2 four:',
    'i) five',
    'ii) six;',
    'recalling',
    'a) one two;',
    'b) three,',
  ])
  const { paragraph } = a.pen.insert(a.pen.split(a.at(9, 6, 'clean')), 'decides')
  a.pen.shape([{ key: paragraph, kind: 'call' }])
  move(a, { before: null }, 'three')
  expect(read(a).slice(-2)).toEqual(['decides', '1 three,'])
})

test('M4: a footnote goes along as a new one, and the former waits with what others propose in it', () => {
  const lines = ['number RESOLUTION 45', 'title T', 'item a) one1,', 'item b) two2;']
  const numbered = lines.map(provision).map((one, i) => {
    const at = i < 2 ? [] : [{ from: 3, to: 4, format: 'superscript' as const }]
    return { ...one, formats: at }
  })
  const note = (label: string, text: string) => ({ ...provision('footnote x'), label, text })
  const meeting = new Meeting([...numbered, note('1', 'First.'), note('2', 'Second.')])
  const [a, b] = [meeting.admit('A'), meeting.admit('B')]
  b.pen.insert(b.at(4, 5), ' of B')
  a.pen.insert(a.at(4, 0), 'My ')
  meeting.sync()
  move(a, 'down', 'one')
  expect(read(a)).toEqual(['a) two\ufffc;', 'b) one\ufffc,', '1 Second.', '2 My First.'])
  expect(said(a)[0]).toBe(
    'paragraph moved, A, pending, -one [footnote: My First of B.], +one [footnote: My First.],, a)',
  )
  meeting.sync()
  expect(read(a, 'marked').slice(2).toSorted()).toContain('My First of B.')
  move(a, 'up', 'one')
  expect(read(a).slice(2)).toEqual(['1 My First of B.', '2 Second.'])
  expect(said(a).map((one) => one.split(',')[0])).toEqual(['insertion', 'insertion'])
  move(a, 'down', 'one')
  meeting.sync()
  meeting.chair('accept', meeting.ledger.changes()[0]!)
  expect(read(meeting, 'accepted')).toEqual([
    'a) two\ufffc;',
    'b) one\ufffc,',
    '1 Second.',
    '2 My First.',
  ])
})

test('M5: the copy of a copy names the first origin, and back there no change is left', () => {
  const { meeting, a, b } = room()
  for (const words of ['five', 'six']) move(a, { before: keyOf(a, 'one two') }, words)
  move(a, { before: null }, 'five')
  expect(read(a, 'marked').filter((line) => line.includes('five'))).toHaveLength(2)
  expect(a.ledger.changes()).toHaveLength(2)
  move(a, { before: keyOf(a, 'seven') }, 'six')
  move(a, { before: keyOf(a, 'six') }, 'five')
  expect([read(a, 'marked'), said(a)]).toEqual([inForce, []])
  // With other words it stays a copy.
  move(a, 'down', 'one two')
  a.pen.insert(a.at(5, 3), ' x')
  move(a, 'up', 'one x')
  expect(said(a)).toEqual(['paragraph moved, A, pending, -one two; +one x two;, recalling a)'])
  // Accepted copies are moved like the text in force.
  meeting.sync()
  meeting.chair('accept', meeting.ledger.changes()[0]!)
  meeting.sync()
  move(b, 'down', 'one x')
  expect(said(b)[1]).toBe('paragraph moved, B, pending, -one x two; +one x two;, recalling')
})

test.each(['accept', 'reject', 'bracket'] as const)(
  'M6: %s decides both halves, reopening restores them, and one step undoes all',
  (verb) => {
    const { meeting, a } = room()
    move(a, 'down', 'four')
    expect(said(a)).toEqual([
      'paragraph moved, A, pending, -four:\nfive\nsix; +four:\nfive\nsix;, resolves 1, resolves 1 i), resolves 1 ii)',
    ])
    meeting.sync()
    const before = said(meeting)
    const moved = [...inForce.slice(0, 4), '1 seven.', '2 four:', 'i) five', 'ii) six;']
    meeting.chair(verb, meeting.ledger.changes()[0]!)
    const state = { accept: 'accepted', reject: 'rejected', bracket: 'bracketed' }[verb]
    expect(said(meeting)).toEqual(before.map((one) => one.replace('pending', state)))
    expect(read(meeting, 'accepted')).toEqual(
      { accept: moved, reject: inForce, bracket: read(meeting, 'clean') }[verb],
    )
    if (verb === 'bracket')
      expect(read(meeting).filter((one) => one.includes('five'))).toHaveLength(2)
    meeting.chair('reopen', meeting.ledger.changes()[0]!)
    expect(said(meeting)).toEqual(before)
    meeting.sync()
    expect(read(a)).toEqual(moved)
    a.pen.undo()
    expect([read(a, 'marked'), said(a)]).toEqual([inForce, []])
    a.pen.redo()
    expect([read(a), said(a)]).toEqual([moved, before])
    expect(a.pen.withdraw(a.ledger.changes()[0]!)).toBe(true)
    expect([read(a, 'marked'), said(a)]).toEqual([inForce, []])
  },
)

test('M6: what is written in the copy later is a change of its own, also once the copy is split', () => {
  const { meeting, a, b } = room()
  move(a, 'down', 'one two')
  meeting.sync()
  a.pen.insert(a.at(5, 4), 'more ')
  b.pen.insert(b.at(5, 7), ' others')
  meeting.sync()
  a.pen.split(a.at(5, 4))
  expect(said(a)).toEqual([
    'paragraph moved, A, pending, -one two; +one two;, recalling a)',
    'split, A, pending, - +',
    'insertion, A, pending, - +more ',
    'insertion, B, pending, - + others',
  ])
})

test('M7: a link that leads nowhere, or to what stays, is an inserted paragraph; the first of two copies has it', () => {
  const { meeting, a } = room()
  const other = meeting.admit('A', 'colleague')
  move(a, 'down', 'one two')
  move(other, 'down', 'one two')
  meeting.sync()
  const kinds = () => meeting.ledger.changes().map(({ kind }) => kind)
  expect(kinds().toSorted()).toEqual(['paragraph inserted', 'paragraph moved'])
  a.pen.undo()
  meeting.sync()
  expect(kinds()).toEqual(['paragraph moved'])
  // The original stands again, where its deletion is rejected alone.
  const [moved] = meeting.ledger.changes()
  meeting.chair('reject', { ...(moved as Change), ins: [] })
  expect(kinds().toSorted()).toEqual(['paragraph deleted', 'paragraph inserted'])
})

test('M2, M6: a comparison of two texts links what was moved, a footnote and other words included', () => {
  const lines = [
    'number RESOLUTION 45',
    'title T',
    'item a) the first of all these many provisions^,',
    'item b) a second one about quite different matters;',
    'item c) and the third which is the last of them.',
  ]
  const noted = (line: string) => {
    const at = line.indexOf('^') - 'item a) '.length
    const formats = at < 0 ? [] : [{ from: at, to: at + 1, format: 'superscript' as const }]
    return { ...provision(line.replace('^', '1')), formats }
  }
  const [number, title, first, ...rest] = lines.map(noted)
  const note = { ...provision('footnote x'), label: '1', text: 'A note.' }
  const from = [number!, title!, first!, ...rest, note]
  const to = [number!, title!, ...rest, noted(lines[2]!.replace('many', 'few')), note]
  const ydoc = new Y.Doc({ gc: false })
  writeBase(ydoc, 'test', from)
  const hand = { client: 5000, delegation: 'B', user: 'b' }
  redline(ydoc, from, to, hand)
  const ledger = new Ledger(ydoc, hand)
  expect(said({ ledger })).toEqual([
    'paragraph moved, B, pending, -the first of all these many provisions [footnote: A note.], ' +
      '+the first of all these few provisions [footnote: A note.],, a)',
  ])
  expect(read({ ledger }).at(-2)).toBe('c) the first of all these few provisions\ufffc,')
})

test('C9: two moves of a paragraph collide, or agree where they go to one place', () => {
  const { meeting, a, b } = room()
  const c = meeting.admit('C')
  move(a, 'down', 'one two')
  move(b, 'down', 'one two')
  move(c, { before: null }, 'one two')
  meeting.sync()
  const changes = meeting.ledger.changes()
  const conflicts = conflictsOf(meeting.ledger, changes)
  const met = changes.flatMap(({ id, delegation }) =>
    (conflicts.get(id) ?? []).map(
      ({ kind, changes: others }) =>
        `${kind} ${delegation}: ${others.map((one) => one.delegation).join()}`,
    ),
  )
  expect(met).toEqual([
    'agreement A: B',
    'collision A: C',
    'agreement B: A',
    'collision B: C',
    'collision C: A,B',
  ])
})
