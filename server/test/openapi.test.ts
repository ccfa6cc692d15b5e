/** The API's own account of itself, against the routes and what they answer. */
import { Validator } from '@seriousme/openapi-schema-validator'
import { errorCodes } from '@revmark/shared/wire'
import { Hono } from 'hono'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { z } from 'zod'
import { documentOf } from '../src/openapi/document.ts'
import type { ApiDocument } from '../src/openapi/document.ts'
import { givenSchemas, takenSchemas } from '../src/openapi/schemas.ts'
import { promises } from '../src/routes/contract.ts'
import { meaningOf } from '../src/routes/error-codes.ts'
import { validJson } from '../src/routes/valid.ts'
import { Browser, metricsToken, startTestServer } from './running.ts'
import type { TestServer } from './running.ts'

let server: TestServer
let document: ApiDocument

beforeAll(async () => {
  server = await startTestServer()
  document = (await (await fetch(`${server.url}/api/openapi.json`)).json()) as ApiDocument
})

afterAll(() => server.close())

/** What the document says of an answer, as a schema that asks of a value what it says. */
const schemaOf = (path: string, method: string, status: number): z.ZodType => {
  const answer = document.paths[path]?.[method]?.responses[status]
  const schema = answer?.content?.['application/json']?.schema
  if (!schema) throw new RangeError(`${method} ${path} tells of no JSON with ${status}`)
  return z.fromJSONSchema(standingAlone(schema))
}

/** A schema with all to which it may refer. */
const standingAlone = (schema: object): Parameters<typeof z.fromJSONSchema>[0] =>
  JSON.parse(
    JSON.stringify({ ...schema, $defs: document.components.schemas }).replaceAll(
      '#/components/schemas/',
      '#/$defs/',
    ),
  ) as Parameters<typeof z.fromJSONSchema>[0]

describe('the document', () => {
  test('is OpenAPI, by a validator that is not ours', async () => {
    const result = await new Validator().validate({ ...document })
    expect(result).toEqual({ valid: true })
  })

  test('has every operation once, by name', () => {
    const operations = Object.values(document.paths).flatMap((path) => Object.values(path))
    expect(operations.length).toBeGreaterThan(30)
    const ids = operations.map(({ operationId }) => operationId)
    expect(new Set(ids).size).toBe(ids.length)
  })

  test('A10: is not made where a route has no contract, or a schema no name', () => {
    const bare = new Hono().get('/bare', (context) => context.text(''))
    expect(() => documentOf(bare.routes)).toThrow('GET /bare has no contract')
    const nameless = new Hono().post(
      '/api/nameless',
      promises({ does: 'Nothing', answers: { 204: null } }),
      validJson(z.strictObject({})),
      (context) => context.body(null, 204),
    )
    expect(() => documentOf(nameless.routes)).toThrow('post /api/nameless has no name')
  })

  test('A10: names every code of an error, with its status', () => {
    expect(Object.keys(meaningOf).toSorted()).toEqual([...errorCodes].toSorted())
    const told = JSON.stringify(document.paths)
    // What nobody asked for by an address is no route's.
    for (const code of errorCodes) if (code !== 'unknown-route') expect(told).toContain(code)
  })

  const named = Object.entries({ ...takenSchemas, ...givenSchemas })
  test.each(named.filter(([, { examples }]) => examples))(
    'shows examples of %s that are some, by the contract and by the document',
    (name, { schema, examples = [] }) => {
      const told = z.fromJSONSchema(standingAlone(document.components.schemas[name]!))
      for (const example of examples) {
        expect(schema.safeParse(example).error).toBeUndefined()
        expect(told.safeParse(example).error).toBeUndefined()
        expect(told.safeParse({ ...(example as object), ...spoilt(example) }).success).toBe(false)
      }
    },
  )
})

/** The first field of an example with a value of another type. */
const spoilt = (example: unknown): object => ({ [Object.keys(example as object)[0]!]: [[]] })

describe('a route answers what the document says', () => {
  test.each([
    ['/api/health', '/api/health', 'observer', 200],
    ['/api/ready', '/api/ready', 'observer', 200],
    ['/api/seats', '/api/seats', 'observer', 200],
    ['/api/editions', '/api/editions', 'observer', 200],
    ['/api/browsers', '/api/browsers', 'observer', 200],
    ['/api/meetings/{meeting}', '/api/meetings/wtdc-17', 'observer', 200],
    ['/api/meetings/{meeting}/people', '/api/meetings/wtdc-17/people', 'secretariat', 200],
    ['/api/meetings/{meeting}/people', '/api/meetings/wtdc-17/people', 'observer', 403],
    ['/api/drafts/{draft}', '/api/drafts/res45', 'brazil', 200],
    ['/api/drafts/{draft}', '/api/drafts/none', 'brazil', 404],
    ['/api/drafts/{draft}/history', '/api/drafts/res45/history', 'brazil', 200],
    ['/api/drafts/{draft}/attachments', '/api/drafts/res45/attachments', 'brazil', 200],
    ['/api/drafts/{draft}/export', '/api/drafts/res45/export?format=doc', 'brazil', 400],
    [
      '/api/library/{text}/outcome/{edition}',
      '/api/library/res45-brazil-2017/outcome/res45-kigali-2022',
      'brazil',
      200,
    ],
  ])('A10: %s at %s', async (path, address, person, status) => {
    const browser = new Browser(server.url)
    await browser.join(server.tokenOf(person))
    const response = await browser.request(address, { seat: person })
    expect(response.status).toBe(status)
    const told = schemaOf(path, 'get', status).safeParse(await response.json())
    expect(told.error).toBeUndefined()
  })
})

