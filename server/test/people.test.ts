/** The secretariat's work over HTTP, and what becomes of open sockets by it. */
import { request } from 'node:http'
import type { IncomingMessage } from 'node:http'
import { closeCode, personSchema } from '@revmark/shared/wire'
import type { Browser as SignedIn, MadeLink, Membership, Person, Seat } from '@revmark/shared/wire'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { Browser, RawSocket, failureOf, startTestServer } from './running.ts'
import type { TestServer } from './running.ts'
import { step1 } from './stage.ts'
import * as Y from 'yjs'

const meeting = '/api/meetings/wtdc-17'

let server: TestServer
let secretariat: Browser

beforeAll(async () => {
  server = await startTestServer()
  secretariat = await signIn('secretariat')
})

afterAll(() => server.close())

async function signIn(...people: string[]): Promise<Browser> {
  const browser = new Browser(server.url)
  for (const person of people) await browser.join(server.tokenOf(person))
  return browser
}

const office = (method: string, path: string, body?: unknown): Promise<Response> =>
  secretariat.request(meeting + path, {
    method,
    seat: 'secretariat',
    ...(body !== undefined && { body: JSON.stringify(body) }),
  })

const add = async (more: object = {}): Promise<Person> => {
  const person = { name: 'Ana Souza', role: 'delegate', delegation: 'B', ...more }
  const response = await office('POST', '/people', person)
  expect(response.status).toBe(201)
  return personSchema.parse(await response.json())
}

const invite = async ({ id }: Pick<Seat, 'id'>, once = false, days = 1): Promise<MadeLink> => {
  const response = await office('POST', `/people/${id}/links`, { once, days })
  expect(response.status).toBe(201)
  return (await response.json()) as MadeLink
}

const membership = async (): Promise<Membership> =>
  (await (await office('GET', '/people')).json()) as Membership

/** A socket that has been let into the draft. */
const enter = async (browser: Browser, seat: string): Promise<RawSocket> => {
  const socket = new RawSocket(browser, `/res45?seat=${seat}`)
  await socket.opened
  socket.socket.send(step1(new Y.Doc()))
  await new Promise((resolve) => socket.socket.once('message', resolve))
  return socket
}

