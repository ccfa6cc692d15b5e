/** Signing in at an identity provider: a real one, in a process of its own. */
import { spawn } from 'node:child_process'
import type { ChildProcess } from 'node:child_process'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { IdentityConfig } from '../src/identity.ts'
import { freePort } from './process.ts'
import { Browser, failureOf, startTestServer } from './running.ts'
import type { TestServer } from './running.ts'

const script = fileURLToPath(new URL('./identity-provider.ts', import.meta.url))
const secret = 'a-secret-of-the-client'

let process_: ChildProcess
let server: TestServer
let issuer: string
let url: string
let identity: IdentityConfig

beforeAll(async () => {
  const port = await freePort()
  url = `http://localhost:${port}`
  process_ = spawn(process.execPath, [script], {
    env: { ...process.env, REDIRECT_URI: `${url}/api/sign-in/return`, CLIENT_SECRET: secret },
    stdio: ['ignore', 'pipe', 'ignore'],
  })
  for await (const line of createInterface(process_.stdout!)) {
    issuer = /^issuer (\S+)$/.exec(line)?.[1] ?? issuer
    if (issuer) break
  }
  identity = { issuer, clientId: 'revmark', clientSecret: secret, name: 'the Ministry' }
  server = await startTestServer(url, null, undefined, { port, identity })
  const office = new Browser(url)
  await office.join(server.tokenOf('secretariat'))
  for (const [person, email] of [
    ['brazil', 'Ana@example.org'],
    ['observer', 'ana@example.org'],
    ['canada', 'jo@example.org'],
  ] as const)
    await office.request(`/api/meetings/wtdc-17/people/${person}`, {
      method: 'PATCH',
      seat: 'secretariat',
      body: JSON.stringify({ email }),
    })
})

afterAll(async () => {
  process_.kill()
  await server.close()
})

/** A person's browser with cookies of both sides, that follows where it is sent. */
class Person {
  private readonly jars = new Map<string, Map<string, string>>()
  /** Where it has been. */
  readonly visited: URL[] = []

  cookies(origin: string): Map<string, string> {
    const jar = this.jars.get(origin) ?? new Map<string, string>()
    this.jars.set(origin, jar)
    return jar
  }

  /** One request, not followed. */
  async ask(address: URL, form?: Record<string, string>): Promise<Response> {
    this.visited.push(address)
    const jar = this.cookies(address.origin)
    const response = await fetch(address, {
      redirect: 'manual',
      headers: { cookie: [...jar].map(([name, value]) => `${name}=${value}`).join('; ') },
      ...(form && { method: 'POST', body: new URLSearchParams(form) }),
    })
    for (const cookie of response.headers.getSetCookie()) {
      const [, name, value] = /^([^=]+)=([^;]*)/.exec(cookie) ?? []
      if (value === '' || /max-age=0/i.test(cookie)) jar.delete(name!)
      else jar.set(name!, value!)
    }
    return response
  }

  /** Follows until a page comes, or the answer of the provider is about to go to Revmark. */
  async follow(address: URL, form?: Record<string, string>): Promise<URL | Response> {
    let [next, posted] = [address, form]
    for (;;) {
      const response = await this.ask(next, posted)
      posted = undefined
      const place = response.headers.get('location')
      if (place === null) return response
      next = new URL(place, next)
      if (next.pathname === '/api/sign-in/return') return next
    }
  }

  /** Signs in at the provider as somebody; resolves with the address of its answer. */
  async proveTo(address: URL, email: string): Promise<URL> {
    let page = await this.follow(address)
    for (const prompt of [
      { prompt: 'login', login: email, password: 'x' },
      { prompt: 'consent' },
    ]) {
      if (page instanceof URL) return page
      page = await this.follow(new URL(page.url), prompt)
    }
    if (page instanceof URL) return page
    throw new Error(`the provider says: ${await page.text()}`)
  }

