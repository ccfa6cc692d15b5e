/** Disks that take no writes: one that stops under a running server, and one that is mounted so. */
import { execFileSync, spawnSync } from 'node:child_process'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { Door, startProcess } from './process.ts'
import { Browser, Editor } from './running.ts'
import { textOf, typeInto } from './stage.ts'

const works = (command: string, ...args: string[]): boolean =>
  spawnSync(command, args, { stdio: 'ignore' }).status === 0

const hasLimits = works('prlimit', '--pid', String(process.pid))
const mayMount = works('unshare', '--map-root-user', '--mount', 'true')

let data: string

beforeEach(async () => {
  data = await mkdtemp(join(tmpdir(), 'revmark-read-only-'))
})

afterEach(() => rm(data, { recursive: true }))

/** From here on the process may let no file grow, or again: what EROFS and ENOSPC do to SQLite. */
const limit = (pid: number, bytes: '0' | 'unlimited'): void => {
  execFileSync('prlimit', ['--pid', String(pid), `--fsize=${bytes}:`])
}

test('R7: a disk that stops taking writes holds the rooms, and loses nothing', async ({ skip }) => {
  skip(!hasLimits, 'prlimit is not here, or may not be used')
  const server = await startProcess(data)
  const door = new Door()
  door.server = server
  await door.open()
  const browser = new Browser(door.url)
  const seat = await browser.join(server.links.get('Delegate of Brazil')!)
  const editor = new Editor(browser, 'res45', seat.id, await browser.issueClient('res45', seat.id))
  await editor.synced()
  typeInto(editor.ydoc, seat, 2, ' before', editor.outbox)
  await vi.waitFor(() => expect(editor.acked).toBe(2))

  limit(server.child.pid!, '0')
  typeInto(editor.ydoc, seat, 2, ' meanwhile', editor.outbox)
  await vi.waitFor(() => expect(editor.held).toMatch(/cannot save at present/), {
    timeout: 10_000,
  })
  const refused = await browser.post('/api/drafts/res45/clients', {}, seat.id)
  expect(refused.status).toBe(503)
  const file = await browser.request('/api/drafts/res45/export?format=txt', { seat: seat.id })
  expect(await file.text()).toContain(' before')
  const reader = new Editor(browser, 'res45', seat.id)
  await reader.synced()
  expect(textOf(reader.ydoc)[2]).toContain(' before')

  limit(server.child.pid!, 'unlimited')
  await vi.waitFor(() => expect(editor.held).toBeNull(), { timeout: 20_000 })
  await vi.waitFor(() => expect(textOf(reader.ydoc)[2]).toContain(' before meanwhile'))
  for (const one of [editor, reader]) one.destroy()
  door.close()
  expect(await server.end('SIGTERM')).toBe(0)
})

test('a disk mounted read-only: the command line reads it, the server says why it cannot start', async ({
  skip,
}) => {
  skip(!mayMount, 'unshare is not here, or may not make a mount of its own')
  await (await startProcess(data)).end('SIGTERM')
  const run = (program: string, ...args: string[]) =>
    spawnSync(
      'unshare',
      [
        '--map-root-user',
        '--mount',
        'sh',
        '-c',
        'mount --bind "$DATA" "$DATA" && mount -o remount,bind,ro "$DATA" && exec "$@"',
        'sh',
        process.execPath,
        fileURLToPath(new URL(`../src/${program}`, import.meta.url)),
        ...args,
      ],
      { env: { ...process.env, DATA: data, PORT: '0', LOG: 'silent' }, encoding: 'utf8' },
    )
  const read = run('cli/main.ts', 'fsck')
  expect(read.stderr).toBe('')
  expect(read.stdout).toMatch(/^res45 +sound/)
  const started = run('main.ts')
  expect(started.status).toBe(1)
  expect(started.stderr).toMatch(/cannot start: .*takes no writes/)
})
