import { afterEach, describe, expect, test, vi } from 'vitest'
import { WebSocket } from 'ws'
import { Allowance, Bucket, noLimits, usualLimits } from '../src/allowance.ts'
import type { Limits } from '../src/allowance.ts'
import { addressOf, trustIn } from '../src/routes/proxies.ts'
import { Browser, Editor, RawSocket, startTestServer } from './running.ts'
import type { TestServer } from './running.ts'
import { awarenessFrame, updateFrame } from './stage.ts'

describe('a bucket', () => {
  const rate = { burst: 3, perSecond: 2 }

  test('gives what it holds, then as fast as it fills', () => {
    const bucket = new Bucket(rate, 0)
    expect([1, 2, 3, 4].map(() => bucket.take(0))).toEqual([0, 0, 0, 500])
    expect(bucket.take(400)).toBe(100)
    expect(bucket.take(500)).toBe(0)
    expect(bucket.take(500)).toBe(500)
    expect([1, 2, 3, 4].map(() => bucket.take(100_000))).toEqual([0, 0, 0, 500])
  })

  test('of one who cannot be refused keeps what is owed', () => {
    const bucket = new Bucket(rate, 0)
    const owed = [1, 2, 3, 4, 5].map(() => {
      bucket.owe(0)
      return bucket.debt(0)
    })
    expect(owed).toEqual([0, 0, 0, 500, 1000])
    expect(bucket.debt(500)).toBe(500)
    expect(bucket.debt(1000)).toBe(0)
  })

  test('fills nothing when the clock goes back', () => {
    const bucket = new Bucket({ burst: 1, perSecond: 1 }, 10_000)
    expect(bucket.take(10_000)).toBe(0)
    expect(bucket.take(0)).toBe(1000)
    expect(bucket.take(11_000)).toBe(0)
  })

  test('without an end is never empty', () => {
    const bucket = new Bucket(noLimits.frames, 0)
    for (let n = 0; n < 1000; n++) bucket.owe(0)
    expect(bucket.debt(0)).toBe(0)
  })
})

test('an allowance is everybody’s own, and does not grow without end', () => {
  const allowance = new Allowance({ burst: 1, perSecond: 1 })
  expect(allowance.take('a', 0)).toBe(0)
  expect(allowance.take('a', 0)).toBe(1000)
  expect(allowance.take('b', 0)).toBe(0)
  for (let n = 0; n < 50_000; n++) allowance.take(`stranger ${n}`, 10)
  expect(allowance.size).toBeLessThanOrEqual(20_000)
})

test.each([
  ['203.0.113.9', undefined, '203.0.113.9'],
  ['203.0.113.9', '198.51.100.1', '203.0.113.9'],
  ['127.0.0.1', '198.51.100.1, 203.0.113.7', '203.0.113.7'],
  ['::1', '203.0.113.7', '203.0.113.7'],
  ['2001:db8:1:2:3:4:5:6', undefined, '2001:db8:1:2'],
  ['::ffff:127.0.0.1', '203.0.113.7', '203.0.113.7'],
  ['127.0.0.1', 'somebody', '127.0.0.1'],
  // A proxy in front of a proxy, and a visitor who claims to come from elsewhere.
  ['10.1.2.3', '198.51.100.1, 203.0.113.7, 192.0.2.7', '203.0.113.7'],
  ['::ffff:10.1.2.3', '203.0.113.7', '203.0.113.7'],
  ['192.0.2.8', '203.0.113.7', '192.0.2.8'],
  [undefined, undefined, ''],
])('the address of %s, forwarded %s, is %s', (connected, forwarded, address) => {
  expect(addressOf(connected, forwarded, trustIn(['192.0.2.7', '10.0.0.0/8']))).toBe(address)
})

