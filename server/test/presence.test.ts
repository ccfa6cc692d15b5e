/** Who is here: what a room tells of its people, and what it does not believe. */
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { Stage, ana, awarenessFrame, carl, chair, olga } from './stage.ts'
import type { Guest } from './stage.ts'

describe('presence', () => {
  beforeEach(() => void vi.useFakeTimers({ toFake: ['setTimeout', 'setInterval'] }))
  afterEach(() => void vi.useRealTimers())

  /** Everything that a guest has heard of who is here, the latest word of each. */
  const seen = (guest: Guest): Map<number, unknown> => {
    vi.advanceTimersByTime(100)
    const states = new Map(guest.all('awareness').flatMap(({ states }) => [...states]))
    for (const [client, state] of states) if (state === null) states.delete(client)
    return states
  }

  const caret = (client: number, state: unknown, clock = 1): Uint8Array =>
    awarenessFrame([{ client, clock, state }])

  test('R14: carries the identity of the session, whatever the client says', async () => {
    const stage = new Stage()
    const brazil = await stage.enter(ana)
    const canada = await stage.enter(carl)
    const client = brazil.ydoc.clientID
    stage.room.receive(brazil, caret(client, { caret: 5, user: { name: 'The Chair' } }))
    expect(seen(canada).get(client)).toEqual({
      caret: 5,
      user: { id: 'ana', name: 'ana', role: 'delegate', delegation: 'B' },
    })
    expect(brazil.all('awareness').some(({ states }) => states.has(client))).toBe(false)
  })

  test('O1: nobody gathers client ids that are not used', async () => {
    const stage = new Stage()
    while ((await stage.room.issueSpare(ana, 50)).length > 0);
    expect(await stage.room.issueSpare(ana, 1)).toEqual([])
    expect(await stage.room.issue(ana)).toHaveProperty('client')
    expect(await stage.room.issueSpare(carl, 1)).toHaveLength(1)
  })

  test('R14: lets nobody speak for, silence or outlive another', async () => {
    const stage = new Stage()
    const brazil = await stage.enter(ana)
    const canada = await stage.enter(carl)
    const observer = await stage.enter(olga)
    const client = brazil.ydoc.clientID
    stage.room.receive(brazil, caret(client, { caret: 1 }))
    stage.room.receive(canada, caret(client, { caret: 9 }, 50))
    stage.room.receive(canada, caret(client, null, 2 ** 40))
    stage.room.receive(observer, caret(7777, { caret: 3 }))
    stage.room.receive(brazil, caret(client, { caret: 2 }, 2))
    expect(seen(canada).get(client)).toMatchObject({ caret: 2 })
    expect(seen(canada).has(7777)).toBe(false)
    stage.room.leave(brazil)
    expect(seen(canada).has(client)).toBe(false)
  })

  test('R14: gives one connection one client id', async () => {
    const stage = new Stage()
    const brazil = await stage.enter(ana)
    const canada = await stage.enter(carl)
    const second = await stage.room.issue(ana)
    if (!('client' in second)) throw new RangeError('a delegate gets a client id')
    stage.room.receive(brazil, caret(brazil.ydoc.clientID, { caret: 1 }))
    stage.room.receive(brazil, caret(second.client, { caret: 2 }))
    expect(seen(canada).has(second.client)).toBe(false)
  })

  test('is seen again at once after a reconnection with the same clock', async () => {
    const stage = new Stage()
    const brazil = await stage.enter(ana)
    const canada = await stage.enter(carl)
    const client = brazil.ydoc.clientID
    stage.room.receive(brazil, caret(client, { caret: 1 }))
    expect(seen(canada).has(client)).toBe(true)
    stage.room.leave(brazil)
    expect(seen(canada).has(client)).toBe(false)
    stage.room.join(brazil)
    stage.room.receive(brazil, caret(client, { caret: 1 }))
    expect(seen(canada).has(client)).toBe(true)
  })

  test('of too many letters, or that is no object, is not passed on', async () => {
    const stage = new Stage()
    const brazil = await stage.enter(ana)
    const canada = await stage.enter(carl)
    const client = brazil.ydoc.clientID
    stage.room.receive(brazil, caret(client, { caret: 'x'.repeat(3000) }))
    stage.room.receive(brazil, caret(client, [1], 2))
    stage.room.receive(brazil, caret(client, 'hello', 3))
    expect(seen(canada).has(client)).toBe(false)
    expect(brazil.closed).toBeNull()
  })

  test('R14: is gathered: many moves of a caret within 50 ms are one frame', async () => {
    const stage = new Stage()
    const brazil = await stage.enter(ana)
    const canada = await stage.enter(carl)
    seen(canada)
    const before = canada.all('awareness').length
    for (let clock = 1; clock <= 20; clock++)
      stage.room.receive(brazil, caret(brazil.ydoc.clientID, { caret: clock }, clock))
    expect(seen(canada).get(brazil.ydoc.clientID)).toMatchObject({ caret: 20 })
    expect(canada.all('awareness').length).toBe(before + 1)
  })

  test('R14: tells how many observers there are and who else is here', async () => {
    const stage = new Stage()
    const brazil = await stage.enter(ana)
    stage.room.receive(brazil, caret(brazil.ydoc.clientID, {}))
    await stage.enter(olga)
    await stage.enter({ ...olga, id: 'otto' })
    await stage.enter(chair)
    expect(seen(brazil).get(2)).toEqual({
      room: {
        observers: 2,
        others: [{ id: 'chair', name: 'chair', role: 'chair', delegation: null }],
      },
    })
  })

  test('R15: is heard at least every 20 s in a silent room', async () => {
    const stage = new Stage()
    const observer = await stage.enter(olga)
    vi.advanceTimersByTime(100)
    for (let minute = 0; minute < 6; minute++) {
      const before = observer.all('awareness').length
      vi.advanceTimersByTime(20_000)
      expect(observer.all('awareness').length).toBeGreaterThan(before)
    }
  })
})
