import * as Y from 'yjs'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { runs, seed } from './fuzz.ts'
import { checkUpdate } from '../src/gate/index.ts'
import type { Id } from '../src/ledger/id.ts'
import { tokensOf } from './gate-draft.ts'
import { any, embed, forge, gone, letters } from './gate-forge.ts'
import type { Forged } from './gate-forge.ts'
import { script } from './gate-script.ts'
import { expectWhole, scene } from './gate-whole.ts'

const numRuns = runs(150)
const timeout = 20_000 + 200 * numRuns

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
      { numRuns, seed },
    )
    expect(passed).toBeGreaterThan(numRuns)
  },
  timeout,
)
