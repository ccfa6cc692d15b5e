/** What the server acknowledged is there after the process was killed at any moment. */
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { kill } from '../bench/killing.ts'
import { Door, startProcess } from './process.ts'
import { Browser } from './running.ts'

// The long run is `pnpm -F @revmark/server kill`.
test('R10: after kill -9 in the middle of typing every acknowledged letter is there, and all converge', async () => {
  const { acknowledged, found, lost, broken } = await kill(3, 6)
  expect(broken).toEqual([])
  expect(acknowledged).toBeGreaterThan(0)
  expect({ found, lost }).toEqual({ found: acknowledged, lost: 0 })
}, 90_000)

test('a session outlives a restart, its links do not', async () => {
  const data = await mkdtemp(join(tmpdir(), 'revmark-crash-'))
  const door = new Door()
  await door.open()
  const first = (door.server = await startProcess(data))
  const browser = new Browser(door.url)
  const token = first.links.get('Observer')!
  await browser.join(token)
  expect(await first.end('SIGTERM')).toBe(0)
  const second = (door.server = await startProcess(data))
  expect((await browser.request('/api/drafts/res45', { seat: 'observer' })).status).toBe(200)
  expect((await browser.post('/api/join', { token })).status).toBe(410)
  expect(await second.end('SIGTERM')).toBe(0)
  door.close()
  await rm(data, { recursive: true })
}, 30_000)