  /** From the button to where Revmark leaves the browser. */
  async signIn(email: string): Promise<string | null> {
    const begun = await this.ask(new URL('/api/sign-in', url))
    const answer = await this.proveTo(new URL(begun.headers.get('location')!), email)
    return (await this.ask(answer)).headers.get('location')
  }

  async seats(): Promise<string[]> {
    const response = await this.ask(new URL('/api/seats', url))
    const { seats } = (await response.json()) as { seats: { id: string }[] }
    return seats.map(({ id }) => id)
  }
}

describe('whoever proves an address', () => {
  test('A5: takes every seat that the secretariat gave it, and no other', async () => {
    const ana = new Person()
    expect(await ana.signIn('ana@example.org')).toBe('/')
    expect(await ana.seats()).toEqual(['brazil', 'observer'])
    const entries = await server.store.audit.all('wtdc-17')
    const signed = entries.filter(({ details }) => details['way'] === 'provider')
    expect(signed.map(({ person }) => person)).toEqual(['brazil', 'observer'])
    expect(JSON.stringify(server.logged)).not.toContain('ana@example.org')
  })

  test('in whatever capitals', async () => {
    const ana = new Person()
    await ana.signIn('ANA@Example.org')
    expect(await ana.seats()).toHaveLength(2)
  })

  test('A5: that no seat has is not let in', async () => {
    const stranger = new Person()
    expect(await stranger.signIn('eve@example.org')).toBe('/?refused=not-invited')
    expect(await stranger.seats()).toEqual([])
  })

  test('A5: that the provider has not verified is not let in', async () => {
    const office = new Browser(url)
    await office.join(server.tokenOf('secretariat'))
    await office.request('/api/meetings/wtdc-17/people/chair', {
      method: 'PATCH',
      seat: 'secretariat',
      body: JSON.stringify({ email: 'unverified@example.org' }),
    })
    const person = new Person()
    expect(await person.signIn('unverified@example.org')).toBe('/?refused=unverified')
    expect(await person.seats()).toEqual([])
  })

  test('is let in no more once the seat has been taken away', async () => {
    await server.store.people.revoke('canada', Date.now())
    expect(await new Person().signIn('jo@example.org')).toBe('/?refused=not-invited')
  })
})

