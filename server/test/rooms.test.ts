import { statSync } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { loadContributions, loadCorpus } from '@revmark/corpus'
import { closeCode } from '@revmark/shared/wire'
import { pino } from 'pino'
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { DraftDamaged } from '../src/damage.ts'
import { Doorkeeper } from '../src/doorkeeper.ts'
import { writtenIn } from '../src/history.ts'
import { BaseChanged, replay } from '../src/room/replay.ts'
import { Rooms } from '../src/room/rooms.ts'
import { fillWithSample, samplePeople } from '../src/sample.ts'
import { dice } from '../src/secret.ts'
import { openSqliteStore } from '../src/store/sqlite/store.ts'
import { LogDamaged } from '../src/store/log.ts'
import type { Store } from '../src/store/store.ts'
import * as Y from 'yjs'
import { Guest, gate, step1, updateFrame } from './stage.ts'

const brazil = samplePeople.find(({ id }) => id === 'brazil')!
let folder: string
let path: string
let store: Store
let time: number

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'revmark-rooms-'))
  path = join(folder, 'revmark.sqlite')
  store = openSqliteStore(path)
  time = 1_700_000_000_000
  await fillWithSample(store, loadCorpus(), loadContributions(), time)
})

afterEach(async () => {
  vi.useRealTimers()
  await store.close()
  await rm(folder, { recursive: true })
})

const openRooms = (over: Store = store): Rooms =>
  new Rooms({
    store: over,
    log: pino({ level: 'silent' }),
    now: () => time,
    randomInt: dice.randomInt,
    meters: { committed: () => undefined, synced: () => undefined, refused: () => undefined },
  })

/** A delegate of Brazil in the room, with a client id and the state. */
const visit = async (rooms: Rooms): Promise<Guest> => {
  const room = (await rooms.enter('res45'))!
  const guest = new Guest(brazil)
  const issued = await room.issue(brazil)
  if ('client' in issued) guest.ydoc.clientID = issued.client
  room.join(guest)
  room.receive(guest, step1(guest.ydoc))
  await room.settled()
  return guest
}

describe('rooms', () => {
  test('O2: what comes under a client id that was kept too long is refused', async () => {
    const before = openRooms()
    const [late, used] = await (await before.enter('res45'))!.issueSpare(brazil, 2)
    /** Whether the room takes what is written under a client id. */
    const takes = async (rooms: Rooms, client: number): Promise<boolean> => {
      const room = (await rooms.enter('res45'))!
      const guest = new Guest(brazil)
      room.join(guest)
      room.receive(guest, step1(guest.ydoc))
      await room.settled()
      guest.ydoc.clientID = client
      room.receive(guest, updateFrame(guest.type(0, 'x')))
      await room.settled()
      return guest.closed === null
    }
    expect(await takes(before, used!)).toBe(true)
    await before.close()
    time += 91 * 86_400_000
    const rooms = openRooms()
    expect(await takes(rooms, late!)).toBe(false)
    expect(await takes(rooms, used!)).toBe(true)
    await rooms.close()
  })

  test('are opened once for any number of callers', async () => {
    const read = vi.spyOn(store.log, 'read')
    const rooms = openRooms()
    const all = await Promise.all(Array.from({ length: 20 }, () => rooms.enter('res45')))
    expect(new Set(all).size).toBe(1)
    expect(read).toHaveBeenCalledTimes(1)
    await rooms.close()
  })

  test('are not opened for unknown drafts, which are asked for anew each time', async () => {
    const rooms = openRooms()
    expect(await rooms.enter('nothing')).toBeNull()
    expect(await rooms.enter('nothing')).toBeNull()
    await rooms.close()
    await expect(rooms.enter('res45')).rejects.toThrow('stopping')
  })

  test('are let go some time after the last has left, and come back as they were', async () => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'setInterval'] })
    const rooms = openRooms()
    const guest = await visit(rooms)
    const room = (await rooms.enter('res45'))!
    room.receive(guest, updateFrame(guest.type(2, ' kept')))
    await room.settled()
    vi.advanceTimersByTime(120_000)
    expect(await rooms.enter('res45')).toBe(room)
    room.leave(guest)
    vi.advanceTimersByTime(120_000)
    const again = (await rooms.enter('res45'))!
    expect(again).not.toBe(room)
    expect(again.ledger.project('marked').paragraphs[2]?.text).toContain(' kept')
    await rooms.close()
  })

  test('R7: are read anew from the log after a commit that failed', async () => {
    const rooms = openRooms()
    const guest = await visit(rooms)
    const room = (await rooms.enter('res45'))!
    const append = vi.spyOn(store.log, 'append').mockRejectedValueOnce(new Error('disk full'))
    room.receive(guest, updateFrame(guest.type(2, ' unsafe')))
    await expect(room.settled()).rejects.toThrow('disk full')
    append.mockRestore()
    expect(guest.closed?.code).toBe(1013)
    const again = (await rooms.enter('res45'))!
    expect(again).not.toBe(room)
    expect(again.ledger.project('marked').paragraphs[2]?.text).not.toContain(' unsafe')
    await rooms.close()
  })
})