describe('the secretariat', () => {
  test('A1: adds a person, who comes in by a link of which only a hash is kept', async () => {
    const person = await add({ email: 'Ana@Example.org' })
    expect(person).toMatchObject({ name: 'Ana Souza', email: 'ana@example.org', revoked: null })
    const { token, ...link } = await invite(person)
    expect(link).toMatchObject({ person: person.id, uses: null, used: 0, revoked: null })
    expect(JSON.stringify(await server.store.links.of('wtdc-17'))).not.toContain(token)
    expect(JSON.stringify(server.logged)).not.toContain(token)
    const browser = new Browser(server.url)
    expect(await browser.join(token)).toMatchObject({ id: person.id, delegation: 'B' })
    const { people, links } = await membership()
    expect(people.find(({ id }) => id === person.id)).toMatchObject({ browsers: 1 })
    expect(links.find(({ id }) => id === link.id)).toMatchObject({ used: 1 })
    expect(JSON.stringify(links)).not.toContain(token)
  })

  test('A1: gives a link for one browser, which may open it again', async () => {
    const { token } = await invite(await add(), true)
    const browser = new Browser(server.url)
    const seat = await browser.join(token)
    expect(await browser.join(token)).toEqual(seat)
    const other = await new Browser(server.url).post('/api/join', { token })
    expect(await failureOf(other)).toEqual([410, 'link-used'])
  })

  test('of two who open a link for one browser at once lets in one', async () => {
    const { token } = await invite(await add(), true)
    const open = (): Promise<Response> => new Browser(server.url).post('/api/join', { token })
    const statuses = (await Promise.all([open(), open(), open()])).map(({ status }) => status)
    expect(statuses.toSorted((a, b) => a - b)).toEqual([200, 410, 410])
  })

  test('A1: revokes a link, and the seat taken by it stays', async () => {
    const person = await add()
    const { id, token } = await invite(person)
    const browser = new Browser(server.url)
    await browser.join(token)
    expect((await office('DELETE', `/links/${id}`)).status).toBe(204)
    expect(await failureOf(await browser.post('/api/join', { token }))).toEqual([
      410,
      'link-revoked',
    ])
    const draft = await browser.request('/api/drafts/res45', { seat: person.id })
    expect(draft.status).toBe(200)
    expect(await failureOf(await office('DELETE', '/links/0000'))).toEqual([404, 'unknown-link'])
  })

  test('A2: takes a seat away: its socket is closed at once, its links and sessions stop', async () => {
    const person = await add()
    const { token } = await invite(person)
    const browser = new Browser(server.url)
    await browser.join(token)
    const socket = await enter(browser, person.id)
    const other = await enter(await signIn('canada'), 'canada')
    expect((await office('DELETE', `/people/${person.id}`)).status).toBe(204)
    expect(await socket.closed).toEqual({ code: closeCode.revoked, reason: 'revoked' })
    expect(other.socket.readyState).toBe(1)
    other.socket.close()
    const again = await new RawSocket(browser, `/res45?seat=${person.id}`).closed
    expect(again.code).toBe(closeCode.forbidden)
    expect(await failureOf(await browser.post('/api/join', { token }))).toEqual([
      410,
      'link-revoked',
    ])
    const gone = await office('DELETE', `/people/${person.id}`)
    expect(await failureOf(gone)).toEqual([404, 'unknown-person'])
  })

  test('A2: changes a role: the socket is closed, and the next one has the new rights', async () => {
    const person = await add()
    const browser = new Browser(server.url)
    await browser.join((await invite(person)).token)
    const socket = await enter(browser, person.id)
    const change = { role: 'observer', delegation: null }
    const changed = await office('PATCH', `/people/${person.id}`, change)
    expect(await changed.json()).toMatchObject(change)
    expect(await socket.closed).toEqual({ code: closeCode.roleChanged, reason: 'role-changed' })
    const client = await browser.post('/api/drafts/res45/clients', {}, person.id)
    expect(await failureOf(client)).toEqual([403, 'wrong-role'])
  })

  test('renames a person without closing anything', async () => {
    const person = await add()
    const browser = new Browser(server.url)
    await browser.join((await invite(person)).token)
    const socket = await enter(browser, person.id)
    await office('PATCH', `/people/${person.id}`, { name: 'Ana Lima', email: null })
    expect((await server.store.people.find(person.id))?.name).toBe('Ana Lima')
    expect(socket.socket.readyState).toBe(1)
    socket.socket.close()
  })

  test('A3: signs a person out of every browser', async () => {
    const person = await add()
    const browser = new Browser(server.url)
    await browser.join((await invite(person)).token)
    const socket = await enter(browser, person.id)
    expect((await office('DELETE', `/people/${person.id}/browsers`)).status).toBe(204)
    expect((await socket.closed).code).toBe(closeCode.signedOut)
    const draft = await browser.request('/api/drafts/res45', { seat: person.id })
    expect(await failureOf(draft)).toEqual([401, 'signed-out'])
  })

  test('A9: erases who a person was, whom an open socket does not outlive', async () => {
    const person = await add({ name: 'Ana Qualquer', email: 'qualquer@example.org' })
    await office('PATCH', `/people/${person.id}`, { name: 'Ana Qualquer Souza' })
    const browser = new Browser(server.url)
    await browser.join((await invite(person)).token)
    const socket = await enter(browser, person.id)
    expect((await office('DELETE', `/people/${person.id}/identity`)).status).toBe(204)
    expect((await socket.closed).code).toBe(closeCode.revoked)
    const { people } = await membership()
    expect(people.find(({ id }) => id === person.id)).toMatchObject({
      name: 'Erased person',
      email: null,
      delegation: 'B',
      erased: expect.any(Number),
    })
    expect(await failureOf(await office('DELETE', '/people/nobody/identity'))).toEqual([
      404,
      'unknown-person',
    ])
    expect(await failureOf(await office('DELETE', '/people/secretariat/identity'))).toEqual([
      409,
      'own-seat',
    ])
  })

  test('cannot lock itself out, nor make what does not fit', async () => {
    const own = await office('DELETE', '/people/secretariat')
    expect(await failureOf(own)).toEqual([409, 'own-seat'])
    const demoted = await office('PATCH', '/people/secretariat', { role: 'observer' })
    expect(await failureOf(demoted)).toEqual([409, 'own-seat'])
    for (const [method, path, body] of [
      ['POST', '/people', { name: 'X', role: 'delegate', delegation: null }],
      ['POST', '/people', { name: 'X', role: 'chair', delegation: 'B' }],
      ['POST', '/people', { name: 'X', role: 'delegate', delegation: 'XXX' }],
      ['POST', '/people', { name: ' ', role: 'chair', delegation: null }],
      ['PATCH', '/people/brazil', { role: 'chair' }],
      ['PATCH', '/people/brazil', { meeting: 'other' }],
      ['POST', '/people/brazil/links', { once: false, days: 400 }],
    ] as const)
      expect(await failureOf(await office(method, path, body))).toEqual([400, 'invalid-request'])
    const nobody = await office('POST', '/people/nobody/links', { once: true, days: 1 })
    expect(await failureOf(nobody)).toEqual([404, 'unknown-person'])
  })

  test.each(['chair', 'brazil', 'observer'])('is not the %s', async (person) => {
    const browser = await signIn(person)
    const ask = (method: string, path: string, body?: object): Promise<Response> =>
      browser.request(meeting + path, {
        method,
        seat: person,
        ...(body && { body: JSON.stringify(body) }),
      })
    const newcomer = { name: 'X', role: 'chair', delegation: null }
    for (const response of [
      await ask('GET', '/people'),
      await ask('POST', '/people', newcomer),
      await ask('PATCH', '/people/canada', { name: 'X' }),
      await ask('DELETE', '/people/canada'),
      await ask('DELETE', '/people/canada/identity'),
      await ask('DELETE', '/people/canada/browsers'),
      await ask('POST', '/people/canada/links', { once: true, days: 1 }),
      await ask('DELETE', '/links/0000'),
    ])
      expect(await failureOf(response)).toEqual([403, 'wrong-role'])
  })
})

