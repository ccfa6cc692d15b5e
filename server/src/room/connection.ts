/** One person's line into a room: a WebSocket in the server, an array in a test. */
import type { Seat } from '@revmark/shared/wire'

export interface Session {
  /** Names the browser session, so that all its connections can be closed when it signs out. */
  readonly id: string
  /** The seat that speaks on this connection. */
  readonly seat: Seat
}

export interface Connection {
  readonly session: Session
  /** Sends one frame, after those sent before; a connection that is closed swallows it. */
  send(frame: Uint8Array): void
  /** Ends the connection with a code of `closeCode`; the room hears of it by `Room.leave`. */
  close(code: number, reason: string): void
}

/** Only delegates write, and only in the name of a delegation; everybody else reads. */
export const mayWrite = ({ role, delegation }: Seat): boolean =>
  role === 'delegate' && delegation !== null
