/** The WebSocket endpoint, `/socket/<draft>?seat=<seat>`: from an upgrade request to a room's connection. */
import type { IncomingMessage } from 'node:http'
import type { Duplex } from 'node:stream'
import { closeCode } from '@revmark/shared/wire'
import { parse } from 'hono/utils/cookie'
import { WebSocket, WebSocketServer } from 'ws'
import { Bucket } from '../allowance.ts'
import { DraftDamaged } from '../damage.ts'
import { record } from '../audit.ts'
import { nameOfHash } from '../secret.ts'
import type { Connection, Session } from '../room/connection.ts'
import type { Room } from '../room/room.ts'
import { addressOf } from './proxies.ts'
import { cookieName, findSession } from './seat.ts'
import type { Services } from './services.ts'

/** The largest message, in bytes; larger ones close the socket with 1009. */
const largestMessage = 2 * 1_048_576

/** What a socket may send before its room is open. */
const earlyFrames = 64

/** A reader that is behind by more bytes than this is dropped, and fetches the state anew. */
const largestBacklog = 8 * 1_048_576

/** How often a socket is asked whether it is alive; one that does not answer in time is dropped. */
const pingInterval = 30_000

/** Ends a handshake before there is a WebSocket. */
function refuse(socket: Duplex, status: string, why: string): void {
  const body = `${why}\n`
  socket.end(
    `HTTP/1.1 ${status}\r\nConnection: close\r\nContent-Type: text/plain; charset=utf-8\r\n` +
      `Content-Length: ${Buffer.byteLength(body)}\r\n\r\n${body}`,
  )
}

/** The draft and the seat that an address names; null where it is none of a socket. */
function addressed(path: string): { draft: string; seat: string | null } | null {
  // What begins with two slashes would be read as a host, and may be none.
  if (!path.startsWith('/socket/')) return null
  const { pathname, searchParams } = new URL(path, 'http://socket')
  const draft = /^\/socket\/([^/]+)$/.exec(pathname)?.[1]
  return draft === undefined ? null : { draft, seat: searchParams.get('seat') }
}

export interface SocketEndpoint {
  /** Handles the `upgrade` event of an HTTP server. */
  upgrade(request: IncomingMessage, socket: Duplex, head: Buffer): void
  /** Drops the sockets whose other side does not answer a close. */
  terminate(): void
}

/** The endpoint of a server. */
export function socketEndpoint(services: Services): SocketEndpoint {
  const { allowsOrigin, limiter, log, metrics } = services
  const server = new WebSocketServer({
    noServer: true,
    maxPayload: largestMessage,
    perMessageDeflate: false,
  })

  const upgrade = (request: IncomingMessage, socket: Duplex, head: Buffer): void => {
    socket.on('error', (error) => log.debug({ err: error }, 'handshake broken off'))
    const { origin, host, 'sec-fetch-site': site } = request.headers
    const secFetchSite = typeof site === 'string' ? site : undefined
    const address = addressed(request.url ?? '/')
    if (!address)
      return refuse(socket, '404 Not Found', 'A WebSocket is at /socket/<draft>?seat=<seat>.')
    const { draft, seat } = address
    if (!allowsOrigin({ origin, host, secFetchSite })) {
      log.warn({ origin }, 'socket of a foreign page refused')
      return refuse(socket, '403 Forbidden', 'This page is not of this server.')
    }
    const forwarded = request.headers['x-forwarded-for']
    const last = typeof forwarded === 'string' ? forwarded : forwarded?.at(-1)
    if (
      limiter.take('handshakes', addressOf(request.socket.remoteAddress, last, services.trusts)) > 0
    )
      return refuse(socket, '429 Too Many Requests', 'Too many connections in a short time.')
    server.handleUpgrade(request, socket, head, (webSocket) => {
      const receive = attach(webSocket, services)
      const enter = async (): Promise<void> => {
        const admitted = await admit(services, request, draft, seat, webSocket)
        if (!admitted) return
        const { room, session } = admitted
        receive(room, session)
        const subject = nameOfHash(session.id)
        const { id: person, meeting } = session.seat
        await record(services, meeting, { act: 'draft-opened', person, draft, subject })
      }
      void enter().catch((error: unknown) => {
        const isDamaged = error instanceof DraftDamaged
        if (!isDamaged) log.error({ err: error, draft }, 'room could not be opened')
        const code = isDamaged ? closeCode.damaged : closeCode.overload
        metrics.closed(code)
        webSocket.close(code, isDamaged ? 'damaged' : 'unavailable')
      })
    })
  }

  return {
    upgrade,
    terminate: () => {
      for (const webSocket of server.clients) webSocket.terminate()
    },
  }
}

