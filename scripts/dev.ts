/**
 * `pnpm dev`: Vite with hot reload on PORT (8080), and behind it the server on the next port,
 * started again when one of its files changes. DATA is read by the server.
 */
import { spawn } from 'node:child_process'
import type { ChildProcess } from 'node:child_process'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { root } from './command.ts'

const port = Number(process.env['PORT'] ?? 8080)
const behind = port + 1
const children: ChildProcess[] = []

/** Ends everything when one part ends, or when this process is told to. */
function end(code: number): void {
  process.exitCode = code
  for (const child of children) child.kill('SIGTERM')
}

function begin(folder: string, args: readonly string[], env: NodeJS.ProcessEnv): ChildProcess {
  const child = spawn(process.execPath, args, {
    cwd: join(root, folder),
    env: { ...process.env, ...env },
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  child.on('exit', (code) => end(code ?? 0))
  children.push(child)
  return child
}

for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => end(0))

const watched = ['--watch', '--watch-preserve-output', 'server/src/main.ts']
const server = begin('.', watched, { PORT: String(behind) })
const vite = begin(
  'client',
  ['node_modules/vite/bin/vite.js', '--port', String(port), '--strictPort', '--clearScreen=false'],
  { REVMARK_SERVER: `http://localhost:${behind}` },
)

// The links that the server prints lead to Vite, which hands on what it does not serve itself.
for (const { stdout } of [server, vite]) {
  if (!stdout) continue
  createInterface(stdout).on('line', (line) =>
    console.log(line.replaceAll(`:${behind}`, `:${port}`)),
  )
}
