import { Ledger, Pen, changesOf, peopleOf, seenDigest } from '@revmark/shared/ledger'
import type { DecisionRequest, Verb } from '@revmark/shared/ledger'
import * as Y from 'yjs'
import { describe, expect, test, vi } from 'vitest'
import type { Room } from '../src/room/room.ts'
import {
  Guest,
  Stage,
  ana,
  carl,
  chair,
  gate,
  olga,
  readHeard,
  step1,
  syncFrame,
  textOf,
  turn,
  updateFrame,
} from './stage.ts'

describe('an edit', () => {
  test('R1: reaches the log, then the others, then the disk, then its writer as an ack', async () => {
    const stage = new Stage()
    const brazil = await stage.enter(ana)
    const canada = await stage.enter(carl)
    const commit = gate()
    const sync = gate()
    stage.commitGate = commit.closed
    stage.syncGate = sync.closed
    stage.room.receive(brazil, updateFrame(brazil.type(2, ' two')))
    await turn()
    expect(textOf(canada.ydoc)[2]).toBe('one')
    commit.open()
    await turn()
    expect(stage.log.map(({ kind }) => kind)).toEqual(['person', 'edit'])
    expect(textOf(canada.ydoc)[2]).toBe('one two')
    expect(brazil.all('ack')).toEqual([])
    sync.open()
    await stage.room.settled()
    expect(brazil.all('ack')).toEqual([{ type: 'ack', count: 1 }])
    expect(canada.all('ack')).toEqual([])
  })

  test('comes with its author: the person stands before the first edit of a client id', async () => {
    const stage = new Stage()
    const brazil = await stage.enter(ana)
    const canada = await stage.enter(carl)
    stage.room.receive(brazil, updateFrame(brazil.type(2, 'x')))
    stage.room.receive(brazil, updateFrame(brazil.type(2, 'y')))
    await stage.room.settled()
    const person = peopleOf(canada.ydoc).get(String(brazil.ydoc.clientID))
    expect(person).toEqual({ user: 'ana', delegation: 'B' })
    expect(stage.log.map(({ kind, user, client }) => ({ kind, user, client }))).toEqual([
      { kind: 'person', user: 'ana', client: 2 },
      { kind: 'edit', user: 'ana', client: brazil.ydoc.clientID },
      { kind: 'edit', user: 'ana', client: brazil.ydoc.clientID },
    ])
    expect(stage.log.map(({ seq }) => seq)).toEqual([2, 3, 4])
  })

  test('R2: of one turn is committed, sent and acknowledged together with the others', async () => {
    const stage = new Stage()
    const brazil = await stage.enter(ana)
    const canada = await stage.enter(carl)
    const before = canada.all('update').length
    stage.events.splice(0)
    for (const letter of 'abc') stage.room.receive(brazil, updateFrame(brazil.type(2, letter)))
    await stage.room.settled()
    expect(stage.events).toEqual(['commit 4', 'sync'])
    expect(canada.all('update').length - before).toBe(1)
    expect(brazil.all('ack')).toEqual([{ type: 'ack', count: 3 }])
    expect(textOf(canada.ydoc)[2]).toBe('oneabc')
  })

  test('R2: waits with others for one sync where many come, and all are acknowledged', async () => {
    const stage = new Stage()
    const brazil = await stage.enter(ana)
    stage.events.splice(0)
    const begun = performance.now()
    for (let n = 0; n < 50; n++) {
      stage.room.receive(brazil, updateFrame(brazil.type(2, 'x')))
      await turn()
    }
    await stage.room.settled()
    const elapsed = performance.now() - begun
    const syncs = stage.events.filter((event) => event === 'sync').length
    expect(syncs).toBeLessThanOrEqual(elapsed / 10 + 2)
    expect(brazil.all('ack').at(-1)).toEqual({ type: 'ack', count: 50 })
  })

  test('gathers with others for as long as they are dear to show', async () => {
    const stage = new Stage()
    const brazil = await stage.enter(ana)
    const canada = await stage.enter(carl)
    const hear = canada.send.bind(canada)
    canada.send = (frame) => {
      const until = performance.now() + 4
      while (performance.now() < until) continue
      hear(frame)
    }
    const shown = canada.all('update').length
    const begun = performance.now()
    for (let n = 0; n < 100; n++) {
      stage.room.receive(brazil, updateFrame(brazil.type(2, 'x')))
      await turn()
    }
    await stage.room.settled()
    const elapsed = performance.now() - begun
    // 4 ms to show a batch, then 12 ms in which the next one gathers.
    expect(canada.all('update').length - shown).toBeLessThanOrEqual(elapsed / 16 + 2)
    expect(textOf(canada.ydoc)[2]).toBe(`one${'x'.repeat(100)}`)
  })

  test('goes to all in one frame, made once, and to a writer only with what others wrote', async () => {
    const stage = new Stage()
    const brazil = await stage.enter(ana)
    const canada = await stage.enter(carl)
    const frames = [brazil, canada].map((guest) => vi.spyOn(guest, 'send'))
    const clients = (guest: Guest): Set<number> =>
      new Set(
        guest
          .all('update')
          .flatMap(({ update }) => Y.decodeUpdate(update).structs.map(({ id }) => id.client)),
      )
    stage.room.receive(brazil, updateFrame(brazil.type(2, 'B')))
    stage.room.receive(canada, updateFrame(canada.type(0, 'C')))
    await stage.room.settled()
    const [one, other] = frames.map(({ mock }) =>
      mock.calls.map(([frame]) => frame).find(([type, step]) => type === 0 && step === 2),
    )
    expect(one).toBeDefined()
    expect(one).toBe(other)
    expect(clients(brazil)).toContain(canada.ydoc.clientID)
    expect(textOf(brazil.ydoc)).toEqual(textOf(canada.ydoc))

    const heard = brazil.all('update').length
    stage.room.receive(brazil, updateFrame(brazil.type(2, 'B')))
    await stage.room.settled()
    expect(brazil.all('update')).toHaveLength(heard)
    expect(textOf(canada.ydoc)[2]).toBe('oneBB')
  })

  test('that is sent again is acknowledged and logged once', async () => {
    const stage = new Stage()
    const brazil = await stage.enter(ana)
    const update = brazil.type(2, 'x')
    stage.room.receive(brazil, updateFrame(update))
    await stage.room.settled()
    stage.room.receive(brazil, syncFrame(1, update))
    await stage.room.settled()
    expect(brazil.all('ack').at(-1)).toEqual({ type: 'ack', count: 2 })
    expect(stage.log).toHaveLength(2)
  })

  test('R3: typed at the moment of a return, before what was typed away, is taken with that', async () => {
    const stage = new Stage()
    const brazil = await stage.enter(ana)
    stage.room.leave(brazil)
    brazil.type(2, ' away')
    stage.room.join(brazil)
    stage.room.receive(brazil, step1(brazil.ydoc))
    const early = updateFrame(brazil.type(2, ' back'))
    stage.room.receive(brazil, early)
    await stage.room.settled()
    expect(brazil.all('ack')).toEqual([])
    stage.room.receive(brazil, brazil.answer())
    await stage.room.settled()
    expect(brazil.all('ack')).toEqual([{ type: 'ack', count: 2 }])
    expect(textOf(stage.room.ydoc)[2]).toBe('one away back')
    // Whoever has answered has no excuse for a gap.
    brazil.type(2, ' lost')
    stage.room.receive(brazil, updateFrame(brazil.type(2, ' after a gap')))
    await stage.room.settled()
    expect(brazil.closed).toEqual({ code: 4409, reason: 'gap' })
  })

  test('R5: is encoded by the server: what a log replays is what the room holds', async () => {
    const stage = new Stage()
    const first = Y.encodeStateAsUpdate(stage.room.ydoc)
    const brazil = await stage.enter(ana)
    for (const letter of 'hello') stage.room.receive(brazil, updateFrame(brazil.type(2, letter)))
    await stage.room.settled()
    const replayed = new Y.Doc({ gc: false })
    Y.applyUpdate(replayed, first)
    for (const { data } of stage.log) Y.applyUpdate(replayed, data)
    expect(Y.encodeStateAsUpdate(replayed)).toEqual(Y.encodeStateAsUpdate(stage.room.ydoc))
  })
})

