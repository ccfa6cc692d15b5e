/** Every way of being refused: a code, a reason, a number in the metrics, a line in the log, and nobody else hurt. */
import * as Y from 'yjs'
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import { Browser, Editor, RawSocket, metricsToken, startTestServer } from './running.ts'
import type { TestServer } from './running.ts'
import { step1, stockUpdate, syncFrame, typeInto, updateFrame } from './stage.ts'

let server: TestServer
let brazil: Browser
let observer: Browser
let stranger: Browser
let bystander: Editor

beforeAll(async () => {
  server = await startTestServer()
  brazil = new Browser(server.url)
  observer = new Browser(server.url)
  stranger = new Browser(server.url)
  await brazil.join(server.tokenOf('brazil'))
  await observer.join(server.tokenOf('observer'))
  const canada = new Browser(server.url)
  await canada.join(server.tokenOf('canada'))
  const client = await canada.issueClient('res45', 'canada')
  bystander = new Editor(canada, 'res45', 'canada', client)
  await bystander.synced()
})

afterAll(async () => {
  bystander.destroy()
  await server.close()
})

const counted = async (series: string): Promise<number> => {
  const headers = { authorization: `Bearer ${metricsToken}` }
  const text = await (await fetch(`${server.url}/metrics`, { headers })).text()
  const line = text.split('\n').find((each) => each.startsWith(`${series} `))
  return Number(line?.split(' ')[1] ?? 0)
}

/** Does something that is to be refused, and sees it counted once and told in the log. */
const told = async (
  series: string,
  line: Record<string, unknown>,
  refused: () => Promise<void>,
): Promise<void> => {
  const before = await counted(series)
  const from = server.logged.length
  await refused()
  await vi.waitFor(async () => expect(await counted(series)).toBe(before + 1))
  expect(server.logged.slice(from)).toContainEqual(expect.objectContaining(line))
}

/** Whom only the secretariat may add. */
const ana = { name: 'Ana', role: 'observer', delegation: null }

describe('R17: over HTTP', () => {
  const ask = (path: string, seat?: string) => () =>
    brazil.request(`/api/${path}`, seat === undefined ? {} : { seat })
  const send =
    (path: string, body: unknown, seat = 'brazil') =>
    () =>
      brazil.post(`/api/${path}`, body, seat)

  test.each([
    ['unknown-route', 404, ask('nothing')],
    ['signed-out', 401, () => stranger.request('/api/drafts/res45', { seat: 'brazil' })],
    ['wrong-seat', 403, ask('drafts/res45', 'chair')],
    ['unknown-draft', 404, ask('drafts/res99', 'brazil')],
    ['unknown-meeting', 404, ask('meetings/wtsa-28', 'brazil')],
    ['invalid-request', 400, send('join', { token: 7 })],
    ['unknown-link', 404, send('join', { token: 'x'.repeat(43) })],
    ['wrong-role', 403, send('meetings/wtdc-17/people', ana)],
    ['too-large', 413, send('drafts/res45/decisions', { note: 'x'.repeat(1_100_000) })],
    [
      'bad-origin',
      403,
      () =>
        brazil.request('/api/sign-out', {
          method: 'POST',
          headers: { origin: 'https://x.example' },
        }),
    ],
  ] as const)('%s', (code, status, act) =>
    told(`revmark_failures_total{code="${code}"}`, { msg: 'request refused', code }, async () => {
      const response = await act()
      expect(response.status).toBe(status)
      const { error } = (await response.json()) as { error: { code: string; message: string } }
      expect(error.code).toBe(code)
      expect(error.message).toMatch(/^.{20,}$/)
    }),
  )
})

describe('R17: before there is a WebSocket', () => {
  test.each([
    ['unknown-route', 404, '/a/b?seat=brazil', {}],
    ['bad-origin', 403, '/res45?seat=brazil', { origin: 'https://elsewhere.example' }],
  ])('%s', (code, status, path, headers) =>
    told(`revmark_failures_total{code="${code}"}`, { msg: 'handshake refused', code }, async () => {
      const socket = new RawSocket(brazil, path, { ...brazil.headers(), ...headers })
      await expect(socket.opened).rejects.toThrow(String(status))
    }),
  )
})

