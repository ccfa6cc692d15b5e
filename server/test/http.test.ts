import type { IssuedClient } from '@revmark/shared/wire'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { hashOf } from '../src/secret.ts'
import { Browser, failureOf, startTestServer } from './running.ts'
import type { TestServer } from './running.ts'

let server: TestServer

beforeAll(async () => {
  server = await startTestServer()
})

afterAll(() => server.close())

const signIn = async (...people: string[]): Promise<Browser> => {
  const browser = new Browser(server.url)
  for (const person of people) await browser.join(server.tokenOf(person))
  return browser
}

describe('a sign-in link', () => {
  test('gives a seat and a cookie that scripts cannot read', async () => {
    const browser = new Browser(server.url)
    const response = await browser.post('/api/join', { token: server.tokenOf('brazil') })
    expect(await response.json()).toEqual({
      id: 'brazil',
      name: 'Delegate of Brazil',
      role: 'delegate',
      delegation: 'B',
      meeting: 'wtdc-17',
    })
    const cookie = response.headers.get('set-cookie')
    expect(cookie).toMatch(/; HttpOnly/)
    expect(cookie).toMatch(/; SameSite=Lax/)
    expect(cookie).not.toMatch(/Secure/)
    const value = /=([^;]+)/.exec(cookie ?? '')?.[1] ?? ''
    expect(await server.store.sessions.seats(value, 0)).toBeNull()
    expect(await server.store.sessions.seats(hashOf(value), 0)).toHaveLength(1)
  })

  test('adds its seat to those that the browser has', async () => {
    const browser = await signIn('chair', 'brazil', 'chair')
    const { seats } = (await (await browser.request('/api/seats')).json()) as {
      seats: { id: string }[]
    }
    expect(seats.map(({ id }) => id)).toEqual(['chair', 'brazil'])
  })

  test('that nobody made is refused', async () => {
    const browser = new Browser(server.url)
    const response = await browser.post('/api/join', { token: 'x'.repeat(43) })
    expect(await failureOf(response)).toEqual([404, 'unknown-link'])
    expect(browser.cookie).toBeNull()
  })

  test('that was revoked, has expired, or whose person was revoked is refused', async () => {
    const own = await startTestServer()
    try {
      const browser = new Browser(own.url)
      const token = own.tokenOf('brazil')
      const seat = await browser.join(token)
      await own.store.links.revoke('start', Date.now())
      const revoked = await browser.post('/api/join', { token })
      expect(await failureOf(revoked)).toEqual([410, 'link-revoked'])
      const draft = await browser.request('/api/drafts/res45', { seat: seat.id })
      expect(draft.status).toBe(200)

      const link = { person: 'canada', purpose: 'invitation', at: 0, uses: null } as const
      const soon = Date.now() + 60_000
      await own.store.links.add({ ...link, hash: hashOf('c'.repeat(43)), expires: soon })
      await own.store.links.add({ ...link, hash: hashOf('d'.repeat(43)), expires: soon * 2 })
      own.pass(61_000)
      const expired = await browser.post('/api/join', { token: 'c'.repeat(43) })
      expect(await failureOf(expired)).toEqual([410, 'link-expired'])
      await own.store.people.revoke('canada', Date.now())
      const gone = await browser.post('/api/join', { token: 'd'.repeat(43) })
      expect(await failureOf(gone)).toEqual([410, 'link-revoked'])

      await own.store.people.revoke('brazil', Date.now())
      const after = await browser.request('/api/drafts/res45', { seat: seat.id })
      expect(await failureOf(after)).toEqual([401, 'signed-out'])
    } finally {
      await own.close()
    }
  })

  test('behind TLS sets a cookie that is bound to the host and to TLS', async () => {
    const own = await startTestServer('https://revmark.example')
    try {
      const browser = new Browser(own.url)
      browser.origin = 'https://revmark.example'
      const response = await browser.post('/api/join', { token: own.tokenOf('chair') })
      expect(response.headers.get('set-cookie')).toMatch(/^__Host-revmark=.*; Path=\/; .*Secure/)
      browser.origin = 'https://elsewhere.example'
      const foreign = await browser.post('/api/join', { token: own.tokenOf('chair') })
      expect(await failureOf(foreign)).toEqual([403, 'bad-origin'])
    } finally {
      await own.close()
    }
  })
})