describe('a full disk', () => {
  test('R7: lets people read, loses nothing, and is over without a restart', async () => {
    await store.close()
    const other = new DatabaseSync(path)
    other.exec('CREATE TABLE ballast (data BLOB); INSERT INTO ballast VALUES (zeroblob(300000))')
    other.exec('PRAGMA wal_checkpoint(TRUNCATE)')
    store = openSqliteStore(path, { mostBytes: statSync(path).size + 20_000 })
    const rooms = openRooms()
    const guest = await visit(rooms)
    const first = (await rooms.enter('res45'))!
    first.receive(guest, updateFrame(guest.type(2, ' acknowledged')))
    await first.settled()
    expect(guest.all('ack')).toHaveLength(1)
    first.receive(guest, updateFrame(guest.type(2, ` large ${'x'.repeat(50_000)}`)))
    await expect(first.settled()).rejects.toThrow(/full/)
    expect(guest.closed?.code).toBe(1013)
    expect(rooms.held).toEqual(['res45'])

    const room = (await rooms.enter('res45'))!
    const again = new Guest(brazil)
    Y.applyUpdate(again.ydoc, Y.encodeStateAsUpdate(guest.ydoc), 'server')
    again.ydoc.clientID = guest.ydoc.clientID
    room.join(again)
    room.receive(again, step1(again.ydoc))
    room.receive(again, again.answer())
    await room.settled()
    expect(again.all('facts')[0]?.held).toMatch(/cannot save at present/)
    expect(again.all('ack')).toEqual([])
    const text = (): string => room.ledger.project('marked').paragraphs[2]!.text
    expect(text()).toContain(' acknowledged')
    expect(text()).not.toContain(' large')

    other.exec('DELETE FROM ballast')
    other.close()
    await vi.waitFor(() => expect(again.all('facts').at(-1)?.held).toBeNull(), { timeout: 10_000 })
    room.receive(again, again.answer())
    await room.settled()
    expect(again.all('ack').at(-1)).toEqual({ type: 'ack', count: 2 })
    expect(rooms.held).toEqual([])
    await rooms.close()
    const state = (await replay(store, 'res45', 'log'))!
    expect(state.ledger.project('marked').paragraphs[2]!.text).toContain(' large')
  })

  test('is not read before the commit that a failed room has left behind', async () => {
    const rooms = openRooms()
    const guest = await visit(rooms)
    const room = (await rooms.enter('res45'))!
    const append = store.log.append.bind(store.log)
    const commit = gate()
    const spy = vi.spyOn(store.log, 'append').mockImplementationOnce(async (...args) => {
      await commit.closed
      await append(...args)
    })
    room.receive(guest, updateFrame(guest.type(2, ' under way')))
    await vi.waitFor(() => expect(spy).toHaveBeenCalled())
    vi.spyOn(room.ydoc, 'transact').mockImplementationOnce(() => {
      throw new Error('a fault')
    })
    room.receive(guest, updateFrame(guest.type(2, '?')))
    const again = rooms.enter('res45')
    commit.open()
    expect((await again)?.ledger.project('marked').paragraphs[2]?.text).toContain(' under way')
    await rooms.close()
  })

  test('holds a draft for which no client id can be written', async () => {
    const rooms = openRooms()
    const room = (await rooms.enter('res45'))!
    vi.spyOn(store.clients, 'register').mockRejectedValueOnce(new Error('disk full'))
    await expect(room.issue(brazil)).rejects.toThrow('disk full')
    expect(rooms.held).toEqual(['res45'])
    await vi.waitFor(() => expect(room.held).toBeNull(), { timeout: 5000 })
    expect(await room.issue(brazil)).toHaveProperty('client')
    await rooms.close()
  })

  test('does not hold a draft whose room failed for another reason', async () => {
    const rooms = openRooms()
    const guest = await visit(rooms)
    const room = (await rooms.enter('res45'))!
    vi.spyOn(room.ydoc, 'transact').mockImplementationOnce(() => {
      throw new Error('a fault')
    })
    room.receive(guest, updateFrame(guest.type(2, '?')))
    expect(guest.closed?.code).toBe(1013)
    expect(rooms.held).toEqual([])
    expect((await rooms.enter('res45'))?.held).toBeNull()
    await rooms.close()
  })
})