describe('an attempt', () => {
  const begin = async (person: Person): Promise<URL> =>
    new URL((await person.ask(new URL('/api/sign-in', url))).headers.get('location')!)

  const placeOf = async (person: Person, address: URL): Promise<string | null> =>
    (await person.ask(address)).headers.get('location')

  test('A6: asks with PKCE, state and nonce, and for an answer at one address only', async () => {
    const person = new Person()
    const { origin, searchParams: asked } = await begin(person)
    expect(origin).toBe(issuer)
    expect(Object.fromEntries(asked)).toMatchObject({
      response_type: 'code',
      scope: 'openid email',
      code_challenge_method: 'S256',
      redirect_uri: `${url}/api/sign-in/return`,
      code_challenge: expect.stringMatching(/^[\w-]{43}$/),
      state: expect.stringMatching(/^[\w-]{43}$/),
      nonce: expect.stringMatching(/^[\w-]{43}$/),
    })
    const { searchParams: again } = await begin(person)
    for (const name of ['state', 'nonce', 'code_challenge'])
      expect(again.get(name)).not.toBe(asked.get(name))
  })

  test('A6: whatever the Host header says, has its answer sent to PUBLIC_URL', async () => {
    const response = await fetch(`${url}/api/sign-in`, {
      redirect: 'manual',
      headers: { 'x-forwarded-host': 'evil.example' },
    })
    const place = new URL(response.headers.get('location')!)
    expect(place.searchParams.get('redirect_uri')).toBe(`${url}/api/sign-in/return`)
    place.searchParams.set('redirect_uri', 'http://evil.example/api/sign-in/return')
    const refused = await fetch(place, { redirect: 'manual' })
    expect(refused.status).toBe(400)
    expect(refused.headers.get('location')).toBeNull()
  })

  test('A6: ends with its first answer: neither the code nor the address works again', async () => {
    const person = new Person()
    const answer = await person.proveTo(await begin(person), 'ana@example.org')
    const kept = new Map(person.cookies(url))
    expect(await placeOf(person, answer)).toBe('/')
    expect(await placeOf(new Person(), answer)).toBe('/?refused=stale')
    const thief = new Person()
    for (const [name, value] of kept) thief.cookies(url).set(name, value)
    expect(await placeOf(thief, answer)).toBe('/?refused=stale')
    expect(await thief.seats()).toEqual([])
  })

  test('A6: takes no answer that was meant for another browser', async () => {
    const [ana, eve] = [new Person(), new Person()]
    const answer = await eve.proveTo(await begin(eve), 'ana@example.org')
    await begin(ana)
    expect(await placeOf(ana, answer)).toBe('/?refused=failed')
    expect(await ana.seats()).toEqual([])
  })

  test.each([
    ['state', 0],
    ['nonce', 1],
    ['verifier', 2],
  ])('A6: with another %s in its cookie fails', async (_, place) => {
    const person = new Person()
    const answer = await person.proveTo(await begin(person), 'ana@example.org')
    const jar = person.cookies(url)
    const parts = jar.get('revmark-attempt')!.split('.')
    parts[place] = 'x'.repeat(43)
    jar.set('revmark-attempt', parts.join('.'))
    expect(await placeOf(person, answer)).toMatch(/^\/\?refused=(failed|stale)$/)
    expect(await person.seats()).toEqual([])
  })

  test('that the provider, or another one, answers with a refusal says so', async () => {
    const person = new Person()
    const state = (await begin(person)).searchParams.get('state')!
    const answer = new URL('/api/sign-in/return', url)
    answer.search = new URLSearchParams({ error: 'access_denied', state, iss: issuer }).toString()
    expect(await placeOf(person, answer)).toBe('/?refused=declined')
    const mixed = await person.proveTo(await begin(person), 'ana@example.org')
    mixed.searchParams.set('iss', 'https://other.example')
    expect(await placeOf(person, mixed)).toBe('/?refused=failed')
  })

  test('keeps its cookie from scripts, and for ten minutes', async () => {
    const response = await fetch(`${url}/api/sign-in`, { redirect: 'manual' })
    const [cookie] = response.headers.getSetCookie()
    expect(cookie).toMatch(/^revmark-attempt=.*Max-Age=600.*HttpOnly.*SameSite=Lax/)
  })
})

test('leaving goes to the provider, and comes back', async () => {
  const response = await fetch(`${url}/api/sign-in/leave`, { redirect: 'manual' })
  const place = new URL(response.headers.get('location')!)
  expect(place.href.startsWith(`${issuer}/session/end?`)).toBe(true)
  expect(place.searchParams.get('post_logout_redirect_uri')).toBe(`${url}/`)
})

test('a provider that is away is told, and the server lives', async () => {
  const port = await freePort()
  const away = { ...identity, issuer: `http://127.0.0.1:${await freePort()}` }
  const own = await startTestServer(`http://localhost:${port}`, null, undefined, {
    port,
    identity: away,
  })
  try {
    for (const path of ['/api/sign-in', '/api/sign-in/leave']) {
      const response = await fetch(own.url + path, { redirect: 'manual' })
      expect(response.headers.get('location')).toBe('/?refused=unreachable')
    }
    expect((await fetch(`${own.url}/api/health`)).status).toBe(200)
  } finally {
    await own.close()
  }
})

test('without a provider nothing of it is there', async () => {
  const own = await startTestServer()
  try {
    const ways = await fetch(`${own.url}/api/sign-in/ways`)
    expect(await ways.json()).toEqual({ provider: null })
    for (const path of ['/api/sign-in', '/api/sign-in/leave'])
      expect(await failureOf(await fetch(own.url + path))).toEqual([404, 'unknown-route'])
  } finally {
    await own.close()
  }
})
