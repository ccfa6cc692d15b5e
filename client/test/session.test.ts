/** A session over a socket: what is saved, what is kept offline, what becomes of refused words. */
import { endOf, Ledger } from '@revmark/shared/ledger'
import { closeCode, messageFacts } from '@revmark/shared/wire'
import * as encoding from 'lib0/encoding'
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import type { Session, SessionServices } from '../src/session/index.ts'
import { comebackAfter } from '../src/session/comeback.ts'
import { openDraft, openPlace } from '../src/session/index.ts'
import { Device } from './device.ts'
import { draft, Room } from './room.ts'

let room: Room
let issued: number
let session: Session
/** What chance says next, 0 to 1. */
let drawn: number
/** What the browser keeps. */
let device: Device
/** Whether the API answers. */
let isAnswering: boolean

const services: SessionServices = {
  keeping: () => device,
  draft: () => Promise.resolve({ ok: false, problem: noLine }),
  line: () => ({
    url: 'ws://server/socket',
    Socket: room.Socket,
    maxBackoffTime: 100,
    draw: () => drawn,
    now: () => 1000,
  }),
  issue: () =>
    Promise.resolve(
      !isAnswering
        ? { ok: false, problem: noLine }
        : room.held === null
          ? { ok: true, value: { client: issued++, spare: [] } }
          : { ok: false, problem: { ...noDisk, message: room.held } },
    ),
}

const noLine = { code: 'offline', status: 0, message: '', advice: '' }
const noDisk = { code: 'unavailable', status: 503, message: '', advice: 'Try again.' }

async function open(role: 'delegate' | 'observer' = 'delegate'): Promise<Session> {
  const opened = await openDraft(draft(role), services, device)
  if (!opened.ok) throw new RangeError(opened.problem.message)
  session = opened.value
  await vi.waitFor(() => expect(session.snapshot().arrived).toBe(true))
  return session
}

/** Types at the end of the last paragraph. */
function type(text: string): void {
  const { copy } = session.snapshot()
  copy.pen!.insert(endOf(copy.ledger.project('marked').paragraphs.at(-1)!), text)
}

const shown = (): string => session.snapshot().copy.ledger.project('marked').paragraphs.at(-1)!.text

const inRoom = (): string => new Ledger(room.ydoc).project('marked').paragraphs.at(-1)!.text

beforeEach(() => {
  // Only the provider's waiting before it tries again; everything else happens in microtasks.
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] })
  room = new Room()
  issued = 5000
  drawn = 0
  device = new Device()
  isAnswering = true
})

afterEach(() => {
  session.destroy()
  vi.useRealTimers()
})

const reconnected = async () => {
  await vi.advanceTimersByTimeAsync(5000)
  expect(session.snapshot().connection.type).toBe('online')
}

describe('saving', () => {
  test('a draft that has just arrived is saved once its first frame is acknowledged', async () => {
    room.acknowledges = false
    await open()
    expect(session.snapshot().saving).toEqual({ type: 'saving', changes: 0 })
    room.acknowledge(1)
    expect(session.snapshot().saving).toEqual({ type: 'saved' })
  })

  test('an edit is saved when its own frame is acknowledged, not before', async () => {
    await open()
    room.acknowledges = false
    type('d')
    type('e')
    expect(session.snapshot().saving).toEqual({ type: 'saving', changes: 2 })
    room.acknowledge(2)
    expect(session.snapshot().saving).toEqual({ type: 'saving', changes: 1 })
    expect(session.wouldLose).toBe(true)
    room.acknowledge(3)
    expect(session.snapshot().saving).toEqual({ type: 'saved' })
    expect(session.wouldLose).toBe(false)
  })

  test('an acknowledgement of frames that were never sent changes nothing', async () => {
    await open()
    room.acknowledges = false
    type('d')
    room.acknowledge(9)
    expect(session.snapshot().saving).toEqual({ type: 'saving', changes: 1 })
  })

  test('an observer has nothing to save and no pen', async () => {
    await open('observer')
    expect(session.snapshot()).toMatchObject({ editable: false, saving: { type: 'readOnly' } })
    expect(session.snapshot().copy.pen).toBeNull()
    expect(issued).toBe(5000)
  })
})