describe('replaying a log', () => {
  test('checks the base against the one kept beside it', async () => {
    const state = (await replay(store, 'res45'))!
    expect(state.seq).toBe(1)
    expect(state.draft.baseHash).toBe(loadCorpus().find('res45-dubai-2014')?.hash)
    expect(await replay(store, 'nothing')).toBeNull()
  })

  test.each([
    ['the base beside it', "UPDATE drafts SET base = replace(base, 'spam', 'ham')", BaseChanged, 1],
    ['its hash', "UPDATE drafts SET base_hash = 'x'", BaseChanged, null],
    [
      'the log',
      "UPDATE updates SET data = CAST(replace(data, 'spam', 'Spam') AS BLOB)",
      LogDamaged,
      null,
    ],
  ])('R9: refuses to write a draft of which %s was changed', async (_, change, error, shown) => {
    const database = new DatabaseSync(path)
    database.exec(`DROP TRIGGER updates_no_update; ${change}`)
    database.close()
    await expect(replay(store, 'res45')).rejects.toThrow(error)
    const rooms = openRooms()
    const entered = rooms.enter('res45')
    if (shown === null) await expect(entered).rejects.toThrow(DraftDamaged)
    else {
      expect((await entered)?.held).toContain('damaged')
      expect((await entered)?.logged).toBe(shown)
    }
    expect(rooms.damaged).toMatchObject([{ draft: 'res45', cause: expect.any(error) }])
    await rooms.close()
  })
})

describe('snapshots', () => {
  /** Types `count` letters, each an entry of the log. */
  const type = async (rooms: Rooms, guest: Guest, count: number): Promise<void> => {
    const room = (await rooms.enter('res45'))!
    for (let n = 0; n < count; n++) room.receive(guest, updateFrame(guest.type(2, 'x')))
    await room.settled()
  }

  const textOf = async (from: 'snapshot' | 'log'): Promise<[string, number]> => {
    const state = (await replay(store, 'res45', from))!
    const text = state.ledger.project('marked').paragraphs.map((one) => one.text)
    return [text.join('\n'), state.seq]
  }

  test('R6: are taken while people write, and tell what the log tells', async () => {
    const rooms = openRooms()
    const guest = await visit(rooms)
    await type(rooms, guest, 600)
    await vi.waitFor(async () => expect(await store.snapshots.newest('res45')).not.toBeNull())
    expect(await textOf('snapshot')).toEqual(await textOf('log'))
    await rooms.close()
  })

  test('are taken when the server stops, and the log is read from there', async () => {
    const rooms = openRooms()
    await type(rooms, await visit(rooms), 3)
    await rooms.close()
    const head = await store.log.head('res45')
    expect((await store.snapshots.newest('res45'))?.seq).toBe(head?.seq)
    const read = vi.spyOn(store.log, 'read')
    expect(await textOf('snapshot')).toEqual(await textOf('log'))
    expect(read.mock.calls.map(([, after]) => after)).toEqual([head?.seq, 0])
  })

  test.each([
    ['its bytes', 'UPDATE snapshots SET data = zeroblob(length(data))'],
    ['its place', 'UPDATE snapshots SET seq = seq - 1'],
    ['its log', 'UPDATE snapshots SET head = zeroblob(32)'],
  ])('that were changed in %s are left aside', async (_, change) => {
    const rooms = openRooms()
    await type(rooms, await visit(rooms), 3)
    await rooms.close()
    const database = new DatabaseSync(path)
    database.exec(change)
    database.close()
    expect(await store.snapshots.newest('res45')).toBeNull()
    expect(await textOf('snapshot')).toEqual(await textOf('log'))
  })
})

describe('the history', () => {
  test('tells who wrote what when, pauses apart', async () => {
    const rooms = openRooms()
    const guest = await visit(rooms)
    const room = (await rooms.enter('res45'))!
    const client = guest.ydoc.clientID
    const begun = time
    for (const pause of [0, 5000, 5000, 300_000]) {
      time += pause
      room.receive(guest, updateFrame(guest.type(2, 'xy')))
      await room.settled()
    }
    const written = writtenIn(await store.log.read('res45'))
    expect(written).toEqual([
      { user: 'brazil', client, clock: 0, length: 6, from: begun, to: begun + 10_000 },
      { user: 'brazil', client, clock: 6, length: 2, from: begun + 310_000, to: begun + 310_000 },
    ])
    await rooms.close()
  })
})

describe('the doorkeeper', () => {
  test('finds sessions that have expired, and what was done to the store behind its back', async () => {
    const rooms = openRooms()
    const doorkeeper = new Doorkeeper({
      store,
      rooms,
      log: pino({ level: 'silent' }),
      now: () => time,
    })
    const ends = { brazil: time + 1000, canada: time + 9000, observer: time + 9000 }
    const guests = new Map<string, Guest>()
    for (const [id, expires] of Object.entries(ends)) {
      const seat = samplePeople.find((each) => each.id === id)!
      const guest = new Guest(seat)
      await store.sessions.open(guest.session.id, time, expires)
      await store.sessions.sit(guest.session.id, id, time)
      ;(await rooms.enter('res45'))!.join(guest)
      doorkeeper.watch(guest)
      guests.set(id, guest)
    }
    await doorkeeper.look()
    expect([...guests.values()].map(({ closed }) => closed)).toEqual([null, null, null])
    time += 2000
    await store.people.revoke('canada', time)
    await store.people.change('observer', { role: 'chair' })
    await doorkeeper.look()
    expect([...guests.values()].map(({ closed }) => closed?.code)).toEqual([
      closeCode.signedOut,
      closeCode.revoked,
      closeCode.roleChanged,
    ])
    doorkeeper.close()
    await rooms.close()
  })
})
