/** What an operator's machines ask: is it alive, is it ready, what does it measure. */
import { timingSafeEqual } from 'node:crypto'
import { healthSchema, readinessSchema } from '@revmark/shared/wire'
import { Hono } from 'hono'
import { hashOf } from '../secret.ts'
import { promises } from './contract.ts'
import { Failure } from './failure.ts'
import type { Services } from './services.ts'

/**
 * `/health`: the process answers. `/ready`: so does the store; `degraded` where some drafts are only
 * read, or are damaged. Names of drafts are not told: anybody may ask.
 */
export const upkeep = ({ store, rooms }: Pick<Services, 'store' | 'rooms'>) =>
  new Hono()
    .get(
      '/health',
      promises({ does: 'Tells whether the process lives', answers: { 200: healthSchema } }),
      (context) => context.json({ status: 'ok' as const }),
    )
    .get(
      '/ready',
      promises({ does: 'Tells whether the store answers', answers: { 200: readinessSchema } }),
      async (context) => {
        if (rooms.isClosing)
          throw new Failure('unavailable', 'The server is stopping. Come back soon.')
        await store.meetings.all()
        const { held, damaged } = await rooms.census()
        const status = held + damaged > 0 ? ('degraded' as const) : ('ok' as const)
        return context.json({ status, held, damaged })
      },
    )

/** `/metrics` for whoever has the token; where there is none, there is nothing. */
export const measured = (
  { metrics, log }: Pick<Services, 'metrics' | 'log'>,
  token: string | null,
) =>
  new Hono().get('/metrics', async (context) => {
    if (token === null) return context.notFound()
    const given = context.req.header('authorization')?.replace(/^Bearer /i, '') ?? ''
    if (!timingSafeEqual(Buffer.from(hashOf(given)), Buffer.from(hashOf(token)))) {
      log.info({ code: 'token-refused', path: context.req.path }, 'request refused')
      metrics.failed('token-refused')
      return context.text(
        'The token of METRICS_TOKEN is asked for, as "Authorization: Bearer".\n',
        401,
        {
          'www-authenticate': 'Bearer',
        },
      )
    }
    return context.body(await metrics.text(), 200, {
      'content-type': metrics.contentType,
      'cache-control': 'no-store',
    })
  })