describe('a newcomer', () => {
  test('R1: gets nothing that is not in the log yet', async () => {
    const stage = new Stage()
    const brazil = await stage.enter(ana)
    const commit = gate()
    stage.commitGate = commit.closed
    stage.room.receive(brazil, updateFrame(brazil.type(2, '!')))
    const guest = new Guest(carl)
    stage.room.join(guest)
    stage.room.receive(guest, step1(guest.ydoc))
    await turn()
    expect(guest.all('step2')).toEqual([])
    commit.open()
    await stage.room.settled()
    expect(textOf(guest.ydoc)[2]).toBe('one!')
  })

  test('R13: gets the very bytes that others got of the same version', async () => {
    const stage = new Stage()
    const brazil = await stage.enter(ana)
    const states: Uint8Array[] = []
    const join = async (): Promise<void> => {
      const guest = new Guest(olga)
      const hear = guest.send.bind(guest)
      guest.send = (frame) => {
        if (readHeard(frame).type === 'step2') states.push(frame)
        hear(frame)
      }
      stage.room.join(guest)
      stage.room.receive(guest, step1(guest.ydoc))
      await stage.room.settled()
    }
    await join()
    await join()
    stage.room.receive(brazil, updateFrame(brazil.type(2, '!')))
    await join()
    expect(states[1]).toBe(states[0])
    expect(states[2]).not.toBe(states[0])
  })

  test('gets only what it lacks when it comes back', async () => {
    const stage = new Stage()
    const brazil = await stage.enter(ana)
    const canada = await stage.enter(carl)
    stage.room.leave(canada)
    stage.room.receive(brazil, updateFrame(brazil.type(2, '!')))
    await stage.room.settled()
    expect(textOf(canada.ydoc)[2]).toBe('one')
    stage.room.join(canada)
    stage.room.receive(canada, step1(canada.ydoc))
    await stage.room.settled()
    expect(textOf(canada.ydoc)[2]).toBe('one!')
    const structs = Y.decodeUpdate(canada.all('step2').at(-1)!.update).structs
    expect(structs.some(({ id }) => id.client === 1)).toBe(false)
  })
})

