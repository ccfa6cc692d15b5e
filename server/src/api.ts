/** The HTTP API, built from values. The client takes its types by `hc<Api>`. */
import { Hono } from 'hono'
import type { RouterRoute } from 'hono/types'
import { bodyLimit } from 'hono/body-limit'
import { except } from 'hono/combine'
import { audit } from './routes/audit.ts'
import { browsers } from './routes/browsers.ts'
import { contributing, fileRoutes } from './routes/contributing.ts'
import { Failure, answer } from './routes/failure.ts'
import { drafts } from './routes/drafts.ts'
import { history } from './routes/history.ts'
import { library } from './routes/library.ts'
import { addressOfRequest } from './routes/proxies.ts'
import { joining } from './routes/joining.ts'
import { meetings } from './routes/meetings.ts'
import { people } from './routes/people.ts'
import { reference } from './routes/reference.ts'
import type { Services } from './routes/services.ts'
import { signIn } from './routes/sign-in.ts'
import { tokens } from './routes/tokens.ts'
import { upkeep } from './routes/upkeep.ts'

/** No request of this API is larger than a decision over 10,000 ranges; bytes. */
const largestBody = 1_048_576

/** All routes below `/api`; `others` are served beside them, and told in the same document. */
export function createApi(services: Services, others: readonly RouterRoute[] = []) {
  const { allowsOrigin } = services
  let routes: readonly RouterRoute[] = []
  const api = new Hono()
    .basePath('/api')
    .use(async (context, next) => {
      const { req } = context
      services.limiter.demand('requests', addressOfRequest(context, services))
      const safe = req.method === 'GET' || req.method === 'HEAD'
      const origin = req.header('origin')
      const host = req.header('host')
      if (!safe && !allowsOrigin({ origin, host, secFetchSite: req.header('sec-fetch-site') }))
        throw new Failure(
          'bad-origin',
          'This request comes from a page that is not of this server.',
        )
      await next()
      if (!context.res.headers.has('cache-control')) context.header('cache-control', 'no-store')
    })
    .use(
      except(
        fileRoutes,
        bodyLimit({
          maxSize: largestBody,
          onError: (context) => {
            // The rest of the body is not read, so that the connection cannot serve another request.
            context.header('connection', 'close')
            throw new Failure('too-large', `A request holds at most ${largestBody} bytes.`)
          },
        }),
      ),
    )
    .route('/', upkeep(services))
    .route('/', joining(services))
    .route('/', signIn(services))
    .route('/', browsers(services))
    .route('/', people(services))
    .route('/', tokens(services))
    .route('/', audit(services))
    .route('/', meetings(services))
    .route('/', library(services))
    .route('/', drafts(services))
    .route('/', contributing(services))
    .route('/', history(services))
    .route(
      '/',
      reference(() => routes),
    )
    .all('*', (context) => {
      throw new Failure('unknown-route', `There is nothing at ${context.req.path}.`)
    })
    .onError((error, context) => answer(error, context, services))
  routes = [...api.routes, ...others]
  return api
}

export type Api = ReturnType<typeof createApi>
