import * as Y from 'yjs'
import { describe, expect, test } from 'vitest'
import { heldLetters } from '../src/gate/index.ts'
import { at, base, said, Seat, Server } from './gate-draft.ts'
import { any, embed, filler, forge, letters } from './gate-forge.ts'
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

const writes = (struct: Forged) => {
  const { server, a } = setUp()
  return says(server, a, struct)
}

describe('where it stands and what it is', () => {
  test('G7: the sequence and the own ledger may be written to, nothing else', () => {
    const { server, a } = setUp()
    const entry = a.del([1, 7, 1])
    const under = (parent: string, key?: string) =>
      says(server, a, any([entry], key === undefined ? { parent } : { parent, key }))
    expect(under('d:B', '1001:0')).toBe('ok')
    expect(under('d:CAN', '1001:0')).toBe('foreign-ledger')
    expect(under('d:', '1001:0')).toBe('foreign-ledger')
    expect(under('people', '1001')).toBe('server-only')
    expect(under('base', 'hash')).toBe('server-only')
    expect(under('decisions')).toBe('server-only')
    expect(under('signed', '1001')).toBe('server-only')
    expect(under('anything', '1001:0')).toBe('unknown-root')
    expect(under('', '1001:0')).toBe('unknown-root')
    expect(under('__proto__', '1001:0')).toBe('unknown-root')
  })

  test('G7: a struct without a parent stands where its origin stands, however far back that is', () => {
    const { server, a, b } = setUp()
    server.ydoc.getMap('people').set('1002', { user: 'u1002', delegation: 'CAN' })
    b.enter(b.del([1, 7, 1]))
    server.take(b.last, b)
    const entry = a.del([1, 7, 1])
    expect(says(server, a, any([entry], { origin: { client: 1002, clock: 0 } }))).toBe(
      'foreign-ledger',
    )
    const person = { client: server.ydoc.clientID, clock: 0 }
    expect(says(server, a, any([{}], { origin: person }))).toBe('server-only')
    server.ydoc.getArray('decisions').push([new Y.Map([['x', 1]])])
    const nested = { client: server.ydoc.clientID, clock: 2 }
    expect(says(server, a, any([{}], { origin: nested }))).toBe('unknown-root')
    const chain = Array.from({ length: 20_000 }, (_, n) =>
      n === 0 ? letters('x', inTitle) : letters('x', { ...inTitle, origin: own(n - 1) }),
    )
    expect(says(server, a, ...chain)).toBe('ok')
    expect(says(server, a, ...chain, any([entry], { ...inTitle, origin: own(0) }))).toBe(
      'forbidden-content',
    )
  })

  test('G8: formats, binary content, JSON, types, documents, attributes and GC are refused', () => {
    const { server, a } = setUp()
    const bytes = (ref: number, ...content: number[]) =>
      says(server, a, {
        ...inTitle,
        ref,
        content: (encoder) => {
          for (const byte of content) encoder.cbuf[encoder.cpos++] = byte
        },
      })
    expect(bytes(2, 1, 1, 48)).toBe('forbidden-content')
    expect(bytes(3, 1, 0)).toBe('forbidden-content')
    expect(bytes(6, 1, 98, 4, 116, 114, 117, 101)).toBe('forbidden-content')
    expect(bytes(7, 2)).toBe('forbidden-content')
    expect(bytes(9, 1, 120, 118, 0)).toBe('forbidden-content')
    expect(bytes(11, 1)).toBe('forbidden-content')
    expect(bytes(31, 1)).toBe('forbidden-content')
    expect(says(server, a, filler(0, 1))).toBe('forbidden-content')
    expect(says(server, a, letters('x', { parent: at.root }))).toBe('forbidden-content')
    expect(says(server, a, letters('x', { parent: 't', key: 'lang' }))).toBe('forbidden-content')
    expect(says(server, a, any(['x'], inTitle))).toBe('forbidden-content')
    expect(says(server, a, letters('x', { parent: 'd:B', key: '1001:0' }))).toBe(
      'forbidden-content',
    )
    expect(says(server, a, embed({}, { parent: 'd:B', key: '1001:0' }))).toBe('forbidden-content')
  })

  test('G8: what Yjs writes for a format is refused', () => {
    const { server, a } = setUp()
    a.ydoc.getText('t').format(7, 2, { bold: true })
    expect(said(server.check(a.last, a))).toBe('forbidden-content')
  })

  test('G9: letters of every script pass; lone halves and what XML cannot hold do not', () => {
    const text = 'añ\té́ ﷺ العربية 日本 𠀀 😀👩‍👩‍👧 \u2028\u00a0'
    expect(writes(letters(text, inTitle))).toBe('ok')
    for (const bad of ['\ufffd', '\ufffe', '\uffff', '\0', '\n', '\r', '\u001f', '\ud83d']) {
      expect(writes(letters(`x${bad}y`, inTitle))).toBe('bad-letters')
      expect(writes(letters(heldLetters(`x${bad}y`), inTitle))).toBe('ok')
      expect(heldLetters(`x${bad}y`)).toBe('xy')
    }
    expect(heldLetters(text)).toBe(text)
  })

  test('G10: anchors and markers of known kinds pass, with a label or anything else they do not', () => {
    expect(writes(embed({ e: 1 }, inTitle))).toBe('ok')
    expect(writes(embed({ b: 'item' }, inTitle))).toBe('ok')
    expect(writes(embed({ b: 'item', lvl: 2 }, inTitle))).toBe('ok')
    for (const value of [
      { b: 'notes' },
      { b: 'item', label: 'a)' },
      { b: 'item', lvl: 0 },
      { b: 'item', lvl: 10 },
      { b: 'item', lvl: 1.5 },
      { b: 'heading' },
      { b: 'item', e: 1 },
      { e: 2 },
      { e: 1, x: 1 },
      {},
      [],
      null,
      1,
      'item',
    ]) {
      expect(writes(embed(value, inTitle))).toBe('bad-marker')
    }
    const json = (text: string): Forged => ({ ...letters(text, inTitle), ref: 5 })
    expect(writes(json('{"b":"item","__proto__":{"label":"a)"}}'))).toBe('bad-marker')
    expect(writes(json('{"__proto__":{"b":"item"}}'))).toBe('bad-marker')
    expect(writes(json('{"b":'))).toBe('malformed')
  })

  test('G10: a split’s marker stands directly after its own anchor', () => {
    const { server, a } = setUp()
    a.write(base(9), { e: 1 }, { b: 'title', s: 1 })
    const [whole, half] = [a.last, Y.diffUpdate(a.last, Y.encodeStateVector(new Map([[1001, 1]])))]
    expect(said(server.check(whole, a))).toBe('ok')
    expect(
      said(
        server.take(
          forge([
            {
              client: 1001,
              clock: 0,
              structs: [embed({ e: 1 }, { origin: base(9), right: base(10) })],
            },
          ]),
          a,
        ),
      ),
    ).toBe('ok')
    expect(said(server.check(half, a))).toBe('ok')
    const split = (origin: { client: number; clock: number }) =>
      embed({ b: 'title', s: 1 }, { ...inTitle, origin })
    expect(writes(split(at.titleLast))).toBe('bad-marker')
    const fresh = setUp()
    expect(says(fresh.server, fresh.a, embed({ e: 1 }, inTitle), split(own(0)))).toBe('ok')
    expect(says(fresh.server, fresh.a, embed({ e: 1 }, inTitle), split(at.titleLast))).toBe(
      'bad-marker',
    )
    expect(says(fresh.server, fresh.a, letters('x', inTitle), split(own(0)))).toBe('bad-marker')
    expect(
      says(
        fresh.server,
        fresh.a,
        embed({ e: 1 }, inTitle),
        letters('x', { ...inTitle, origin: own(0) }),
        split(own(0)),
      ),
    ).toBe('bad-marker')
  })

  test('G11: nothing before the root, nothing after the sentinel, nothing without neighbours', () => {
    expect(writes(letters('x', { parent: 't' }))).toBe('before-root')
    expect(writes(letters('x', { right: at.root }))).toBe('before-root')
    expect(writes(letters('x', { right: at.titleFirst }))).toBe('before-root')
    expect(writes(letters('x', { origin: at.numberEnd, right: at.root }))).toBe('before-root')
    expect(writes(letters('x', { origin: at.sentinel }))).toBe('outside-body')
    expect(writes(letters('x', { origin: at.titleLast }))).toBe('outside-body')
    expect(writes(letters('x', { origin: at.root, right: base(1) }))).toBe('ok')
    expect(writes(letters('x', { origin: at.lastAnchor, right: at.sentinel }))).toBe('ok')
  })

  test('G11: a right origin that does not stand after the origin is refused', () => {
    expect(writes(letters('x', { origin: at.titleLast, right: at.titleFirst }))).toBe('bad-place')
    expect(writes(letters('x', { origin: at.titleLast, right: at.titleLast }))).toBe('bad-place')
    expect(writes(letters('x', { origin: at.itemB, right: at.itemA }))).toBe('bad-place')
    const { server, a } = setUp()
    const x = letters('x', inTitle)
    const y = letters('y', { ...inTitle, origin: own(0) })
    expect(says(server, a, x, y, letters('z', { origin: own(0), right: own(1) }))).toBe('ok')
    expect(says(server, a, x, y, letters('z', { origin: own(1), right: own(0) }))).toBe('bad-place')
    expect(says(server, a, x, y, letters('z', { origin: at.titleAnchor, right: own(0) }))).toBe(
      'bad-place',
    )
    expect(says(server, a, x, y, letters('z', { origin: own(1), right: at.titleFirst }))).toBe(
      'bad-place',
    )
  })

  test('G11: between the origins stands nothing that the writer had seen', () => {
    // Found by fuzz: two clients that take in such letters in another order see another order.
    expect(writes(letters('x', { origin: at.root, right: at.sentinel }))).toBe('bad-place')
    expect(writes(letters('x', { origin: base(9), right: base(11) }))).toBe('bad-place')
    const { server, a, b } = setUp()
    expect(says(server, a, letters('x', inTitle), letters('y', inTitle))).toBe('bad-place')
    a.write(at.titleLast, 'x')
    server.take(a.last, a)
    expect(says(server, a, letters('y', inTitle))).toBe('bad-place')
    expect(says(server, a, letters('y', { ...inTitle, right: own(0) }))).toBe('ok')
    b.write(at.titleLast, 'b')
    b.write({ client: 1002, clock: 0 }, { e: 1 })
    for (const update of b.sent) expect(said(server.take(update, b))).toBe('ok')
    const bs = (clock: number) => ({ client: 1002, clock })
    expect(says(server, a, letters('y', { origin: own(0), right: at.titleAnchor }))).toBe('ok')
    expect(says(server, a, letters('y', { origin: own(0), right: bs(1) }))).toBe('bad-place')
    expect(says(server, a, letters('y', { origin: own(0), right: bs(0) }))).toBe('ok')
    expect(says(server, a, letters('y', { origin: bs(1), right: at.titleAnchor }))).toBe('ok')
  })

  test('G11: the right origin is in the sequence, as the origin is', () => {
    const { server, a } = setUp()
    a.enter(a.del([1, 7, 1]))
    server.take(a.last, a)
    expect(says(server, a, letters('x', { origin: at.titleLast, right: own(0) }))).toBe(
      'outside-body',
    )
    expect(says(server, a, letters('x', { origin: own(0), right: at.titleAnchor }))).toBe(
      'bad-overwrite',
    )
  })

  test('G12: nothing is written between the halves of a letter, known or new', () => {
    expect(writes(letters('x', { origin: at.high, right: at.low }))).toBe('split-letter')
    expect(writes(letters('x', { origin: at.high, right: at.itemB }))).toBe('split-letter')
    expect(writes(letters('x', { origin: base(24), right: at.low }))).toBe('split-letter')
    expect(writes(letters('x', { origin: at.low, right: base(30) }))).toBe('ok')
    expect(writes(letters('x', { origin: base(27), right: at.high }))).toBe('ok')
    const { server, a } = setUp()
    const face = letters('😀', inTitle)
    expect(says(server, a, face, letters('x', { ...inTitle, origin: own(0) }))).toBe('split-letter')
    expect(says(server, a, face, letters('x', { origin: at.titleLast, right: own(1) }))).toBe(
      'split-letter',
    )
    expect(says(server, a, face, letters('x', { ...inTitle, origin: own(1) }))).toBe('ok')
  })
})
