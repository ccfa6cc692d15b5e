import { describe, expect, test } from 'vitest'
import { decide, provisionsOf, requestFor, writeDecision } from '../src/ledger/index.ts'
import type { Change, Place, Verb, View } from '../src/ledger/index.ts'
import type { Format, Kind } from '../src/resolution/index.ts'
import { toRanges } from '../src/ledger/ranges.ts'
import { Meeting, provision } from '../src/testing/index.ts'
import type { Delegate } from '../src/testing/index.ts'

function meeting() {
  const room = new Meeting(
    [
      'number R 45',
      'call recalling',
      'item a) one',
      'item b) two',
      'item c) three',
      'text four',
    ].map(provision),
  )
  return { room, a: room.admit('A'), b: room.admit('B') }
}

const set = ({ pen, ledger }: Delegate, paragraph: number, to: { kind?: Kind; level?: number }) => {
  const { key } = ledger.project('marked').paragraphs[paragraph]!
  return pen.shape([{ key, ...to }])
}

/** What follows the call in a view: kind, level, label, text. */
const seen = ({ ledger }: Pick<Delegate, 'ledger'>, view: View): string[] =>
  ledger
    .project(view)
    .paragraphs.slice(2)
    .map(({ kind, level, label, text }) => `${kind}/${level} ${label.view ?? '-'} ${text}`)

const original = ['item/1 a) one', 'item/1 b) two', 'item/1 c) three', 'text/1 - four']

const indented = ['item/1 a) one', 'item/2 i) two', 'item/1 b) three', 'text/1 - four']

const listed = ({ ledger }: Pick<Delegate, 'ledger'>): string[] =>
  ledger.changes().flatMap(({ kind, delegation, state, setting }) => {
    if (!setting) return []
    const { property, value, former, collides } = setting
    const what = `${property} ${former} ${value}`
    return `${kind} ${delegation} ${state} ${what}${collides ? ' collides' : ''}`
  })

const changeOf = ({ ledger }: Meeting, delegation: string): Change =>
  ledger.changes().find((change) => change.delegation === delegation)!

const chair = (room: Meeting, verb: Verb, delegation: string) => {
  const decided = room.chair(verb, changeOf(room, delegation))
  room.sync()
  return decided
}

const format = ({ pen, ledger }: Delegate, paragraph: number, name: Format) =>
  pen.format(
    ledger.project('marked').paragraphs[paragraph]!.pieces.filter(({ shown }) => shown),
    name,
  )

const spans = ({ ledger }: Pick<Delegate, 'ledger'>, paragraph: number, view: View): string => {
  const { formats } = provisionsOf(ledger.project(view))[paragraph]!
  return formats.map(({ from, to, format: name }) => `${name} ${from}-${to}`).join(', ')
}

