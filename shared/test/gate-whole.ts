/** What must hold of a draft after anything that the gate has let pass, and drafts to try it on. */
import * as Y from 'yjs'
import { expect } from 'vitest'
import { checkUpdate, refusalCodes } from '../src/gate/index.ts'
import type { Sender } from '../src/gate/index.ts'
import { entrySchema } from '../src/ledger/entry.ts'
import { at, baseOf, copyOf, Server, tokensOf } from './gate-draft.ts'
import type { Seat } from './gate-draft.ts'
import { edit, seatsOf, send } from './gate-script.ts'

export const sequence = (ydoc: Y.Doc): string =>
  tokensOf(ydoc)
    .map(({ client, clock, type, text }) => `${client}:${clock}${type}${text}`)
    .join(' ')

/** What must hold of a draft once an update has passed, whoever sent it. */
export function expectWhole(
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
  expect([tokensOf(after)[0], tokensOf(after).at(-1)]).toMatchObject([at.root, at.end])
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
export function scene(steps: Parameters<typeof edit>[1][]) {
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
