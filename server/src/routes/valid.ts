/** Zod at the edge of a route. */
import { validator } from 'hono/validator'
import type { z } from 'zod'
import { withClause } from './contract.ts'
import { Failure } from './failure.ts'

// What does not fit is thrown, so that no route's type carries the 400.
const check =
  <T extends z.ZodType>(schema: T) =>
  (value: unknown): z.output<T> => {
    const result = schema.safeParse(value)
    if (result.success) return result.data
    const problems = result.error.issues.map(({ path, message }) => ({
      path: path.join('.'),
      message,
    }))
    const { path, message } = problems[0]!
    throw new Failure('invalid-request', `${path || 'request'}: ${message}`, problems)
  }

/** Parses the body by a schema; `invalid-request` where it does not fit. */
export const validJson = <T extends z.ZodType>(schema: T) =>
  withClause(validator('json', check(schema)), { json: schema })

/** Parses the query by a schema; `invalid-request` where it does not fit. */
export const validQuery = <T extends z.ZodType>(schema: T) =>
  withClause(validator('query', check(schema)), { query: schema })