describe('what paragraphs are', () => {
  test('P1, P3, L8, C8: a level is set, seen where proposals are seen, and moves the labels', () => {
    const { room, a } = meeting()
    expect(set(a, 3, { level: 2 })).toBe(true)
    room.sync()
    expect(seen(room, 'clean')).toEqual(indented)
    expect(seen(room, 'marked')).toEqual(indented)
    expect(seen(room, 'base')).toEqual(original)
    expect(seen(room, 'accepted')).toEqual(original)
    expect(listed(room)).toEqual(['shape A pending level 1 2'])
    const [, , , two, three] = room.ledger.project('marked').paragraphs
    expect(
      [two!.label, three!.label].map(({ base, view, delegation }) => [base, view, delegation]),
    ).toEqual([
      ['b)', 'i)', 'A'],
      ['c)', 'b)', 'A'],
    ])
  })

  test('P1, L8: a text that is made an item is counted, an item made a text is not', () => {
    const { room, a } = meeting()
    set(a, 5, { kind: 'item' })
    set(a, 2, { kind: 'text' })
    room.sync()
    expect(seen(room, 'clean')).toEqual([
      'text/1 - one',
      'item/1 a) two',
      'item/1 b) three',
      'item/1 c) four',
    ])
  })

  test('P1: the number line stays what it is', () => {
    const { a } = meeting()
    expect(set(a, 0, { kind: 'title' })).toBe(false)
    expect(a.pen.canUndo).toBe(false)
  })

  test('P2: of one’s own pending paragraph it is simply what it is, and accepted with it', () => {
    const { room, a } = meeting()
    a.pen.split(a.at(4, 5))
    set(a, 5, { level: 2 })
    room.sync()
    expect(room.ledger.changes().map(({ kind }) => kind)).toEqual(['paragraph inserted'])
    chair(room, 'accept', 'A')
    expect(seen(room, 'accepted')[3]).toBe('item/2 i) ')
    // What comes later is a proposal about what was accepted.
    set(a, 5, { level: 3 })
    room.sync()
    expect(listed(room)).toEqual(['shape A pending level 2 3'])
    expect(seen(room, 'accepted')[3]).toBe('item/2 i) ')
    expect(seen(room, 'clean')[3]).toBe('item/3 i) ')
  })

  test('P2: another’s setting of an insertion is a proposal', () => {
    const { room, a, b } = meeting()
    a.pen.split(a.at(4, 5))
    room.sync()
    set(b, 5, { level: 2 })
    room.sync()
    expect(room.ledger.changes().map(({ kind, delegation }) => `${delegation} ${kind}`)).toEqual([
      'A paragraph inserted',
      'B shape',
    ])
  })

  test('P3, C8: two that did not see each other collide; the smallest key is shown, everywhere', () => {
    const { room, a, b } = meeting()
    set(b, 3, { level: 3 })
    set(a, 3, { level: 2 })
    room.sync()
    for (const one of [a, b, room]) expect(seen(one, 'clean')).toEqual(indented)
    expect(listed(room)).toEqual([
      'shape A pending level 1 2 collides',
      'shape B pending level 1 3 collides',
    ])
  })

  test('P3, P5: who had not seen what was accepted proposes beside it', () => {
    const { room, a, b } = meeting()
    set(a, 3, { level: 2 })
    set(b, 3, { level: 3 })
    for (const update of a.outbox.splice(0)) room.receive(a, update)
    room.chair('accept', changeOf(room, 'A'))
    room.sync()
    expect(seen(room, 'accepted')).toEqual(indented)
    expect(seen(room, 'clean')[1]).toBe('item/3 i) two')
    chair(room, 'accept', 'B')
    expect(listed(room)).toEqual(['shape B accepted level 1 3', 'shape A rejected level 1 2'])
  })

  test('P3: who has seen the other’s proposal supersedes it', () => {
    const { room, a, b } = meeting()
    set(a, 3, { level: 2 })
    room.sync()
    set(b, 3, { level: 3 })
    room.sync()
    expect(seen(room, 'clean')[1]).toBe('item/3 i) two')
    chair(room, 'accept', 'A')
    expect(seen(room, 'accepted')[1]).toBe('item/2 i) two')
    expect(seen(room, 'clean')[1]).toBe('item/3 i) two')
  })

  test('P4: a later setting takes the place of one’s own earlier one', () => {
    const { room, a } = meeting()
    set(a, 3, { level: 2 })
    set(a, 3, { level: 3 })
    room.sync()
    expect(listed(room)).toEqual(['shape A pending level 1 3'])
    a.pen.undo()
    expect(listed(a)).toEqual(['shape A pending level 1 2'])
    a.pen.redo()
    expect(listed(a)).toEqual(['shape A pending level 1 3'])
  })

  test('P5: accepting one value rejects the other; reopening brings both back', () => {
    const { room, a, b } = meeting()
    set(a, 3, { level: 2 })
    set(b, 3, { level: 3 })
    room.sync()
    const before = listed(room)
    expect(chair(room, 'accept', 'B')).toHaveProperty('decision')
    expect(listed(room)).toEqual(['shape B accepted level 1 3', 'shape A rejected level 1 2'])
    expect(seen(room, 'accepted')[1]).toBe('item/3 i) two')
    expect(seen(room, 'clean')[1]).toBe('item/3 i) two')
    chair(room, 'reopen', 'B')
    expect(listed(room)).toEqual(before)
  })

  test('P5: who proposes the same is accepted together', () => {
    const { room, a, b } = meeting()
    set(a, 3, { level: 2 })
    set(b, 3, { level: 2 })
    room.sync()
    chair(room, 'accept', 'A')
    expect(listed(room)).toEqual(['shape A accepted level 1 2', 'shape B accepted level 1 2'])
  })

  test('P5: what is accepted cannot be taken back, what is rejected not undone', () => {
    const { room, a } = meeting()
    set(a, 3, { level: 2 })
    const withdrawn = a.ledger.changes()[0]!
    room.sync()
    chair(room, 'accept', 'A')
    expect(a.pen.withdraw(withdrawn)).toBe(false)
    expect(a.pen.undo()).toMatchObject({ decided: 1 })
    expect(seen(a, 'accepted')).toEqual(indented)
  })

  test('P5: a proposal that is gone cannot be decided', () => {
    const { room, a } = meeting()
    set(a, 3, { level: 2 })
    room.sync()
    const change = changeOf(room, 'A')
    a.pen.undo()
    room.sync()
    expect(room.chair('accept', change)).toHaveProperty('conflict')
  })

  test('P6: back to what it was, nothing is proposed', () => {
    const { room, a } = meeting()
    set(a, 3, { level: 2 })
    set(a, 3, { level: 1 })
    room.sync()
    expect(listed(room)).toEqual([])
    expect(seen(room, 'clean')).toEqual(original)
    expect(room.ledger.project('clean').paragraphs[3]!.state.settings).toBe(null)
  })
})

