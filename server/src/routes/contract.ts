/**
 * What a route promises, kept on its own handlers: so the document of the API (`openapi/`) is read off
 * the routes that serve it, and tells of no schema that is not the one they use.
 */
import type { Act, ErrorCode, Scope } from '@revmark/shared/wire'
import type { MiddlewareHandler } from 'hono'
import { createMiddleware } from 'hono/factory'
import type { z } from 'zod'

/** JSON of a schema; a file of one of these media types; null: no body. */
export type AnswerBody = z.ZodType | readonly string[] | null

/** What a route says of itself; what its checks add (session, seat, schemas) they say themselves. */
export interface Contract {
  /** In a few words, as a verb with its object: "Adds a person". */
  readonly does: string
  /** By status. */
  readonly answers: Readonly<Record<number, AnswerBody>>
  /** Codes beside those that its checks bring. */
  readonly fails?: readonly ErrorCode[]
  /** What lets a script's token in; left out: people only. */
  readonly scope?: Scope
  /** What the record of the meeting says once it is done. */
  readonly act?: Act
  /** The media type of a body that is a file. */
  readonly takes?: string
}

/** What one handler of a route adds to what the route promises. */
export interface Clause {
  readonly contract?: Contract
  readonly json?: z.ZodType
  readonly query?: z.ZodType
  readonly needs?: 'session' | 'seat' | 'operator'
}

const clause = Symbol('clause')

/** Writes on a handler what it adds. */
export const withClause = <H extends object>(handler: H, added: Clause): H =>
  Object.assign(handler, { [clause]: added })

/** What is written on a handler; nothing on most. */
export const clauseOf = (handler: object): Clause =>
  (handler as { readonly [clause]?: Clause })[clause] ?? {}

/** What the checks behind it know of the route. */
export interface Promised {
  Variables: { contract: Contract }
}

/** The middleware that stands first in each route of the API, and says what the route does. */
export const promises = (contract: Contract): MiddlewareHandler<Promised> =>
  withClause(
    createMiddleware<Promised>((context, next) => {
      context.set('contract', contract)
      return next()
    }),
    { contract },
  )
