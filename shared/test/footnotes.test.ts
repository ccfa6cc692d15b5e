/** Footnotes: a reference, which is one letter of the text, and a body, which follows it. */
import { expect, test } from 'vitest'
import * as Y from 'yjs'
import { redline } from '../src/compare/index.ts'
import { Ledger, provisionsOf, writeBase } from '../src/ledger/index.ts'
import type { View } from '../src/ledger/index.ts'
import { liftNotes } from '../src/resolution/notes.ts'
import { fingerprint } from '../src/resolution/index.ts'
import type { Provision } from '../src/resolution/index.ts'
import { Meeting, changeWith } from '../src/testing/meeting.ts'
import { noted } from './text-draft.ts'

const base = [
  'number RESOLUTION 45 (Rev. Dubai, 2014)',
  'title Cybersecurity',
  'call recalling',
  'item a) the countries^1^ and 10^2^ others;',
  'item b) the regions^2^,',
  'footnote 1 These include islands.',
  'footnote 2 See the annex.',
].map(noted)

const read = (ledger: Ledger, view: View): string[] =>
  provisionsOf(ledger.project(view)).map(({ label, text, formats }) => {
    const shown = formats.map(({ from, to }) => text.slice(from, to))
    return `${label ?? ''} ${text}${shown.length > 0 ? ` ^${shown.join(',')}` : ''}`.trim()
  })

function room() {
  const meeting = new Meeting(base)
  const [a, b] = [meeting.admit('A'), meeting.admit('B')]
  return { meeting, a, b }
}

test('N1: the footnotes of the text in force are references and bodies, and its fingerprint holds', () => {
  const { meeting } = room()
  const { body, notes, references } = liftNotes(base)
  expect(body).toHaveLength(5)
  expect(notes).toHaveLength(2)
  expect(references).toEqual([0, 1])
  expect(provisionsOf(meeting.ledger.project('base'))).toEqual(base)
  expect(meeting.baseHashOf(meeting.ledger)).toBe(fingerprint(base))
  expect(read(meeting.ledger, 'clean')).toEqual(read(meeting.ledger, 'base'))
  const kinds = meeting.ledger.project('clean').paragraphs.map(({ kind }) => kind)
  expect(kinds.slice(-2)).toEqual(['footnote', 'footnote'])
})

test('N1: where a footnote has no reference, or the references another order, they stay paragraphs', () => {
  const without = base.map((one) => ({ ...one, formats: [] }))
  expect(liftNotes(without).notes).toEqual([])
  const swapped = [...base.slice(0, 3), base[4]!, base[3]!, ...base.slice(5)]
  expect(liftNotes(swapped).notes).toEqual([])
  expect(new Meeting(swapped).baseHash).toBe(fingerprint(swapped))
})

test('N2, N4: a new footnote is seen where its reference is, numbered in the order of references', () => {
  const { meeting, a, b } = room()
  const at = a.pen.insertNote(a.at(3, 3), 'A new one.')!
  a.pen.insert(at, ' More.')
  expect(read(a.ledger, 'clean').slice(3)).toEqual([
    'a) the1 countries2 and 102 others; ^1,2,2',
    'b) the regions3, ^3',
    '1 A new one. More.',
    '2 These include islands.',
    '3 See the annex.',
  ])
  meeting.sync()
  expect(read(b.ledger, 'clean')).toEqual(read(a.ledger, 'clean'))
  expect(read(b.ledger, 'accepted')).toEqual(read(b.ledger, 'base'))
  const label = b.ledger.project('marked').paragraphs.at(-1)!.label
  expect(label).toEqual({ base: '2', view: '3', delegation: 'A' })
})

