/** A participant without a screen: a stock y-websocket provider on a Y.Doc. */
import * as decoding from 'lib0/decoding'
import { WebSocket } from 'ws'
import { messageYjsSyncStep2 } from 'y-protocols/sync'
import { WebsocketProvider, messageAwareness, messageSync } from 'y-websocket'
import * as Y from 'yjs'
import { addressOf } from './address.ts'
import type { ContenderProcess } from './contender.ts'
import { handOf } from './drafting.ts'
import { namedSocket } from './hocuspocus-socket.ts'

/** Types of messages beside y-websocket's own: ours, and none of them needs an answer. */
const foreignMessages = [100, 101, 103]

/** How long a draft may take to arrive; milliseconds. */
const patience = 60_000

export interface HeadlessOptions {
  /** Only counts the frames of the draft and of presence once it has arrived, to spare the machine. */
  readonly deaf?: boolean
  /** Applies nothing at all, not even the first state. */
  readonly unread?: boolean
  readonly draft?: number
  /** The state that it begins with; it will be sent to a server that lacks it. */
  readonly state?: Uint8Array
}

export class Headless {
  readonly ydoc = new Y.Doc({ gc: false })
  readonly provider: WebsocketProvider
  /** Resolves when the server has sent its whole state, applied or not. */
  readonly arrived: Promise<void>
  /** Frames of the draft heard, SyncStep2 included. */
  frames = 0
  /** Content frames that the server says are on its disk; null where it says nothing of the kind. */
  acked: number | null = null

  /** Participant `n` enters at once. */
  constructor(server: ContenderProcess, n: number, options: HeadlessOptions = {}) {
    const { url, room, params, headers } = addressOf(server, n, options.draft)
    if (options.state) Y.applyUpdate(this.ydoc, options.state)
    this.ydoc.clientID = handOf(n).client
    class Socket extends WebSocket {
      constructor(address: string) {
        super(address, { headers, perMessageDeflate: false })
      }
    }
    const polyfill = server.contender === 'hocuspocus' ? namedSocket(Socket, room) : Socket
    this.provider = new WebsocketProvider(url, room, this.ydoc, {
      params,
      WebSocketPolyfill: polyfill as unknown as typeof globalThis.WebSocket,
      disableBc: true,
    })
    for (const type of foreignMessages) this.provider.messageHandlers[type] = () => undefined
    this.provider.messageHandlers[100] = (_encoder, decoder) => {
      this.acked = decoding.readVarUint(decoder)
    }
    const { promise, resolve } = Promise.withResolvers<void>()
    this.arrived = promise
    this.listen(options, resolve)
  }

  /** Resolves when the draft has arrived; rejects where that takes too long. */
  async synced(): Promise<void> {
    if (this.provider.synced) return
    await new Promise<void>((resolve, reject) => {
      const late = setTimeout(() => reject(new Error('the draft does not arrive')), patience)
      this.provider.once('sync', () => {
        clearTimeout(late)
        resolve()
      })
    })
  }

  /** Writes an update that was made before, as its own. */
  write(update: Uint8Array): void {
    this.ydoc.transact((transaction) => {
      Y.applyUpdate(this.ydoc, update)
      // Yjs would give up a client id under which somebody else seems to write.
      transaction.local = true
    }, this)
  }

  destroy(): void {
    this.provider.destroy()
    this.ydoc.destroy()
  }

  private listen({ deaf = false, unread = false }: HeadlessOptions, arrived: () => void): void {
    const { messageHandlers } = this.provider
    const sync = messageHandlers[messageSync]!
    const presence = messageHandlers[messageAwareness]!
    const hears = (): boolean => !unread && !(deaf && this.provider.synced)
    messageHandlers[messageSync] = (encoder, decoder, ...rest) => {
      this.frames++
      const whole = decoder.arr[decoder.pos] === messageYjsSyncStep2
      if (hears()) sync(encoder, decoder, ...rest)
      if (whole) arrived()
    }
    messageHandlers[messageAwareness] = (...message) => {
      if (hears()) presence(...message)
    }
  }
}
