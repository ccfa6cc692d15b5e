/** What the gate lets pass of paragraphs that were moved, and what it refuses. */
import * as Y from 'yjs'
import { beforeEach, expect, test } from 'vitest'
import { at, said, Seat, Server } from './gate-draft.ts'
import { embed, forge } from './gate-forge.ts'
import type { Forged, Section } from './gate-forge.ts'

let server: Server
let seat: Seat

beforeEach(() => {
  server = new Server()
  seat = new Seat(server, 1001)
})

const atEnd = { origin: at.lastAnchor, right: at.sentinel }
const afterA = { origin: { client: 1, clock: 34 }, right: at.itemB }
const itemA = '1:23'

const copy = (more: object, place: Pick<Forged, 'origin' | 'right'> = atEnd) =>
  embed({ b: 'item', from: itemA, size: 1, ...more }, place)

const verdict = (sections: readonly Section[]): string => said(server.check(forge(sections), seat))

const says = (...structs: readonly Forged[]): string =>
  verdict([{ client: 1001, clock: Y.getState(server.ydoc.store, 1001), structs }])

test('G32: a copy names a block of the body that was there before it, and how much it copies', () => {
  expect(says(copy({}))).toBe('ok')
  expect(says(copy({ lvl: 2, size: 0xffffffff, on: 1 }))).toBe('ok')
  for (const more of [
    { size: undefined },
    { size: 0 },
    { size: -1 },
    { size: 1.5 },
    { size: 2 ** 32 },
    { size: '1' },
    { from: undefined },
    { from: 7 },
    { from: '1:23:4' },
    { from: '1:023' },
    { from: ' 1:23' },
    { from: '-1:23' },
    { from: '12345678901:1' },
    { on: 0 },
    { on: true },
    { s: 1 },
    { label: 'a)' },
    { n: '1:23' },
    { e: 1 },
    { b: 'notes' },
  ]) {
    expect([more, says(copy(more))]).toEqual([more, 'bad-marker'])
  }
})

test('G32: not the root, the sentinel, a letter, an anchor, an entry, or what is not there', () => {
  seat.enter(seat.del([1, 23, 1]))
  expect(server.take(seat.last, seat)).toMatchObject({ ok: true })
  for (const from of ['1:0', '1:42', '1:24', '1:41', '1001:0', '1:99', '1002:0', '4294967295:0']) {
    expect([from, says(copy({ from }))]).toEqual([from, 'bad-move'])
  }
})

test('G32: not a footnote, and no copy stands among footnotes', () => {
  const other = new Seat(server, 1002, 'CAN')
  other.write(at.titleLast, { f: '1002:0' })
  other.write(at.sentinel, { b: 'footnote', n: '1002:0' }, 'words', { e: 1 })
  for (const update of other.sent) expect(server.take(update, other)).toMatchObject({ ok: true })
  expect(says(copy({ from: '1002:1' }))).toBe('bad-move')
  expect(says(copy({ from: '1002:0' }))).toBe('bad-move')
  const inBody = { origin: { client: 1002, clock: 3 }, right: { client: 1002, clock: 4 } }
  expect(says(copy({}, inBody))).toBe('bad-note')
  expect(says(copy({}, { origin: at.sentinel, right: at.end }))).toBe('bad-note')
})

test('G32: of one’s own the copy names only what was written before it', () => {
  const own = (clock: number) => ({ client: 1001, clock })
  expect(says(copy({ from: '1001:0' }))).toBe('bad-move')
  expect(says(copy({ from: '1001:1' }), embed({ e: 1 }, { ...atEnd, origin: own(0) }))).toBe(
    'bad-move',
  )
  const block = [embed({ b: 'item' }, atEnd), embed({ e: 1 }, { ...atEnd, origin: own(0) })]
  expect(says(...block, copy({ from: '1001:0' }, { ...atEnd, origin: own(1) }))).toBe('ok')
  // A copy of a copy, and what another page of the same person has written in the same update.
  expect(says(copy({}), copy({ from: '1001:0' }, { ...atEnd, origin: own(0) }))).toBe('ok')
  const both = new Seat(server, 1001, 'B', seat.user)
  both.owns = () => true
  const sections = (from: string, its: string): Section[] => [
    { client: 1001, clock: 0, structs: [copy({ from })] },
    { client: 1003, clock: 0, structs: [copy({ from: its }, afterA)] },
  ]
  expect(said(server.check(forge(sections('1003:0', itemA)), both))).toBe('ok')
  expect(said(server.check(forge(sections('1003:1', itemA)), both))).toBe('bad-move')
  // Two that name each other are odd, and harm nothing: a link is never followed in a circle.
  expect(said(server.check(forge(sections('1003:0', '1001:0')), both))).toBe('ok')
})

test('G32: what is sent again is the same copy', () => {
  seat.write({ client: 1, clock: 41 }, { b: 'item', from: itemA, size: 1 }, { e: 1 })
  for (const update of seat.sent) expect(server.take(update, seat)).toMatchObject({ ok: true })
  const again = (more: object) => verdict([{ client: 1001, clock: 0, structs: [copy(more)] }])
  expect(again({})).toBe('ok')
  expect(again({ from: '1:35' })).toBe('id-used-twice')
  expect(again({ size: 2 })).toBe('id-used-twice')
})
