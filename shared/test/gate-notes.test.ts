/** What the gate lets pass of footnotes, and what it refuses. */
import * as Y from 'yjs'
import { beforeEach, expect, test } from 'vitest'
import { at, said, Seat, Server, tokensOf } from './gate-draft.ts'
import { embed, forge, letters } from './gate-forge.ts'
import type { Forged } from './gate-forge.ts'

let server: Server
let seat: Seat

beforeEach(() => {
  server = new Server()
  seat = new Seat(server, 1001)
})

const inTitle = { origin: at.titleLast, right: at.titleAnchor }
const amongNotes = { origin: at.sentinel, right: at.end }
const own = (clock: number) => ({ client: 1001, clock })

const says = (...structs: readonly Forged[]): string => {
  const clock = Y.getState(server.ydoc.store, seat.client)
  return said(server.check(forge([{ client: seat.client, clock, structs }]), seat))
}

const reference = (f: unknown, place = inTitle) => embed({ f }, place)
const body = (n: unknown, place: Pick<Forged, 'origin' | 'right'> = amongNotes, more = {}) =>
  embed({ b: 'footnote', n, ...more }, place)

/** A footnote as the pen writes it, by a colleague. */
function noted(): void {
  const other = new Seat(server, 1002, 'CAN')
  other.write(at.titleLast, { f: '1002:0' })
  other.write(at.sentinel, { b: 'footnote', n: '1002:0' }, 'words', { e: 1 })
  for (const update of other.sent) expect(server.take(update, other)).toMatchObject({ ok: true })
}

test('G29: a reference names a footnote by its own id, in the text', () => {
  expect(says(reference('1001:0'))).toBe('ok')
  expect(says(letters('x', inTitle), reference('1001:1', { ...inTitle, origin: own(0) }))).toBe(
    'ok',
  )
  expect(says(reference('1001:1'))).toBe('bad-note')
  expect(says(reference('1002:0'))).toBe('bad-note')
  expect(says(reference('1001:00'))).toBe('bad-note')
  expect(says(reference(0))).toBe('bad-marker')
  expect(says(embed({ f: '1001:0', e: 1 }, inTitle))).toBe('bad-marker')
  expect(says(embed({ f: '1001:0', b: 'item' }, inTitle))).toBe('bad-marker')
  expect(says(reference('1001:0', amongNotes))).toBe('bad-note')
  noted()
  const inBody = { origin: { client: 1002, clock: 3 }, right: { client: 1002, clock: 4 } }
  expect(says(letters('x', inBody))).toBe('ok')
  expect(says(reference('1001:0', inBody))).toBe('bad-note')
})

test('G30: a body begins directly after the sentinel, written directly after its reference', () => {
  const ref = reference('1001:0')
  expect(says(ref, body('1001:0'))).toBe('ok')
  expect(says(ref, body('1001:0'), embed({ e: 1 }, { ...amongNotes, origin: own(1) }))).toBe('ok')
  expect(says(body('1001:0'))).toBe('bad-note')
  expect(says(ref, body('1001:1'))).toBe('bad-note')
  expect(says(ref, body('1002:0'))).toBe('bad-note')
  expect(says(ref, body('1001:0', inTitle))).toBe('bad-note')
  expect(says(ref, body('1001:0', { origin: at.lastAnchor, right: at.sentinel }))).toBe('bad-note')
  // A second body of the same footnote.
  const second = body('1001:0', { ...amongNotes, right: own(1) })
  expect(says(ref, body('1001:0'), second)).toBe('bad-note')
  for (const more of [{ lvl: 2 }, { s: 1 }, { label: '1' }]) {
    expect(says(ref, body('1001:0', amongNotes, more))).toBe('bad-marker')
  }
  expect(says(ref, embed({ b: 'item', n: '1001:0' }, amongNotes))).toBe('bad-marker')
  noted()
  const inBody = { origin: { client: 1002, clock: 3 }, right: { client: 1002, clock: 4 } }
  expect(says(ref, body('1001:0', inBody))).toBe('bad-note')
})

test('G30: after the sentinel stand only bodies and their words', () => {
  expect(says(letters('x', amongNotes))).toBe('outside-body')
  expect(says(embed({ e: 1 }, amongNotes))).toBe('outside-body')
  expect(says(embed({ b: 'item' }, amongNotes))).toBe('bad-note')
  expect(says(letters('x', { origin: at.lastAnchor, right: at.end }))).toBe('bad-place')
  expect(says(letters('x', { origin: at.end }))).toBe('outside-body')
  noted()
  const place = { origin: { client: 1002, clock: 3 }, right: { client: 1002, clock: 4 } }
  expect(says(embed({ b: 'item' }, place))).toBe('bad-note')
  const split = embed({ b: 'footnote', s: 1 }, { ...place, origin: own(0) })
  expect(says(embed({ e: 1 }, place), split)).toBe('bad-note')
})

test('G31: no entry covers a footnote’s marker, one over its reference or its words may', () => {
  noted()
  const [found] = tokensOf(server.ydoc).filter(({ type }) => type === 'note-marker')
  expect(found).toMatchObject({ client: 1002, clock: 1 })
  const enters = (entry: Parameters<Seat['enter']>[0]) => {
    const writer = new Seat(server, 1001, 'B', seat.user)
    writer.enter(entry)
    return said(server.check(writer.last, writer))
  }
  expect(enters(seat.del([1002, 0, 1]))).toBe('ok')
  expect(enters(seat.del([1002, 2, 2]))).toBe('ok')
  expect(enters(seat.del([1002, 1, 1]))).toBe('protected-token')
  expect(enters(seat.del([1002, 0, 3]))).toBe('protected-token')
  expect(enters(seat.del([1, 6, 1], { j: [[1, 6, 1002, 1]] }))).toBe('unknown-ranges')
  const { user } = seat
  const attr = { type: 'attr', supersedes: [], user, property: 'level', value: 2 } as const
  expect(enters({ ...attr, r: [1002, 1, 1] })).toBe('protected-token')
  expect(enters({ type: 'fmt', r: [1002, 2, 2], format: 'bold', user })).toBe('ok')
  expect(enters({ type: 'fmt', r: [1002, 0, 1], format: 'bold', user })).toBe('bad-ranges')
})

test('G9: the letter that stands for a reference cannot be typed', () => {
  expect(says(letters('a\ufffcb', inTitle))).toBe('bad-letters')
})