describe('a refusal', () => {
  /** The room is as it was, and goes on for the others. */
  const expectUndisturbed = async (stage: Stage, other: Guest): Promise<void> => {
    const length = stage.log.length
    stage.room.receive(other, updateFrame(other.type(2, '?')))
    await stage.room.settled()
    expect(stage.log.length).toBeGreaterThan(length)
    expect(other.closed).toBeNull()
    expect(textOf(stage.room.ydoc)).toEqual(textOf(other.ydoc))
  }

  test('names the frame and the reason, then closes with 4409', async () => {
    const stage = new Stage()
    const brazil = await stage.enter(ana)
    const canada = await stage.enter(carl)
    stage.room.receive(brazil, updateFrame(brazil.type(2, 'kept')))
    brazil.ydoc.clientID = canada.ydoc.clientID
    stage.room.receive(brazil, updateFrame(brazil.type(2, 'forged')))
    await stage.room.settled()
    expect(brazil.heard.filter(({ type }) => type === 'ack' || type === 'refused')).toEqual([
      { type: 'ack', count: 1 },
      { type: 'refused', count: 2, code: 'foreign-client' },
    ])
    expect(brazil.closed).toEqual({ code: 4409, reason: 'foreign-client' })
    expect(textOf(canada.ydoc)[2]).toBe('onekept')
    await expectUndisturbed(stage, canada)
  })

  test('is the last that is heard of a connection', async () => {
    const stage = new Stage()
    const brazil = await stage.enter(ana)
    const own = brazil.ydoc.clientID
    const honest = brazil.type(2, 'x')
    brazil.ydoc.clientID = 5000
    stage.room.receive(brazil, updateFrame(brazil.type(2, 'y')))
    brazil.ydoc.clientID = own
    stage.room.receive(brazil, updateFrame(honest))
    await stage.room.settled()
    expect(stage.log).toEqual([])
    expect(brazil.all('ack')).toEqual([])
  })

  test.each([
    ['garbage in an update', updateFrame(Uint8Array.of(1, 2, 3, 4, 255, 255)), 4409],
    ['an empty frame', new Uint8Array(0), 1007],
    ['an unknown type', Uint8Array.of(42, 1), 1007],
    ['an unknown step', Uint8Array.of(0, 7, 0), 1007],
    ['a length beyond the end', Uint8Array.of(0, 2, 200, 1), 1007],
    ['something behind the frame', Uint8Array.of(...updateFrame(Uint8Array.of(0, 0)), 9), 1007],
    ['a step 1 that is no state vector', syncFrame(0, Uint8Array.of(5, 1)), 1007],
    ['an awareness of too few entries', Uint8Array.of(1, 2, 9, 1), 1007],
  ])('%s closes only the connection', async (_, frame, code) => {
    const stage = new Stage()
    const brazil = await stage.enter(ana)
    const canada = await stage.enter(carl)
    stage.room.receive(brazil, frame)
    await stage.room.settled()
    expect(brazil.closed?.code).toBe(code)
    await expectUndisturbed(stage, canada)
  })

  test.each([
    ['an observer', olga],
    ['the chair', chair],
  ])('meets %s who writes, not who reads', async (_, seat) => {
    const stage = new Stage()
    const reader = await stage.enter(seat)
    expect(textOf(reader.ydoc)[0]).toBe('RESOLUTION 45')
    stage.room.receive(reader, syncFrame(1, Y.encodeStateAsUpdate(new Y.Doc())))
    stage.room.receive(reader, syncFrame(1, Y.encodeStateAsUpdate(reader.ydoc)))
    await stage.room.settled()
    expect(reader.all('ack')).toEqual([{ type: 'ack', count: 2 }])
    expect(await stage.room.issue(seat)).toEqual({ refused: 'read-only' })
    reader.ydoc.clientID = 5000
    stage.room.receive(reader, updateFrame(reader.type(2, 'x')))
    await stage.room.settled()
    expect(reader.closed?.code).toBe(4409)
    expect(stage.log).toEqual([])
  })
})