describe('a page that goes before its edits are saved', () => {
  /** Writes offline, and opens the draft anew with what the browser kept. */
  async function comeBack(): Promise<void> {
    await open()
    room.cut(1006)
    type('d')
    type('e')
    expect(device.edits).toHaveLength(2)
    device.leftovers = [{ client: 5000, edits: device.edits }]
    session.destroy()
    room.acknowledges = false
    await open()
  }

  test('leaves them to the next, which sends them under another client id', async () => {
    await comeBack()
    expect(session.snapshot().saving).toEqual({ type: 'saving', changes: 2 })
    expect(inRoom()).toMatch(/de$/)
    expect(device.edits).toHaveLength(2)
    room.acknowledge(1)
    expect(session.snapshot().saving).toEqual({ type: 'saved' })
    expect(device.edits).toEqual([])
  })

  test('gives them back in words where they are refused, and forgets them', async () => {
    await comeBack()
    room.refusal = 'No.'
    type('f')
    await vi.waitFor(() => expect(session.snapshot().refused).toHaveLength(1))
    expect(session.snapshot().refused[0]).toMatchObject({ text: 'de\nf', edits: 3 })
    expect(device.edits).toEqual([])
  })

  test('leaves nothing that was acknowledged', async () => {
    await open()
    type('d')
    expect(session.snapshot().saving).toEqual({ type: 'saved' })
    expect(device.edits).toEqual([])
  })
})

describe('a page that opens without a server', () => {
  /** Writes offline, and opens the draft anew from what the device kept. */
  async function comeBack(ids: readonly number[]): Promise<void> {
    device.keeps = true
    await open()
    type('d')
    expect(device.shelved).not.toBeNull()
    room.cut(1006)
    room.reachable = false
    type('e')
    device.leftovers = [{ client: 5000, edits: device.edits }]
    session.destroy()
    device.spare = [...ids]
    isAnswering = false
    const opened = await openPlace('draft', 'seat', services)
    if (opened.type === 'failed') throw new RangeError(opened.problem.message)
    session = opened.session
  }

  test('O5: shows what was confirmed and what was not, and goes on', async () => {
    await comeBack([6000])
    expect(shown()).toBe('abcde')
    expect(session.snapshot()).toMatchObject({
      editable: true,
      keptAt: 500,
      connection: { type: 'offline', since: 1000 },
      saving: { type: 'kept', changes: 1 },
    })
    type('f')
    expect(session.snapshot().saving).toEqual({ type: 'kept', changes: 2 })
    room.reachable = true
    await reconnected()
    expect(inRoom()).toBe('abcdef')
    expect(session.snapshot()).toMatchObject({ keptAt: null, saving: { type: 'saved' } })
    expect(device.edits).toEqual([])
  })

  test('O6: reads only where no client id is left, and writes when the server is back', async () => {
    await comeBack([])
    expect(session.snapshot()).toMatchObject({ editable: false, problem: { code: 'offline' } })
    expect(shown()).toBe('abcde')
    room.reachable = true
    isAnswering = true
    await reconnected()
    await vi.waitFor(() => expect(session.snapshot().editable).toBe(true))
    await vi.waitFor(() => expect(inRoom()).toBe('abcde'))
  })

  test('O9: gives back in words what a seat that may not open the draft has left', async () => {
    await open()
    room.cut(1006)
    type('d')
    type('e')
    device.leftovers = [{ client: 5000, edits: device.edits }]
    const problem = { code: 'wrong-seat', status: 403, message: 'No.', advice: '' }
    const asked = { ...services, draft: () => Promise.resolve({ ok: false, problem } as const) }
    expect(await openPlace('draft', 'seat', asked)).toEqual({
      type: 'failed',
      problem,
      left: { message: 'No.', text: 'de', edits: 2 },
    })
    expect(device.shelved).toBeNull()
  })
})

