import * as Y from 'yjs'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { checkUpdate, refusalCodes } from '../src/gate/index.ts'
import type { Sender } from '../src/gate/index.ts'
import { entrySchema } from '../src/ledger/entry.ts'
import type { Id } from '../src/ledger/id.ts'
import {
  any,
  at,
  baseOf,
  copyOf,
  embed,
  forge,
  gone,
  letters,
  Seat,
  Server,
  tokensOf,
} from './gate-draft.ts'
import type { Forged } from './gate-draft.ts'
import { edit, script, seatsOf, send } from './gate-script.ts'

const numRuns = Number(process.env['FUZZ'] ?? 150)
const timeout = 20_000 + 200 * numRuns

const sequence = (ydoc: Y.Doc): string =>
  tokensOf(ydoc)
    .map(({ client, clock, type, text }) => `${client}:${clock}${type}${text}`)
    .join(' ')

/** What must hold of a draft once an update has passed, whoever sent it. */
function expectWhole(
  before: Y.Doc,
  update: Uint8Array,
  sender: Sender,
  concurrent: Uint8Array,
): void {
  const state = Y.encodeStateAsUpdate(before)
  const share = [...before.share.keys()]
  const verdict = checkUpdate(before, update, sender)
  expect(Y.encodeStateAsUpdate(before)).toEqual(state)
  expect([...before.share.keys()]).toEqual(share)
  if (!verdict.ok) {
    expect(refusalCodes).toContain(verdict.code)
    return
  }
  const after = copyOf(before)
  Y.applyUpdate(after, update)
  expect(after.store).toMatchObject({ pendingStructs: null, pendingDs: null })
  expect(baseOf(after)).toBe(baseOf(before))
  expect([tokensOf(after)[0], tokensOf(after).at(-1)]).toMatchObject([at.root, at.sentinel])
  for (const [client, structs] of after.store.clients) {
    if (Y.getState(after.store, client) > Y.getState(before.store, client)) {
      expect(verdict.clients).toContain(client)
      expect(sender.owns(client)).toBe(true)
    }
    for (const struct of structs) {
      if (struct instanceof Y.Item && struct.parent === after.getText('t')) {
        expect(struct.deleted).toBe(false)
        expect(struct.content).not.toMatchObject({ str: expect.stringContaining('\ufffd') })
      } else expect(struct).toBeInstanceOf(Y.Item)
    }
  }
  for (const [name, type] of after.share) {
    if (!name.startsWith('d:')) continue
    expect(type._map.size).toBe(after.getMap(name).size)
    after.getMap(name).forEach((value) => expect(entrySchema.safeParse(value).success).toBe(true))
  }
  expect(checkUpdate(after, update, sender)).toEqual({ ok: true, clients: [], empty: true })
  const other = copyOf(before)
  Y.applyUpdate(other, concurrent)
  Y.applyUpdate(other, update)
  Y.applyUpdate(after, concurrent)
  expect(sequence(other)).toBe(sequence(after))
}

/** A draft with some history, and what its first seat and another have written since. */
function scene(steps: Parameters<typeof edit>[1][]) {
  const server = new Server()
  const [a, b, c] = seatsOf(server) as [Seat, Seat, Seat]
  const middle = Math.floor(steps.length / 2)
  for (const step of steps.slice(0, middle)) edit([a, b, c][step.seat]!, step)
  for (const seat of [a, b]) send(server, seat, 0)
  for (const seat of [a, b, c]) seat.receive(server)
  const known = Y.encodeStateVector(server.ydoc)
  for (const step of steps.slice(middle)) edit([a, b, c][step.seat]!, step)
  const since = (seat: Seat) => Y.encodeStateAsUpdate(seat.ydoc, known)
  return { server, a, valid: [since(a), ...a.sent.slice(-3)], concurrent: since(b) }
}

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
            if (checkUpdate(server.ydoc, update, a).ok) passed++
            expectWhole(server.ydoc, update, a, concurrent)
          })
        },
      ),
      { numRuns },
    )
    expect(passed).toBeGreaterThan(numRuns / 5)
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
      { numRuns: numRuns * 4 },
    )
  },
  timeout,
)

/** A draft to forge for: its tokens in order, and the client's own next clock. */
interface Aim {
  readonly tokens: readonly Id[]
  readonly clock: number
}

type Draw<T> = (aim: Aim) => T

/** A token of the draft by its place in it, or one of the update's own. */
const token = fc.oneof(
  {
    weight: 4,
    arbitrary: fc.nat().map(
      (n): Draw<Id> =>
        ({ tokens }) =>
          tokens[n % tokens.length]!,
    ),
  },
  {
    weight: 2,
    arbitrary: fc.nat({ max: 3 }).map((n): Draw<Id> => ({ clock }) => ({
      client: 1001,
      clock: clock + n,
    })),
  },
)

