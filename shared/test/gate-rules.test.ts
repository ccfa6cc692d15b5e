import * as Y from 'yjs'
import { describe, expect, test } from 'vitest'
import { mostBytes, refusalCodes } from '../src/gate/index.ts'
import type { Sender } from '../src/gate/index.ts'
import { at, base, Seat, Server, said } from './gate-draft.ts'
import { any, embed, filler, forge, gone, letters } from './gate-forge.ts'
import type { Forged } from './gate-forge.ts'

const setUp = () => {
  const server = new Server()
  const a = new Seat(server, 1001)
  return { server, a }
}

/** What the gate says to structs forged under the seat's own client id, from its known clock on. */
const saysTo = (server: Server, seat: Seat, structs: readonly Forged[], clock?: number): string => {
  const start = clock ?? Y.getState(server.ydoc.store, seat.client)
  return said(server.check(forge([{ client: seat.client, clock: start, structs }]), seat))
}

/** Between the title's last letter and its anchor. */
const inTitle = { origin: at.titleLast, right: at.titleAnchor }

describe('the bytes', () => {
  test('G1: an update of more than 2 MB is refused unread, one of exactly 2 MB is read', () => {
    const { server, a } = setUp()
    expect(said(server.check(new Uint8Array(mostBytes + 1), a))).toBe('too-big')
    const frame = forge([{ client: 1001, clock: 0, structs: [letters('', inTitle)] }]).length + 2
    const text = 'x'.repeat(mostBytes - frame)
    const update = forge([{ client: 1001, clock: 0, structs: [letters(text, inTitle)] }])
    expect(update.length).toBe(mostBytes)
    expect(said(server.check(update, a))).toBe('ok')
  })

  test('G1: entries that cover ten thousand structs each, hundreds of times, cost too much', () => {
    const { server, a } = setUp()
    const scattered = Array.from({ length: 10_000 }, (_, n) =>
      letters('x', n === 0 ? inTitle : { ...inTitle, right: { client: 1001, clock: n - 1 } }),
    )
    const entry = a.del([1001, 0, 10_000])
    const covering = (count: number) =>
      Array.from({ length: count }, (_, n) => any([entry], { parent: 'd:B', key: `1001:${n}` }))
    expect(saysTo(server, a, [...scattered, ...covering(300)])).toBe('too-costly')
    expect(saysTo(server, a, [...scattered, ...covering(30)])).toBe('ok')
  })

  test('G2: bytes after the end, cut bytes and no bytes are malformed; an empty update is not', () => {
    const { server, a } = setUp()
    a.write(at.titleLast, 'x')
    expect(said(server.check(Uint8Array.of(...a.last, 0), a))).toBe('malformed')
    expect(said(server.check(a.last.slice(0, -1), a))).toBe('malformed')
    expect(said(server.check(new Uint8Array(), a))).toBe('malformed')
    expect(server.check(Uint8Array.of(0, 0), a)).toEqual({ ok: true, clients: [], empty: true })
  })

  test('G2: two sections of one client, of which Yjs would drop the first, are malformed', () => {
    const { server, a } = setUp()
    const first = { client: 1001, clock: 0, structs: [letters('x', inTitle)] }
    const second = { client: 1001, clock: 1, structs: [letters('y', inTitle)] }
    expect(said(server.check(forge([first, second]), a))).toBe('malformed')
    expect(said(server.check(forge([first, { ...second, structs: [] }]), a))).toBe('malformed')
    expect(said(server.check(forge([first]), a))).toBe('ok')
  })

  test('G2: structs without a token and clocks beyond 2^32 are malformed', () => {
    const { server, a } = setUp()
    const first = { parent: 'd:B', key: '1001:0' }
    expect(saysTo(server, a, [letters('', inTitle)])).toBe('malformed')
    expect(saysTo(server, a, [any([], first)])).toBe('malformed')
    expect(saysTo(server, a, [gone(0, first)])).toBe('malformed')
    expect(saysTo(server, a, [gone(2 ** 32 + 1, first)])).toBe('malformed')
    expect(saysTo(server, a, [gone(2 ** 53 - 1, first)])).toBe('malformed')
    expect(saysTo(server, a, [letters('x', inTitle)], 2 ** 53 - 1)).toBe('malformed')
  })

  test('G2: deletions out of order, overlapping, or of no token are malformed', () => {
    const { server, a } = setUp()
    const deleting = (...ds: (readonly [number, number, number])[]) =>
      said(server.check(forge([], ds), a))
    expect(deleting([1, 5, 2], [1, 3, 1])).toBe('malformed')
    expect(deleting([1, 5, 2], [1, 6, 1])).toBe('malformed')
    expect(deleting([1, 5, 0])).toBe('malformed')
    expect(deleting([1, 5, 2 ** 53 - 1])).toBe('malformed')
  })
})