describe('a server', () => {
  let server: TestServer
  afterEach(() => server.close())

  const start = async (limits: Partial<Limits>): Promise<void> => {
    server = await startTestServer(null, null, { ...noLimits, ...limits })
  }

  const statuses = async (count: number, ask: () => Promise<Response>): Promise<number[]> => {
    const all: number[] = []
    for (let n = 0; n < count; n++) all.push((await ask()).status)
    return all
  }

  test('lets nobody try links without end, and says when to come again', async () => {
    await start({ strangers: { burst: 3, perSecond: 0.1 } })
    const browser = new Browser(server.url)
    const guess = (): Promise<Response> => browser.post('/api/join', { token: 'x'.repeat(43) })
    expect(await statuses(4, guess)).toEqual([404, 404, 404, 429])
    const refused = await guess()
    expect(Number(refused.headers.get('retry-after'))).toBeGreaterThan(0)
    expect(await refused.json()).toMatchObject({ error: { code: 'too-many' } })
    // Whoever has a link is let in beside them.
    await browser.join(server.tokenOf('brazil'))
    server.pass(60_000)
    expect((await guess()).status).toBe(404)
  })

  test('bounds the requests of a session and of an address', async () => {
    await start({
      session: { burst: 3, perSecond: 1 },
      requests: { burst: 12, perSecond: 1 },
    })
    const [one, other] = [new Browser(server.url), new Browser(server.url)]
    await one.join(server.tokenOf('brazil'))
    await other.join(server.tokenOf('canada'))
    const meeting = (browser: Browser) => () => browser.request('/api/meetings/wtdc-17')
    expect(await statuses(4, meeting(one))).toEqual([200, 200, 200, 429])
    expect((await meeting(other)()).status).toBe(200)
    const health = (): Promise<Response> => fetch(`${server.url}/api/health`)
    const all = await statuses(8, health)
    expect(all.slice(0, 4)).toEqual([200, 200, 200, 200])
    expect(all.at(-1)).toBe(429)
  })

  test('bounds client ids, links and handshakes', async () => {
    await start({
      clientIds: { burst: 2, perSecond: 0.01 },
      links: { burst: 1, perSecond: 0.01 },
      handshakes: { burst: 1, perSecond: 0.01 },
    })
    const browser = new Browser(server.url)
    await browser.join(server.tokenOf('brazil'))
    await browser.join(server.tokenOf('secretariat'))
    const id = (): Promise<Response> => browser.post('/api/drafts/res45/clients', {}, 'brazil')
    expect(await statuses(3, id)).toEqual([201, 201, 429])
    const link = (): Promise<Response> =>
      browser.post(
        '/api/meetings/wtdc-17/people/brazil/links',
        { once: true, days: 1 },
        'secretariat',
      )
    expect(await statuses(2, link)).toEqual([201, 429])
    const first = new RawSocket(browser, '/res45?seat=brazil')
    await first.opened
    await expect(new RawSocket(browser, '/res45?seat=brazil').opened).rejects.toThrow(/429/)
    first.socket.close()
  })

  test('hears a socket that sends too fast more slowly, and loses nothing', async () => {
    await start({ frames: { burst: 5, perSecond: 100 } })
    const browser = new Browser(server.url)
    await browser.join(server.tokenOf('brazil'))
    const client = await browser.issueClient('res45', 'brazil')
    const editor = new Editor(browser, 'res45', 'brazil', client)
    await editor.synced()
    const socket = editor.provider.ws as unknown as WebSocket
    const frame = awarenessFrame([{ client, clock: 1, state: {} }])
    for (let n = 0; n < 60; n++) socket.send(frame)
    const nothing = updateFrame(Uint8Array.of(0, 0))
    const acked = (count: number): Promise<void> =>
      vi.waitFor(() => expect(editor.acked).toBe(count), { timeout: 5000, interval: 5 })
    // What came in one piece is heard; what follows has to wait until that is paid for.
    socket.send(nothing)
    await acked(2)
    const before = performance.now()
    socket.send(nothing)
    await acked(3)
    expect(performance.now() - before).toBeGreaterThan(400)
    expect(socket.readyState).toBe(WebSocket.OPEN)
    editor.destroy()
  })
})

test('the usual limits let a hall of 200 come back at once', () => {
  const handshakes = new Allowance(usualLimits.handshakes)
  const requests = new Allowance(usualLimits.requests)
  for (let n = 0; n < 200; n++) expect(handshakes.take('hall', 0)).toBe(0)
  // A page of a draft: seats, meeting, draft, client id, history.
  for (let n = 0; n < 200 * 10; n++) expect(requests.take('hall', 0)).toBe(0)
})
