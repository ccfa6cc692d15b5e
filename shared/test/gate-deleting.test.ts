import * as Y from 'yjs'
import { describe, expect, test } from 'vitest'
import { at, said, Seat, Server } from './gate-draft.ts'
import { any, forge, gone, letters } from './gate-forge.ts'
import type { Forged } from './gate-forge.ts'

const setUp = () => {
  const server = new Server()
  return { server, a: new Seat(server, 1001), b: new Seat(server, 1002, 'CAN') }
}

const inTitle = { origin: at.titleLast, right: at.titleAnchor }
const own = (clock: number) => ({ client: 1001, clock })

/** What the gate says to structs forged under the seat's own client id, from its known clock on. */
const says = (server: Server, seat: Seat, ...structs: readonly Forged[]): string => {
  const clock = Y.getState(server.ydoc.store, seat.client)
  return said(server.check(forge([{ client: seat.client, clock, structs }]), seat))
}

describe('what it deletes', () => {
  test('G13: deleting letters, markers or anchors is refused, the base’s and one’s own', () => {
    const { server, a, b } = setUp()
    a.write(at.titleLast, 'x')
    b.write(at.titleLast, 'y')
    server.take(a.last, a)
    server.take(b.last, b)
    a.receive(server)
    const deleting = (client: number, clock: number, length = 1) =>
      said(server.check(forge([], [[client, clock, length]]), a))
    for (const clock of [0, 1, 5, 42]) expect(deleting(1, clock)).toBe('deletes-text')
    expect(deleting(1, 7, 5)).toBe('deletes-text')
    expect(deleting(1001, 0)).toBe('deletes-text')
    expect(deleting(1002, 0)).toBe('deletes-text')
    a.ydoc.getText('t').delete(7, 2)
    expect(said(server.check(a.last, a))).toBe('deletes-text')
  })

  test('G13: text that is new and deleted in one update is refused, and so is text without content', () => {
    const { server, a } = setUp()
    const x = forge([{ client: 1001, clock: 0, structs: [letters('x', inTitle)] }], [[1001, 0, 1]])
    expect(said(server.check(x, a))).toBe('deletes-text')
    expect(says(server, a, gone(1, inTitle))).toBe('deletes-text')
    const known = forge([{ client: 1, clock: 0, structs: [gone(1, { parent: 't' })] }])
    expect(said(server.check(known, a))).toBe('deletes-text')
  })

  test('G14: an entry goes when a wider one of its key comes, and not otherwise', () => {
    const { server, a, b } = setUp()
    const key = a.enter(a.del([1, 7, 1]))
    const other = b.enter(b.del([1, 7, 1]))
    expect(said(server.take(a.last, a))).toBe('ok')
    expect(said(server.take(b.last, b))).toBe('ok')
    const deleting = (client: number) => said(server.check(forge([], [[client, 0, 1]]), a))
    expect(deleting(1001)).toBe('deletes-entry')
    expect(deleting(1002)).toBe('deletes-entry')
    a.enter(a.del([1, 7, 2]), key)
    expect(said(server.take(a.last, a))).toBe('ok')
    expect(deleting(1001)).toBe('ok')
    a.ydoc.getMap('d:B').delete(key)
    expect(said(server.check(a.last, a))).toBe('deletes-entry')
    expect(other).toBe('1002:0')
  })

  test('G14: nothing of the server’s is deleted', () => {
    const { server, a } = setUp()
    const facts = server.ydoc.getMap('base')
    expect(facts.size).toBeGreaterThan(0)
    expect(said(server.check(forge([], [[1, 44, 1]]), a))).toBe('deletes-entry')
  })

  test('G15: deleting ahead of time is refused, deleting again what is deleted is not', () => {
    const { server, a, b } = setUp()
    const deleting = (client: number, clock: number, length: number) =>
      said(server.check(forge([], [[client, clock, length]]), a))
    expect(deleting(1002, 0, 1)).toBe('deletes-unknown')
    expect(deleting(1, 40, 100)).toBe('deletes-unknown')
    const key = b.enter(b.del([1, 7, 1]))
    b.enter(b.del([1, 7, 2]), key)
    for (const update of b.sent) server.take(update, b)
    expect(deleting(1002, 0, 1)).toBe('ok')
    expect(deleting(1002, 0, 2)).toBe('deletes-entry')
    expect(deleting(1002, 0, 3)).toBe('deletes-unknown')
  })

  test('G16: an offline client’s superseded entries pass without their content', () => {
    const { server, a } = setUp()
    const key = a.enter(a.del([1, 7, 1]))
    for (const length of [2, 3, 4]) a.enter(a.del([1, 7, length]), key)
    const whole = Y.encodeStateAsUpdate(a.ydoc, Y.encodeStateVector(server.ydoc))
    expect(Y.decodeUpdate(whole).structs[0]).toMatchObject({ content: { len: 3 } })
    expect(said(server.check(whole, a))).toBe('ok')
    server.take(a.sent[0]!, a)
    expect(said(server.take(whole, a))).toBe('ok')
    expect(server.ydoc.getMap('d:B').get(key)).toEqual(a.del([1, 7, 4]))
    expect(said(server.take(Y.mergeUpdates(a.sent), a))).toBe('ok')
  })

  test('G16: the same from a client that keeps contents', () => {
    const { server, a } = setUp()
    a.ydoc.gc = false
    const key = a.enter(a.del([1, 7, 1]))
    for (const length of [2, 3, 4]) a.enter(a.del([1, 7, length]), key)
    const whole = Y.encodeStateAsUpdate(a.ydoc, Y.encodeStateVector(server.ydoc))
    expect(Y.decodeUpdate(whole).structs[0]).toMatchObject({ content: { arr: { length: 3 } } })
    expect(said(server.take(whole, a))).toBe('ok')
    expect(said(server.take(Y.mergeUpdates(a.sent), a))).toBe('ok')
  })

  test('G16: an entry that nothing supersedes must have its content', () => {
    const { server, a } = setUp()
    const first = { parent: 'd:B', key: '1001:0' }
    expect(says(server, a, gone(1, first))).toBe('deletes-entry')
    expect(says(server, a, gone(3, first), any([a.del([1, 7, 1])], { origin: own(2) }))).toBe('ok')
    expect(says(server, a, gone(3, first), any([a.del([1, 7, 1])], { origin: own(1) }))).toBe(
      'bad-overwrite',
    )
    expect(says(server, a, any([a.del([1, 7, 1])], first), gone(1, { origin: own(0) }))).toBe(
      'deletes-entry',
    )
    expect(says(server, a, any([a.del([1, 7, 1]), a.del([1, 7, 2])], first))).toBe('deletes-entry')
    server.take(forge([{ client: 1001, clock: 0, structs: [any([a.del([1, 7, 1])], first)] }]), a)
    const resent = forge([{ client: 1001, clock: 0, structs: [gone(1, first)] }])
    expect(said(server.check(resent, a))).toBe('deletes-entry')
  })
})
