/** The OpenAPI document (3.1.1), read off the routes: their addresses, contracts and schemas. */
import type { ErrorCode } from '@revmark/shared/wire'
import type { RouterRoute } from 'hono/types'
import { z } from 'zod'
import { clauseOf } from '../routes/contract.ts'
import type { AnswerBody, Clause, Contract } from '../routes/contract.ts'
import { meaningOf } from '../routes/error-codes.ts'
import { cookieName } from '../routes/seat.ts'
import { givenSchemas, takenSchemas } from './schemas.ts'
import type { NamedSchema } from './schemas.ts'

/** A JSON value that the document holds as it is. */
export type Json = Readonly<Record<string, unknown>>

export interface Parameter {
  readonly name: string
  readonly in: 'path' | 'query' | 'header'
  readonly required: boolean
  readonly description?: string
  readonly schema: Json
}

export interface Answered {
  readonly description: string
  readonly content?: Readonly<Record<string, { readonly schema: Json }>>
}

export interface Operation {
  readonly operationId: string
  readonly summary: string
  readonly tags: readonly string[]
  readonly parameters: readonly Parameter[]
  readonly requestBody?: { readonly required: true; readonly content: Answered['content'] }
  readonly responses: Readonly<Record<string, Answered>>
  readonly security: readonly Json[]
}

export interface ApiDocument {
  readonly openapi: '3.1.1'
  readonly info: { readonly title: string; readonly version: string; readonly description: string }
  readonly paths: Readonly<Record<string, Readonly<Record<string, Operation>>>>
  readonly components: {
    readonly schemas: Readonly<Record<string, Json>>
    readonly securitySchemes: Json
  }
}

/** A route as a whole: what its handlers say together. */
interface Described {
  readonly method: string
  readonly path: string
  readonly contract: Contract
  readonly clause: Clause
}

/** The routes of the API; throws a RangeError for one that has handlers and no contract. */
function describedIn(routes: readonly RouterRoute[]): readonly Described[] {
  const handlers = new Map<string, Clause>()
  for (const { method, path, handler } of routes) {
    // What is said of all methods is a check before the routes, or the answer behind them.
    if (method === 'ALL') continue
    const key = `${method} ${path}`
    handlers.set(key, { ...handlers.get(key), ...clauseOf(handler) })
  }
  return [...handlers].map(([key, clause]) => {
    const [method, path] = key.split(' ') as [string, string]
    if (!clause.contract) throw new RangeError(`the route ${key} has no contract`)
    return { method: method.toLowerCase(), path, contract: clause.contract, clause }
  })
}

/** The document of the routes of an app. Throws a RangeError where one of them has no contract. */
export function documentOf(routes: readonly RouterRoute[]): ApiDocument {
  const names = namesOf()
  const paths: Record<string, Record<string, Operation>> = {}
  for (const route of describedIn(routes)) {
    const path = openPath(route.path)
    paths[path] = { ...paths[path], [route.method]: operationOf(route, names) }
  }
  return {
    openapi: '3.1.1',
    info: { title: 'Revmark', version: '1', description: introduction },
    paths,
    components: {
      schemas: { ...jsonOf(takenSchemas, 'input'), ...jsonOf(givenSchemas, 'output') },
      securitySchemes: {
        session: {
          type: 'apiKey',
          in: 'cookie',
          name: cookieName(false),
          description: `The session of a browser, begun by \`/api/join\`; behind TLS \`${cookieName(true)}\`.`,
        },
        token: {
          type: 'http',
          scheme: 'bearer',
          description:
            'A token that the chair or the secretariat has made for a script; it acts in their ' +
            'name as far as its scopes go. Not together with a cookie.',
        },
        operator: {
          type: 'http',
          scheme: 'bearer',
          description: 'What the operator has set as METRICS_TOKEN; nothing else is open to it.',
        },
      },
    },
  }
}

const introduction =
  'Everything that the pages of Revmark do. Times are milliseconds since 1970. A seat is a place in ' +
  'a meeting: who has several says by `x-seat` which one speaks. Every error has the same body, with ' +
  'a code that never changes and a message for a person. The text itself is edited over the WebSocket ' +
  '`/socket/{draft}?seat={seat}`, by the protocol of y-websocket.'

const refTo = (name: string): string => `#/components/schemas/${name}`

/** The name of each schema that has one. */
const namesOf = (): ReadonlyMap<z.ZodType, string> =>
  new Map(
    [takenSchemas, givenSchemas].flatMap((schemas) =>
      Object.entries(schemas).map(([name, { schema }]) => [schema, name] as const),
    ),
  )

/** JSON Schemas (draft 2020-12) that refer to each other by name. */
function jsonOf(
  named: Readonly<Record<string, NamedSchema>>,
  io: 'input' | 'output',
): Readonly<Record<string, Json>> {
  const registry = z.registry<{ id: string; examples?: unknown[] }>()
  for (const [id, { schema, examples }] of Object.entries(named))
    registry.add(schema, { id, ...(examples && { examples: [...examples] }) })
  const { schemas } = z.toJSONSchema(registry, { io, uri: refTo })
  // In the document a schema's place is its name.
  const outside = new Set(['$schema', '$id', 'id'])
  return Object.fromEntries(
    Object.entries(schemas).map(([name, schema]) => [
      name,
      Object.fromEntries(Object.entries(schema).filter(([key]) => !outside.has(key))),
    ]),
  )
}