/** Finds out who speaks, and the room; null where the socket has been closed with a reason. */
async function admit(
  { store, rooms, metrics, secure, now }: Services,
  request: IncomingMessage,
  draft: string,
  seatId: string | null,
  webSocket: WebSocket,
): Promise<{ readonly room: Room; readonly session: Session } | null> {
  // A browser cannot see the status of a failed handshake, so that the reason is a close code.
  const close = (code: number, reason: string): null => {
    metrics.closed(code)
    webSocket.close(code, reason)
    return null
  }
  const token = parse(request.headers.cookie ?? '')[cookieName(secure)]
  const speaker = async (): Promise<Session | null> => {
    const signed = await findSession(store.sessions, token, now())
    if (!signed) return close(closeCode.signedOut, 'signed-out')
    const seat = signed.seats.find(({ id }) => id === seatId)
    return seat ? { id: signed.session, seat } : close(closeCode.forbidden, 'wrong-seat')
  }
  const asked = await speaker()
  if (!asked) return null
  const record = await store.drafts.find(draft)
  if (!record || record.meeting !== asked.seat.meeting)
    return close(closeCode.unknownDraft, 'unknown-draft')
  const room = await rooms.enter(draft)
  if (!room) return close(closeCode.unknownDraft, 'unknown-draft')
  // While the room was read, the seat may have been taken away or changed.
  const session = await speaker()
  return session && { room, session }
}

/**
 * Listens from the first moment, so that no frame is lost while the room opens. Returns how to hand
 * the socket to its room.
 */
function attach(
  webSocket: WebSocket,
  { doorkeeper, limiter, log, metrics, now }: Services,
): (room: Room, session: Session) => void {
  const early: Uint8Array[] = []
  let handle = (frame: Uint8Array): void => {
    early.push(frame)
    if (early.length > earlyFrames) webSocket.close(closeCode.overload, 'too-early')
  }
  const frames = new Bucket(limiter.limits.frames, now())
  const rest = (): void => {
    const wait = frames.debt(now())
    if (wait === 0) return webSocket.resume()
    webSocket.pause()
    setTimeout(rest, wait).unref()
  }
  let alive = true
  const ping = setInterval(() => {
    if (!alive) return webSocket.terminate()
    alive = false
    webSocket.ping()
  }, pingInterval)
  webSocket.on('pong', () => (alive = true))
  webSocket.on('error', (error) => log.debug({ err: error }, 'socket broken'))
  webSocket.on('close', () => clearInterval(ping))
  webSocket.on('message', (data, isBinary) => {
    alive = true
    if (isBinary && data instanceof Buffer) handle(data)
    else webSocket.close(closeCode.malformed, 'malformed')
    // Who sends too fast is not heard for a while, and finds its own line full; nothing is lost.
    frames.owe(now())
    if (!webSocket.isPaused) rest()
  })

  return (room, session) => {
    if (webSocket.readyState !== WebSocket.OPEN) return
    const { id: seat } = session.seat
    const draft = room.draft.id
    const connection: Connection = {
      session,
      send(frame) {
        if (webSocket.readyState !== WebSocket.OPEN) return
        if (webSocket.bufferedAmount <= largestBacklog) return webSocket.send(frame)
        // What waits for it is sent before the close; the room does not wait for that.
        connection.close(closeCode.overload, 'slow')
        room.leave(connection)
      },
      close(code, reason) {
        log.info({ draft, seat, code, reason }, 'closing')
        metrics.closed(code)
        webSocket.close(code, reason)
      },
    }
    log.info({ draft, seat }, 'joined')
    const unwatch = doorkeeper.watch(connection)
    webSocket.on('close', (code) => {
      unwatch()
      room.leave(connection)
      log.info({ draft, seat, code }, 'left')
    })
    room.join(connection)
    handle = (frame) => room.receive(connection, frame)
    for (const frame of early.splice(0)) handle(frame)
  }
}
