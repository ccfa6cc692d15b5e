/** The built client: its files, and its one page for every address that is a page's. */
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { serveStatic } from '@hono/node-server/serve-static'
import { Hono } from 'hono'

/** Vite names files in this folder by their content, so that they never change. */
const immutable = '/assets/'

/** Serves the client from `folder`; an address without a dot in its last part is a page. */
export function pages(folder: string): Hono {
  if (!existsSync(join(folder, 'index.html')))
    return new Hono().get('*', (context) =>
      context.text('The client is not built yet: run "pnpm build" and start again.\n', 503),
    )
  const page = serveStatic({ root: folder, path: 'index.html' })
  return new Hono()
    .use('*', async (context, next) => {
      await next()
      const cached = context.res.ok && context.req.path.startsWith(immutable)
      context.header('cache-control', cached ? 'public, max-age=31536000, immutable' : 'no-cache')
    })
    .get('*', serveStatic({ root: folder }))
    .get('*', (context, next) => (/\.[^/]*$/.test(context.req.path) ? next() : page(context, next)))
}
