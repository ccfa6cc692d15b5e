/** The WebSocket that y-websocket is given: it counts content frames and holds back what would leave a gap. */
import { messageYjsSyncStep2, messageYjsUpdate } from 'y-protocols/sync'
import { messageSync } from 'y-websocket'
import type { Tally } from './tally.ts'

/** What y-websocket needs of a socket's class. */
export type SocketClass = new (url: string | URL, protocols?: string | string[]) => WebSocket

/**
 * A subclass of a WebSocket class that tells the tally about each content frame.
 *
 * y-websocket sends edits as soon as the socket is open, before the server has asked what it lacks.
 * With edits from an offline time that frame would begin after a gap, which the server refuses. So
 * updates are dropped until the first answer to the server (SyncStep2) has gone out: that answer
 * holds everything, the dropped update included.
 */
export function countingSocket(Base: SocketClass, tally: Tally): typeof WebSocket {
  class CountingSocket extends Base {
    private answered = false

    constructor(url: string | URL, protocols?: string | string[]) {
      super(url, protocols)
      tally.opened()
    }

    override send(data: string | ArrayBufferLike | Blob | ArrayBufferView<ArrayBuffer>): void {
      const step = syncStep(data)
      if (step === messageYjsUpdate && !this.answered) return
      if (step === messageYjsSyncStep2) this.answered = true
      if (step === messageYjsSyncStep2 || step === messageYjsUpdate) tally.sent()
      super.send(data as ArrayBufferView<ArrayBuffer>)
    }
  }
  // y-websocket asks for the constants of the class too; the subclass inherits them.
  return CountingSocket as unknown as typeof WebSocket
}

/** The step of a sync frame; null for every other frame. */
function syncStep(data: unknown): number | null {
  if (!(data instanceof Uint8Array) || data[0] !== messageSync) return null
  return data[1] ?? null
}
