/** What an operator's machines ask: is it alive, is it ready, what does it measure. */
import { timingSafeEqual } from 'node:crypto'
import { healthSchema, readinessSchema } from '@revmark/shared/wire'
import { Hono } from 'hono'
import { createMiddleware } from 'hono/factory'
import { hashOf } from '../secret.ts'
import { promises, withClause } from './contract.ts'
import { Failure, answer } from './failure.ts'
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
export const measured = (services: Pick<Services, 'metrics' | 'log'>, token: string | null) => {
  const { metrics } = services
  return new Hono()
    .get(
      '/metrics',
      promises({
        does: 'Reads what the server counts and measures, as Prometheus does',
        answers: { 200: ['text/plain'] },
        fails: ['token-refused', 'unknown-route'],
      }),
      ownedBy(token),
      async (context) =>
        context.body(await metrics.text(), 200, {
          'content-type': metrics.contentType,
          'cache-control': 'no-store',
        }),
    )
    .onError((error, context) => answer(error, context, services))
}

/** Lets in who comes with the operator's token. */
const ownedBy = (token: string | null) =>
  withClause(
    createMiddleware(async (context, next) => {
      if (token === null)
        throw new Failure('unknown-route', 'There is nothing here: METRICS_TOKEN is not set.')
      const given = context.req.header('authorization')?.replace(/^Bearer /i, '') ?? ''
      if (!timingSafeEqual(Buffer.from(hashOf(given)), Buffer.from(hashOf(token)))) {
        context.header('www-authenticate', 'Bearer')
        throw new Failure(
          'token-refused',
          'The token of METRICS_TOKEN is asked for, as "Authorization: Bearer".',
        )
      }
      await next()
    }),
    { needs: 'operator' },
  )
