/** Tokens for scripts: what they open, and what they do not. */
import { madeTokenSchema, tokensSchema } from '@revmark/shared/wire'
import type { MadeToken, Scope } from '@revmark/shared/wire'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { hashOf } from '../src/secret.ts'
import { Browser, RawSocket, failureOf, startTestServer } from './running.ts'
import type { TestServer } from './running.ts'

const meeting = '/api/meetings/wtdc-17'
const day = 24 * 3_600_000

let server: TestServer
let browser: Browser

beforeAll(async () => {
  server = await startTestServer()
  browser = new Browser(server.url)
  for (const person of ['chair', 'secretariat', 'brazil', 'observer'])
    await browser.join(server.tokenOf(person))
})

afterAll(() => server.close())

const ask = (seat: string, scopes: readonly string[], days = 30): Promise<Response> =>
  browser.post(`${meeting}/tokens`, { name: 'Nightly', scopes, days }, seat)

const make = async (seat: string, ...scopes: readonly Scope[]): Promise<MadeToken> => {
  const response = await ask(seat, scopes)
  expect(response.status).toBe(201)
  return madeTokenSchema.parse(await response.json())
}

/** What a script sends: its token, no cookie, no origin. */
const script = (token: string, path: string, init: RequestInit = {}): Promise<Response> =>
  fetch(server.url + path, {
    ...init,
    headers: {
      authorization: `Bearer ${token}`,
      ...(typeof init.body === 'string' && { 'content-type': 'application/json' }),
      ...(init.headers as Record<string, string> | undefined),
    },
  })

const listed = async () => {
  const response = await browser.request(`${meeting}/tokens`, { seat: 'secretariat' })
  return tokensSchema.parse(await response.json()).tokens
}