describe('whose it is, and what was before', () => {
  test('G3: a client id that is not the sender’s is refused, its own is accepted', () => {
    const { server, a } = setUp()
    const b = new Seat(server, 1002, 'CAN')
    a.write(at.titleLast, 'x')
    expect(said(server.check(a.last, b))).toBe('foreign-client')
    expect(said(server.check(a.last, a))).toBe('ok')
  })

  test('G3: the server’s own ids are nobody’s, whatever the sender is said to own', () => {
    const { server } = setUp()
    const all: Sender = { user: 'u', delegation: 'B', owns: () => true }
    for (const client of [0, 1, 2, 999]) {
      const clock = Y.getState(server.ydoc.store, client)
      const update = forge([{ client, clock, structs: [letters('x', inTitle)] }])
      expect(said(server.check(update, all))).toBe('foreign-client')
    }
  })

  test('G3: a known part of others may come along, a new part may not', () => {
    const { server, a } = setUp()
    const b = new Seat(server, 1002, 'CAN')
    b.write(at.titleLast, 'b')
    a.write(at.numberEnd, 'a')
    const both = Y.mergeUpdates([a.last, b.last])
    expect(said(server.check(both, a))).toBe('foreign-client')
    server.take(b.last, b)
    expect(said(server.check(both, a))).toBe('ok')
  })

  test('G4: an update that begins after the known clock is refused until the rest has come', () => {
    const { server, a } = setUp()
    a.write(at.titleLast, 'x')
    a.write(at.numberEnd, 'y')
    expect(said(server.take(a.sent[1]!, a))).toBe('gap')
    expect(said(server.take(a.sent[0]!, a))).toBe('ok')
    expect(said(server.take(a.sent[1]!, a))).toBe('ok')
  })

  test('G4: Skip structs are refused', () => {
    const { server, a } = setUp()
    for (const n of [0, 1, 2]) a.write(base(1 + n), 'x')
    expect(said(server.check(Y.mergeUpdates([a.sent[0]!, a.sent[2]!]), a))).toBe('gap')
    expect(said(server.check(Y.mergeUpdates(a.sent), a))).toBe('ok')
    expect(saysTo(server, a, [filler(10, 3)])).toBe('gap')
  })

  test('G5: sent again is accepted, though Yjs has merged and split it', () => {
    const { server, a } = setUp()
    const b = new Seat(server, 1002, 'CAN')
    const first = a.write(at.titleLast, 'one')
    a.write({ ...first, clock: 2 }, ' two')
    for (const update of a.sent) server.take(update, a)
    b.receive(server)
    b.write({ ...first, clock: 4 }, '!')
    server.take(b.last, b)
    for (const update of [...a.sent, Y.mergeUpdates(a.sent), Y.encodeStateAsUpdate(a.ydoc)]) {
      expect(server.check(update, a)).toEqual({ ok: true, clients: [], empty: true })
    }
  })

  test('G5: another letter, origin, right origin, kind or place under a known id is refused', () => {
    const { server, a } = setUp()
    a.write(at.titleLast, 'ab')
    a.enter(a.del([1, 7, 1]))
    for (const update of a.sent) server.take(update, a)
    const says = (...structs: Forged[]) => saysTo(server, a, structs, 0)
    const entry = any([a.del([1, 7, 1])], { parent: 'd:B', key: '1001:0' })
    expect(says(letters('ab', inTitle), entry)).toBe('ok')
    expect(
      says(letters('a', inTitle), letters('b', { ...inTitle, origin: { client: 1001, clock: 0 } })),
    ).toBe('ok')
    expect(says(letters('ax', inTitle))).toBe('id-used-twice')
    expect(says(letters('abc', inTitle))).toBe('id-used-twice')
    expect(says(letters('ab', { ...inTitle, origin: at.titleFirst }))).toBe('id-used-twice')
    expect(says(letters('ab', { ...inTitle, right: at.sentinel }))).toBe('id-used-twice')
    expect(says(letters('ab', { origin: at.titleLast }))).toBe('id-used-twice')
    expect(says(letters('a', inTitle), letters('b', inTitle))).toBe('id-used-twice')
    expect(says(embed({ e: 1 }, inTitle))).toBe('id-used-twice')
    expect(says(letters('ab', { parent: 't' }))).toBe('id-used-twice')
    const elsewhere = (place: object, r = [1, 7, 1]) =>
      says(letters('ab', inTitle), any([a.del(r)], { parent: 'd:B', key: '1001:0', ...place }))
    expect(elsewhere({ key: '1001:1' })).toBe('id-used-twice')
    expect(elsewhere({ parent: 'd:CAN' })).toBe('id-used-twice')
    expect(elsewhere({}, [1, 8, 1])).toBe('id-used-twice')
  })

  test('G5: the base sent again must be the base', () => {
    const { server, a } = setUp()
    const root = embed({ b: 'number' }, { parent: 't' })
    const says = (structs: Forged[]) =>
      said(server.check(forge([{ client: 1, clock: 0, structs }]), a))
    const after = { origin: at.root }
    expect(says([root, letters('R 45', after)])).toBe('ok')
    expect(says([root, letters('R 46', after)])).toBe('id-used-twice')
    expect(says([embed({ b: 'number', lvl: 2 }, { parent: 't' })])).toBe('id-used-twice')
    expect(says([embed({ b: 'number' }, { parent: 'u' })])).toBe('id-used-twice')
  })

  test('G6: an origin that nobody has is refused, be it of others, of later, or beyond', () => {
    const { server, a } = setUp()
    const says = (origin: object) => saysTo(server, a, [letters('x', { ...inTitle, ...origin })])
    expect(says({})).toBe('ok')
    expect(says({ origin: { client: 1002, clock: 0 } })).toBe('unknown-origin')
    expect(says({ origin: { client: 1, clock: 999 } })).toBe('unknown-origin')
    expect(says({ origin: { client: 1, clock: 2 ** 53 - 1 } })).toBe('unknown-origin')
    expect(says({ origin: { client: 1001, clock: 0 } })).toBe('unknown-origin')
    expect(says({ right: { client: 1001, clock: 1 } })).toBe('unknown-origin')
    expect(says({ right: { client: 7, clock: 0 } })).toBe('unknown-origin')
  })

  test('G6: structs of two own clients may stand on each other, but not in a circle', () => {
    const { server } = setUp()
    const two: Sender = { user: 'u', delegation: 'B', owns: (client) => client >= 1000 }
    const update = (first: Forged, second: Forged) =>
      forge([
        { client: 1001, clock: 0, structs: [first] },
        { client: 1002, clock: 0, structs: [second] },
      ])
    const on = (client: number) => letters('x', { ...inTitle, origin: { client, clock: 0 } })
    const right = (client: number) => letters('x', { ...inTitle, right: { client, clock: 0 } })
    expect(said(server.check(update(on(1002), letters('x', inTitle)), two))).toBe('ok')
    expect(said(server.check(update(letters('x', inTitle), on(1001)), two))).toBe('ok')
    expect(said(server.check(update(on(1002), on(1001)), two))).toBe('unknown-origin')
    expect(said(server.check(update(right(1002), on(1001)), two))).toBe('unknown-origin')
  })
})

describe('the answer', () => {
  test('G25: the clients with new structs are named, known ones are not', () => {
    const { server, a } = setUp()
    a.write(at.titleLast, 'x')
    expect(server.take(a.last, a)).toEqual({ ok: true, clients: [1001], empty: false })
    const b = new Seat(server, 1002)
    b.write(at.titleFirst, 'y')
    const both = Y.mergeUpdates([a.last, b.last])
    expect(server.check(both, b)).toEqual({ ok: true, clients: [1002], empty: false })
    const two: Sender = { user: 'u', delegation: 'B', owns: () => true }
    expect(new Server().check(both, two)).toMatchObject({ clients: [1001, 1002] })
  })

  test('G26: a refusal says what happened, that nothing was applied, that the text is kept', () => {
    const { server, a } = setUp()
    const verdict = server.check(Uint8Array.of(255), a)
    if (verdict.ok) throw new Error('accepted')
    expect(verdict.message).toMatch(/^This edit .*\. Nothing of it was applied, .*kept: copy it/)
    expect(new Set(refusalCodes).size).toBe(refusalCodes.length)
  })
})