describe('R17: by closing a WebSocket', () => {
  const opened = async (path: string, browser = brazil): Promise<RawSocket> => {
    const socket = new RawSocket(browser, path)
    await socket.opened
    return socket
  }
  const sent = (data: string | Uint8Array) => async () => {
    const socket = await opened('/res45?seat=brazil')
    socket.socket.send(data)
    return socket
  }

  test.each([
    [4401, 'signed-out', () => opened('/res45?seat=brazil', stranger)],
    [4403, 'wrong-seat', () => opened('/res45?seat=chair')],
    [4404, 'unknown-draft', () => opened('/res99?seat=brazil')],
    [1007, 'malformed', sent('a text')],
    [1007, 'malformed', sent(Uint8Array.of(42, 1))],
    [1009, 'WS_ERR_UNSUPPORTED_MESSAGE_LENGTH', sent(new Uint8Array(2_200_000))],
  ] as const)('%i %s', (code, reason, act) =>
    told(`revmark_closings_total{code="${code}"}`, { msg: 'closing', code, reason }, async () => {
      expect((await (await act()).closed).code).toBe(code)
    }),
  )
})

describe('R17: by the gate', () => {
  const text = (ydoc: Y.Doc) => ydoc.getText('t')

  test.each([
    ['malformed', null],
    ['foreign-client', (ydoc: Y.Doc) => text((ydoc.clientID++, ydoc)).insert(3, 'x')],
    ['deletes-text', (ydoc: Y.Doc) => text(ydoc).delete(3, 2)],
    ['before-root', (ydoc: Y.Doc) => text(ydoc).insert(0, 'x')],
    ['bad-letters', (ydoc: Y.Doc) => text(ydoc).insert(3, '\n')],
    ['forbidden-content', (ydoc: Y.Doc) => text(ydoc).format(1, 4, { b: true })],
    ['unknown-root', (ydoc: Y.Doc) => ydoc.getText('other').insert(0, 'x')],
    ['foreign-ledger', (ydoc: Y.Doc) => ydoc.getMap('d:CAN').set(`${ydoc.clientID}:0`, {})],
    ['server-only', (ydoc: Y.Doc) => ydoc.getArray('decisions').push([{ verb: 'accept' }])],
  ] as const)('%s', (code, write) =>
    told(
      `revmark_refusals_total{code="${code}"}`,
      { msg: 'update refused', draft: 'res45', seat: 'brazil', code },
      async () => {
        const client = await brazil.issueClient('res45', 'brazil')
        const update =
          write === null ? Uint8Array.of(1, 2, 3) : stockUpdate(bystander.ydoc, client, write)
        const socket = new RawSocket(brazil, '/res45?seat=brazil')
        await socket.opened
        socket.socket.send(step1(new Y.Doc()))
        socket.socket.send(updateFrame(update))
        expect(await socket.closed).toEqual({ code: 4409, reason: code })
        expect(socket.heard).toContainEqual({ type: 'refused', count: 1, code })
      },
    ),
  )

  test('read-only, whoever has no hand in the draft', () =>
    told(
      'revmark_refusals_total{code="read-only"}',
      { msg: 'update refused', seat: 'observer', code: 'read-only' },
      async () => {
        const socket = new RawSocket(observer, '/res45?seat=observer')
        await socket.opened
        socket.socket.send(
          syncFrame(
            1,
            stockUpdate(bystander.ydoc, 5000, (ydoc) => text(ydoc).insert(3, 'x')),
          ),
        )
        expect((await socket.closed).code).toBe(4409)
      },
    ))
})

test('R17: whoever has done nothing wrong goes on after all that', async () => {
  typeInto(bystander.ydoc, (await server.store.people.find('canada'))!, 2, '!', bystander.outbox)
  await vi.waitFor(() => expect(bystander.acked).toBe(2))
  expect(bystander.closed).toBeNull()
})
