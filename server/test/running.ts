/** A whole server on a free port of loopback, and browsers and stock providers that use it. */
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { loadContributions, loadCorpus } from '@revmark/corpus'
import { errorSchema } from '@revmark/shared/wire'
import type { Seat } from '@revmark/shared/wire'
import * as decoding from 'lib0/decoding'
import { pino } from 'pino'
import { WebSocket } from 'ws'
import { WebsocketProvider } from 'y-websocket'
import * as Y from 'yjs'
import { usualLimits } from '../src/allowance.ts'
import type { Limits } from '../src/allowance.ts'
import { inviteAtStart } from '../src/invite.ts'
import { fillWithSample, samplePeople } from '../src/sample.ts'
import { dice } from '../src/secret.ts'
import { startServer } from '../src/server.ts'
import type { RunningServer, ServerParts } from '../src/server.ts'
import { openSqliteStore } from '../src/store/sqlite/store.ts'
import type { Store } from '../src/store/store.ts'
import { readHeard } from './stage.ts'
import type { Heard } from './stage.ts'

/** A store with the sample meeting, closed. */
export async function writeSampleStore(path: string): Promise<void> {
  const store = openSqliteStore(path)
  const corpus = loadCorpus()
  await fillWithSample(store, corpus, loadContributions(corpus), Date.now())
  await store.close()
}

/** Who has it may read the metrics of a test server. */
export const metricsToken = 'a-token-of-the-operator'

export interface TestServer {
  readonly url: string
  readonly store: Store
  /** Moves the server's clock on; milliseconds. */
  pass(time: number): void
  /** The token of a sample person's link: `chair`, `brazil`, `canada`, `observer`. */
  tokenOf(person: string): string
  /** The lines of its log so far. */
  readonly logged: readonly Readonly<Record<string, unknown>>[]
  /** Ends the server and takes its folder away, unless that is the caller's. */
  close(): Promise<void>
}

/** Starts a server with the sample meeting, as `main.ts` does; in the folder `data`, else in one of its own. */
export async function startTestServer(
  publicUrl: string | null = null,
  data: string | null = null,
  limits: Limits = usualLimits,
  more: Partial<ServerParts> = {},
): Promise<TestServer> {
  const folder = data ?? (await mkdtemp(join(tmpdir(), 'revmark-server-')))
  const logged: Record<string, unknown>[] = []
  const lines = { write: (line: string) => logged.push(JSON.parse(line)) }
  const clientFolder = join(folder, 'client')
  await mkdir(join(clientFolder, 'assets'), { recursive: true })
  await writeFile(join(clientFolder, 'index.html'), '<!doctype html><title>Revmark</title>')
  await writeFile(join(clientFolder, 'assets', 'main-1a2b.js'), 'export {}')
  const store = openSqliteStore(join(folder, 'revmark.sqlite'))
  const corpus = loadCorpus()
  const log = pino({ level: 'debug' }, lines)
  let late = 0
  const now = (): number => Date.now() + late
  const contributions = loadContributions(corpus)
  await fillWithSample(store, corpus, contributions, now())
  const running: RunningServer = await startServer({
    store,
    corpus,
    contributions,
    dice,
    log,
    now,
    host: '127.0.0.1',
    port: 0,
    publicUrl,
    metricsToken,
    limits,
    clientFolder,
    ...more,
  })
  const invitations = await inviteAtStart({ store, dice, now }, samplePeople)
  return {
    url: `http://localhost:${running.port}`,
    store,
    pass: (time) => {
      late += time
    },
    tokenOf: (person) => {
      const token = invitations.find(({ seat }) => seat.id === person)?.token
      if (token === undefined) throw new RangeError(`no link for ${person}`)
      return token
    },
    logged,
    close: async () => {
      await running.close()
      await store.close()
      if (data === null) await rm(folder, { recursive: true })
    },
  }
}

/** One browser: keeps its cookie and sends its origin, as browsers do. */
export class Browser {
  readonly url: string
  cookie: string | null = null
  origin: string

  constructor(url: string) {
    this.url = url
    this.origin = url
  }

