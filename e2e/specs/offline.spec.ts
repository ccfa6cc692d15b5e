import type { Page, WebSocketRoute } from '@playwright/test'
import { expect, test } from '../fixtures.ts'
import { onDevice } from '../device.ts'
import { DraftPage } from '../pages.ts'

/** The line of a page that has not opened its draft yet, to be cut while the server is there. */
async function lineOf(page: Page): Promise<{ cut(): Promise<void>; mend(): void }> {
  let isCut = false
  const sockets = new Set<WebSocketRoute>()
  await page.routeWebSocket(/\/socket\//, (socket) => {
    if (isCut) {
      void socket.close()
      return
    }
    socket.connectToServer()
    sockets.add(socket)
  })
  return {
    async cut() {
      isCut = true
      for (const socket of sockets) await socket.close()
    },
    mend() {
      isCut = false
    },
  }
}

test('what was written while the server was down outlives the page, and is sent by the next', async ({
  server,
  enter,
}) => {
  const brazil = await enter('Brazil')
  const { page } = brazil
  const draft = page.url()
  await brazil.caretAfter('Resolution 130')
  await brazil.type(' kept')
  await brazil.saved()
  await server.kill()
  await brazil.type(' offline')
  await expect(page.getByRole('button', { name: /^Offline: 8 changes kept/ })).toBeVisible()
  await expect.poll(async () => (await onDevice(page)).edits).toBe(8)
  await page.goto('about:blank')

  await server.start()
  await page.goto(draft)
  await brazil.saved()
  await expect(brazil.sheet).toContainText('Resolution 130 kept offline')

  // The server has it, once; and the hand goes on under an id of its own.
  const chair = await enter('Chair')
  await expect(chair.sheet).toContainText('Resolution 130 kept offline')
  await brazil.caretAfter('kept offline')
  await brazil.type(' again')
  await brazil.saved()
  await page.reload()
  await expect(brazil.sheet).toContainText('Resolution 130 kept offline again')
  await expect(chair.sheet).toContainText('Resolution 130 kept offline again')
  await expect.poll(async () => (await onDevice(page)).edits).toBe(0)
})

test('a second tab leaves the edits of a living one alone', async ({ server, visit }) => {
  const page = await visit(server.link('Brazil'), /WebSocket/)
  const line = await lineOf(page)
  const first = await DraftPage.open(page)
  await first.caretAfter('Resolution 130')
  await first.type(' first')
  await first.saved()
  await line.cut()
  await first.type(' tab')
  await expect(page.getByRole('button', { name: /^Offline: 4 changes kept/ })).toBeVisible()
  await expect.poll(async () => (await onDevice(page)).edits).toBe(4)

  const tab = await page.context().newPage()
  await tab.goto(page.url())
  const second = new DraftPage(tab)
  await second.saved()
  await expect(second.sheet).toContainText('Resolution 130 first')
  await expect(second.sheet).not.toContainText('first tab')
  expect((await onDevice(page)).edits).toBe(4)

  line.mend()
  await first.saved()
  await expect(second.sheet).toContainText('Resolution 130 first tab')
})

test('O7: a tab without a line keeps nothing more once another has signed out', async ({
  server,
  visit,
}) => {
  const page = await visit(server.link('Brazil'), /WebSocket/)
  const line = await lineOf(page)
  const brazil = await DraftPage.open(page)
  await brazil.caretAfter('Resolution 130')
  await brazil.saved()
  await line.cut()
  await expect(page.getByRole('button', { name: /^Offline/ })).toBeVisible()
  const tab = await page.context().newPage()
  await tab.goto(server.address)
  await tab.getByRole('button', { name: 'Sign out of this browser' }).click()
  await expect(tab.getByRole('heading', { name: 'You have no seat yet' })).toBeVisible()
  await brazil.type(' x')
  await expect(page.locator('.notice-bar')).toContainText(
    '2 changes not sent yet, kept in this page',
  )
  expect(await onDevice(page)).toEqual({ edits: 0, clients: 0, drafts: 0, updates: 0 })
})
