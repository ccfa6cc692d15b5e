/** What an operator reads: health, readiness, metrics, and a log without secrets. */
import { DatabaseSync } from 'node:sqlite'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { Browser, Editor, RawSocket, metricsToken, startTestServer } from './running.ts'
import type { TestServer } from './running.ts'
import { syncFrame, typeInto } from './stage.ts'

let data: string
let server: TestServer

beforeAll(async () => {
  data = await mkdtemp(join(tmpdir(), 'revmark-upkeep-'))
  server = await startTestServer(null, data)
})

afterAll(async () => {
  await server.close()
  await rm(data, { recursive: true })
})

const metrics = async (): Promise<string> => {
  const headers = { authorization: `Bearer ${metricsToken}` }
  const response = await fetch(`${server.url}/metrics`, { headers })
  expect(response.status).toBe(200)
  return response.text()
}

/** The value of a series; null where there is none. */
const valueOf = (text: string, series: string): number | null => {
  const line = text.split('\n').find((one) => one.startsWith(`${series} `))
  return line === undefined ? null : Number(line.slice(series.length + 1))
}

test('metrics are for who has the token', async () => {
  for (const authorization of ['', 'Bearer wrong', metricsToken.slice(1)]) {
    const response = await fetch(`${server.url}/metrics`, { headers: { authorization } })
    expect(response.status).toBe(401)
    expect(await response.text()).not.toContain('revmark_')
  }
  expect(await metrics()).toContain('nodejs_eventloop_lag_p99_seconds')
})

test('metrics count rooms, clients, entries, commits, refusals, closings and failures', async () => {
  const browser = new Browser(server.url)
  const seat = await browser.join(server.tokenOf('brazil'))
  const editor = new Editor(browser, 'res45', seat.id, await browser.issueClient('res45', seat.id))
  await editor.synced()
  typeInto(editor.ydoc, seat, 2, 'x', editor.outbox)
  await vi.waitFor(() => expect(editor.acked).toBe(2))
  const garbled = new RawSocket(browser, `/res45?seat=${seat.id}`)
  await garbled.opened
  garbled.socket.send(syncFrame(2, new Uint8Array([1, 2, 3])))
  expect((await garbled.closed).code).toBe(4409)
  await fetch(`${server.url}/api/nothing`)

  await vi.waitFor(async () => expect(valueOf(await metrics(), 'revmark_clients')).toBe(1))
  const text = await metrics()
  expect(valueOf(text, 'revmark_rooms')).toBe(1)
  expect(valueOf(text, 'revmark_updates_total')).toBe(2)
  expect(valueOf(text, 'revmark_commit_seconds_count')).toBe(1)
  expect(valueOf(text, 'revmark_sync_seconds_count')).toBeGreaterThan(0)
  expect(valueOf(text, 'revmark_refusals_total{code="malformed"}')).toBe(1)
  expect(valueOf(text, 'revmark_closings_total{code="4409"}')).toBe(1)
  expect(valueOf(text, 'revmark_failures_total{code="unknown-route"}')).toBe(1)
  expect(valueOf(text, 'revmark_held')).toBe(0)
  expect(valueOf(text, 'revmark_damaged')).toBe(0)
  editor.destroy()
})

test('the log has who did what, and nothing that lets somebody in', async () => {
  const browser = new Browser(server.url)
  const token = server.tokenOf('canada')
  await browser.join(token)
  await browser.request(`/api/drafts/none?seat=canada`)
  const socket = new RawSocket(browser, '/res45?seat=canada')
  await socket.opened
  socket.socket.close()
  await socket.closed
  await vi.waitFor(() => expect(server.logged.some(({ msg }) => msg === 'left')).toBe(true))
  const log = JSON.stringify(server.logged)
  expect(log).toContain('"seat":"canada"')
  const secrets = [token, browser.cookie!.split('=')[1]!, metricsToken]
  for (const secret of secrets) expect(log).not.toContain(secret)
})

test('it is ready, degraded where a draft is damaged, and says no names', async () => {
  const ready = async () => (await fetch(`${server.url}/api/ready`)).json()
  expect(await ready()).toEqual({ status: 'ok', held: 0, damaged: 0 })
  const other = new DatabaseSync(join(data, 'revmark.sqlite'), { timeout: 5000 })
  other.exec("UPDATE drafts SET base_hash = 'x' WHERE id = 'res45-brazil'")
  other.close()
  const browser = new Browser(server.url)
  await browser.join(server.tokenOf('brazil'))
  expect((await browser.post('/api/drafts/res45-brazil/clients', {}, 'brazil')).status).toBe(503)
  expect(await ready()).toEqual({ status: 'degraded', held: 0, damaged: 1 })
})
