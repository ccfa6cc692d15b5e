import * as Y from 'yjs'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { runs, seed } from './fuzz.ts'
import { checkUpdate } from '../src/gate/index.ts'
import { at, baseOf, copyOf, Seat, Server, tokensOf } from './gate-draft.ts'
import { edit, script, seatsOf, send } from './gate-script.ts'

const numRuns = runs(150)
const timeout = 20_000 + 200 * numRuns

test(
  'G27: what honest clients write passes, sent again, merged and split',
  () => {
    fc.assert(
      fc.property(script(60), (steps) => {
        const server = new Server()
        const seats = seatsOf(server)
        const before = baseOf(server.ydoc)
        for (const step of steps) {
          const seat = seats[step.seat]!
          if (step.op === 'receive') seat.receive(server)
          else if (step.op !== 'send') edit(seat, step)
          else
            for (const verdict of send(server, seat, step.a))
              expect(verdict).toMatchObject({ ok: true })
        }
        for (const [i, seat] of seats.entries()) {
          for (const verdict of send(server, seat, i + steps.length)) {
            expect(verdict).toMatchObject({ ok: true })
          }
        }
        expect(server.ydoc.store).toMatchObject({ pendingStructs: null, pendingDs: null })
        expect(baseOf(server.ydoc)).toBe(before)
        const tokens = tokensOf(server.ydoc)
        expect([tokens[0], tokens.at(-1)]).toMatchObject([at.root, at.end])
        for (const seat of seats) {
          seat.receive(server)
          expect(tokensOf(seat.ydoc)).toEqual(tokens)
          const all = Y.encodeStateAsUpdate(seat.ydoc)
          expect(server.check(all, seat)).toEqual({ ok: true, clients: [], empty: true })
        }
      }),
      { numRuns, seed },
    )
  },
  timeout,
)

test(
  'G27: whole states of clients that were offline all the time pass, and pass again',
  () => {
    fc.assert(
      fc.property(script(40), (steps) => {
        const server = new Server()
        const seats = seatsOf(server)
        for (const step of steps) if (step.op !== 'receive') edit(seats[step.seat]!, step)
        for (const seat of [...seats, ...seats]) {
          const verdict = server.take(Y.encodeStateAsUpdate(seat.ydoc), seat)
          expect(verdict).toMatchObject({ ok: true })
        }
        const reader = { user: 'r', delegation: 'R', owns: () => false }
        const all = { ok: true, clients: [], empty: true }
        expect(checkUpdate(copyOf(server.ydoc), server.state(), reader)).toEqual(all)
      }),
      { numRuns: Math.ceil(numRuns / 3), seed },
    )
  },
  timeout,
)

/** Counts how often the gate asks the struct store, by the reads of one of its maps. */
function readsOf(edits: number): number {
  const server = new Server()
  const seat = new Seat(server, 1001)
  let after = { ...at.titleLast }
  for (let n = 0; n < edits; n++) {
    after = seat.write(after, n % 7 === 0 ? '😀' : 'x')
    if (n % 7 === 0) after = { ...after, clock: after.clock + 1 }
    if (n % 5 === 0)
      seat.enter(seat.del([after.client, after.clock - (n % 7 === 0 ? 1 : 0), n % 7 === 0 ? 2 : 1]))
  }
  const update = Y.mergeUpdates(seat.sent)
  const { clients } = server.ydoc.store
  const get = clients.get.bind(clients)
  let reads = 0
  clients.get = (client) => {
    reads++
    return get(client)
  }
  expect(server.check(update, seat)).toMatchObject({ ok: true })
  return reads
}

test(
  'G27: 8,000 offline edits in one update cost eight times what 1,000 cost',
  () => {
    expect(readsOf(8000) / readsOf(1000)).toBeLessThan(8.5)
  },
  timeout,
)