describe('a session', () => {
  test('ends by sign-out', async () => {
    const browser = await signIn('brazil')
    const cookie = browser.cookie
    await browser.post('/api/sign-out', {})
    browser.cookie = cookie
    const response = await browser.request('/api/drafts/res45', { seat: 'brazil' })
    expect(await failureOf(response)).toEqual([401, 'signed-out'])
    expect(await (await browser.request('/api/seats')).json()).toEqual({ seats: [] })
  })

  test('A3: ends by itself when nobody has used it for a week', async () => {
    const own = await startTestServer()
    try {
      const browser = new Browser(own.url)
      await browser.join(own.tokenOf('brazil'))
      own.pass(7 * 24 * 3_600_000)
      const response = await browser.request('/api/meetings/wtdc-17')
      expect(await failureOf(response)).toEqual([401, 'signed-out'])
    } finally {
      await own.close()
    }
  })

  test('A3: ends by itself after 30 days', async () => {
    const own = await startTestServer()
    try {
      const browser = new Browser(own.url)
      await browser.join(own.tokenOf('brazil'))
      const week = 7 * 24 * 3_600_000
      const ask = (): Promise<Response> => browser.request('/api/meetings/wtdc-17')
      for (let used = 0; used < 4; used++) {
        own.pass(week - 1000)
        expect((await ask()).status).toBe(200)
      }
      own.pass(3 * 24 * 3_600_000)
      expect(await failureOf(await ask())).toEqual([401, 'signed-out'])
    } finally {
      await own.close()
    }
  })
})

