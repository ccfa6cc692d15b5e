/**
 * Lets y-websocket speak to Hocuspocus, whose frames begin with the document's name, want a token
 * first, and have types of their own for answers.
 */
import * as decoding from 'lib0/decoding'
import * as encoding from 'lib0/encoding'
import type { WebSocket } from 'ws'

const sync = 0
const awareness = 1
const authentication = 2
/** A sync message that wants no step 1 in return. */
const syncReply = 4

interface SocketClass {
  new (address: string): WebSocket
}

/** A subclass of a socket class that adds and takes off the name of one document. */
export function namedSocket(Base: SocketClass, name: string): SocketClass {
  class NamedSocket extends Base {
    constructor(address: string) {
      super(address)
      this.on('open', () => {
        const hello = encoding.createEncoder()
        encoding.writeVarUint(hello, authentication)
        encoding.writeVarUint(hello, 0)
        encoding.writeVarString(hello, 'token')
        this.send(encoding.toUint8Array(hello))
      })
    }

    override send(data: unknown): void {
      const encoder = encoding.createEncoder()
      encoding.writeVarString(encoder, name)
      encoding.writeUint8Array(encoder, data as Uint8Array)
      super.send(encoding.toUint8Array(encoder))
    }

    override emit(event: string, ...values: unknown[]): boolean {
      if (event !== 'message') return super.emit(event, ...values)
      const frame = withoutName(new Uint8Array(values[0] as ArrayBuffer))
      return frame === null || super.emit(event, frame, true)
    }
  }
  return NamedSocket
}

/** The frame as y-websocket knows it; null for what y-websocket has no name for. */
function withoutName(bytes: Uint8Array): Uint8Array | null {
  const decoder = decoding.createDecoder(bytes)
  decoding.readVarString(decoder)
  const frame = bytes.slice(decoder.pos)
  if (frame[0] === syncReply) frame[0] = sync
  return frame[0] === sync || frame[0] === awareness ? frame : null
}