test('N3: reference and body are one change', () => {
  const { meeting, a } = room()
  a.pen.insert(a.pen.insertNote(a.at(3, 3), 'A new')!, ' one.')
  meeting.sync()
  const changes = meeting.ledger.changes()
  expect(changes).toHaveLength(1)
  expect(changes[0]!.inserted).toBe(' [footnote: A new one.]')
  meeting.chair('accept', changes[0]!)
  expect(read(meeting.ledger, 'accepted')).toEqual(read(meeting.ledger, 'clean'))
  expect(read(meeting.ledger, 'accepted').at(-3)).toBe('1 A new one.')
  meeting.chair('reopen', meeting.ledger.changes()[0]!)
  meeting.chair('reject', meeting.ledger.changes()[0]!)
  expect(read(meeting.ledger, 'clean')).toEqual(read(meeting.ledger, 'base'))
})

test('N2: what is struck with its reference is one change and comes back with it', () => {
  const { meeting, a, b } = room()
  const note = a.ledger.project('marked').paragraphs.at(-2)!
  a.pen.strikeParagraphs([note.key])
  expect(read(a.ledger, 'clean').slice(-2)).toEqual(['b) the regions1, ^1', '1 See the annex.'])
  expect(a.ledger.project('marked').paragraphs.at(-2)!.state.del).toBe('pending')
  meeting.sync()
  const change = changeWith(b.ledger, 'islands')
  expect(change.kind).toBe('deletion')
  expect(change.address).toBe('recalling a)')
  meeting.chair('accept', change)
  expect(read(meeting.ledger, 'accepted')).toEqual(read(meeting.ledger, 'clean'))
  meeting.sync()
  expect(a.pen.undo()!.decided).toBe(1)
  meeting.chair('reopen', changeWith(meeting.ledger, 'islands'))
  meeting.chair('reject', changeWith(meeting.ledger, 'islands'))
  expect(read(meeting.ledger, 'clean')).toEqual(read(meeting.ledger, 'base'))
})

test('N5: taking back one’s own reference withdraws one’s words in its body, redo brings both', () => {
  const { meeting, a } = room()
  a.pen.insertNote(a.at(3, 3), 'A new one.')
  a.pen.erase(a.at(3, 3), a.at(3, 4))
  expect(a.ledger.changes()).toEqual([])
  expect(read(a.ledger, 'marked')).toEqual(read(a.ledger, 'base'))
  a.pen.undo()
  expect(a.ledger.changes()).toHaveLength(1)
  a.pen.undo()
  expect(a.ledger.changes()).toEqual([])
  a.pen.redo()
  expect(read(a.ledger, 'clean').at(-3)).toBe('1 A new one.')
  meeting.sync()
  expect(read(meeting.ledger, 'clean').at(-3)).toBe('1 A new one.')
})

test('N6: a footnote is one paragraph, without footnotes of its own, apart from the text', () => {
  const { meeting, a } = room()
  const end = a.pen.insertNote(a.at(3, 3), 'one\ntwo')!
  expect(a.pen.insertNote(end, 'in a note')).toBeNull()
  expect(a.pen.split(end)).toBe(end)
  expect(a.pen.joinBackward(end.paragraph)).toBeNull()
  a.pen.insert(end, '\nthree')
  expect(read(a.ledger, 'clean').at(-3)).toBe('1 one two three')
  // From within the text into the footnotes: to the end of the text.
  a.pen.erase(a.at(4, 4), a.at(5, 3))
  expect(read(a.ledger, 'clean').slice(4)).toEqual([
    'b) the',
    '1 one two three',
    '2 These include islands.',
  ])
  // From within one footnote into the next: to the end of the first.
  a.pen.erase(a.at(5, 3), a.at(6, 2))
  expect(read(a.ledger, 'clean').slice(5)).toEqual(['1 one', '2 These include islands.'])
  expect(a.pen.shape([{ key: end.paragraph, kind: 'item' }])).toBe(false)
  meeting.sync()
  expect(meeting.baseHashOf(meeting.ledger)).toBe(meeting.baseHash)
})

