import { spawn } from 'node:child_process'
import type { ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, rm } from 'node:fs/promises'
import { createServer } from 'node:net'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'

const root = fileURLToPath(new URL('..', import.meta.url))

/** Chair, two delegations, observer, secretariat. */
const seats = 5

/** A sign-in link as the server prints it: the seat's name, then the address. */
export interface SignInLink {
  readonly seat: string
  readonly url: string
}

const addressOf = (port: number): string => `http://localhost:${port}`

type Variables = Readonly<Record<string, string>>
type Environment = Variables | ((address: string) => Promise<Variables>)

/**
 * The real program, in a process of its own, with a folder of data and a port that stay the same
 * when it is killed and started again.
 */
export class Server {
  readonly address: string
  readonly data: string
  /** What it has printed since the first start, for the report of a test that failed. */
  readonly output: string[] = []
  /** True from the first `kill`: from then on a browser may complain of a lost connection. */
  killed = false
  links: readonly SignInLink[] = []
  private readonly port: number
  private readonly environment: Readonly<Record<string, string>>
  private process: ChildProcess | null = null

  private constructor(port: number, data: string, environment: Readonly<Record<string, string>>) {
    this.port = port
    this.data = data
    this.environment = environment
    this.address = addressOf(port)
  }

  /**
   * A server on an empty folder of data, started, its sign-in links read; `environment` is added to
   * ours, or made once the server's address is known.
   */
  static async open(environment: Environment = {}): Promise<Server> {
    const data = await mkdtemp(join(tmpdir(), 'revmark-e2e-'))
    const port = await freePort()
    const set = typeof environment === 'function' ? await environment(addressOf(port)) : environment
    const server = new Server(port, data, set)
    try {
      await server.start()
    } catch (error) {
      await server.dispose()
      throw error
    }
    return server
  }

  /** Starts the program and waits for its links. Rejects, with its words, if it ends before. */
  async start(): Promise<void> {
    if (this.process) throw new RangeError(`already running as ${this.process.pid}`)
    const child = spawn(process.execPath, ['server/src/main.ts'], {
      cwd: root,
      env: { ...process.env, ...this.environment, PORT: String(this.port), DATA: this.data },
      stdio: ['ignore', 'pipe', 'pipe'],
    })
    this.process = child
    child.once('exit', () => {
      this.process = null
    })
    const links: SignInLink[] = []
    await new Promise<void>((resolve, reject) => {
      const read = (line: string): void => {
        this.output.push(line)
        const match = /^\s*(\S.*?):?\s+(https?:\/\/\S+\/join#\S+)\s*$/.exec(line)
        if (!match?.[1] || !match[2]) return
        links.push({ seat: match[1], url: match[2] })
        if (links.length === seats) resolve()
      }
      createInterface(child.stdout).on('line', read)
      createInterface(child.stderr).on('line', read)
      child.once('error', reject)
      // `close`, not `exit`: by then its last words have been read.
      child.once('close', (code) =>
        reject(new Error(`the server ended with ${code}:\n${this.output.join('\n')}`)),
      )
    })
    this.links = links
  }

  /** The link of the one seat whose name has `name` in it; capitals do not matter. */
  link(name: string): string {
    const found = this.links.filter(({ seat }) => seat.toLowerCase().includes(name.toLowerCase()))
    const [only] = found
    if (!only || found.length > 1) {
      throw new RangeError(`${found.length} seats named ${name} in ${JSON.stringify(this.links)}`)
    }
    return only.url
  }

  /** Ends the process, by default without a chance to finish anything, and waits until it has. */
  async kill(signal: NodeJS.Signals = 'SIGKILL'): Promise<void> {
    this.killed = true
    const child = this.process
    if (!child) return
    const gone = once(child, 'exit')
    child.kill(signal)
    await gone
  }

  /** Ends the process and removes its data. */
  async dispose(): Promise<void> {
    await this.kill()
    await rm(this.data, { recursive: true, force: true })
  }
}

/** A port that nobody listens on at this moment. */
async function freePort(): Promise<number> {
  const probe = createServer().listen(0)
  await once(probe, 'listening')
  const { port } = probe.address() as AddressInfo
  probe.close()
  await once(probe, 'close')
  return port
}
