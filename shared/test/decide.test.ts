/** What the chair decides, and which requests are refused. */
import { describe, expect, test } from 'vitest'
import { decide, seenDigest } from '../src/ledger/index.ts'
import type { DecisionRequest, Ledger, Ranges, Verb } from '../src/ledger/index.ts'
import { Meeting, changeWith, linesOf, provision } from '../src/testing/index.ts'

function meeting() {
  const room = new Meeting(
    ['number RESOLUTION 45', 'call recalling', 'item a) one two three;', 'item b) four,'].map(
      provision,
    ),
  )
  return { room, a: room.admit('A'), b: room.admit('B') }
}

const request = (
  ledger: Ledger,
  verb: Verb,
  ins: Ranges,
  del: Ranges,
  entries: DecisionRequest['entries'] = [],
): DecisionRequest => ({
  verb,
  ins: [...ins],
  del: [...del],
  entries,
  seen: seenDigest(ledger, ins, del),
})

const item = ({ ledger }: Meeting) => ledger.project('marked').paragraphs[2]!
const states = (room: Meeting): string[] =>
  item(room)
    .pieces.filter(({ type }) => type === 'text')
    .map(({ text, state }) => {
      const by = state.proposers.map(({ delegation }) => delegation).join('')
      return `${text}|${state.ins} ${state.del}${by && ` ${by}`}`
    })

/** A meeting in which A has replaced `two` and B has struck ` three`. */
function amended() {
  const { room, a, b } = meeting()
  a.pen.replace(a.at(2, 4), a.at(2, 7), 'zwei')
  b.pen.erase(b.at(2, 7), b.at(2, 13))
  room.sync()
  return { room, a, b }
}

describe('accepting', () => {
  test('D1: keeps the mark, shows an insertion in every view and hides a deletion in clean', () => {
    const { room } = amended()
    room.chair('accept', changeWith(room.ledger, 'zwei'))
    room.chair('accept', changeWith(room.ledger, 'three'))
    expect(states(room)).toEqual([
      'one |base none',
      'two|base accepted A',
      'zwei|accepted none',
      ' three|base accepted B',
      ';|base none',
    ])
    expect(linesOf(room.ledger, 'accepted')[2]).toBe('a) one zwei;')
  })

  test('D1: a deletion is accepted for all who propose it, and for nobody who took it back', () => {
    const { room, a, b } = meeting()
    a.pen.erase(a.at(2, 0), a.at(2, 7))
    b.pen.erase(b.at(2, 0), b.at(2, 7))
    room.sync()
    const { del, ...change } = changeWith(a.ledger, 'one two')
    a.pen.withdraw({ ...change, del: [del[0]!, del[1]!, 3] })
    room.sync()
    room.chair('accept', { ...changeWith(room.ledger, 'one two'), del })
    expect(states(room).slice(0, 2)).toEqual(['one|base accepted B', ' two|base accepted AB'])
  })

  test('D2: copies how each marker goes, whole only where every deletion takes it whole', () => {
    const { room, a, b } = meeting()
    const { key } = a.ledger.project('marked').paragraphs[3]!
    a.pen.strikeParagraphs([key])
    b.pen.joinBackward(key)
    b.pen.insert(b.at(3, 5), ' B')
    room.sync()
    const deletion = changeWith(room.ledger, 'four')
    const marker = room.ledger.changes().find(({ kind }) => kind === 'join')!
    room.chair('accept', marker)
    const decided = room.chair('accept', deletion)
    expect(decided).toMatchObject({ decision: { w: [] } })
    expect(linesOf(room.ledger, 'clean')).toEqual([
      'RESOLUTION 45',
      'recalling',
      'a) one two three; B',
    ])
  })

  test('D3: loses nothing to a withdrawal that did not see it', () => {
    const { room, a } = meeting()
    a.pen.insert(a.at(2, 0), 'new ')
    room.sync()
    const change = changeWith(room.ledger, 'new')
    a.pen.undo()
    room.chair('accept', change)
    room.sync()
    expect(states(room)[0]).toBe('new |accepted pending A')
  })

  test('D3: a withdrawal that did not see a rejection is no proposal either', () => {
    const { room, a } = meeting()
    a.pen.insert(a.at(2, 0), 'new ')
    room.sync()
    const change = changeWith(room.ledger, 'new')
    a.pen.undo()
    room.chair('reject', change)
    room.sync()
    expect(states(room)[0]).toBe('new |rejected none')
    expect(room.ledger.changes().map(({ state }) => state)).toEqual(['rejected'])
  })
})

