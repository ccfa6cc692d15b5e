/** A room as a client sees it over a socket: y-protocols' frames, acknowledged or refused as told. */
import { enterPerson, writeBase } from '@revmark/shared/ledger'
import { messageAck, messageFacts, messageRefused } from '@revmark/shared/wire'
import type { Draft } from '@revmark/shared/wire'
import * as decoding from 'lib0/decoding'
import * as encoding from 'lib0/encoding'
import { messageYjsSyncStep1, messageYjsSyncStep2 } from 'y-protocols/sync'
import * as Y from 'yjs'
import type { SocketClass } from '../src/session/socket.ts'

const messageSync = 0

export const draft = (role: 'delegate' | 'observer' = 'delegate'): Draft => ({
  id: 'd1',
  title: 'Resolution 1',
  edition: 'res1',
  meeting: 'm1',
  meetingName: 'Meeting',
  baseHash: '',
  delegations: [{ code: 'B', name: 'Brazil', colour: 0 }],
  seat: {
    id: 'ana',
    name: 'Ana',
    role,
    delegation: role === 'delegate' ? 'B' : null,
    meeting: 'm1',
  },
})

/** A content frame that has arrived: 1 is a SyncStep2, 2 an update. */
export interface Arrived {
  readonly step: number
  readonly update: Uint8Array
}

export class Room {
  readonly ydoc = new Y.Doc({ gc: false })
  readonly arrived: Arrived[] = []
  readonly sockets: Line[] = []
  /** Acknowledges content frames by itself; else `acknowledge` does. */
  acknowledges = true
  /** The line can be had. */
  reachable = true
  /** The sentence with which the next update is refused. */
  refusal: string | null = null
  /** Why nothing is taken at present; a frame with content is neither acknowledged nor refused. */
  held: string | null = null
  readonly Socket: SocketClass

  constructor() {
    writeBase(this.ydoc, 'res1', [
      { kind: 'number', level: 1, label: null, text: 'RESOLUTION 1', formats: [] },
      { kind: 'text', level: 1, label: null, text: 'abc', formats: [] },
    ])
    enterPerson(this.ydoc, 5000, { user: 'ana', delegation: 'B' })
    this.Socket = socketInto(this)
  }

  /** Says that the first `count` content frames of the newest socket are on disk. */
  acknowledge(count: number): void {
    this.sockets.at(-1)?.tell((encoder) => {
      encoding.writeVarUint(encoder, messageAck)
      encoding.writeVarUint(encoder, count)
    })
  }

  /** Takes nothing more, for a reason, and says so. */
  hold(reason: string): void {
    this.held = reason
    this.sockets.at(-1)?.tellFacts()
  }

  /** Takes edits again, and asks for those it has left aside. */
  resume(): void {
    this.held = null
    this.sockets.at(-1)?.tellFacts()
    this.sockets.at(-1)?.ask()
  }

  /** Ends the newest socket with a code, as a server or, with 1006, a broken line does. */
  cut(code: number): void {
    this.sockets.at(-1)?.end(code)
  }
}

/** The class of the sockets into a room. */
function socketInto(room: Room): SocketClass {
  class SocketIntoRoom extends Line {
    constructor() {
      super(room)
      room.sockets.push(this)
    }
  }
  return SocketIntoRoom as unknown as SocketClass
}

/** One socket, both its ends. */
class Line {
  readonly OPEN = 1
  readyState = 0
  binaryType = 'arraybuffer'
  onopen: (() => void) | null = null
  onmessage: ((event: { data: ArrayBuffer }) => void) | null = null
  onclose: ((event: { code: number; reason: string }) => void) | null = null
  onerror: (() => void) | null = null
  private readonly room: Room
  private content = 0

  constructor(room: Room) {
    this.room = room
    queueMicrotask(() => {
      if (!room.reachable) return this.end(1006)
      this.readyState = 1
      this.onopen?.()
    })
  }

  send(data: Uint8Array): void {
    if (this.readyState !== 1) throw new RangeError('a send on a socket that is not open')
    const decoder = decoding.createDecoder(data)
    if (decoding.readVarUint(decoder) !== messageSync) return
    const step = decoding.readVarUint(decoder)
    const body = decoding.readVarUint8Array(decoder)
    if (step === messageYjsSyncStep1) this.answer(body)
    else this.take({ step, update: body })
  }

  close(): void {
    this.readyState = 3
  }

  end(code: number): void {
    this.readyState = 3
    this.onclose?.({ code, reason: '' })
  }

  tell(write: (encoder: encoding.Encoder) => void): void {
    const encoder = encoding.createEncoder()
    write(encoder)
    this.onmessage?.({ data: encoding.toUint8Array(encoder).slice().buffer })
  }

  tellFacts(): void {
    this.tell((encoder) => {
      encoding.writeVarUint(encoder, messageFacts)
      encoding.writeVarString(encoder, JSON.stringify({ held: this.room.held }))
    })
  }

  ask(): void {
    this.sync(messageYjsSyncStep1, Y.encodeStateVector(this.room.ydoc))
  }

  private answer(stateVector: Uint8Array): void {
    this.sync(messageYjsSyncStep2, Y.encodeStateAsUpdate(this.room.ydoc, stateVector))
    this.ask()
    if (this.room.held !== null) this.tellFacts()
  }

  private sync(step: number, body: Uint8Array): void {
    this.tell((encoder) => {
      encoding.writeVarUint(encoder, messageSync)
      encoding.writeVarUint(encoder, step)
      encoding.writeVarUint8Array(encoder, body)
    })
  }

  private take(frame: Arrived): void {
    const count = ++this.content
    const { room } = this
    if (room.held !== null) return
    room.arrived.push(frame)
    if (room.refusal !== null && frame.step !== messageYjsSyncStep2) {
      const message = room.refusal
      room.refusal = null
      this.tell((encoder) => {
        encoding.writeVarUint(encoder, messageRefused)
        encoding.writeVarUint(encoder, count)
        encoding.writeVarString(encoder, JSON.stringify({ code: 'no', message }))
      })
      return
    }
    Y.applyUpdate(room.ydoc, frame.update)
    if (room.acknowledges) room.acknowledge(count)
  }
}