  async request(path: string, init: RequestInit & { seat?: string } = {}): Promise<Response> {
    const { seat, ...rest } = init
    const response = await fetch(this.url + path, {
      ...rest,
      headers: {
        origin: this.origin,
        ...(this.cookie !== null && { cookie: this.cookie }),
        ...(seat !== undefined && { 'x-seat': seat }),
        ...(typeof rest.body === 'string' && { 'content-type': 'application/json' }),
        ...(rest.headers as Record<string, string> | undefined),
      },
    })
    const cookie = response.headers.get('set-cookie')?.split(';')[0]
    if (cookie !== undefined) this.cookie = cookie
    return response
  }

  post(path: string, body: unknown, seat?: string): Promise<Response> {
    const init = { method: 'POST', body: JSON.stringify(body) }
    return this.request(path, seat === undefined ? init : { ...init, seat })
  }

  /** Opens a sign-in link. */
  async join(token: string): Promise<Seat> {
    const response = await this.post('/api/join', { token })
    if (!response.ok) throw new Error(await response.text())
    return (await response.json()) as Seat
  }

  async issueClient(draft: string, seat: string): Promise<number> {
    const response = await this.post(`/api/drafts/${draft}/clients`, {}, seat)
    if (!response.ok) throw new Error(await response.text())
    return ((await response.json()) as { client: number }).client
  }

  socketUrl(): string {
    return `${this.url.replace('http', 'ws')}/socket`
  }

  headers(): Record<string, string> {
    return { origin: this.origin, ...(this.cookie !== null && { cookie: this.cookie }) }
  }
}

/** A stock y-websocket provider in a browser's name; `acked` counts what the server has on disk. */
export class Editor {
  readonly ydoc = new Y.Doc({ gc: false })
  readonly provider: WebsocketProvider
  readonly outbox: Uint8Array[] = []
  acked = 0
  held: string | null = null
  closed: { code: number; reason: string } | null = null

  constructor(browser: Browser, draft: string, seat: string, client?: number) {
    if (client !== undefined) this.ydoc.clientID = client
    const headers = browser.headers()
    class WithCookie extends WebSocket {
      constructor(address: string, protocols: string[]) {
        super(address, protocols, { headers })
      }
    }
    this.ydoc.on('update', (update: Uint8Array, origin: unknown) => {
      if (origin !== this.provider) this.outbox.push(update)
    })
    this.provider = new WebsocketProvider(browser.socketUrl(), draft, this.ydoc, {
      params: { seat },
      WebSocketPolyfill: WithCookie as unknown as typeof globalThis.WebSocket,
      disableBc: true,
    })
    this.provider.messageHandlers[100] = (_encoder, decoder) => this.hear(decoder)
    this.provider.messageHandlers[103] = (_encoder, decoder) => {
      this.held = (JSON.parse(decoding.readVarString(decoder)) as { held: string | null }).held
    }
    this.provider.on('closed', (event) => {
      this.closed = event
    })
  }

  /** Takes an acknowledgement. */
  hear(decoder: decoding.Decoder): void {
    this.acked = decoding.readVarUint(decoder)
  }

  synced(): Promise<void> {
    if (this.provider.synced) return Promise.resolve()
    return new Promise((resolve) => this.provider.once('sync', () => resolve()))
  }

  destroy(): void {
    this.provider.destroy()
    this.ydoc.destroy()
  }
}

/** A bare socket, for whoever does not keep to the protocol. */
export class RawSocket {
  readonly socket: WebSocket
  readonly heard: Heard[] = []
  readonly closed: Promise<{ code: number; reason: string }>
  readonly opened: Promise<void>

  constructor(browser: Browser, path: string, headers = browser.headers()) {
    this.socket = new WebSocket(browser.socketUrl() + path, { headers })
    this.opened = new Promise((resolve, reject) => {
      this.socket.once('open', resolve)
      this.socket.once('error', reject)
    })
    // Whoever awaits only the close need not handle a failed handshake.
    this.opened.catch(() => undefined)
    this.closed = new Promise((resolve) =>
      this.socket.once('close', (code, reason) => resolve({ code, reason: reason.toString() })),
    )
    this.socket.on('message', (data) => this.heard.push(readHeard(new Uint8Array(data as Buffer))))
  }
}

/** Status and code of an error; throws where its message is no sentence. */
export async function failureOf(response: Response): Promise<[number, string]> {
  const { error } = errorSchema.parse(await response.json())
  if (!/\S \S/.test(error.message)) throw new Error(`no sentence: ${error.message}`)
  return [response.status, error.code]
}
