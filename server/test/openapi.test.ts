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
import { Browser, startTestServer } from './running.ts'
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

test('the page shows every operation, without a script', async () => {
  const response = await fetch(`${server.url}/api/reference`)
  const page = await response.text()
  expect(response.headers.get('content-security-policy')).toContain("default-src 'none'")
  expect(page).not.toContain('<script')
  for (const path of Object.keys(document.paths)) expect(page).toContain(path)
  const sheet = await fetch(new URL(/href="([^"]+\.css)"/.exec(page)![1]!, server.url))
  expect(sheet.headers.get('content-type')).toContain('text/css')
})
