/** The real program as a process of its own. */
import { spawn } from 'node:child_process'
import type { ChildProcess } from 'node:child_process'
import { once } from 'node:events'
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

/** Starts `main.ts` on a free port, or on `port`, with the data folder; resolves when it has printed its links. */
export async function startProcess(data: string, port = 0): Promise<ServerProcess> {
  const child = spawn(process.execPath, [main], {
    env: { ...process.env, DATA: data, PORT: String(port), LOG: 'error', PUBLIC_URL: '' },
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  const links = new Map<string, string>()
  let url = ''
  for await (const line of createInterface(child.stdout)) {
    url = /Revmark is at (\S+)/.exec(line)?.[1] ?? url
    const link = /^ *(\S.*?) +\S+\/join#(\S+)$/.exec(line)
    if (link) links.set(link[1]!, link[2]!)
    if (links.size === 4) break
  }
  if (links.size < 4) throw new Error('the server did not start')
  return {
    child,
    url,
    links,
    end: async (signal) => {
      const exit = once(child, 'exit')
      child.kill(signal)
      return (await exit)[0] as number | null
    },
  }
}