test('A10: whatever changes something answers what the document says', async () => {
  const browser = new Browser(server.url)
  for (const person of ['secretariat', 'chair', 'brazil'])
    await browser.join(server.tokenOf(person))
  const meeting = '/api/meetings/wtdc-17'
  /** Asks, checks the answer against the document's path, and gives it back. */
  const ask = async (
    method: string,
    path: string,
    address: string,
    seat: string,
    body: unknown = null,
  ): Promise<Record<string, unknown>> => {
    const response = await browser.request(address, {
      method,
      seat,
      ...(body !== null && { body: JSON.stringify(body) }),
    })
    const { status } = response
    const answer = document.paths[path]?.[method.toLowerCase()]?.responses[status]
    if (!answer) throw new Error(`${method} ${path} tells of no ${status}`)
    if (!answer.content) {
      expect(await response.text()).toBe('')
      return {}
    }
    const value: unknown = await response.json()
    const told = schemaOf(path, method.toLowerCase(), status).safeParse(value)
    expect(told.error, `${method} ${path} ${status}`).toBeUndefined()
    return value as Record<string, unknown>
  }
  const office = '/api/meetings/{meeting}'
  const newcomer = { name: 'Ana', role: 'delegate', delegation: 'B' }
  const { id } = await ask('POST', `${office}/people`, `${meeting}/people`, 'secretariat', newcomer)
  const person = `${meeting}/people/${String(id)}`
  const link = { once: true, days: 1 }
  const places = `${office}/people/{person}`
  await ask('PATCH', places, person, 'secretariat', { name: 'Ana Souza' })
  const made = await ask('POST', `${places}/links`, `${person}/links`, 'secretariat', link)
  await ask(
    'DELETE',
    `${office}/links/{link}`,
    `${meeting}/links/${String(made['id'])}`,
    'secretariat',
  )
  await ask('DELETE', `${places}/browsers`, `${person}/browsers`, 'secretariat')
  await ask('DELETE', places, person, 'secretariat')
  await ask('DELETE', places, person, 'secretariat')
  await ask('DELETE', `${places}/identity`, `${person}/identity`, 'secretariat')
  const wanted = { name: 'Nightly', scopes: ['read'], days: 1 }
  const token = await ask('POST', `${office}/tokens`, `${meeting}/tokens`, 'chair', wanted)
  await ask('GET', `${office}/tokens`, `${meeting}/tokens`, 'chair')
  await ask(
    'DELETE',
    `${office}/tokens/{token}`,
    `${meeting}/tokens/${String(token['id'])}`,
    'chair',
  )
  const begun = { edition: 'res45-dubai-2014' }
  await ask('POST', `${office}/drafts`, `${meeting}/drafts`, 'chair', begun)
  await ask('POST', `${office}/drafts`, `${meeting}/drafts`, 'brazil', begun)
  await ask('GET', `${office}/audit`, `${meeting}/audit`, 'chair')
  const draft = '/api/drafts/res45'
  const draftPath = '/api/drafts/{draft}'
  await ask('POST', `${draftPath}/clients`, `${draft}/clients`, 'brazil', {})
  await ask('POST', `${draftPath}/clients`, `${draft}/clients`, 'chair', {})
  const version = { name: 'First reading' }
  await ask('POST', `${draftPath}/versions`, `${draft}/versions`, 'chair', version)
  await ask('POST', `${draftPath}/versions`, `${draft}/versions`, 'chair', version)
  const decision = { verb: 'accept', ins: [1000, 0, 1], del: [], entries: [], seen: '' }
  await ask('POST', `${draftPath}/decisions`, `${draft}/decisions`, 'chair', decision)
  await ask('POST', '/api/join', '/api/join', 'chair', { token: 'x'.repeat(43) })
  await ask('POST', '/api/join', '/api/join', 'chair', { token: server.tokenOf('chair') })
  await ask('DELETE', '/api/browsers', '/api/browsers', 'chair')
  await ask('POST', '/api/sign-out', '/api/sign-out', 'chair')
})

test('A10: what the operator reads is told, and refused in the one shape of an error', async () => {
  const told = document.paths['/metrics']?.['get']
  expect(told?.security).toEqual([{ operator: [] }])
  expect(Object.keys(told?.responses[200]?.content ?? {})).toEqual(['text/plain'])
  const read = (headers: Record<string, string>) => fetch(`${server.url}/metrics`, { headers })
  const refused = await read({ authorization: 'Bearer wrong' })
  expect([refused.status, refused.headers.get('www-authenticate')]).toEqual([401, 'Bearer'])
  const error = schemaOf('/metrics', 'get', 401).safeParse(await refused.json())
  expect(error.error).toBeUndefined()
  const given = await read({ authorization: `Bearer ${metricsToken}` })
  expect(given.headers.get('content-type')).toContain('text/plain')
})

test('the page shows every operation, without a script', async () => {
  const response = await fetch(`${server.url}/api/reference`)
  const page = await response.text()
  expect(response.headers.get('content-security-policy')).toContain("default-src 'none'")
  expect(page).not.toContain('<script')
  for (const path of Object.keys(document.paths)) expect(page).toContain(path)
  const sheet = await fetch(new URL(/href="([^"]+\.css)"/.exec(page)![1]!, server.url))
  expect(sheet.headers.get('content-type')).toContain('text/css')
})
