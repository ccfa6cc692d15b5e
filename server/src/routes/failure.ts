/** The one shape of an error: `{ error: { code, message, details? } }` with a fitting status. */
import type { ErrorCode } from '@revmark/shared/wire'
import type { Context } from 'hono'
import { HTTPException } from 'hono/http-exception'
import type { BaseLogger } from 'pino'
import { z } from 'zod'
import { TypesetterBusy } from '../pdf/typesetter.ts'
import { DraftDamaged, isDamage } from '../damage.ts'
import type { Metrics } from '../metrics.ts'
import { isStoreTrouble } from '../store/trouble.ts'
import { WordReaderBusy } from '../word/word-reader.ts'
import { meaningOf } from './error-codes.ts'

/** Thrown in a route where the request cannot be served; `answer` turns it into the response. */
export class Failure extends Error {
  readonly code: ErrorCode
  readonly details: unknown

  /** `message` is for the person who asked: what happened and what to do. */
  constructor(code: ErrorCode, message: string, details?: unknown) {
    super(message)
    this.name = 'Failure'
    this.code = code
    this.details = details
  }
}

interface Told {
  readonly log: BaseLogger
  readonly metrics: Pick<Metrics, 'failed'>
}

/** What `too-many` says beside its message, where waiting helps. */
const waitSchema = z.object({ seconds: z.number() })

/** Answers a request that failed. What nobody foresaw is logged and not told. */
export function answer(error: Error, context: Context, { log, metrics }: Told): Response {
  const { code, message, details } = error instanceof Failure ? error : unforeseen(error)
  if (!(error instanceof Failure) && code !== 'invalid-request')
    log.error({ err: error, path: context.req.path }, 'request failed')
  log.info({ code, method: context.req.method, path: context.req.path }, 'request refused')
  metrics.failed(code)
  const wait = code === 'too-many' && waitSchema.safeParse(details)
  if (wait && wait.success) context.header('retry-after', String(wait.data.seconds))
  const body = { error: { code, message, ...(details !== undefined && { details }) } }
  return context.json(body, meaningOf[code][0])
}

function unforeseen(error: Error): Failure {
  if (error instanceof HTTPException && error.status < 500)
    return new Failure('invalid-request', 'The request could not be read.')
  if (error instanceof TypesetterBusy)
    return new Failure(
      'unavailable',
      'Many PDF files are being made at present. Nothing was changed; try again in a minute.',
    )
  if (error instanceof DraftDamaged || isDamage(error))
    return new Failure(
      'damaged',
      'What the server has on its disk is damaged. Nothing was changed. The operator has to look: ' +
        'tell the secretariat, and keep pages open that still show the draft.',
    )
  if (error instanceof WordReaderBusy)
    return new Failure(
      'unavailable',
      'Many Word files are being read at present. Nothing was changed; try again in a minute.',
    )
  if (isStoreTrouble(error))
    return new Failure(
      'unavailable',
      'The server cannot write to its disk at present. Try again later, and look first whether ' +
        'it was done after all.',
    )
  return new Failure(
    'internal',
    'The server failed at this request. Nothing was changed; try again.',
  )
}
