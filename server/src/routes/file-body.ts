/** A file as the body of a request. */
import { largestFile } from '@revmark/shared/wire'
import type { Context } from 'hono'
import { Failure } from './failure.ts'

/**
 * The bytes of the file that a request carries. What is too large is refused by its length, before a
 * byte of it is read; so a request must tell its length, as every browser does.
 */
export async function fileBody(context: Context): Promise<Uint8Array> {
  const length = context.req.header('content-length')
  if (length === undefined)
    throw new Failure('invalid-request', 'The request does not say how long the file is.')
  if (Number(length) > largestFile) {
    // The body is not read, so that the connection cannot serve another request.
    context.header('connection', 'close')
    throw new Failure(
      'too-large',
      `The file has more than ${largestFile / 1024 / 1024} MB. Nothing was taken.`,
    )
  }
  return new Uint8Array(await context.req.arrayBuffer())
}
