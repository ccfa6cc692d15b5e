/**
 * `pnpm dev`: Vite with hot reload on PORT (8080), and behind it the server on the next port,
 * started again when one of its files changes. DATA is read by the server.
 */
import { spawn } from 'node:child_process'
import type { ChildProcess } from 'node:child_process'
import { join } from 'node:path'
import { root } from './command.ts'
import { endWithLauncher } from './launcher.ts'

const port = Number(process.env['PORT'] || 8080)
const behind = port + 1
const children: ChildProcess[] = []

function begin(folder: string, args: readonly string[], env: NodeJS.ProcessEnv): void {
  const child = spawn(process.execPath, args, {
    cwd: join(root, folder),
    env: { ...process.env, ...env },
    stdio: ['ignore', 'inherit', 'inherit'],
  })
  child.on('exit', (code) => end(code ?? 0))
  children.push(child)
}

/** Ends everything when one part has ended, or when this process is told to. */
function end(code: number): void {
  process.exitCode = code
  for (const child of children) child.kill('SIGTERM')
}

for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => end(0))
endWithLauncher()

// The server's sign-in links lead to Vite, which hands on what it does not serve itself.
begin('.', ['--watch', '--watch-preserve-output', 'server/src/main.ts'], {
  PORT: String(behind),
  PUBLIC_URL: `http://localhost:${port}`,
})
begin('client', ['node_modules/vite/bin/vite.js', '--port', String(port), '--strictPort'], {
  REVMARK_SERVER: `http://127.0.0.1:${behind}`,
})