describe('the API', () => {
  test('shows a meeting to who sits in it', async () => {
    const browser = await signIn('observer')
    const meeting = (await (await browser.request('/api/meetings/wtdc-17')).json()) as {
      delegations: { code: string; colour: number }[]
      drafts: { id: string; edition: string }[]
    }
    expect(meeting.delegations.map(({ code }) => code)).toEqual(['B', 'CAN', 'EGY', 'J'])
    expect(meeting.drafts).toMatchObject([
      { id: 'res45', edition: 'res45-dubai-2014' },
      { id: 'res45-brazil', edition: 'res45-dubai-2014' },
    ])
    expect(await failureOf(await browser.request('/api/meetings/other'))).toEqual([
      404,
      'unknown-meeting',
    ])
  })

  test('shows a draft, with the seat that asks', async () => {
    const browser = await signIn('chair', 'brazil')
    const draft = await (await browser.request('/api/drafts/res45', { seat: 'brazil' })).json()
    const record = await server.store.drafts.find('res45')
    expect(draft).toMatchObject({
      id: 'res45',
      title: 'Resolution 45 (Rev. Dubai, 2014)',
      meeting: 'wtdc-17',
      baseHash: record?.baseHash,
      seat: { id: 'brazil' },
    })
    const byQuery = await browser.request('/api/drafts/res45?seat=chair')
    expect(await byQuery.json()).toMatchObject({ seat: { id: 'chair' } })
  })

  test('lists the editions', async () => {
    const browser = await signIn('brazil')
    const { editions } = (await (await browser.request('/api/editions')).json()) as {
      editions: { id: string; name: string }[]
    }
    const res45 = editions.find(({ id }) => id === 'res45-dubai-2014')
    expect(res45?.name).toBe('Resolution 45 (Rev. Dubai, 2014)')
  })

  test('issues client ids to delegates, each once', async () => {
    const browser = await signIn('brazil', 'chair', 'observer')
    const one = await browser.issueClient('res45', 'brazil')
    const two = await browser.issueClient('res45', 'brazil')
    expect(one).not.toBe(two)
    for (const client of [one, two]) {
      expect(client).toBeGreaterThanOrEqual(1000)
      expect(client).toBeLessThan(2 ** 32)
    }
    expect(await server.store.clients.of('res45')).toContainEqual({
      client: one,
      user: 'brazil',
      delegation: 'B',
      at: expect.any(Number),
    })
    for (const seat of ['chair', 'observer']) {
      const response = await browser.post('/api/drafts/res45/clients', {}, seat)
      expect(await failureOf(response)).toEqual([403, 'wrong-role'])
    }
  })

  test('O1: issues spare client ids to the seat that asks, within bounds', async () => {
    const browser = await signIn('brazil')
    const ask = (spare: number): Promise<Response> =>
      browser.post('/api/drafts/res45/clients', { spare }, 'brazil')
    const { client, spare } = (await (await ask(8)).json()) as IssuedClient
    expect(new Set([client, ...spare]).size).toBe(9)
    const owned = (await server.store.clients.of('res45')).filter(({ user }) => user === 'brazil')
    expect(owned.map((owner) => owner.client)).toEqual(expect.arrayContaining([client, ...spare]))
    expect(await failureOf(await ask(9))).toEqual([400, 'invalid-request'])
  })

  test('lets only the chair decide', async () => {
    const browser = await signIn('brazil', 'observer', 'chair')
    const decision = { verb: 'accept', ins: [1000, 0, 1], del: [], entries: [], seen: '' }
    for (const seat of ['brazil', 'observer']) {
      const response = await browser.post('/api/drafts/res45/decisions', decision, seat)
      expect(await failureOf(response)).toEqual([403, 'wrong-role'])
    }
    const unknown = await browser.post('/api/drafts/res45/decisions', decision, 'chair')
    expect(await failureOf(unknown)).toEqual([400, 'invalid-request'])
  })

  test.each([
    ['docx', 'marked', 'application/vnd.openxmlformats-officedocument.wordprocessingml.document'],
    ['docx', 'clean', 'application/vnd.openxmlformats-officedocument.wordprocessingml.document'],
    ['pdf', 'marked', 'application/pdf'],
    ['html', 'marked', 'text/html; charset=utf-8'],
    ['xml', 'marked', 'application/akn+xml; charset=utf-8'],
    ['txt', 'base', 'text/plain; charset=utf-8'],
  ])('exports %s, %s, as a file with a name', async (format, view, type) => {
    const begins = { docx: 'PK', pdf: '%PDF-', html: '<!doctype', xml: '<?xml', txt: 'RESOLUTION' }
    const browser = await signIn('observer')
    const query = new URLSearchParams({ format, view, seat: 'observer' })
    const response = await browser.request(`/api/drafts/res45/export?${query.toString()}`)
    expect(response.status).toBe(200)
    expect(response.headers.get('content-type')).toBe(type)
    expect(response.headers.get('content-disposition')).toContain(`"res45-${view}.${format}"`)
    expect(response.headers.get('cache-control')).toBe('no-store')
    const proof = response.headers.get('revmark-proof')
    if (format === 'docx') expect(proof).toMatch(/^accepted=[0-9a-f]{64}, rejected=[0-9a-f]{64}$/)
    else expect(proof).toBe(null)
    const start = new TextDecoder().decode((await response.arrayBuffer()).slice(0, 10))
    expect(start.startsWith(begins[format as keyof typeof begins])).toBe(true)
  })

  test('exports only what it knows how to', async () => {
    const browser = await signIn('observer')
    for (const query of ['format=odt', 'view=clean', 'format=docx&view=red']) {
      const path = `/api/drafts/res45/export?seat=observer&${query}`
      expect(await failureOf(await browser.request(path))).toEqual([400, 'invalid-request'])
    }
  })

  test('is closed to who has no seat, or speaks for another', async () => {
    const stranger = new Browser(server.url)
    for (const path of ['/api/drafts/res45', '/api/meetings/wtdc-17', '/api/editions'])
      expect(await failureOf(await stranger.request(path, { seat: 'chair' }))).toEqual([
        401,
        'signed-out',
      ])
    const browser = await signIn('brazil')
    for (const seat of ['chair', 'canada', ''])
      expect(await failureOf(await browser.request('/api/drafts/res45', { seat }))).toEqual([
        403,
        'wrong-seat',
      ])
  })

  test('does not know drafts of other meetings, nor any by a strange name', async () => {
    const other = { id: 'other', name: 'Another meeting', place: 'Geneva' }
    await server.store.meetings.add(other, [])
    await server.store.people.add({
      id: 'guest',
      name: 'Guest',
      role: 'chair',
      delegation: null,
      meeting: 'other',
    })
    const token = 'g'.repeat(43)
    const link = {
      hash: hashOf(token),
      person: 'guest',
      purpose: 'invitation',
      at: 0,
      uses: null,
    } as const
    await server.store.links.add({ ...link, expires: Date.now() + 60_000 })
    const browser = await signIn('brazil')
    await browser.join(token)
    const foreign = await browser.request('/api/drafts/res45', { seat: 'guest' })
    expect(await failureOf(foreign)).toEqual([404, 'unknown-draft'])
    for (const name of ['nothing', '..%2f..%2fetc', '%00', "'; DROP TABLE drafts"]) {
      const path = `/api/drafts/${name}/history`
      expect(await failureOf(await browser.request(path, { seat: 'brazil' }))).toEqual([
        404,
        'unknown-draft',
      ])
    }
  })

  test('says in one shape what is wrong with a request', async () => {
    const browser = await signIn('chair')
    const post = (body: string): Promise<Response> =>
      browser.request('/api/drafts/res45/decisions', { method: 'POST', seat: 'chair', body })
    expect(await failureOf(await post('{'))).toEqual([400, 'invalid-request'])
    expect(await failureOf(await post('{"verb":"shout"}'))).toEqual([400, 'invalid-request'])
    expect(await failureOf(await post(`"${'x'.repeat(1_100_000)}"`))).toEqual([413, 'too-large'])
    expect(await failureOf(await browser.request('/api/nothing'))).toEqual([404, 'unknown-route'])
    expect(await failureOf(await browser.post('/api/join', { token: 'short' }))).toEqual([
      400,
      'invalid-request',
    ])
  })

  test('takes nothing from pages of elsewhere', async () => {
    const browser = await signIn('chair')
    for (const origin of ['https://elsewhere.example', 'null', 'http://localhost:1', 'nonsense']) {
      browser.origin = origin
      const response = await browser.post('/api/sign-out', {})
      expect(await failureOf(response)).toEqual([403, 'bad-origin'])
    }
    const noOrigin = await fetch(`${server.url}/api/sign-out`, {
      method: 'POST',
      headers: { 'sec-fetch-site': 'cross-site' },
    })
    expect(await failureOf(noOrigin)).toEqual([403, 'bad-origin'])
  })

  test('is healthy, and keeps no answer in caches', async () => {
    const response = await fetch(`${server.url}/api/health`)
    expect(await response.json()).toEqual({ status: 'ok' })
    expect(response.headers.get('cache-control')).toBe('no-store')
  })
})

