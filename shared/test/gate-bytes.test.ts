import * as Y from 'yjs'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { Tally, runs, seed } from './fuzz.ts'
import { checkUpdate } from '../src/gate/index.ts'
import { Seat, Server } from './gate-draft.ts'
import { script } from './gate-script.ts'
import { decode } from '../src/gate/yjs.ts'
import type { Content } from '../src/gate/struct.ts'
import { expectWhole, scene } from './gate-whole.ts'

const numRuns = runs(150)
const tally = new Tally('bytes')
const timeout = 20_000 + 200 * numRuns

type Damage = (bytes: number[], foreign: Uint8Array) => number[]

const damage: fc.Arbitrary<Damage> = fc.oneof(
  fc.tuple(fc.nat(), fc.nat({ max: 7 })).map(([i, bit]): Damage => (bytes) => {
    if (bytes.length > 0) bytes[i % bytes.length]! ^= 1 << bit
    return bytes
  }),
  fc.tuple(fc.nat(), fc.nat({ max: 255 })).map(([i, byte]): Damage => (bytes) => {
    bytes[i % (bytes.length + 1)] = byte
    return bytes
  }),
  fc.nat().map(
    (i): Damage =>
      (bytes) =>
        bytes.slice(0, i % (bytes.length + 1)),
  ),
  fc.tuple(fc.nat(), fc.nat({ max: 20 })).map(
    ([i, n]): Damage =>
      (bytes) =>
        bytes.toSpliced(i % (bytes.length + 1), n),
  ),
  fc.tuple(fc.nat(), fc.nat(), fc.nat({ max: 40 })).map(([i, j, n]): Damage => (bytes, foreign) => {
    const start = j % (foreign.length + 1)
    return bytes.toSpliced(i % (bytes.length + 1), n, ...foreign.slice(start, start + n))
  }),
  fc.tuple(fc.nat(), fc.nat(), fc.nat({ max: 40 })).map(([i, j, n]): Damage => (bytes) => {
    const start = j % (bytes.length + 1)
    return bytes.toSpliced(i % (bytes.length + 1), 0, ...bytes.slice(start, start + n))
  }),
)

test(
  'G26: damaged updates never make the gate throw, and what passes leaves the draft whole',
  () => {
    let passed = 0
    fc.assert(
      fc.property(
        script(16),
        fc.array(fc.array(damage, { minLength: 1, maxLength: 3 }), {
          minLength: 20,
          maxLength: 20,
        }),
        (steps, damages) => {
          const { server, a, valid, concurrent } = scene(steps)
          damages.forEach((list, i) => {
            let bytes = [...(valid[i % valid.length] ?? [])]
            for (const harm of list)
              bytes = harm(bytes, valid[(i + 1) % valid.length] ?? concurrent)
            const update = Uint8Array.from(bytes)
            tally.add('damaged updates')
            if (checkUpdate(server.ydoc, update, a).ok) passed++
            expectWhole(server.ydoc, update, a, concurrent)
          })
        },
      ),
      { numRuns, seed },
    )
    tally.add('of them passed whole', passed)
    expect(passed).toBeGreaterThan(numRuns / 5)
  },
  timeout,
)

/** A struct's content as the gate has it, read from what Yjs has decoded. */
function contentOf({ content }: Y.Item): Content {
  if (content instanceof Y.ContentString) return { type: 'letters', text: content.str }
  if (content instanceof Y.ContentEmbed) return { type: 'embed', value: content.embed }
  if (content instanceof Y.ContentAny) return { type: 'entries', values: content.arr }
  expect(content).toBeInstanceOf(Y.ContentDeleted)
  return { type: 'deleted' }
}

/** What Yjs itself reads in an update, in the form in which the gate reads it. */
function readByYjs(update: Uint8Array) {
  const { structs, ds } = Y.decodeUpdate(update)
  return {
    structs: structs.map((struct) => {
      const item = struct as Y.Item
      const root = item.parent as unknown as string | null
      return {
        client: item.id.client,
        clock: item.id.clock,
        length: item.length,
        origin: item.origin,
        rightOrigin: item.rightOrigin,
        content: contentOf(item),
        deleted: item.content instanceof Y.ContentDeleted,
        home: root === null ? null : { root, key: item.parentSub },
      }
    }),
    deletions: [...ds.clients].flatMap(([client, items]) =>
      items.map(({ clock, len }) => ({ client, clock, length: len })),
    ),
  }
}

test(
  'G2: what is read of an update, damaged or not, is what Yjs reads',
  () => {
    let read = 0
    fc.assert(
      fc.property(
        script(16),
        fc.array(fc.array(damage, { maxLength: 2 }), { minLength: 20, maxLength: 20 }),
        (steps, damages) => {
          const { server, valid, concurrent } = scene(steps)
          const all = [...valid, concurrent, server.state()]
          damages.forEach((list, i) => {
            let bytes = [...all[i % all.length]!]
            for (const harm of list) bytes = harm(bytes, concurrent)
            const update = Uint8Array.from(bytes)
            const decoded = decode(update)
            if (list.length === 0) expect(typeof decoded).toBe('object')
            if (typeof decoded === 'string') return
            read++
            const structs = [...decoded.structs.values()].flat()
            expect({ structs, deletions: decoded.deletions }).toEqual(readByYjs(update))
          })
        },
      ),
      { numRuns, seed },
    )
    tally.add('updates read as Yjs reads them', read)
    expect(read).toBeGreaterThan(numRuns * 5)
  },
  timeout,
)

test(
  'G26: random bytes never make the gate throw',
  () => {
    const server = new Server()
    const a = new Seat(server, 1001)
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 60 }), (bytes) => {
        expectWhole(server.ydoc, bytes, a, new Uint8Array(2))
      }),
      { numRuns: numRuns * 4, seed },
    )
  },
  timeout,
)