test('N2: another’s words in a footnote go and come with its reference', () => {
  const { meeting, a, b } = room()
  a.pen.insertNote(a.at(3, 3), 'A new one.')
  meeting.sync()
  b.pen.insert(b.at(5, 5), ' very')
  expect(read(b.ledger, 'clean').at(-3)).toBe('1 A new very one.')
  meeting.sync()
  expect(meeting.ledger.changes()).toHaveLength(2)
  a.pen.undo()
  meeting.sync()
  expect(read(b.ledger, 'clean')).toEqual(read(b.ledger, 'base'))
  a.pen.redo()
  meeting.sync()
  expect(read(b.ledger, 'clean').at(-3)).toBe('1 A new very one.')
})

test('N2: what stands in brackets in a footnote is struck with its reference', () => {
  const { meeting, a } = room()
  a.pen.erase(a.at(5, 8), a.at(5, 13))
  meeting.sync()
  meeting.chair('bracket', meeting.ledger.changes()[0]!)
  meeting.sync()
  const note = a.ledger.project('marked').paragraphs.at(-2)!
  expect(note.brackets).toHaveLength(1)
  a.pen.strikeParagraphs([note.key])
  const struck = a.ledger.project('marked').paragraphs.at(-2)!
  expect(struck.brackets).toEqual([])
  const words = struck.pieces.filter(({ type }) => type === 'text')
  expect(words.map(({ state }) => state.del)).toEqual(words.map(() => 'pending'))
})

const compared = (from: readonly Provision[], to: readonly Provision[]): Ledger => {
  const ydoc = new Y.Doc({ gc: false })
  writeBase(ydoc, 'base', from)
  redline(ydoc, from, to, { client: 2000, delegation: 'A', user: 'a' })
  return new Ledger(ydoc, { client: 2000, delegation: 'A', user: 'a' })
}

test('N7: a comparison inserts, deletes and amends footnotes', () => {
  const target = [
    'number RESOLUTION 45 (Rev. Dubai, 2014)',
    'title Cybersecurity',
    'call recalling',
    'item a) the countries^1^ and 10^2^ new^2^ others;',
    'item b) the regions,',
    'item c) the cities^3^.',
    'footnote 1 These include large islands.',
    'footnote 2 In the sense of no. 1.',
    'footnote 3 And villages.',
  ].map(noted)
  const ledger = compared(base, target)
  expect(read(ledger, 'base')).toEqual(read(compared(base, base), 'clean'))
  expect(read(ledger, 'clean')).toEqual(
    target.map(({ label, text, formats }) => {
      const shown = formats.map(({ from, to }) => text.slice(from, to))
      return `${label ?? ''} ${text}${shown.length > 0 ? ` ^${shown.join(',')}` : ''}`.trim()
    }),
  )
  const said = ledger.changes().map(({ inserted, deleted }) => [deleted, inserted])
  expect(said).toContainEqual(['', 'large '])
  expect(said).toContainEqual([' [footnote: See the annex.]', ''])
  expect(compared(base, base).changes()).toEqual([])
  const back = compared(target, base)
  expect(read(back, 'clean')).toEqual(read(compared(base, base), 'base'))
})

test('N7: ten footnotes and more have numbers of two digits', () => {
  const many = [
    'number RESOLUTION 45 (Rev. Dubai, 2014)',
    'title T',
    `text ${Array.from({ length: 12 }, (_, i) => `word^${i + 1}^`).join(' ')}.`,
    ...Array.from({ length: 12 }, (_, i) => `footnote ${i + 1} Note ${i + 1}.`),
  ].map(noted)
  const { ledger, a } = (() => {
    const meeting = new Meeting(many)
    return { ledger: meeting.ledger, a: meeting.admit('A') }
  })()
  expect(provisionsOf(ledger.project('base'))).toEqual(many)
  a.pen.erase(a.at(2, 4), a.at(2, 5))
  expect(read(a.ledger, 'clean')[2]).toContain('word10 word11.')
  expect(a.ledger.project('marked').paragraphs.at(-1)!.label).toMatchObject({
    base: '12',
    view: '11',
  })
})
