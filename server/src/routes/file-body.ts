/** A file as the body of a request. */
import { limits } from '@revmark/shared/docx'
import type { HonoRequest } from 'hono'
import { Failure } from './failure.ts'

/**
 * The bytes of the file that a request carries. What is too large is refused by its length, before a
 * byte of it is read; so a request must tell its length, as every browser does.
 */
export async function fileBody(request: HonoRequest): Promise<Uint8Array> {
  const length = request.header('content-length')
  if (length === undefined)
    throw new Failure('invalid-request', 'The request does not say how long the file is.')
  if (Number(length) > limits.file)
    throw new Failure(
      'too-large',
      `The file has more than ${limits.file / 1024 / 1024} MB. Nothing was taken; leave out large pictures and try again.`,
    )
  return new Uint8Array(await request.arrayBuffer())
}
