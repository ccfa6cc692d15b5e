/** Everything on one port: the API, the WebSocket, the client's files. */
import type { Server as HttpServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { createAdaptorServer } from '@hono/node-server'
import type { Contributions, Corpus } from '@revmark/corpus'
import { Hono } from 'hono'
import { secureHeaders } from 'hono/secure-headers'
import type { BaseLogger } from 'pino'
import { usualLimits } from './allowance.ts'
import type { Limits } from './allowance.ts'
import { createApi } from './api.ts'
import { Doorkeeper } from './doorkeeper.ts'
import { Typesetter } from './pdf/typesetter.ts'
import { Rooms } from './room/rooms.ts'
import { identityProvider } from './identity.ts'
import type { IdentityConfig } from './identity.ts'
import { createLimiter } from './routes/limiter.ts'
import { originGuard } from './routes/origin.ts'
import { trustIn } from './routes/proxies.ts'
import { createMetrics } from './metrics.ts'
import { pages } from './routes/pages.ts'
import { measured } from './routes/upkeep.ts'
import type { Services } from './routes/services.ts'
import { socketEndpoint } from './routes/socket.ts'
import type { Dice } from './secret.ts'
import type { Store } from './store/store.ts'
import { WordReader } from './word/word-reader.ts'

/** How long a stop waits for the other sides to answer; milliseconds. */
const patience = 2000

export interface ServerParts {
  readonly store: Store
  readonly corpus: Corpus
  readonly contributions: Contributions
  readonly dice: Dice
  readonly log: BaseLogger
  /** Milliseconds since 1970. */
  readonly now: () => number
  readonly host: string
  /** 0: any free port. */
  readonly port: number
  readonly publicUrl: string | null
  readonly metricsToken: string | null
  /** Where people sign in beside links, with `publicUrl`; left out: nowhere. */
  readonly identity?: IdentityConfig | null
  /** How much anybody may ask; the usual where it is left out. */
  readonly limits?: Limits
  /** Reverse proxies on other machines: addresses and networks; none where it is left out. */
  readonly trustedProxies?: readonly string[]
  /** The folder of the built client. */
  readonly clientFolder: string
}

export interface RunningServer {
  /** Where people reach it. */
  readonly url: string
  readonly port: number
  /** Stops accepting, writes and acknowledges what is under way, closes every socket with 1012. */
  close(): Promise<void>
}

/** Starts a server; rejects where it cannot listen. The store stays the caller's to close. */
export async function startServer(parts: ServerParts): Promise<RunningServer> {
  const { store, corpus, contributions, dice, log, now, host, publicUrl, identity } = parts
  const secure = publicUrl?.startsWith('https:') ?? false
  const metrics = createMetrics(() => rooms.census())
  const rooms = new Rooms({ store, log, now, randomInt: dice.randomInt, meters: metrics })
  const doorkeeper = new Doorkeeper({ store, rooms, now, log })
  const typesetter = new Typesetter()
  const wordReader = new WordReader()
  const services: Services = {
    store,
    rooms,
    doorkeeper,
    typesetter,
    wordReader,
    corpus,
    contributions,
    dice,
    log,
    metrics,
    now,
    secure,
    identity: identity && publicUrl !== null ? identityProvider(identity, publicUrl, now) : null,
    allowsOrigin: originGuard(publicUrl),
    trusts: trustIn(parts.trustedProxies ?? []),
    limiter: createLimiter(parts.limits ?? usualLimits, now),
  }
  const operator = measured(services, parts.metricsToken)
  const app = new Hono()
    .use(securityHeaders(secure))
    .route('/', createApi(services, operator.routes))
    .route('/', operator)
    .route('/', pages(parts.clientFolder))
  // Without options of its own the adapter makes an HTTP/1 server.
  const server = createAdaptorServer({ fetch: app.fetch }) as HttpServer
  const sockets = socketEndpoint(services)
  server.on('upgrade', (request, socket, head) => sockets.upgrade(request, socket, head))
  const port = await listen(server, host, parts.port)
  void rooms.glance()
  return {
    url: publicUrl ?? `http://${nameOf(host)}:${port}`,
    port,
    async close() {
      const closed = new Promise((resolve) => server.close(resolve))
      doorkeeper.close()
      await rooms.close()
      await typesetter.close()
      await wordReader.close()
      server.closeIdleConnections()
      const impatient = setTimeout(() => {
        sockets.terminate()
        server.closeAllConnections()
      }, patience)
      await closed
      clearTimeout(impatient)
    },
  }
}

function listen(server: HttpServer, host: string, port: number): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once('error', reject)
    server.listen(port, host, () => {
      server.off('error', reject)
      resolve((server.address() as AddressInfo).port)
    })
  })
}

/** The name to print for an address to listen on: one that a browser on this machine can open. */
const nameOf = (host: string): string =>
  ['127.0.0.1', '0.0.0.0', '::', '::1'].includes(host)
    ? 'localhost'
    : host.includes(':')
      ? `[${host}]`
      : host

/** Nothing but this server's own files, and no page of another around it. */
const securityHeaders = (secure: boolean) =>
  secureHeaders({
    contentSecurityPolicy: {
      defaultSrc: ["'none'"],
      scriptSrc: ["'self'"],
      styleSrc: ["'self'"],
      imgSrc: ["'self'", 'data:'],
      fontSrc: ["'self'"],
      connectSrc: ["'self'"],
      manifestSrc: ["'self'"],
      workerSrc: ["'self'"],
      baseUri: ["'none'"],
      formAction: ["'self'"],
      frameAncestors: ["'none'"],
    },
    referrerPolicy: 'no-referrer',
    xFrameOptions: 'DENY',
    strictTransportSecurity: secure,
  })
