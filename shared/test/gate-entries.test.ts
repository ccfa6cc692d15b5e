import * as Y from 'yjs'
import { describe, expect, test } from 'vitest'
import type { Entry } from '../src/ledger/entry.ts'
import type { Sender } from '../src/gate/index.ts'
import { at, said, Seat, Server } from './gate-draft.ts'
import { any, embed, forge, letters } from './gate-forge.ts'
import type { Forged } from './gate-forge.ts'

const setUp = () => {
  const server = new Server()
  return { server, a: new Seat(server, 1001), b: new Seat(server, 1002, 'CAN') }
}

const inTitle = { origin: at.titleLast, right: at.titleAnchor }
const own = (clock: number) => ({ client: 1001, clock })

/** What the gate says to structs forged under client 1001, after what it has. */
const says = (server: Server, seat: Sender, ...structs: readonly Forged[]): string => {
  const clock = Y.getState(server.ydoc.store, 1001)
  return said(server.check(forge([{ client: 1001, clock, structs }]), seat))
}

const enters = (value: unknown, key = '1001:0') => {
  const { server, a } = setUp()
  return says(server, a, any([value], { parent: 'd:B', key }))
}

const del = (r: readonly number[], more: object = {}): Entry => ({
  type: 'del',
  r,
  user: 'u1001',
  ...more,
})
const keep = (of: string, r: readonly number[] = [1, 7, 1]): Entry => ({
  type: 'keep',
  of,
  r,
  user: 'u1001',
})

