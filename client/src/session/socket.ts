/** The WebSocket that y-websocket is given: it counts content frames and holds back what would leave a gap. */
import * as encoding from 'lib0/encoding'
import { messageYjsSyncStep2, messageYjsUpdate } from 'y-protocols/sync'
import { messageSync } from 'y-websocket'
import * as Y from 'yjs'
import { mostBytes } from './frames.ts'
import type { Tally } from './tally.ts'

/** What y-websocket needs of a socket's class. */
export type SocketClass = new (url: string | URL, protocols?: string | string[]) => WebSocket

/** How many updates are merged at a time; the cost of a merge grows with the square of their number. */
const mergedAtOnce = 64

/**
 * A subclass of a WebSocket class that tells the tally about each content frame.
 *
 * y-websocket sends edits as soon as the socket is open, before the server has asked what it lacks.
 * With edits from an offline time that frame would begin after a gap, which the server refuses. So
 * updates are dropped until the first answer to the server (SyncStep2) has gone out: that answer
 * holds everything, the dropped update included. Where it is too long for a frame, the edits that are
 * not saved go out in its place, in several frames.
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
      if (step === messageYjsSyncStep2) {
        this.answered = true
        if ((data as Uint8Array).length > mostBytes && tally.unsaved > 0) return this.sendParts()
      }
      if (step === messageYjsSyncStep2 || step === messageYjsUpdate) tally.sent()
      super.send(data as ArrayBufferView<ArrayBuffer>)
    }

    private sendParts(): void {
      for (const [n, part] of tally.parts().entries()) {
        tally.sent(part)
        const step = n === 0 ? messageYjsSyncStep2 : messageYjsUpdate
        super.send(syncFrame(step, merged(part.updates)))
      }
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

function syncFrame(step: number, update: Uint8Array): Uint8Array<ArrayBuffer> {
  const encoder = encoding.createEncoder()
  encoding.writeVarUint(encoder, messageSync)
  encoding.writeVarUint(encoder, step)
  encoding.writeVarUint8Array(encoder, update)
  return encoding.toUint8Array(encoder).slice()
}

function merged(updates: readonly Uint8Array[]): Uint8Array {
  let level = [...updates]
  while (level.length > 1) {
    const next: Uint8Array[] = []
    for (let from = 0; from < level.length; from += mergedAtOnce)
      next.push(Y.mergeUpdates(level.slice(from, from + mergedAtOnce)))
    level = next
  }
  return level[0]!
}
