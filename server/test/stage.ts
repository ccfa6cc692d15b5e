/** A room without a server: its store is a list, its connections are arrays, its disk waits to be told. */
import { Ledger, Pen, serverClient, writeBase } from '@revmark/shared/ledger'
import type { Place } from '@revmark/shared/ledger'
import { fingerprint } from '@revmark/shared/resolution'
import type { Provision } from '@revmark/shared/resolution'
import type { RoomFacts, Seat } from '@revmark/shared/wire'
import * as decoding from 'lib0/decoding'
import * as encoding from 'lib0/encoding'
import * as Y from 'yjs'
import type { Connection } from '../src/room/connection.ts'
import { RoomState } from '../src/room/replay.ts'
import { Room } from '../src/room/room.ts'
import type { LogEntry } from '../src/store/log.ts'

export const provisions: readonly Provision[] = [
  { kind: 'number', level: 1, label: null, text: 'RESOLUTION 45', formats: [] },
  { kind: 'call', level: 1, label: null, text: 'recalling', formats: [] },
  { kind: 'item', level: 1, label: 'a)', text: 'one', formats: [] },
]

export const seatOf = (id: string, role: Seat['role'], delegation: string | null): Seat => ({
  id,
  name: id,
  role,
  delegation,
  meeting: 'm',
})

export const ana = seatOf('ana', 'delegate', 'B')
export const carl = seatOf('carl', 'delegate', 'CAN')
export const chair = seatOf('chair', 'chair', null)
export const olga = seatOf('olga', 'observer', null)

/** What came over a connection, in words. */
export type Heard =
  | { readonly type: 'step1' }
  | { readonly type: 'step2'; readonly update: Uint8Array }
  | { readonly type: 'update'; readonly update: Uint8Array }
  | { readonly type: 'awareness'; readonly states: ReadonlyMap<number, unknown> }
  | { readonly type: 'ack'; readonly count: number }
  | { readonly type: 'facts'; readonly held: string | null; readonly back: number | null }
  | { readonly type: 'refused'; readonly count: number; readonly code: string }

export function readHeard(bytes: Uint8Array): Heard {
  const decoder = decoding.createDecoder(bytes)
  switch (decoding.readVarUint(decoder)) {
    case 0: {
      const step = decoding.readVarUint(decoder)
      if (step === 0) return { type: 'step1' }
      return { type: step === 1 ? 'step2' : 'update', update: decoding.readVarUint8Array(decoder) }
    }
    case 1: {
      const inner = decoding.createDecoder(decoding.readVarUint8Array(decoder))
      const states = new Map<number, unknown>()
      for (let left = decoding.readVarUint(inner); left > 0; left--) {
        const client = decoding.readVarUint(inner)
        decoding.readVarUint(inner)
        states.set(client, JSON.parse(decoding.readVarString(inner)))
      }
      return { type: 'awareness', states }
    }
    case 100:
      return { type: 'ack', count: decoding.readVarUint(decoder) }
    case 103: {
      return { type: 'facts', ...(JSON.parse(decoding.readVarString(decoder)) as RoomFacts) }
    }
    case 101: {
      const count = decoding.readVarUint(decoder)
      const { code } = JSON.parse(decoding.readVarString(decoder)) as { code: string }
      return { type: 'refused', count, code }
    }
    default:
      throw new RangeError(`not a frame: ${bytes.join(' ')}`)
  }
}

/** One person at the room: a document, a hand, and the line between. */
export class Guest implements Connection {
  readonly session
  readonly heard: Heard[] = []
  readonly ydoc = new Y.Doc({ gc: false })
  readonly outbox: Uint8Array[] = []
  closed: { readonly code: number; readonly reason: string } | null = null

  constructor(seat: Seat) {
    this.session = { id: `session of ${seat.id}`, seat }
    this.ydoc.on('update', (update: Uint8Array, origin: unknown) => {
      if (origin !== 'server') this.outbox.push(update)
    })
  }

  send(frame: Uint8Array): void {
    const heard = readHeard(frame)
    this.heard.push(heard)
    if (heard.type === 'step2' || heard.type === 'update')
      Y.applyUpdate(this.ydoc, heard.update, 'server')
  }

  /** What a client answers a step 1 with: here all it has. */
  answer(): Uint8Array {
    return syncFrame(1, Y.encodeStateAsUpdate(this.ydoc))
  }

  close(code: number, reason: string): void {
    this.closed ??= { code, reason }
  }

  /** What was heard of one type, in order. */
  all<T extends Heard['type']>(type: T): Extract<Heard, { type: T }>[] {
    return this.heard.filter((heard): heard is Extract<Heard, { type: T }> => heard.type === type)
  }

  /** Types at the end of a paragraph of the marked view and gives the update. */
  type(paragraph: number, text: string): Uint8Array {
    return typeInto(this.ydoc, this.session.seat, paragraph, text, this.outbox)
  }
}

