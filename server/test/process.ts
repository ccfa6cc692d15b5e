/** The real program as a process of its own. */
import { spawn } from 'node:child_process'
import type { ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { connect, createServer } from 'node:net'
import type { AddressInfo, Socket } from 'node:net'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'

const main = fileURLToPath(new URL('../src/main.ts', import.meta.url))

export interface ServerProcess {
  readonly child: ChildProcess
  readonly url: string
  /** The links printed: the name of the person, then the token. */
  readonly links: ReadonlyMap<string, string>
  /** Sends the signal; resolves with the exit code, null where the signal ended it. */
  end(signal: NodeJS.Signals): Promise<number | null>
}

/**
 * Starts `main.ts` on a free port with the data folder; resolves when it has printed its links. `more`
 * is added to its environment.
 */
export async function startProcess(
  data: string,
  more: Readonly<Record<string, string>> = {},
): Promise<ServerProcess> {
  const child = spawn(process.execPath, [main], {
    env: {
      ...process.env,
      DATA: data,
      PORT: '0',
      LOG: 'error',
      PUBLIC_URL: '',
      RATE_LIMITS: 'off',
      ...more,
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  let said = ''
  child.stderr.setEncoding('utf8').on('data', (text: string) => (said += text))
  const exit = once(child, 'exit')
  const links = new Map<string, string>()
  let url = ''
  for await (const line of createInterface(child.stdout)) {
    url = /Revmark is at (\S+)/.exec(line)?.[1] ?? url
    const link = /^ *(\S.*?) +\S+\/join#(\S+)$/.exec(line)
    if (link) links.set(link[1]!, link[2]!)
    if (links.size === 5) break
  }
  if (links.size < 5) {
    child.kill('SIGKILL')
    throw new Error(`the server did not start (${String((await exit)[0])}): ${said}`)
  }
  return {
    child,
    url,
    links,
    end: async (signal) => {
      child.kill(signal)
      return (await exit)[0] as number | null
    },
  }
}

/**
 * An address that stays while servers behind it come and go. A port that a server has left may be
 * taken before the next one asks for it, even by one of the clients that knock at it.
 */
export class Door {
  /** Where whoever comes in is led; null: nobody is at home. */
  server: ServerProcess | null = null
  private readonly door = createServer((visitor) => this.lead(visitor))
  private readonly sockets = new Set<Socket>()

  async open(): Promise<void> {
    this.door.listen(0, '127.0.0.1')
    await once(this.door, 'listening')
  }

  get url(): string {
    return `http://localhost:${(this.door.address() as AddressInfo).port}`
  }

  close(): void {
    this.door.close()
    for (const socket of this.sockets) socket.destroy()
  }

  private lead(visitor: Socket): void {
    if (!this.server) {
      visitor.destroy()
      return
    }
    const inner = connect(Number(new URL(this.server.url).port), '127.0.0.1')
    for (const [one, other] of [
      [visitor, inner],
      [inner, visitor],
    ] as const) {
      this.sockets.add(one)
      one.pipe(other)
      one.on('error', () => other.destroy())
      one.on('close', () => {
        this.sockets.delete(one)
        other.destroy()
      })
    }
  }
}

/** A port of loopback that nobody listens on at this moment. */
export const freePort = (): Promise<number> =>
  new Promise((resolve) => {
    const probe = createServer().listen(0, '127.0.0.1', () => {
      const { port } = probe.address() as AddressInfo
      probe.close(() => resolve(port))
    })
  })