describe('a line that drops', () => {
  test('keeps what is written meanwhile, counts it, and sends it as one answer', async () => {
    await open()
    room.cut(1006)
    type('d')
    type('e')
    expect(session.snapshot()).toMatchObject({
      editable: true,
      connection: { type: 'offline', since: 1000 },
      saving: { type: 'kept', changes: 2 },
    })
    await reconnected()
    expect(session.snapshot().saving).toEqual({ type: 'saved' })
    expect(inRoom()).toBe('abcde')
  })

  test('O8: much that was written meanwhile goes in frames, each acknowledged by itself', async () => {
    await open()
    room.cut(1006)
    for (const letter of 'defg') type(letter.repeat(300_000))
    room.acknowledges = false
    room.arrived.length = 0
    await reconnected()
    expect(room.arrived.map(({ step }) => step)).toEqual([1, 2, 2, 2])
    for (const { update } of room.arrived) expect(update.length).toBeLessThan(512 * 1024)
    expect(inRoom()).toHaveLength(3 + 4 * 300_000)
    expect(session.snapshot().saving).toEqual({ type: 'saving', changes: 4 })
    room.acknowledge(3)
    expect(session.snapshot().saving).toEqual({ type: 'saving', changes: 1 })
    room.acknowledge(4)
    expect(session.snapshot().saving).toEqual({ type: 'saved' })
  })

  test('an edit not acknowledged before the cut stays unsaved until the new socket says so', async () => {
    await open()
    room.acknowledges = false
    type('d')
    room.cut(1006)
    await reconnected()
    expect(session.snapshot().saving).toEqual({ type: 'saving', changes: 1 })
    room.acknowledge(1)
    expect(session.snapshot().saving).toEqual({ type: 'saved' })
  })

  test('no update goes out before the answer that fills the gap', async () => {
    await open()
    room.cut(1006)
    type('d')
    // The socket opens and something is typed before the server has asked for anything.
    const typedOnOpen = () => {
      if (session.snapshot().copy.unsaved === 1 && room.sockets.at(-1)!.readyState === 1) type('e')
    }
    const unsubscribe = session.subscribe(typedOnOpen)
    room.arrived.length = 0
    await reconnected()
    unsubscribe()
    expect(room.arrived.map(({ step }) => step)).toEqual([1])
    expect(inRoom()).toBe('abcde')
    expect(session.snapshot().saving).toEqual({ type: 'saved' })
  })

  test('a server that cannot be reached at first counts as offline, not as connecting for ever', async () => {
    room.reachable = false
    const opened = await openDraft(draft(), services, device)
    if (!opened.ok) throw new RangeError('not opened')
    session = opened.value
    await vi.waitFor(() => expect(session.snapshot().connection.type).toBe('offline'))
    room.reachable = true
    await reconnected()
    expect(shown()).toBe('abc')
  })
})

describe('a refusal', () => {
  test('keeps the words that were not acknowledged and goes on under another client id', async () => {
    await open()
    type('d')
    const before = session.snapshot().copy
    room.acknowledges = false
    type('efg')
    room.refusal = 'Only the owner may do this.'
    type('hi')
    await vi.waitFor(() => expect(session.snapshot().copy).not.toBe(before))
    room.acknowledges = true
    await vi.waitFor(() => expect(session.snapshot().arrived).toBe(true))
    expect(session.snapshot().refused).toEqual([
      { message: 'Only the owner may do this.', text: 'efghi', edits: 2 },
    ])
    expect(session.snapshot().copy.ydoc.clientID).toBe(5001)
    expect(shown()).toBe('abcdefg')
    type('!')
    expect(inRoom()).toBe('abcdefg!')
    session.dismissRefused()
    expect(session.snapshot().refused).toEqual([])
  })

  test('stops the writing when no other client id can be had, and goes on at the next try', async () => {
    await open()
    const { issue } = services
    const problem = { code: 'offline', status: 0, message: 'No line.', advice: 'Try again.' }
    Object.assign(services, { issue: () => Promise.resolve({ ok: false, problem }) })
    room.refusal = 'No.'
    type('d')
    await vi.waitFor(() => expect(session.snapshot().problem).toEqual(problem))
    expect(session.snapshot().editable).toBe(false)
    Object.assign(services, { issue })
    session.reconnect()
    await vi.waitFor(() => expect(session.snapshot().editable).toBe(true))
    expect(session.snapshot().refused).toHaveLength(1)
  })

  test('a client id that Yjs gives up stops the writing until another is issued', async () => {
    await open()
    const before = session.snapshot().copy
    before.ydoc.clientID = 77
    before.ydoc.transact(() => undefined)
    expect(session.snapshot().editable).toBe(false)
    await vi.waitFor(() => expect(session.snapshot().editable).toBe(true))
    expect(session.snapshot().copy.ydoc.clientID).toBe(5001)
  })
})