/** Types at the end of a paragraph of the marked view, under the document's own client id. */
export function typeInto(
  ydoc: Y.Doc,
  seat: Seat,
  paragraph: number,
  text: string,
  outbox: Uint8Array[],
): Uint8Array {
  const author = { delegation: seat.delegation ?? '', user: seat.id }
  const ledger = new Ledger(ydoc, { client: ydoc.clientID, ...author })
  const target = ledger.project('marked').paragraphs[paragraph]!
  const last = target.pieces.findLast((piece) => piece.shown)
  const [client, clock] = target.key.split(':').map(Number) as [number, number]
  const after = last
    ? { client: last.client, clock: last.clock + last.length - 1 }
    : { client, clock }
  const place: Place = { paragraph: target.key, after }
  new Pen(ledger, author, () => 0).insert(place, text)
  ledger.destroy()
  return Y.mergeUpdates(outbox.splice(0))
}

/** What a stock client writes that does something to a draft, as an update; the draft stays as it is. */
export function stockUpdate(
  draft: Y.Doc,
  client: number,
  write: (ydoc: Y.Doc) => void,
): Uint8Array {
  const ydoc = new Y.Doc({ gc: false })
  Y.applyUpdate(ydoc, Y.encodeStateAsUpdate(draft))
  const before = Y.encodeStateVector(ydoc)
  ydoc.clientID = client
  ydoc.transact(() => write(ydoc))
  return Y.encodeStateAsUpdate(ydoc, before)
}

export const step1 = (ydoc: Y.Doc): Uint8Array => syncFrame(0, Y.encodeStateVector(ydoc))

export const updateFrame = (update: Uint8Array): Uint8Array => syncFrame(2, update)

export function syncFrame(step: number, body: Uint8Array): Uint8Array {
  const encoder = encoding.createEncoder()
  encoding.writeVarUint(encoder, 0)
  encoding.writeVarUint(encoder, step)
  encoding.writeVarUint8Array(encoder, body)
  return encoding.toUint8Array(encoder)
}

export function awarenessFrame(
  entries: readonly { client: number; clock: number; state: unknown }[],
): Uint8Array {
  const inner = encoding.createEncoder()
  encoding.writeVarUint(inner, entries.length)
  for (const { client, clock, state } of entries) {
    encoding.writeVarUint(inner, client)
    encoding.writeVarUint(inner, clock)
    encoding.writeVarString(inner, JSON.stringify(state))
  }
  const encoder = encoding.createEncoder()
  encoding.writeVarUint(encoder, 1)
  encoding.writeVarUint8Array(encoder, encoding.toUint8Array(inner))
  return encoding.toUint8Array(encoder)
}

/** A room whose commits and syncs are counted, and wait or fail when a test says so. */
export class Stage {
  readonly room: Room
  readonly log: LogEntry[] = []
  /** `commit <n>`, `sync`, in the order in which they happened. */
  readonly events: string[] = []
  commitGate: Promise<void> = Promise.resolve()
  syncGate: Promise<void> = Promise.resolve()
  commitError: Error | null = null
  broken: unknown = null
  /** The error that says that the record is damaged. */
  damage: Error | null = null
  time = 1_700_000_000_000
  private nextClient = 1000

  constructor() {
    const ydoc = new Y.Doc({ gc: false })
    writeBase(ydoc, 'res45', provisions)
    ydoc.clientID = serverClient
    const draft = {
      id: 'd',
      meeting: 'm',
      title: 'Resolution 45',
      edition: 'res45',
      baseHash: fingerprint(provisions),
    }
    this.room = new Room(new RoomState({ draft, ydoc, seq: 1, snapshot: 0, owners: [] }), {
      append: async (entries) => {
        await this.commitGate
        if (this.commitError) throw this.commitError
        this.log.push(...entries)
        this.events.push(`commit ${entries.length}`)
      },
      sync: async () => {
        await this.syncGate
        this.events.push('sync')
      },
      register: async () => true,
      now: () => (this.time += 10),
      randomInt: () => this.nextClient++,
      refused: (code) => this.events.push(`refused ${code}`),
      puzzled: (error) => {
        throw error
      },
      broken: (error) => {
        this.broken = error
      },
      damaged: (error) => (error === this.damage ? 'The record is damaged.' : null),
      empty: () => this.events.push('empty'),
    })
  }

  /** Lets somebody in, who asks for the state and, where entitled, takes a client id. */
  async enter(seat: Seat): Promise<Guest> {
    const guest = new Guest(seat)
    this.room.join(guest)
    const issued = await this.room.issue(seat)
    if ('client' in issued) guest.ydoc.clientID = issued.client
    this.room.receive(guest, step1(guest.ydoc))
    await this.room.settled()
    return guest
  }
}

/** A promise and the way to keep it. */
export function gate(): { readonly closed: Promise<void>; open(): void } {
  const { promise, resolve } = Promise.withResolvers<void>()
  return { closed: promise, open: resolve }
}

/** Lets everything that can happen without the disk happen. */
export const turn = (): Promise<void> =>
  new Promise((resolve) => setImmediate(() => setImmediate(resolve)))

/** The paragraphs of the marked view. */
export const textOf = (ydoc: Y.Doc): string[] => {
  const ledger = new Ledger(ydoc)
  const texts = ledger.project('marked').paragraphs.map(({ text }) => text)
  ledger.destroy()
  return texts
}
