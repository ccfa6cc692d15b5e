/** The application as the browser keeps it: that it opens without a server, and how a newer one comes in. */
import { createServer } from 'node:http'
import type { Server as HttpServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { Page } from '@playwright/test'
import { expect, test } from '../fixtures.ts'

test.use({ keepsApplication: true })

/** Waits until the browser keeps the application. */
const kept = (page: Page): Promise<unknown> =>
  page.evaluate(async () => (await navigator.serviceWorker.ready).scope)

test('O3: the application opens without a server, and nothing that the server answered is kept', async ({
  server,
  visit,
}) => {
  const page = await visit(server.link('Brazil'))
  await expect(page.getByRole('heading', { name: 'Drafts' })).toBeVisible()
  await kept(page)
  const paths = await page.evaluate(async () => {
    const found: string[] = []
    for (const name of await caches.keys())
      for (const { url } of await (await caches.open(name)).keys())
        found.push(new URL(url).pathname)
    return found.toSorted()
  })
  expect(paths[0]).toBe('/')
  expect(paths.slice(1)).not.toEqual([])
  for (const path of paths.slice(1)) expect(path).toMatch(/^\/assets\//)

  await server.kill()
  const answer = await page.reload()
  expect(answer?.headers()).toMatchObject({
    'content-security-policy': expect.stringContaining("script-src 'self'"),
  })
  await expect(page.getByRole('heading', { name: /could not be loaded/ })).toBeVisible()
  await page.goto(`${server.address}/library`)
  await expect(page).toHaveTitle(/Revmark/)
})

test('O4: a newer version says that it is here, and comes in when it is asked for', async ({
  server,
  visit,
}) => {
  const front = await newerVersions(server.address)
  const page = await visit(front.address)
  await kept(page)
  const answer = await page.request.get(`${front.address}/service-worker.js`)
  expect(answer.headers()['cache-control']).toBe('no-cache')
  await page.reload()
  const tab = await page.context().newPage()
  await tab.goto(front.address)
  await page.evaluate(() => document.body.setAttribute('data-former', ''))

  front.release()
  await page.evaluate(async () => (await navigator.serviceWorker.ready).update())
  await expect(page.getByRole('status')).toContainText('A new version of Revmark is here')
  await expect(page.locator('[data-former]')).toHaveCount(1)
  await page.getByRole('button', { name: 'Load it now' }).click()
  await expect(page.locator('[data-former]')).toHaveCount(0)
  await expect(page.getByRole('heading', { name: 'You have no seat yet' })).toBeVisible()
  await expect(page.getByRole('status')).toHaveCount(0)
  await expect(tab.getByRole('status')).toContainText('Another tab has brought in a new version')
  front.close()
})

/** Stands before a server, and can pretend that the server has been given a newer version. */
async function newerVersions(address: string) {
  let isNewer = false
  const front: HttpServer = createServer((request, response) => {
    const forward = async (): Promise<void> => {
      const path = request.url ?? '/'
      const answer = await fetch(`${address}${path}`)
      const isWorker = path === '/service-worker.js'
      const body = Buffer.from(await answer.arrayBuffer())
      const headers = Object.fromEntries(answer.headers)
      delete headers['content-encoding']
      delete headers['content-length']
      response.writeHead(answer.status, headers)
      response.end(isWorker && isNewer ? `${body.toString()}\n// newer` : body)
    }
    forward().catch(() => response.destroy())
  })
  await new Promise<void>((resolve) => front.listen(0, resolve))
  return {
    address: `http://localhost:${(front.address() as AddressInfo).port}`,
    release: () => (isNewer = true),
    close: () => {
      front.closeAllConnections()
      front.close()
    },
  }
}