describe('the pages', () => {
  test('are the one page of the client, with a strict policy', async () => {
    for (const path of ['/', '/join', '/drafts/res45']) {
      const response = await fetch(server.url + path)
      expect(response.status).toBe(200)
      expect(await response.text()).toContain('<title>Revmark</title>')
      expect(response.headers.get('cache-control')).toBe('no-cache')
      const policy = response.headers.get('content-security-policy')
      expect(policy).toContain("default-src 'none'")
      expect(policy).toContain("script-src 'self'")
      expect(policy).toContain("frame-ancestors 'none'")
      expect(policy).not.toContain('unsafe')
      expect(response.headers.get('referrer-policy')).toBe('no-referrer')
      expect(response.headers.get('x-content-type-options')).toBe('nosniff')
    }
  })

  test('come with their files, and with nothing from outside the folder', async () => {
    const file = await fetch(`${server.url}/assets/main-1a2b.js`)
    expect(await file.text()).toBe('export {}')
    expect(file.headers.get('cache-control')).toContain('immutable')
    expect(file.headers.get('content-type')).toContain('javascript')
    expect((await fetch(`${server.url}/assets/other.js`)).status).toBe(404)
    expect((await fetch(`${server.url}/..%2frevmark.sqlite`)).status).toBe(404)
  })
})
