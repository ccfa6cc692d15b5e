import { spawn } from 'node:child_process'
import { delimiter, join } from 'node:path'
import { fileURLToPath } from 'node:url'

/** The folder that holds package.json and the packages. */
export const root = fileURLToPath(new URL('..', import.meta.url))

export interface CommandOptions {
  /** Folder to run in, under the root; the root itself where absent. */
  readonly folder?: string
  /** Added to this process's own environment. */
  readonly env?: Readonly<Record<string, string>>
}

/**
 * Runs a command line in a shell, its output shown as it comes, its input closed. The binaries of
 * the folder and of the root come first in its PATH, Node 24 among them. Gives the exit code; 1
 * where a signal ended it.
 */
export function run(command: string, { folder = '.', env = {} }: CommandOptions = {}) {
  const directory = join(root, folder)
  const bins = [directory, root].map((place) => join(place, 'node_modules', '.bin'))
  const child = spawn(command, {
    cwd: directory,
    env: { ...process.env, ...env, PATH: [...bins, process.env['PATH']].join(delimiter) },
    shell: true,
    stdio: ['ignore', 'inherit', 'inherit'],
  })
  return new Promise<number>((resolve, reject) => {
    child.on('error', reject)
    child.on('exit', (code) => resolve(code ?? 1))
  })
}
