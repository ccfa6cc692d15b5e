/** What the gate relies on in Yjs 13.6: each of these fails where a new Yjs does it otherwise. */
import * as Y from 'yjs'
import { describe, expect, test } from 'vitest'
import { at, Seat, Server, tokensOf } from './gate-draft.ts'
import { any, embed, filler, forge, gone, letters } from './gate-forge.ts'
import { decode, Known } from '../src/gate/yjs.ts'

const inTitle = { origin: at.titleLast, right: at.titleAnchor }
const one = (
  struct: ReturnType<typeof letters>,
  ds: readonly (readonly [number, number, number])[] = [],
) => decode(forge([{ client: 1001, clock: 0, structs: [struct] }], ds))

const setUp = () => {
  const server = new Server()
  return { server, a: new Seat(server, 1001), known: new Known(server.ydoc) }
}

describe('decoding', () => {
  test('G8: each allowed kind of content decodes to what it is', () => {
    const contents = [
      letters('x😀', inTitle),
      embed({ e: 1 }, inTitle),
      any([{ a: 1 }, 2], inTitle),
      gone(5, inTitle),
    ].map((struct) => {
      const decoded = one(struct)
      if (typeof decoded === 'string') throw new Error(decoded)
      const { content, length, origin, rightOrigin, home } = decoded.structs.get(1001)![0]!
      expect({ origin, rightOrigin, home }).toMatchObject({
        origin: at.titleLast,
        rightOrigin: at.titleAnchor,
        home: null,
      })
      return [content, length]
    })
    expect(contents).toEqual([
      [{ type: 'letters', text: 'x😀' }, 3],
      [{ type: 'embed', value: { e: 1 } }, 1],
      [{ type: 'entries', values: [{ a: 1 }, 2] }, 2],
      [{ type: 'deleted' }, 5],
    ])
  })

  test('G7: a struct without origins names its root and key; one with origins cannot', () => {
    expect(one(letters('x', { parent: 'd:B', key: 'k' }))).toMatchObject({
      structs: new Map([[1001, [{ home: { root: 'd:B', key: 'k' }, origin: null }]]]),
    })
    expect(one(letters('x', { parent: 't' }))).toMatchObject({
      structs: new Map([[1001, [{ home: { root: 't', key: null } }]]]),
    })
    expect(one(letters('x', { ...inTitle, key: 'k' }))).toMatchObject({
      structs: new Map([[1001, [{ home: null }]]]),
    })
  })

  test('G8: the numbers of the content kinds are those that Yjs writes', () => {
    const refs = {
      1: new Y.ContentDeleted(1),
      2: new Y.ContentJSON([]),
      3: new Y.ContentBinary(new Uint8Array()),
      4: new Y.ContentString(''),
      5: new Y.ContentEmbed({}),
      6: new Y.ContentFormat('', {}),
      7: new Y.ContentType(new Y.Text()),
      8: new Y.ContentAny([]),
      9: new Y.ContentDoc(new Y.Doc()),
    }
    for (const [ref, content] of Object.entries(refs)) expect(content.getRef()).toBe(Number(ref))
    expect(one(filler(0, 1))).toBe('forbidden-content')
    expect(one(filler(10, 1))).toBe('gap')
  })

  test('G2: a decoder of one’s own is used, and where it stopped is known', () => {
    expect(decode(Uint8Array.of(0, 0))).toEqual({ structs: new Map(), deletions: [] })
    expect(decode(Uint8Array.of(0, 0, 0))).toBe('malformed')
  })

  test('G2: of two sections of one client Yjs applies the second only', () => {
    const section = (clock: number, text: string) => ({
      client: 1001,
      clock,
      structs: [letters(text, inTitle)],
    })
    const update = forge([section(0, 'x'), section(0, 'y')])
    const { server } = setUp()
    Y.applyUpdate(server.ydoc, update)
    expect(tokensOf(server.ydoc).map(({ text }) => text)).not.toContain('x')
    expect(Y.decodeUpdate(update).structs.length).toBe(2)
    expect(decode(update)).toBe('malformed')
  })

  test('G9: a lone half of a surrogate pair is encoded as U+FFFD, and cannot be decoded', () => {
    const { a } = setUp()
    a.ydoc.getText('t').insert(1, '\ud83d')
    expect(Y.decodeUpdate(a.last).structs[0]).toMatchObject({ content: { str: '\ufffd' } })
    const raw = forge([{ client: 1001, clock: 0, structs: [letters('\u0800', inTitle)] }])
    raw.set([0xed, 0xa0, 0xbd], raw.length - 4)
    expect(decode(raw)).toBe('malformed')
  })

  test('G18: a decoded value can inherit from what came with it', () => {
    const smuggled = Object.defineProperty({}, '__proto__', { value: { a: 1 }, enumerable: true })
    const decoded = Y.decodeUpdate(
      forge([{ client: 1001, clock: 0, structs: [any([smuggled], inTitle)] }]),
    )
    const [value] = (decoded.structs[0] as Y.Item).content.getContent()
    expect([value.a, Object.keys(value)]).toEqual([1, []])
  })
})