/** Where a reader looks for an operation, by the first word of its address. */
const chapters: Readonly<Record<string, string>> = {
  join: 'Signing in',
  seats: 'Signing in',
  'sign-in': 'Signing in',
  'sign-out': 'Signing in',
  browsers: 'Signing in',
  meetings: 'Meetings',
  drafts: 'Drafts',
  editions: 'Library',
  library: 'Library',
}

/** What stands for `:id` in a path: what the word before it counts. */
const owners: Readonly<Record<string, string>> = {
  meetings: 'meeting',
  drafts: 'draft',
  library: 'text',
}

/** `/api/drafts/:id` as `/api/drafts/{draft}`. */
const openPath = (path: string): string =>
  path
    .replace(/([^/]+)\/:id(?=\/|$)/g, (_, owner: string) => `${owner}/{${owners[owner] ?? 'id'}}`)
    .replace(/:([^/]+)/g, '{$1}')

function operationOf(
  { method, path, contract, clause }: Described,
  names: ReadonlyMap<z.ZodType, string>,
): Operation {
  const open = openPath(path)
  const contentOf = (body: AnswerBody): Answered['content'] => {
    if (body === null) return undefined
    if (!(body instanceof z.ZodType)) return Object.fromEntries(body.map((type) => [type, binary]))
    const name = names.get(body)
    if (name === undefined) throw new RangeError(`a schema of ${method} ${path} has no name`)
    return { 'application/json': { schema: { $ref: refTo(name) } } }
  }
  const body = clause.json ?? (contract.takes === undefined ? null : [contract.takes])
  const content = contentOf(body)
  return {
    operationId: `${method}${open.replace(/[^a-z]+(.)?/gi, (_, next = '') => next.toUpperCase())}`,
    summary: contract.does,
    tags: [chapters[open.split('/')[2]!] ?? 'Server'],
    parameters: [...inPath(open), ...inHeader(clause), ...inQuery(clause)],
    ...(content && { requestBody: { required: true, content } }),
    responses: {
      ...Object.fromEntries(
        Object.entries(contract.answers).map(([status, answer]) => {
          const answered = contentOf(answer)
          return [status, { description: 'Done.', ...(answered && { content: answered }) }]
        }),
      ),
      ...failuresOf(codesOf(method, contract, clause)),
    },
    security: securityOf(contract, clause),
  }
}

/** A cookie, or where a script may do it a token with the scope (3.1 takes any scheme's roles). */
const securityOf = ({ scope }: Contract, { needs }: Clause): Json[] => {
  if (needs === undefined) return []
  if (needs === 'operator') return [{ operator: [] }]
  return [{ session: [] }, ...(scope === undefined ? [] : [{ token: [scope] }])]
}

const binary = { schema: {} }

const inPath = (path: string): Parameter[] =>
  [...path.matchAll(/\{([^}]+)\}/g)].map(([, name]) => ({
    name: name!,
    in: 'path',
    required: true,
    schema: { type: 'string' },
  }))

const inHeader = ({ needs }: Clause): Parameter[] =>
  needs !== 'seat'
    ? []
    : [
        {
          name: 'x-seat',
          in: 'header',
          required: false,
          description: 'The seat that speaks; `?seat=` says the same.',
          schema: { type: 'string' },
        },
      ]

function inQuery({ query }: Clause): Parameter[] {
  if (!query) return []
  const { properties = {}, required = [] } = z.toJSONSchema(query, { io: 'input' })
  return Object.entries(properties)
    .filter(([name]) => name !== 'seat')
    .map(([name, schema]) => ({
      name,
      in: 'query',
      required: required.includes(name),
      schema: schema as Json,
    }))
}

/** Every code with which a route may fail, those of its checks included. */
function codesOf(method: string, { fails = [], takes }: Contract, clause: Clause): ErrorCode[] {
  const { needs, json, query } = clause
  const codes = new Set<ErrorCode>(fails)
  if (needs && needs !== 'operator')
    for (const code of ['signed-out', 'token-refused', 'wrong-scope'] as const) codes.add(code)
  if (needs === 'seat') codes.add('wrong-seat')
  if (json ?? query ?? takes) codes.add('invalid-request')
  if (json ?? takes) codes.add('too-large')
  if (method !== 'get') codes.add('bad-origin')
  for (const code of ['internal', 'unavailable'] as const) codes.add(code)
  // The operator's own is not counted.
  if (needs !== 'operator') codes.add('too-many')
  return [...codes]
}

/** One answer for each status: which codes it may have, and what they mean. */
function failuresOf(codes: readonly ErrorCode[]): Record<string, Answered> {
  const byStatus = Map.groupBy(codes, (code) => meaningOf[code][0])
  return Object.fromEntries(
    [...byStatus].map(([status, group]) => [
      String(status),
      {
        description: group.map((code) => `\`${code}\`: ${meaningOf[code][1]}`).join('\n\n'),
        content: {
          'application/json': {
            schema: {
              allOf: [
                { $ref: refTo('Error') },
                { properties: { error: { properties: { code: { enum: group } } } } },
              ],
            },
          },
        },
      },
    ]),
  )
}