describe('a line closed for good', () => {
  test.each([
    [closeCode.signedOut, 'signedOut'],
    [closeCode.forbidden, 'forbidden'],
    [closeCode.unknownDraft, 'unknownDraft'],
    [closeCode.damaged, 'damaged'],
    [closeCode.revoked, 'revoked'],
    [closeCode.roleChanged, 'roleChanged'],
    [4499, 'ended'],
  ] as const)('%i stops the writing as %s and keeps what is unsaved', async (code, reason) => {
    await open()
    room.acknowledges = false
    type('d')
    room.cut(code)
    expect(session.snapshot()).toMatchObject({
      editable: false,
      connection: { type: 'closed', reason },
      saving: { type: 'kept', changes: 1 },
    })
    expect(session.snapshot().copy.unsavedText()).toBe('d')
    room.acknowledges = true
    session.reconnect()
    await vi.waitFor(() => expect(session.snapshot().saving).toEqual({ type: 'saved' }))
    expect(inRoom()).toBe('abcd')
  })

  test('a restart of the server is not for good', async () => {
    await open()
    room.cut(closeCode.restart)
    expect(session.snapshot().connection.type).toBe('offline')
    await reconnected()
  })
})

describe('a server that cannot save', () => {
  test('is told in its words; what is written meanwhile is kept, then saved', async () => {
    await open()
    type('d')
    room.hold('The disk is full.')
    type('e')
    expect(session.snapshot()).toMatchObject({
      held: 'The disk is full.',
      editable: true,
      connection: { type: 'online' },
      saving: { type: 'kept', changes: 1 },
    })
    expect(session.wouldLose).toBe(true)
    expect(inRoom()).toBe('abcd')
    room.resume()
    expect(session.snapshot()).toMatchObject({ held: null, saving: { type: 'saved' } })
    expect(inRoom()).toBe('abcde')
  })

  test('says it anew after a reconnection, and what it says garbled is not believed', async () => {
    await open()
    room.hold('The disk is full.')
    room.cut(1006)
    expect(session.snapshot().held).toBeNull()
    await reconnected()
    expect(session.snapshot().held).toBe('The disk is full.')
    room.sockets.at(-1)!.tell((encoder) => {
      encoding.writeVarUint(encoder, messageFacts)
      encoding.writeVarString(encoder, '[')
    })
    expect(session.snapshot().held).toBeNull()
  })

  test('can be read; a client id is taken when it can save again', async () => {
    room.held = 'The disk is full.'
    await open()
    expect(session.snapshot()).toMatchObject({
      arrived: true,
      editable: false,
      problem: { message: 'The disk is full.' },
    })
    room.resume()
    await vi.waitFor(() => expect(session.snapshot().editable).toBe(true))
    expect(session.snapshot().problem).toBeNull()
    type('d')
    expect(inRoom()).toBe('abcd')
  })
})

describe('a lost line', () => {
  /** Milliseconds until another socket is tried. */
  const waited = async (): Promise<number> => {
    const { length } = room.sockets
    let time = 0
    for (; room.sockets.length === length && time < 20_000; time += 10)
      await vi.advanceTimersByTimeAsync(10)
    return time
  }

  test('is tried again at a moment that chance draws', async () => {
    await open()
    const times: number[] = []
    for (drawn of [0, 0.5, 0.999]) {
      room.cut(1006)
      times.push(await waited())
      await reconnected()
    }
    expect(times).toEqual([50, 80, 100])
  })

  test('R16: is tried again within the time for which a server that stops has asked', async () => {
    await open()
    drawn = 0.5
    room.sockets.at(-1)!.tell((encoder) => {
      encoding.writeVarUint(encoder, messageFacts)
      encoding.writeVarString(encoder, JSON.stringify({ held: null, back: 4000 }))
    })
    room.cut(closeCode.restart)
    expect(await waited()).toBe(2030)
    await reconnected()
    room.cut(closeCode.restart)
    expect(await waited()).toBe(80)
  })
})

describe('the moment of a comeback', () => {
  test('R16: is spread over a time that doubles with each failure, up to the longest', () => {
    const at = (failures: number, draw: number): number =>
      comebackAfter({ failures, back: null, longest: 5000 }, () => draw)
    expect([0, 1, 2, 3, 4, 5, 50].map((failures) => at(failures, 0.9999999))).toEqual([
      200, 400, 800, 1600, 3200, 5000, 5000,
    ])
    expect([0, 5, 50].map((failures) => at(failures, 0))).toEqual([50, 50, 50])
  })
})