describe('the struct store', () => {
  test('G5: typing is merged into one struct, whose inner tokens stand after each other', () => {
    const { server, a, known } = setUp()
    let after = { ...at.titleLast }
    for (const letter of 'abc') after = a.write(after, letter)
    for (const update of a.sent) server.take(update, a)
    expect(known.at({ client: 1001, clock: 1 })).toMatchObject({
      clock: 0,
      length: 3,
      origin: at.titleLast,
      rightOrigin: at.titleAnchor,
      content: { type: 'letters', text: 'abc' },
    })
  })

  test('G5: a struct that is split keeps its right origin on both sides', () => {
    const { server, a, known } = setUp()
    a.write(at.titleLast, 'abc')
    server.take(a.last, a)
    a.write({ client: 1001, clock: 0 }, '-')
    server.take(a.last, a)
    const sides = [...known.runs(1001, 0, 3)]
    expect(sides).toMatchObject([
      { clock: 0, length: 1, origin: at.titleLast, rightOrigin: at.titleAnchor },
      { clock: 1, length: 2, origin: { client: 1001, clock: 0 }, rightOrigin: at.titleAnchor },
    ])
  })

  test('G11: the root is the first struct, and the right neighbour is read from the list', () => {
    const { known } = setUp()
    expect(known.root).toMatchObject(at.root)
    expect(known.rightOf(at.titleFirst)).toMatchObject({ clock: 12, content: { value: { e: 1 } } })
    expect(known.rightOf(at.end)).toBeNull()
  })

  test('G16: a superseded entry loses its content, not its place', () => {
    const { server, a, known } = setUp()
    const key = a.enter(a.del([1, 7, 1]))
    for (const length of [2, 3]) a.enter(a.del([1, 7, length]), key)
    for (const update of a.sent) server.take(update, a)
    expect([...known.runs(1001, 0, 3)]).toMatchObject([
      { length: 2, deleted: true, content: { type: 'deleted' }, home: { root: 'd:B', key } },
      { length: 1, deleted: false, content: { type: 'entries' }, home: { root: 'd:B', key } },
    ])
    expect(known.lastUnder('d:B', key)).toMatchObject({
      last: { client: 1001, clock: 2 },
      value: { r: [1, 7, 3] },
    })
    expect(known.lastUnder('d:B', '1001:9')).toBeNull()
    expect(known.lastUnder('d:X', key)).toBeNull()
  })

  test('G26: what is not known is not asked for', () => {
    const { known } = setUp()
    expect(known.clock(1001)).toBe(0)
    expect([...known.runs(1001, 0, 5)]).toEqual([])
    expect(() => known.at({ client: 1001, clock: 0 })).toThrow(RangeError)
    expect(() => known.at({ client: 1, clock: 9999 })).toThrow(RangeError)
  })
})
