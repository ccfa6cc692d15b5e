/** HTTP with typed answers: every answer is parsed, every failure is a value. */
import { errorSchema } from '@revmark/shared/wire'
import { z } from 'zod'
import { adviceFor, failure, garbled, success, unreachable } from './problem.ts'
import type { Problem, Result } from './problem.ts'

/** Asks the server; `schema` is what the answer must be. Never throws for what a network may do. */
export async function ask<T>(
  schema: z.ZodType<T>,
  path: string,
  init: RequestInit = {},
): Promise<Result<T>> {
  let response: Response
  let body: unknown
  try {
    response = await fetch(path, { credentials: 'same-origin', ...init })
    body = response.status === 204 ? null : await response.json()
  } catch (error) {
    return failure(error instanceof SyntaxError ? garbled(0) : unreachable)
  }
  if (!response.ok) return failure(problemOf(response.status, body))
  const parsed = schema.safeParse(body)
  return parsed.success ? success(parsed.data) : failure(garbled(response.status))
}

/** Sends JSON and reads the answer as `ask` does. */
export const send = <T>(schema: z.ZodType<T>, path: string, body: unknown): Promise<Result<T>> =>
  ask(schema, path, posting(body))

/** Has the server take something away. */
export const take = (path: string): Promise<Result<null>> =>
  ask(z.null(), path, { method: 'DELETE' })

/** How JSON is sent. */
export const posting = (body: unknown): RequestInit => ({
  method: 'POST',
  headers: { 'content-type': 'application/json' },
  body: JSON.stringify(body),
})

/** A file as the server handed it out. */
export interface FetchedFile {
  readonly name: string
  readonly blob: Blob
  /** The hashes by which the server proved a Word file, as it wrote them; null of any other file. */
  readonly proof: string | null
}

/** Fetches a file. Its name is the one that the server gives, else `fallback`. */
export async function fetchFile(
  path: string,
  fallback: string,
  init: RequestInit = {},
): Promise<Result<FetchedFile>> {
  try {
    const response = await fetch(path, { credentials: 'same-origin', ...init })
    if (!response.ok) {
      const body: unknown = await response.json().catch(() => null)
      return failure(problemOf(response.status, body))
    }
    const name = fileName(response.headers) ?? fallback
    const proof = response.headers.get('revmark-proof')
    return success({ name, blob: await response.blob(), proof })
  } catch {
    return failure(unreachable)
  }
}

/** Reads `filename*` (RFC 6266, UTF-8) or `filename` from Content-Disposition. */
export function fileName(headers: Headers): string | null {
  const disposition = headers.get('content-disposition') ?? ''
  const extended = /filename\*=UTF-8''([^;]+)/i.exec(disposition)?.[1]
  if (extended) {
    try {
      return decodeURIComponent(extended)
    } catch {
      // Not encoded as it says; the plain name may do.
    }
  }
  return /filename="?([^";]+)"?/i.exec(disposition)?.[1] ?? null
}

function problemOf(status: number, body: unknown): Problem {
  const parsed = errorSchema.safeParse(body)
  if (!parsed.success) return garbled(status)
  const { code, message } = parsed.data.error
  return { code, status, message, advice: adviceFor(status) }
}
