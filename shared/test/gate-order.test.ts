import * as Y from 'yjs'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { runs, seed } from './fuzz.ts'
import type { Sender } from '../src/gate/index.ts'
import type { Id } from '../src/ledger/id.ts'
import type { Provision } from '../src/resolution/provision.ts'
import { copyOf, Seat, Server, tokensOf } from './gate-draft.ts'
import { forge, letters } from './gate-forge.ts'

const numRuns = runs(150)
const timeout = 20_000 + 200 * numRuns

const tiny: readonly Provision[] = [
  { kind: 'number', level: 1, label: null, text: 'ab', formats: [] },
]
const everybody: Sender = { user: 'u', delegation: 'B', owns: () => true }

const order = (ydoc: Y.Doc): string =>
  tokensOf(ydoc)
    .map(({ client, clock }) => `${client}:${clock}`)
    .join(' ')

const step = fc.record({
  act: fc.constantFrom('write', 'write', 'receive', 'send', 'forge', 'forge', 'forge', 'forge'),
  seat: fc.nat({ max: 2 }),
  place: fc.nat({ max: 999 }),
  /** A forged letter's right origin, so many tokens to the right of its origin. */
  width: fc.integer({ min: 1, max: 4 }),
  own: fc.nat({ max: 7 }),
})

/** All clients write into a handful of places, one of them with origins of its own making. */
test(
  'G11: whatever origins a hostile client makes up, what passes stands at one place in all clients',
  () => {
    let passed = 0
    fc.assert(
      fc.property(
        fc.array(step, { minLength: 30, maxLength: 50 }),
        fc.constantFrom(1001, 2000, 4_000_000),
        (steps, hostile) => {
          const server = new Server(tiny)
          const seats = [1500, 900_000, 2500].map((client) => new Seat(server, client, 'CAN'))
          // Nobody writes letters after the sentinel or the anchor behind it.
          const pick = <T>(list: readonly T[], n: number): T => list[n % (list.length - 2)]!
          const sendAll = (seat: Seat) => {
            for (const update of seat.sent.splice(0))
              expect(server.take(update, seat)).toMatchObject({ ok: true })
          }
          for (const { act, seat: n, place, width, own } of steps) {
            const seat = seats[n]!
            if (act === 'write') seat.write(pick(tokensOf(seat.ydoc), place), 'x')
            if (act === 'receive') seat.receive(server)
            if (act === 'send') sendAll(seat)
            if (act !== 'forge') continue
            const clock = Y.getState(server.ydoc.store, hostile)
            const tokens: Id[] = tokensOf(server.ydoc)
            const left = place % (tokens.length - 1)
            const gap = {
              origin: tokens[left]!,
              right: tokens[Math.min(left + width, tokens.length - 1)]!,
            }
            const mine = { client: hostile, clock }
            const second = {
              origin: own & 1 ? mine : gap.origin,
              right: own & 2 ? mine : gap.right,
            }
            const structs = [letters('h', gap), ...(own & 4 ? [letters('i', second)] : [])]
            const update = forge([{ client: hostile, clock, structs }])
            if (!server.check(update, everybody).ok) continue
            passed++
            const pending = seats.flatMap(({ sent }) => sent)
            const [early, late] = [copyOf(server.ydoc), copyOf(server.ydoc)]
            for (const part of [update, ...pending]) Y.applyUpdate(early, part)
            for (const part of [...pending, update]) Y.applyUpdate(late, part)
            expect(order(late)).toBe(order(early))
            server.take(update, everybody)
          }
          for (const seat of seats) sendAll(seat)
          for (const seat of seats) {
            seat.receive(server)
            expect(order(seat.ydoc)).toBe(order(server.ydoc))
          }
          expect(order(copyOf(server.ydoc))).toBe(order(server.ydoc))
        },
      ),
      { numRuns, seed },
    )
    expect(passed).toBeGreaterThan(numRuns)
  },
  timeout,
)
