/** What a request for a WebSocket asks for, and how it is refused before there is one. */
import { STATUS_CODES } from 'node:http'
import type { Duplex } from 'node:stream'
import { meaningOf } from './error-codes.ts'
import { Failure } from './failure.ts'
import type { Services } from './services.ts'

/** The draft, and the seat in whose name; null where none is named. */
export interface Asked {
  readonly draft: string
  readonly seat: string | null
}

/** The draft and the seat that an address names; null where it is none of a socket. */
export function addressed(path: string): Asked | null {
  // What begins with two slashes would be read as a host, and may be none.
  if (!path.startsWith('/socket/')) return null
  const { pathname, searchParams } = new URL(path, 'http://socket')
  const draft = /^\/socket\/([^/]+)$/.exec(pathname)?.[1]
  return draft === undefined ? null : { draft, seat: searchParams.get('seat') }
}

/** Why there is no WebSocket. */
export const failures = {
  strange: new Failure('unknown-route', 'A WebSocket is at /socket/<draft>?seat=<seat>.'),
  foreign: new Failure('bad-origin', 'This page is not of this server. Open its address anew.'),
  many: new Failure('too-many', 'Too many connections in a short time. Try again in a minute.'),
} as const

/** Ends a handshake before there is a WebSocket, as the API answers a request that failed. */
export function refuse(
  socket: Duplex,
  { code, message }: Failure,
  { log, metrics }: Pick<Services, 'log' | 'metrics'>,
): void {
  log.info({ code }, 'handshake refused')
  metrics.failed(code)
  const [status] = meaningOf[code]
  const body = JSON.stringify({ error: { code, message } })
  socket.end(
    `HTTP/1.1 ${status} ${STATUS_CODES[status]}\r\nConnection: close\r\n` +
      `Content-Type: application/json\r\nContent-Length: ${Buffer.byteLength(body)}\r\n\r\n${body}`,
  )
}