describe('a person', () => {
  const browsersOf = async (browser: Browser): Promise<SignedIn[]> =>
    ((await (await browser.request('/api/browsers')).json()) as { browsers: SignedIn[] }).browsers

  test('A3: sees where the seat is taken, and signs out there', async () => {
    const person = await add()
    const { token } = await invite(person)
    const [here, there] = [new Browser(server.url), new Browser(server.url)]
    await here.join(token)
    await there.join(token)
    await there.join(server.tokenOf('observer'))
    const socket = await enter(there, person.id)
    const list = await browsersOf(here)
    expect(list.filter(({ isThis }) => isThis)).toHaveLength(1)
    expect(list).toHaveLength(2)
    const other = list.find(({ isThis }) => !isThis)!
    expect(other.seats.map(({ id }) => id)).toEqual([person.id])
    const away = await here.request(`/api/browsers/${other.id}`, { method: 'DELETE' })
    expect(away.status).toBe(204)
    expect((await socket.closed).code).toBe(closeCode.signedOut)
    // A seat of somebody else in that browser stays.
    const { seats } = (await (await there.request('/api/seats')).json()) as { seats: Seat[] }
    expect(seats.map(({ id }) => id)).toEqual(['observer'])
    const again = await here.request(`/api/browsers/${other.id}`, { method: 'DELETE' })
    expect(await failureOf(again)).toEqual([404, 'unknown-browser'])
  })

  test('signs out everywhere else', async () => {
    const person = await add()
    const { token } = await invite(person)
    const browsers = [0, 1, 2].map(() => new Browser(server.url))
    for (const browser of browsers) await browser.join(token)
    const [here, ...others] = browsers
    expect((await here!.request('/api/browsers', { method: 'DELETE' })).status).toBe(204)
    expect(await browsersOf(here!)).toHaveLength(1)
    for (const browser of others)
      expect(await failureOf(await browser.request('/api/browsers'))).toEqual([401, 'signed-out'])
  })
})

test('an upgrade at a strange path is answered, and the server lives', async () => {
  for (const path of ['//', '///x', '/socket', '/socket/', '/socket/a/b', '*', '/%00', '//[']) {
    const answer = await new Promise<IncomingMessage>((resolve, reject) => {
      const asked = request(server.url, {
        path,
        headers: { connection: 'Upgrade', upgrade: 'websocket', 'sec-websocket-version': '13' },
      })
      asked.on('response', resolve).on('upgrade', reject).on('error', reject).end()
    })
    expect(answer.statusCode).toBe(404)
    let body = ''
    for await (const part of answer) body += String(part)
    expect(body).toContain('/socket/<draft>')
  }
  expect((await fetch(`${server.url}/api/health`)).status).toBe(200)
})