describe('how letters look', () => {
  test('P1, P3: a format is proposed over letters and turned against their own', () => {
    const { room, a } = meeting()
    format(a, 2, 'bold')
    room.sync()
    expect(spans(room, 2, 'clean')).toBe('bold 0-3')
    expect(spans(room, 2, 'accepted')).toBe('')
    const [change] = room.ledger.changes()
    expect(change).toMatchObject({
      kind: 'format',
      delegation: 'A',
      setting: { property: 'bold', text: 'one' },
    })
    room.chair('accept', change!)
    expect(spans(room, 2, 'accepted')).toBe('bold 0-3')
    expect(spans(room, 2, 'base')).toBe('')
  })

  test('P2: of one’s own pending letters it is simply the look', () => {
    const { room, a } = meeting()
    a.pen.insert(a.at(2, 3), ' more')
    const { pieces } = a.ledger.project('marked').paragraphs[2]!
    a.pen.format(
      pieces.filter(({ text }) => text === ' more'),
      'italic',
    )
    room.sync()
    expect(room.ledger.changes().map(({ kind }) => kind)).toEqual(['insertion'])
    expect(spans(room, 2, 'clean')).toBe('italic 3-8')
    chair(room, 'accept', 'A')
    expect(spans(room, 2, 'accepted')).toBe('italic 3-8')
    expect(room.ledger.changes().map(({ kind }) => kind)).toEqual(['insertion'])
  })

  test('P2, P5: a decision over letters of which some were taken back leaves these alone', () => {
    const { room, a } = meeting()
    const some = (from: number, to: number) => {
      const piece = a.ledger.project('marked').paragraphs[2]!.pieces.find(({ shown }) => shown)!
      return [{ ...piece, clock: piece.clock + from, length: to - from }]
    }
    a.pen.format(some(0, 3), 'bold')
    a.pen.format(some(1, 3), 'bold')
    format(a, 2, 'italic')
    room.sync()
    const [set] = [room.ledger.changes()]
    const both = set.flatMap((change) => change.entries)
    room.chair('accept', { ins: [], del: [], set: set[1]!.set, entries: both })
    expect(spans(room, 2, 'accepted')).toBe('bold 0-1, italic 0-3')
  })

  test('P5, W6: accepting in bulk takes up nothing that was rejected, though its entry is pending elsewhere', () => {
    const { room, a } = meeting()
    format(a, 2, 'italic')
    const { paragraphs } = a.ledger.project('marked')
    a.pen.format(
      [paragraphs[2]!, paragraphs[3]!].flatMap(({ pieces }) => pieces.filter(({ shown }) => shown)),
      'subscript',
    )
    room.sync()
    const first = room.ledger.changes().find(({ setting }) => setting?.property === 'subscript')!
    room.chair('reject', first)
    const pending = room.ledger.changes().filter(({ state }) => state === 'pending')
    expect(pending).toHaveLength(2)
    room.chair('accept', {
      ins: [],
      del: [],
      set: toRanges(pending.flatMap((change) => change.set)),
      entries: pending.flatMap((change) => change.entries),
    })
    expect(spans(room, 2, 'accepted')).toBe('italic 0-3')
    expect(spans(room, 3, 'accepted')).toBe('subscript 0-3')
  })

  test.each(['accept', 'reject'] as const)(
    'P5: to %s two settings leaves a third, of the same entry and over the same letters, alone',
    (verb) => {
      const { room, a } = meeting()
      format(a, 2, 'italic')
      const { paragraphs } = a.ledger.project('marked')
      const both = [paragraphs[2]!, paragraphs[3]!].flatMap(({ pieces }) => pieces)
      a.pen.format(
        both.filter(({ shown }) => shown),
        'subscript',
      )
      room.sync()
      const [italic, here, there] = room.ledger.changes()
      const request = requestFor(room.ledger, verb, [italic!, there!])
      const decided = decide(room.ledger, request, 'both')
      if ('decision' in decided) writeDecision(room.ydoc, decided.decision)
      const state = verb === 'accept' ? 'accepted' : 'rejected'
      expect(
        room.ledger
          .changes()
          .map((change) => change.state)
          .toSorted(),
      ).toEqual(['pending', state, state].toSorted())
      const pending = room.ledger.changes().find((change) => change.state === 'pending')!
      expect(pending.setting).toEqual(here!.setting)
      expect(pending.set).toEqual(here!.set)
    },
  )

  test('P7: where all letters have it, it is taken from them; another’s is left and counted', () => {
    const { room, a, b } = meeting()
    format(a, 2, 'bold')
    room.sync()
    expect(format(b, 2, 'bold')).toEqual({ others: 3 })
    format(a, 2, 'bold')
    room.sync()
    expect(room.ledger.changes()).toEqual([])
  })

  test('P7: where some letters have it, all get it, and one undo takes it from all of them', () => {
    const { a } = meeting()
    const { pieces } = a.ledger.project('marked').paragraphs[2]!
    a.pen.format([{ ...pieces[0]!, length: 1 }], 'bold')
    format(a, 2, 'bold')
    expect(spans(a, 2, 'clean')).toBe('bold 0-3')
    a.pen.undo()
    expect(spans(a, 2, 'clean')).toBe('bold 0-1')
  })

  test('P8: letters written with formats are one change and one step, as typed too', () => {
    const { room, a } = meeting()
    const looks = [{ from: 0, to: 1, format: 'italic' as const }]
    a.pace = 0
    let at: Place = a.at(2, 3)
    for (const letter of 'xyz') at = a.pen.insert(at, letter, looks)
    expect(spans(a, 2, 'clean')).toBe('italic 3-6')
    expect(a.ledger.changes()).toHaveLength(1)
    room.sync()
    expect(room.ledger.changes()[0]).toMatchObject({ kind: 'insertion', inserted: 'xyz' })
    a.pen.undo()
    expect(a.ledger.changes()).toEqual([])
    a.pen.redo()
    expect(spans(a, 2, 'clean')).toBe('italic 3-6')
  })

  test('P8: formats of several lines count a line feed as a letter, added or split', () => {
    for (const offset of [1, 3]) {
      const { room, a } = meeting()
      const { lines } = a.pen.insert(a.at(2, offset), 'uv\nwxy', [
        { from: 1, to: 2, format: 'bold' },
        { from: 4, to: 6, format: 'superscript' },
      ])
      room.sync()
      const { paragraphs } = room.ledger.project('clean')
      expect(lines.map(({ key }) => key)).toEqual([paragraphs[2]!.key, paragraphs[3]!.key])
      expect(spans(a, 2, 'clean')).toBe(`bold ${offset + 1}-${offset + 2}`)
      expect(spans(a, 3, 'clean')).toBe('superscript 1-3')
    }
  })
})
