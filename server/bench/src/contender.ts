/** One of the servers compared, as a process of its own, and what it takes of the machine. */
import { fork } from 'node:child_process'
import type { ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

export const contenders = ['revmark', 'y-websocket', 'hocuspocus'] as const
export type Contender = (typeof contenders)[number]

/** What a server is told before it starts. */
export interface Setting {
  readonly contender: Contender
  /** People known to the server, where it wants to know them; see `handOf`. */
  readonly people: number
  /** Letters that the draft has before anybody joins. */
  readonly written: number
  /** Drafts beside the first, each with the text in force alone. */
  readonly drafts: number
}

/** What the process has taken so far. */
export interface Usage {
  /** Milliseconds of processor time. */
  readonly cpu: number
  /** Resident memory in bytes. */
  readonly memory: number
}

/** Linux counts processor time in hundredths of a second. */
const tick = 10
const page = 4096

/** What each is started with: ours as `pnpm start` starts it, the others with nothing of their own. */
const flagsOf: Readonly<Record<Contender, readonly string[]>> = {
  revmark: ['--max-semi-space-size=8'],
  'y-websocket': [],
  hocuspocus: [],
}

export class ContenderProcess {
  readonly contender: Contender
  readonly port: number
  private readonly child: ChildProcess
  private readonly folder: string

  private constructor(contender: Contender, port: number, child: ChildProcess, folder: string) {
    this.contender = contender
    this.port = port
    this.child = child
    this.folder = folder
  }

  /** Starts the server with an empty folder of its own; resolves when it listens. */
  static async start(setting: Setting): Promise<ContenderProcess> {
    const folder = mkdtempSync(join(tmpdir(), 'revmark-bench-'))
    const file = fileURLToPath(new URL(`./contenders/${setting.contender}.ts`, import.meta.url))
    const child = fork(file, [folder, JSON.stringify(setting)], {
      execArgv: [...flagsOf[setting.contender]],
    })
    const said = await Promise.race([
      once(child, 'message'),
      once(child, 'exit').then(([code]) => {
        throw new Error(`${setting.contender} did not start: ${String(code)}`)
      }),
    ])
    return new ContenderProcess(setting.contender, Number(said[0]), child, folder)
  }

  /** From Linux's /proc. */
  usage(): Usage {
    const fields = readFileSync(`/proc/${this.child.pid}/stat`, 'utf8').split(') ')[1]!.split(' ')
    return {
      cpu: (Number(fields[11]) + Number(fields[12])) * tick,
      memory: Number(fields[21]) * page,
    }
  }

  async stop(): Promise<void> {
    const exit = once(this.child, 'exit')
    this.child.kill('SIGKILL')
    await exit
    rmSync(this.folder, { recursive: true, force: true })
  }
}

/** What a server takes while something goes on. */
export interface Load {
  /** Percent of one processor. */
  readonly cpu: number
  /** Resident megabytes at the end. */
  readonly memory: number
}

/** Watches a server until the promise resolves. */
export async function loadOf(
  server: ContenderProcess,
  during: () => Promise<unknown>,
): Promise<Load> {
  const start = performance.now()
  const before = server.usage()
  await during()
  const after = server.usage()
  return {
    cpu: ((after.cpu - before.cpu) / (performance.now() - start)) * 100,
    memory: after.memory / 1_048_576,
  }
}

/** In a contender's process: the folder it may write to and its setting. */
export const readSetting = (): { readonly folder: string; readonly setting: Setting } => ({
  folder: process.argv[2]!,
  setting: JSON.parse(process.argv[3]!) as Setting,
})

/** In a contender's process: tells that it listens. */
export const tellPort = (port: number): void => void process.send!(port)
