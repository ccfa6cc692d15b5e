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
import { addressed, failures, refuse } from './handshake.ts'
import type { Asked } from './handshake.ts'
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

/** Closes a WebSocket with a reason that is counted and stands in the log. */
function shut(
  webSocket: WebSocket,
  { log, metrics }: Pick<Services, 'log' | 'metrics'>,
  asked: Asked,
  code: number,
  reason: string,
): void {
  log.info({ ...asked, code, reason }, 'closing')
  metrics.closed(code)
  webSocket.close(code, reason)
}

/** What the library itself closes a socket with, by the code of its error; 1002 for all others. */
const closedBy: Readonly<Record<string, number>> = {
  WS_ERR_UNSUPPORTED_MESSAGE_LENGTH: closeCode.tooBig,
  WS_ERR_INVALID_UTF8: closeCode.malformed,
}
const protocolError = 1002

export interface SocketEndpoint {
  /** Handles the `upgrade` event of an HTTP server. */
  upgrade(request: IncomingMessage, socket: Duplex, head: Buffer): void
  /** Drops the sockets whose other side does not answer a close. */
  terminate(): void
}

/** The endpoint of a server. */
export function socketEndpoint(services: Services): SocketEndpoint {
  const { allowsOrigin, limiter, log } = services
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
    if (!address) return refuse(socket, failures.strange, services)
    const { draft, seat } = address
    if (!allowsOrigin({ origin, host, secFetchSite }))
      return refuse(socket, failures.foreign, services)
    const forwarded = request.headers['x-forwarded-for']
    const last = typeof forwarded === 'string' ? forwarded : forwarded?.at(-1)
    if (
      limiter.take('handshakes', addressOf(request.socket.remoteAddress, last, services.trusts)) > 0
    )
      return refuse(socket, failures.many, services)
    server.handleUpgrade(request, socket, head, (webSocket) => {
      const receive = attach(webSocket, { draft, seat }, services)
      const enter = async (): Promise<void> => {
        const admitted = await admit(services, request, draft, seat, webSocket)
        if (!admitted) return
        const { room, session } = admitted
        receive(room, session)
        const subject = nameOfHash(session.id)
        const { id: person, meeting } = session.seat
        // Nobody waits for it: where it cannot be written the log of the server has it.
        record(services, meeting, { act: 'draft-opened', person, draft, subject }).catch(
          () => undefined,
        )
      }
      void enter().catch((error: unknown) => {
        const isDamaged = error instanceof DraftDamaged
        if (!isDamaged) log.error({ err: error, draft }, 'room could not be opened')
        const [code, reason] = isDamaged
          ? ([closeCode.damaged, 'damaged'] as const)
          : ([closeCode.overload, 'unavailable'] as const)
        shut(webSocket, services, address, code, reason)
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
  services: Services,
  request: IncomingMessage,
  draft: string,
  seatId: string | null,
  webSocket: WebSocket,
): Promise<{ readonly room: Room; readonly session: Session } | null> {
  const { store, rooms, secure, now } = services
  // A browser cannot see the status of a failed handshake, so that the reason is a close code.
  const close = (code: number, reason: string): null => {
    shut(webSocket, services, { draft, seat: seatId }, code, reason)
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
  const found = await store.drafts.find(draft)
  if (found?.meeting !== asked.seat.meeting) return close(closeCode.unknownDraft, 'unknown-draft')
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
  asked: Asked,
  services: Services,
): (room: Room, session: Session) => void {
  const { doorkeeper, limiter, log, metrics, now } = services
  const early: Uint8Array[] = []
  let handle = (frame: Uint8Array): void => {
    early.push(frame)
    if (early.length > earlyFrames)
      shut(webSocket, services, asked, closeCode.overload, 'too-early')
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
  webSocket.on('error', (error: NodeJS.ErrnoException) => {
    if (!error.code?.startsWith('WS_ERR_')) return log.debug({ err: error }, 'socket broken')
    // The library closes the socket itself.
    const code = closedBy[error.code] ?? protocolError
    log.info({ ...asked, code, reason: error.code }, 'closing')
    metrics.closed(code)
  })
  webSocket.on('close', () => clearInterval(ping))
  webSocket.on('message', (data, isBinary) => {
    // Nothing is heard of a socket that is being closed.
    if (webSocket.readyState !== WebSocket.OPEN) return
    alive = true
    if (isBinary && data instanceof Buffer) handle(data)
    else shut(webSocket, services, asked, closeCode.malformed, 'malformed')
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
      close: (code, reason) => shut(webSocket, services, { draft, seat }, code, reason),
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