describe('entries', () => {
  test('G17: a key is the client id of its struct and a number', () => {
    const entry = del([1, 7, 1])
    for (const key of ['1001:0', '1001:17', '1001:4294967295'])
      expect(enters(entry, key)).toBe('ok')
    for (const key of [
      '1002:0',
      '1001',
      '1001:',
      '1001:x',
      '01001:0',
      '1001:01',
      '1001:1:1',
      '1001:-1',
      ' 1001:1',
      '1001:12345678901',
      '',
      '__proto__',
    ]) {
      expect(enters(entry, key)).toBe('bad-key')
    }
  })

  test('G17: a value without a key is refused', () => {
    const { server, a } = setUp()
    expect(says(server, a, any([del([1, 7, 1])], { parent: 'd:B' }))).toBe('bad-key')
  })

  test('G18: an entry has the fields of its type, no more and no fewer', () => {
    expect(enters(del([1, 7, 1]))).toBe('ok')
    expect(enters(del([1, 7, 1], { w: undefined, j: undefined }))).toBe('ok')
    for (const value of [
      null,
      undefined,
      'del',
      7,
      [],
      {},
      { type: 'del', user: 'u1001' },
      { type: 'ins', r: [1, 7, 1], user: 'u1001' },
      del([1, 7, 1], { x: 1 }),
      del([1, 7, 1], { of: '1001:0' }),
      del([1, 7, 1], { j: [[1, 7]] }),
      del([1, 7, 1.5]),
      del([1, 7, -1]),
      del(['1', 7, 1] as unknown as number[]),
      del([1, 2 ** 40, 1]),
      { type: 'keep', r: [1, 7, 1], user: 'u1001' },
    ]) {
      expect(enters(value)).toBe('bad-entry')
    }
    expect(enters(new Uint8Array(8))).toBe('bad-entry')
  })

  test('G18: fields that a value only inherits do not count', () => {
    const { server, a } = setUp()
    const smuggled = Object.defineProperty({}, '__proto__', {
      value: del([1, 7, 1]),
      enumerable: true,
    })
    expect(says(server, a, any([smuggled], { parent: 'd:B', key: '1001:0' }))).toBe('bad-entry')
  })

  test('G18: an entry is signed by the session’s user', () => {
    expect(enters(del([1, 7, 1], { user: 'u1002' }))).toBe('foreign-signature')
    expect(enters(del([1, 7, 1], { user: '' }))).toBe('bad-entry')
  })

  test('G19: a key is written again by a wider entry, directly after the last one', () => {
    const { server, a } = setUp()
    const key = a.enter(del([1, 7, 2]))
    server.take(a.last, a)
    const again = (entry: Entry) => says(server, a, any([entry], { origin: own(0) }))
    expect(again(del([1, 7, 3]))).toBe('ok')
    expect(again(del([1, 7, 2]))).toBe('ok')
    expect(again(del([1, 7, 2, 1, 10, 1]))).toBe('ok')
    expect(again(del([1, 7, 1]))).toBe('bad-overwrite')
    expect(again(del([1, 8, 3]))).toBe('bad-overwrite')
    expect(again(keep(key, [1, 7, 2]))).toBe('bad-overwrite')
    expect(says(server, a, any([del([1, 7, 3])], { parent: 'd:B', key }))).toBe('bad-overwrite')
    expect(says(server, a, any([del([1, 7, 3])], { right: own(0) }))).toBe('bad-overwrite')
    const wider = any([del([1, 7, 3])], { origin: own(0) })
    expect(says(server, a, wider, any([del([1, 7, 4])], { origin: own(1) }))).toBe('ok')
    expect(says(server, a, wider, any([del([1, 7, 4])], { origin: own(0) }))).toBe('bad-overwrite')
    expect(says(server, a, wider, any([del([1, 7, 2])], { origin: own(1) }))).toBe('bad-overwrite')
  })

  test('G19: a keep is written again only for the entry that it names', () => {
    const { server, a } = setUp()
    const [one, two] = [a.enter(del([1, 7, 2])), a.enter(del([1, 9, 2]))]
    a.enter(keep(one, [1, 7, 1]))
    for (const update of a.sent) server.take(update, a)
    expect(says(server, a, any([keep(one, [1, 7, 2])], { origin: own(2) }))).toBe('ok')
    expect(says(server, a, any([keep(two, [1, 7, 2])], { origin: own(2) }))).toBe('bad-overwrite')
  })

  test('G28: an attr sets one marker, a fmt letters only', () => {
    const attr = (r: readonly number[], more: object = { property: 'level', value: 2 }) => ({
      type: 'attr',
      r,
      supersedes: [],
      user: 'u1001',
      ...more,
    })
    const fmt = (r: readonly number[], format = 'bold') => ({
      type: 'fmt',
      r,
      format,
      user: 'u1001',
    })
    const marker = [1, at.itemA.clock, 1]
    expect(enters(attr(marker))).toBe('ok')
    expect(enters(attr(marker, { property: 'kind', value: 'call', supersedes: ['9:9'] }))).toBe(
      'ok',
    )
    const labelled = (value: unknown) => attr(marker, { property: 'label', value })
    for (const value of ['c bis)', 'c)bis', '3A', '1.1', '-a)', '–', '12 bis ter)', '', '*'])
      expect(enters(labelled(value))).toBe('ok')
    for (const value of [
      'c',
      'Article',
      ' c)',
      'c) ',
      'c)\tthat',
      'c)\u00a0bis',
      'c)\n',
      'c) Resolution',
      'c) bis ter quater',
      '1'.repeat(13),
      '**',
      '<b>1</b>',
      '\u202e1)',
      '\ufffc1',
      `a) ${'bis '.repeat(400)}`,
      7,
      null,
    ]) {
      expect(enters(labelled(value))).toBe('bad-entry')
    }
    expect(enters(attr([1, 0, 1], { property: 'label', value: '1' }))).toBe('protected-token')
    expect(enters(attr([1, 7, 1], { property: 'label', value: '1' }))).toBe('bad-ranges')
    expect(enters(attr([1, 0, 1]))).toBe('protected-token')
    expect(enters(attr([1, at.sentinel.clock, 1]))).toBe('protected-token')
    for (const r of [[], [1, 7, 1], [1, at.itemA.clock, 2], [...marker, 1, at.itemB.clock, 1]]) {
      expect(enters(attr(r))).toBe('bad-ranges')
    }
    for (const more of [
      { property: 'kind', value: 'number' },
      { property: 'kind', value: 'footnote' },
      { property: 'kind', value: 'notes' },
      { property: 'kind', value: 2 },
      { property: 'level', value: 0 },
      { property: 'level', value: 10 },
      { property: 'level', value: 'call' },
      { property: 's', value: 1 },
      { property: 'level', value: 2, supersedes: ['B/1:1'] },
      { property: 'level', value: 2, w: [] },
    ]) {
      expect(enters(attr(marker, more))).toBe('bad-entry')
    }
    expect(enters(fmt([1, 7, 2]))).toBe('ok')
    expect(enters(fmt([1, 7, 2], 'underline'))).toBe('bad-entry')
    expect(enters(fmt([1, at.low.clock, 1]))).toBe('split-letter')
    expect(enters(fmt([1, at.titleAnchor.clock, 1]))).toBe('protected-token')
    expect(enters(fmt(marker))).toBe('bad-ranges')
    expect(enters(fmt([1, at.call.clock, 3]))).toBe('bad-ranges')
  })

  test('G33, G18, G19: a ref names a paragraph of the body for letters', () => {
    const ref = (r: readonly number[], to: unknown, more: object = {}) => ({
      type: 'ref',
      r,
      to,
      user: 'u1001',
      ...more,
    })
    const item = [1, at.itemA.clock]
    expect(enters(ref([1, 7, 2], item))).toBe('ok')
    expect(enters(ref([1, 7, 2], [1, at.call.clock]))).toBe('ok')
    expect(enters(ref([1, 7, 2], [1, at.titleAnchor.clock]))).toBe('unknown-ranges')
    for (const to of [
      [1, 0],
      [1, at.sentinel.clock],
      [1, 7],
      [1, 9999],
      [1001, 0],
      [77, 0],
    ])
      expect(enters(ref([1, 7, 2], to))).toBe('unknown-ranges')
    for (const to of [null, [1], [1, 7, 1], '1:7', [1, -1], [1, 1.5], undefined])
      expect(enters(ref([1, 7, 2], to))).toBe('bad-entry')
    expect(enters(ref([1, 7, 2], item, { delegation: 'B' }))).toBe('bad-entry')
    expect(enters(ref([1, 7, 2], item, { user: 'u1002' }))).toBe('foreign-signature')
    expect(enters(ref([...item, 1], item))).toBe('bad-ranges')
    expect(enters(ref([1, at.low.clock, 1], item))).toBe('split-letter')
    expect(enters(ref([1, 9999, 1], item))).toBe('unknown-ranges')
    const { server, a } = setUp()
    a.enter(ref([1, 7, 2], item) as unknown as Entry)
    server.take(a.last, a)
    const again = any([ref([1, 7, 3], item)], { origin: own(0) })
    expect(says(server, a, again)).toBe('bad-overwrite')
  })

  test('G19: a format is written again over more letters, what is set of a block never', () => {
    const { server, a } = setUp()
    const level = {
      type: 'attr',
      supersedes: [],
      user: 'u1001',
      property: 'level',
      value: 2,
    } as const
    a.enter({ type: 'fmt', r: [1, 7, 2], format: 'bold', user: 'u1001' })
    a.enter({ ...level, r: [1, 23, 1] })
    for (const update of a.sent) server.take(update, a)
    const again = (entry: Entry, clock: number) =>
      says(server, a, any([entry], { origin: own(clock) }))
    const bold = { type: 'fmt', format: 'bold', user: 'u1001' } as const
    expect(again({ ...bold, r: [1, 7, 3] }, 0)).toBe('ok')
    expect(again({ ...bold, r: [1, 7, 3], format: 'italic' }, 0)).toBe('bad-overwrite')
    expect(again({ ...level, r: [1, 23, 1] }, 1)).toBe('bad-overwrite')
    expect(again({ ...level, r: [1, 23, 1], value: 3 }, 1)).toBe('bad-overwrite')
  })

  test('G19: another client of the same person writes under keys of its own', () => {
    const { server, a } = setUp()
    const key = a.enter(del([1, 7, 2]))
    server.take(a.last, a)
    const again: Sender = { user: 'u1001', delegation: 'B', owns: (client) => client === 1003 }
    const update = (place: object) =>
      said(
        server.check(
          forge([{ client: 1003, clock: 0, structs: [any([del([1, 7, 3])], place)] }]),
          again,
        ),
      )
    expect(update({ origin: own(0) })).toBe('bad-key')
    expect(update({ parent: 'd:B', key })).toBe('bad-key')
    expect(update({ parent: 'd:B', key: '1003:0' })).toBe('ok')
  })

  test('G20: ranges are sorted, disjoint, joined, not empty', () => {
    expect(enters(del([]))).toBe('ok')
    expect(enters(del([1, 7, 2, 1, 10, 1]))).toBe('ok')
    for (const r of [
      [1],
      [1, 7],
      [1, 7, 0],
      [1, 10, 1, 1, 7, 1],
      [1, 7, 3, 1, 9, 1],
      [1, 7, 1, 1, 8, 1],
      [1, 7, 1, 1, 7, 1],
      [1001, 0, 1, 1, 7, 1],
    ]) {
      expect(enters(del(r))).toBe('bad-ranges')
    }
  })

  test('G20: a thousand ranges and no more', () => {
    const { server, a } = setUp()
    const scattered = letters('x'.repeat(2100), inTitle)
    const r = (count: number) => Array.from({ length: count }, (_, n) => [1001, 2 * n, 1]).flat()
    const place = { parent: 'd:B', key: '1001:0' }
    expect(says(server, a, scattered, any([del(r(1000))], place))).toBe('ok')
    expect(says(server, a, scattered, any([del(r(1001))], place))).toBe('bad-entry')
  })

  test('G21: what an entry covers exists, in the sequence, and its own client wrote it before', () => {
    const { server, a, b } = setUp()
    b.enter(b.del([1, 7, 1]))
    b.write(at.titleLast, 'b')
    for (const update of b.sent) server.take(update, b)
    const place = { parent: 'd:B', key: '1001:0' }
    const over = (...r: number[]) =>
      says(
        server,
        a,
        letters('xy', inTitle),
        any([del(r)], place),
        letters('z', { ...inTitle, origin: own(1) }),
      )
    expect(over(1, 7, 5)).toBe('ok')
    expect(over(1002, 1, 1)).toBe('ok')
    expect(over(1001, 0, 2)).toBe('ok')
    expect(over(1, 7, 5, 1001, 0, 2, 1002, 1, 1)).toBe('ok')
    expect(over(1, 44, 1)).toBe('unknown-ranges')
    expect(over(1, 999, 1)).toBe('unknown-ranges')
    expect(over(1002, 0, 1)).toBe('unknown-ranges')
    expect(over(1002, 0, 2)).toBe('unknown-ranges')
    expect(over(1002, 1, 2)).toBe('unknown-ranges')
    expect(over(1003, 0, 1)).toBe('unknown-ranges')
    expect(over(1001, 0, 3)).toBe('unknown-ranges')
    expect(over(1001, 3, 1)).toBe('unknown-ranges')
    expect(over(1, 7, 0xffffffff)).toBe('unknown-ranges')
    expect(over(0xffffffff, 0xffffffff, 0xffffffff)).toBe('unknown-ranges')
  })

  test('G21: letters of another own client may come in the same update', () => {
    const { server } = setUp()
    const two: Sender = { user: 'u1001', delegation: 'B', owns: (client) => client >= 1000 }
    const update = forge([
      {
        client: 1002,
        clock: 0,
        structs: [any([del([1001, 0, 1])], { parent: 'd:B', key: '1002:0' })],
      },
      { client: 1001, clock: 0, structs: [letters('x', inTitle)] },
    ])
    expect(said(server.check(update, two))).toBe('ok')
  })

  test('G22: the root, the sentinel and anchors are covered by nothing', () => {
    expect(enters(del([1, 6, 6]))).toBe('ok')
    for (const r of [
      [1, 0, 1],
      [1, 0, 3],
      [1, 5, 1],
      [1, 1, 5],
      [1, 7, 6],
      [1, 42, 1],
      [1, 0, 43],
    ]) {
      expect(enters(del(r))).toBe('protected-token')
      expect(enters(keep('1001:9', r))).toBe('protected-token')
    }
    const { server, a } = setUp()
    const place = { parent: 'd:B', key: '1001:0' }
    const block = [
      embed({ b: 'item' }, inTitle),
      letters('x', { ...inTitle, origin: own(0) }),
      embed({ e: 1 }, { ...inTitle, origin: own(1) }),
    ]
    expect(says(server, a, ...block, any([del([1001, 0, 2])], place))).toBe('ok')
    expect(says(server, a, ...block, any([del([1001, 0, 3])], place))).toBe('protected-token')
  })

  test('G12: the boundary of a range does not cut a letter', () => {
    expect(enters(del([1, 28, 2]))).toBe('ok')
    expect(enters(del([1, 24, 8]))).toBe('ok')
    for (const r of [
      [1, 28, 1],
      [1, 29, 1],
      [1, 24, 5],
      [1, 29, 3],
    ])
      expect(enters(del(r))).toBe('split-letter')
  })

  test('G23: `w` and `j` name markers among what is covered', () => {
    const title = [1, 6, 6]
    expect(enters(del(title, { w: [1, 6, 1] }))).toBe('ok')
    expect(enters(del(title, { j: [[1, 6, 1, 0]] }))).toBe('ok')
    expect(enters(del(title, { w: [1, 7, 1] }))).toBe('bad-ranges')
    expect(enters(del(title, { w: [1, 6, 2] }))).toBe('bad-ranges')
    expect(enters(del(title, { w: [1, 13, 1] }))).toBe('bad-ranges')
    expect(enters(del(title, { w: [1, 6] }))).toBe('bad-ranges')
    expect(enters(del(title, { j: [[1, 7, 1, 0]] }))).toBe('bad-ranges')
    expect(enters(del(title, { j: [[1, 13, 1, 0]] }))).toBe('bad-ranges')
    expect(enters(del(title, { j: [[1, 6, 1, 6]] }))).toBe('bad-ranges')
    for (const before of [1, 5, 42, 43, 999]) {
      expect(enters(del(title, { j: [[1, 6, 1, before]] }))).toBe('unknown-ranges')
    }
  })

  test('G24: a keep names an entry of the own delegation, known or in the update', () => {
    const { server, a, b } = setUp()
    const foreign = b.enter(b.del([1, 7, 2]))
    server.take(b.last, b)
    const key = a.enter(del([1, 7, 2]))
    a.enter(keep(key))
    expect(said(server.check(Y.mergeUpdates(a.sent), a))).toBe('ok')
    for (const update of a.sent) expect(said(server.take(update, a))).toBe('ok')
    a.enter(keep('1001:1'))
    expect(said(server.take(a.last, a))).toBe('ok')
    const next = (of: string) => says(server, a, any([keep(of)], { parent: 'd:B', key: '1001:9' }))
    expect(next(foreign)).toBe('unknown-entry')
    expect(next('1001:7')).toBe('unknown-entry')
    expect(next('1001:9')).toBe('unknown-entry')
    expect(next('01001:0')).toBe('unknown-entry')
  })

  test('G24: a colleague’s entry is kept as one’s own', () => {
    const { server, a } = setUp()
    const colleague = new Seat(server, 1005, 'B')
    const key = colleague.enter(colleague.del([1, 7, 2]))
    server.take(colleague.last, colleague)
    a.enter(keep(key))
    expect(said(server.check(a.last, a))).toBe('ok')
  })

  test('G24: keeps of keeps in a circle are refused, long chains are not', () => {
    const { server, a } = setUp()
    const entry = (value: Entry, n: number) => any([value], { parent: 'd:B', key: `1001:${n}` })
    const chain = Array.from({ length: 5000 }, (_, n) =>
      entry(n === 0 ? del([1, 7, 1]) : keep(`1001:${n - 1}`), n),
    )
    expect(says(server, a, ...chain)).toBe('ok')
    expect(says(server, a, ...chain.toReversed())).toBe('ok')
    const circle = Array.from({ length: 3 }, (_, n) => entry(keep(`1001:${(n + 1) % 3}`), n))
    expect(says(server, a, ...circle)).toBe('unknown-entry')
    expect(
      says(server, a, ...chain, entry(keep('1001:6001'), 6000), entry(keep('1001:6000'), 6001)),
    ).toBe('unknown-entry')
  })
})