describe('a decision', () => {
  const request = (room: Room, verb: Verb, note?: string): DecisionRequest => {
    const change = changesOf(room.ledger)[0]!
    const ins = [...change.ins]
    const del = [...change.del]
    return {
      verb,
      ins,
      del,
      entries: [...change.entries],
      seen: seenDigest(room.ledger, ins, del),
      ...(note !== undefined && { note }),
    }
  }

  test('is on disk when it is answered, with who, when and why', async () => {
    const stage = new Stage()
    const brazil = await stage.enter(ana)
    stage.room.receive(brazil, updateFrame(brazil.type(2, ' two')))
    await stage.room.settled()
    const asked = request(stage.room, 'accept', 'agreed')
    const result = await stage.room.decide(chair, asked, 'x1', 'a-token')
    expect(result).toMatchObject({ decision: { id: 'x1', verb: 'accept' } })
    expect(stage.events.at(-1)).toBe('sync')
    expect(stage.log.at(-1)).toMatchObject({
      kind: 'decision',
      user: 'chair',
      client: 2,
      decision: { id: 'x1', note: 'agreed' },
    })
    const ledger = new Ledger(brazil.ydoc)
    expect(ledger.project('accepted').paragraphs[2]?.text).toBe('one two')
  })

  test('over what has changed meanwhile is a conflict, and nothing is written', async () => {
    const stage = new Stage()
    const brazil = await stage.enter(ana)
    stage.room.receive(brazil, updateFrame(brazil.type(2, ' two')))
    await stage.room.settled()
    const asked = request(stage.room, 'accept')
    const author = { delegation: 'B', user: 'ana' }
    const ledger = new Ledger(brazil.ydoc, { client: brazil.ydoc.clientID, ...author })
    const [change] = changesOf(ledger)
    new Pen(ledger, author, () => 0).withdraw(change!)
    stage.room.receive(brazil, updateFrame(Y.mergeUpdates(brazil.outbox.splice(0))))
    await stage.room.settled()
    const length = stage.log.length
    const result = await stage.room.decide(chair, asked, 'x1')
    expect('decision' in result).toBe(false)
    expect(stage.log).toHaveLength(length)
  })
})

describe('closing', () => {
  test('R16: writes and acknowledges what was taken, then says 1012', async () => {
    const stage = new Stage()
    const brazil = await stage.enter(ana)
    stage.room.receive(brazil, updateFrame(brazil.type(2, 'x')))
    const closed = stage.room.close(1012, 'restart')
    stage.room.receive(brazil, updateFrame(brazil.type(2, 'y')))
    await closed
    expect(brazil.all('ack')).toEqual([{ type: 'ack', count: 1 }])
    expect(brazil.closed).toEqual({ code: 1012, reason: 'restart' })
    expect(stage.log).toHaveLength(2)
  })
})