describe('a token', () => {
  test('is told once, and only its hash is kept', async () => {
    const { token, ...made } = await make('secretariat', 'read')
    expect(token).toMatch(/^revmark_[\w-]{43}$/)
    expect((await server.store.tokens.of('wtdc-17')).map(({ hash }) => hash)).toContain(
      hashOf(token),
    )
    expect(JSON.stringify(await server.store.tokens.of('wtdc-17'))).not.toContain(token)
    expect(JSON.stringify(server.logged)).not.toContain(token)
    expect(await listed()).toContainEqual(made)
  })

  test('A4: acts in its maker’s seat, without a cookie, and says when it was used', async () => {
    const { id, token } = await make('secretariat', 'read', 'export')
    const draft = await script(token, '/api/drafts/res45')
    expect(await draft.json()).toMatchObject({ id: 'res45', seat: { id: 'secretariat' } })
    expect(draft.headers.get('set-cookie')).toBeNull()
    const file = await script(token, '/api/drafts/res45/export?format=txt&view=clean')
    expect(await file.text()).toContain('RESOLUTION 45')
    expect((await listed()).find((each) => each.id === id)?.seen).toEqual(expect.any(Number))
  })

  test.each([
    ['read', 'GET', '/api/drafts/res45/export?format=txt'],
    ['read', 'POST', `${meeting}/drafts`],
    ['export', 'GET', '/api/drafts/res45/history'],
    ['export', 'GET', `${meeting}/people`],
    ['import', 'GET', '/api/drafts/res45'],
    ['people', 'POST', '/api/drafts/res45/contributions'],
  ] as const)('A4: with the scope %s does not open %s %s', async (scope, method, path) => {
    const { token } = await make('secretariat', scope)
    expect(await failureOf(await script(token, path, { method }))).toEqual([403, 'wrong-scope'])
  })

  test.each([
    ['GET', `${meeting}/tokens`],
    ['POST', `${meeting}/tokens`],
    ['DELETE', `${meeting}/tokens/0000`],
    ['GET', '/api/browsers'],
    ['POST', '/api/drafts/res45/clients'],
    ['POST', '/api/drafts/res45/versions'],
  ])('A4: whatever its scopes does not open %s %s', async (method, path) => {
    const { token } = await make('secretariat', 'read', 'export', 'import', 'people')
    expect(await failureOf(await script(token, path, { method }))).toEqual([403, 'wrong-scope'])
  })

  test('A4: does not lift what the seat itself may not do', async () => {
    const { token } = await make('chair', 'read', 'import')
    const response = await script(
      token,
      '/api/drafts/res45/contributions?name=a&differences=take',
      {
        method: 'POST',
      },
    )
    expect(await failureOf(response)).toEqual([403, 'wrong-role'])
    const other = await script(token, '/api/drafts/res45', { headers: { 'x-seat': 'brazil' } })
    expect(await failureOf(other)).toEqual([403, 'wrong-seat'])
  })

  test('A4: does not come together with a cookie', async () => {
    const { token } = await make('secretariat', 'read')
    const headers = { authorization: `Bearer ${token}` }
    const response = await browser.request('/api/drafts/res45', { seat: 'brazil', headers })
    expect(await failureOf(response)).toEqual([400, 'invalid-request'])
  })

  test('is of no use to the page of another server', async () => {
    const { token } = await make('secretariat', 'people')
    const init = { method: 'POST', headers: { origin: 'https://elsewhere.example' } }
    const response = await script(token, `${meeting}/people`, init)
    expect(await failureOf(response)).toEqual([403, 'bad-origin'])
    const preflight = await script(token, `${meeting}/people`, { ...init, method: 'OPTIONS' })
    expect(preflight.headers.get('access-control-allow-origin')).toBeNull()
  })

  test('A4: opens no socket', async () => {
    const { token } = await make('secretariat', 'read', 'export', 'import', 'people')
    const headers = { authorization: `Bearer ${token}` }
    const socket = new RawSocket(browser, '/res45?seat=secretariat', headers)
    expect(await socket.closed).toEqual({ code: 4401, reason: 'signed-out' })
  })

  test('A4: ends by revocation, by its time, and with the seat', async () => {
    const revoked = await make('secretariat', 'read')
    const path = `${meeting}/tokens/${revoked.id}`
    const answer = await browser.request(path, { method: 'DELETE', seat: 'chair' })
    expect(answer.status).toBe(204)
    const own = await startTestServer()
    try {
      const at = Date.now()
      const token = { name: 'x', scopes: ['read'] as const, at }
      await own.store.tokens.add({
        ...token,
        hash: hashOf('short'),
        person: 'chair',
        expires: at + day,
      })
      await own.store.tokens.add({
        ...token,
        hash: hashOf('long'),
        person: 'chair',
        expires: at + 9 * day,
      })
      const use = (letters: string): Promise<Response> =>
        fetch(`${own.url}/api/editions`, { headers: { authorization: `Bearer ${letters}` } })
      expect((await use('short')).status).toBe(200)
      own.pass(day)
      expect(await failureOf(await use('short'))).toEqual([401, 'token-refused'])
      expect((await use('long')).status).toBe(200)
      await own.store.people.revoke('chair', at)
      expect(await failureOf(await use('long'))).toEqual([401, 'token-refused'])
    } finally {
      await own.close()
    }
    const after = await script(revoked.token, '/api/drafts/res45')
    expect(await failureOf(after)).toEqual([401, 'token-refused'])
  })

  test('that nobody made is refused, and not tried without end', async () => {
    const statuses: number[] = []
    for (let i = 0; i < 40; i++)
      statuses.push((await script(`revmark_${i}`, '/api/editions')).status)
    expect(statuses[0]).toBe(401)
    expect(statuses.at(-1)).toBe(429)
  })
})

describe('tokens are made', () => {
  test.each(['brazil', 'observer'])('not by %s', async (seat) => {
    expect(await failureOf(await ask(seat, ['read']))).toEqual([403, 'wrong-role'])
    const list = await browser.request(`${meeting}/tokens`, { seat })
    expect(await failureOf(list)).toEqual([403, 'wrong-role'])
  })

  test.each([
    ['secretariat', ['decide'], 30],
    ['chair', ['people'], 30],
    ['chair', [], 30],
    ['chair', ['read', 'read'], 30],
    ['chair', ['everything'], 30],
    ['chair', ['read'], 366],
    ['chair', ['read'], 0],
  ] as const)('not as %s with %j for %d days', async (seat, scopes, days) => {
    expect(await failureOf(await ask(seat, scopes, days))).toEqual([400, 'invalid-request'])
  })

  test('and one that is not there cannot be revoked', async () => {
    const init = { method: 'DELETE', seat: 'chair' }
    const response = await browser.request(`${meeting}/tokens/0000`, init)
    expect(await failureOf(response)).toEqual([404, 'unknown-token'])
  })
})