/** Two tokens in the order of the draft, near or far. */
const gap = fc
  .tuple(fc.nat(), fc.oneof(fc.constant(1), fc.nat({ max: 60 })))
  .map(([n, width]): Draw<{ origin: Id; right: Id }> => ({ tokens }) => {
    const left = n % (tokens.length - 1)
    return { origin: tokens[left]!, right: tokens[Math.min(left + width, tokens.length - 1)]! }
  })

const place: fc.Arbitrary<Draw<Omit<Forged, 'ref' | 'content'>>> = fc.oneof(
  { weight: 6, arbitrary: gap },
  {
    weight: 3,
    arbitrary: fc.tuple(token, gap).map(([origin, right]) => (aim: Aim) => ({
      origin: origin(aim),
      right: right(aim).right,
    })),
  },
  {
    weight: 2,
    arbitrary: fc.tuple(token, token).map(([origin, right]) => (aim: Aim) => ({
      origin: origin(aim),
      right: right(aim),
    })),
  },
  { weight: 1, arbitrary: token.map((origin) => (aim: Aim) => ({ origin: origin(aim) })) },
  {
    weight: 1,
    arbitrary: fc.constantFrom('t', 'd:B', 'd:CAN', 'people').map((parent) => () => ({ parent })),
  },
)

const key = fc
  .constantFrom('1001:0', '1001:1', '1001:70', '1001:71')
  .map((name): Draw<Omit<Forged, 'ref' | 'content'>> => () => ({ parent: 'd:B', key: name }))

const entry = fc.oneof(
  fc.tuple(token, fc.nat({ max: 3 })).map(([first, length]) => (aim: Aim) => ({
    type: 'del',
    user: 'u1001',
    r: [first(aim).client, first(aim).clock, length],
  })),
  fc
    .constantFrom('1001:0', '1001:70', '1001:71')
    .map((of) => () => ({ type: 'keep', of, user: 'u1001', r: [] })),
)

const struct: fc.Arbitrary<Draw<Forged>> = fc.oneof(
  {
    weight: 8,
    arbitrary: fc.tuple(fc.constantFrom('x', 'yz', '😀'), place).map(
      ([text, p]) =>
        (aim: Aim) =>
          letters(text, p(aim)),
    ),
  },
  {
    weight: 2,
    arbitrary: fc.tuple(fc.constantFrom({ e: 1 }, { b: 'item' }, { b: 'item', s: 1 }), place).map(
      ([value, p]) =>
        (aim: Aim) =>
          embed(value, p(aim)),
    ),
  },
  {
    weight: 3,
    arbitrary: fc
      .tuple(fc.array(entry, { minLength: 1, maxLength: 2 }), fc.oneof(key, key, place))
      .map(
        ([values, p]) =>
          (aim: Aim) =>
            any(
              values.map((value) => value(aim)),
              p(aim),
            ),
      ),
  },
  {
    weight: 1,
    arbitrary: fc.tuple(fc.nat({ max: 3 }), fc.oneof(key, place)).map(
      ([length, p]) =>
        (aim: Aim) =>
          gone(length, p(aim)),
    ),
  },
)

const deletions = fc.oneof(
  { weight: 4, arbitrary: fc.constant([]) },
  {
    weight: 1,
    arbitrary: fc.array(
      fc.tuple(fc.constantFrom(1, 1001, 2002), fc.nat({ max: 20 }), fc.nat({ max: 3 })),
      { maxLength: 1 },
    ),
  },
)

const forgery = fc.tuple(fc.array(struct, { minLength: 1, maxLength: 4 }), deletions)

test(
  'G26: forged structs never make the gate throw, and what passes leaves the draft whole',
  () => {
    let passed = 0
    fc.assert(
      fc.property(
        script(16),
        fc.array(forgery, { minLength: 30, maxLength: 30 }),
        (steps, forgeries) => {
          const { server, a, concurrent } = scene(steps)
          const aim = { tokens: tokensOf(server.ydoc), clock: Y.getState(server.ydoc.store, 1001) }
          for (const [structs, ds] of forgeries) {
            const section = {
              client: 1001,
              clock: aim.clock,
              structs: structs.map((draw) => draw(aim)),
            }
            const update = forge([section], ds)
            if (checkUpdate(server.ydoc, update, a).ok) passed++
            expectWhole(server.ydoc, update, a, concurrent)
          }
        },
      ),
      { numRuns },
    )
    expect(passed).toBeGreaterThan(numRuns)
  },
  timeout,
)