describe('rejecting', () => {
  test('D4: hides an insertion for ever, and ends only the named deletions', () => {
    const { room, b } = amended()
    b.pen.erase(b.at(2, 4), b.at(2, 7))
    room.sync()
    room.chair('reject', changeWith(room.ledger, 'zwei'))
    expect(states(room).slice(0, 3)).toEqual([
      'one |base none',
      'two|base pending B',
      'zwei|rejected none',
    ])
    expect(linesOf(room.ledger, 'marked')[2]).toBe('a) one two three;')
  })

  test('D5: the last decision that covers an aspect of a token wins; a rejected deletion is reopened first', () => {
    const { room } = amended()
    const { ins } = changeWith(room.ledger, 'zwei')
    for (const verb of ['accept', 'reject', 'accept'] as const) {
      expect(room.chair(verb, { ins, del: [], entries: [] })).toHaveProperty('decision')
    }
    expect(states(room)[2]).toBe('zwei|accepted none')
    const three = changeWith(room.ledger, 'three')
    expect(room.chair('reject', three)).toHaveProperty('decision')
    expect(room.chair('accept', three)).toHaveProperty('conflict')
    room.chair('reopen', three)
    expect(room.chair('accept', three)).toHaveProperty('decision')
    expect(states(room)[3]).toBe(' three|base accepted B')
  })
})

describe('reopening', () => {
  test('D6: makes pending again what was decided, for all its proposers', () => {
    const { room, b } = amended()
    b.pen.erase(b.at(2, 4), b.at(2, 7))
    room.sync()
    const before = states(room)
    const change = changeWith(room.ledger, 'zwei')
    room.chair('reject', change)
    room.chair('reopen', change)
    expect(states(room)).toEqual(before)
    room.chair('accept', change)
    room.chair('reopen', change)
    expect(states(room)).toEqual(before)
  })
})

describe('a request is refused', () => {
  test('D7: where the decided aspect is no longer what the chair saw', () => {
    const { room, a, b } = amended()
    const stale = request(room.ledger, 'accept', [], changeWith(room.ledger, 'three').del)
    a.pen.erase(a.at(2, 11), a.at(2, 17))
    room.sync()
    expect(decide(room.ledger, stale, 'd')).toHaveProperty('conflict')
    // What others type or strike elsewhere is no conflict.
    const { ins } = changeWith(room.ledger, 'zwei')
    const fresh = request(room.ledger, 'accept', ins, [])
    b.pen.insert(b.at(2, 9), 'X')
    b.pen.erase(b.at(2, 8), b.at(2, 9))
    room.sync()
    expect(decide(room.ledger, fresh, 'd')).toHaveProperty('decision')
  })

  test('D8: where nobody proposes a part of the deletion', () => {
    const { room } = amended()
    const { del, entries } = changeWith(room.ledger, 'three')
    const more = [del[0]!, del[1]!, del[2]! + 1]
    const asked = request(room.ledger, 'accept', [], more, [...entries])
    expect(decide(room.ledger, asked, 'd')).toHaveProperty('conflict')
    const others = request(room.ledger, 'reject', [], del, [{ delegation: 'B', entry: '1:1' }])
    expect(decide(room.ledger, others, 'd')).toHaveProperty('conflict')
  })

  const end = (room: Meeting): number => item(room).pieces.at(-1)!.clock

  test.each<[string, (room: Meeting) => [Ranges, Ranges], string]>([
    ['covers nothing', () => [[], []], 'The request covers nothing.'],
    ['is out of order', () => [[], [1, 5, 1, 1, 2, 1]], 'The ranges are not well formed.'],
    ['reaches unknown text', () => [[], [1, 5, 9999]], 'The ranges reach unknown text.'],
    ['inserts the base', () => [[1, 5, 2], []], 'The text in force is not an insertion.'],
    ['deletes the root', () => [[], [1, 0, 3]], 'The number line itself cannot be deleted.'],
    [
      'covers an anchor',
      (room) => [[], [1, end(room), 1]],
      'The ranges cover the border of a paragraph, which nobody decides.',
    ],
    [
      'covers an entry',
      (room) => [[], [room.delegates[0]!.client, 0, 1]],
      'The ranges name something that is not text.',
    ],
  ])('D9: where it %s', (_case, ranges, problem) => {
    const { room } = amended()
    const asked = request(room.ledger, 'accept', ...ranges(room))
    expect(decide(room.ledger, asked, 'd')).toEqual({ problem })
  })

  test('D9: where it cuts a letter in two', () => {
    const { room, a } = meeting()
    a.pen.insert(a.at(2, 0), 'x\u{1f600}y')
    room.sync()
    const [client, clock] = changeWith(room.ledger, 'x').ins as [number, number]
    for (const ranges of [
      [client, clock, 2],
      [client, clock + 2, 2],
    ]) {
      const asked = request(room.ledger, 'reject', ranges, [])
      expect(decide(room.ledger, asked, 'd')).toEqual({
        problem: 'The ranges cut a letter in two.',
      })
    }
    const whole = request(room.ledger, 'reject', [client, clock + 1, 2], [])
    expect(decide(room.ledger, whole, 'd')).toHaveProperty('decision')
  })

  test('D9: where its words have been withdrawn', () => {
    const { room, a } = meeting()
    a.pen.insert(a.at(2, 0), 'new ')
    room.sync()
    const { ins } = changeWith(room.ledger, 'new')
    a.pen.undo()
    room.sync()
    const asked = request(room.ledger, 'accept', ins, [])
    expect(decide(room.ledger, asked, 'd')).toHaveProperty('problem')
  })
})
