/** What may become of a seat, or of the device, while there is no line. */
import { expect, test } from '../fixtures.ts'
import { kept, onDevice } from '../device.ts'
import { DraftPage } from '../pages.ts'

test('O9: who has been signed out meanwhile is given back what was written, and no draft', async ({
  server,
  enter,
}) => {
  const brazil = await enter('Brazil', /401/)
  const { page } = brazil
  const address = page.url()
  await kept(page)
  await server.kill()
  await brazil.caretAfter('Resolution 130')
  await brazil.type(' my own words')
  await expect.poll(async () => (await onDevice(page)).edits).toBe(13)
  await page.context().clearCookies()
  await page.goto('about:blank')
  await server.start()
  await page.goto(address)
  await expect(page.getByRole('heading', { name: 'The draft could not be opened' })).toBeVisible()
  await expect(page.getByRole('alert')).toContainText('You are not signed in')
  await expect(page.getByLabel('Your words')).toHaveValue(' my own words')
  await expect.poll(async () => (await onDevice(page)).drafts).toBe(0)

  // A seat that is taken again sends them.
  await page.goto(server.link('Brazil'))
  await DraftPage.open(page)
  await brazil.saved()
  await expect(brazil.sheet).toContainText('Resolution 130 my own words')
})

test('O9: who has lost the seat meanwhile is given back what was written, and can remove it', async ({
  server,
  visit,
  enter,
}) => {
  const brazil = await enter('Brazil', /40[13]/)
  const { page } = brazil
  const address = page.url()
  await brazil.saved()
  await server.kill()
  await brazil.caretAfter('Resolution 130')
  await brazil.type(' mine')
  await expect.poll(async () => (await onDevice(page)).edits).toBe(5)
  await page.goto('about:blank')
  await server.start()
  const office = await visit(server.link('Secretariat'))
  await office.getByRole('link', { name: 'People and links' }).click()
  const row = office.getByRole('listitem').filter({
    has: office.getByRole('heading', { name: 'Delegate of Brazil' }),
  })
  await row.getByRole('button', { name: 'Take the seat away' }).click()
  await expect(row.getByRole('button', { name: 'Take the seat away' })).toHaveCount(0)
  await page.goto(address)
  await expect(page.getByLabel('Your words')).toHaveValue(' mine')
  await page.getByRole('button', { name: 'Remove them from this device' }).click()
  await expect(page.getByLabel('Your words')).toHaveCount(0)
  expect(await onDevice(page)).toMatchObject({ edits: 0, drafts: 0 })
})

test('O5: a browser that refuses to keep anything says so, and writing goes on', async ({
  server,
  browser,
}) => {
  const context = await browser.newContext()
  await context.addInitScript(() =>
    Object.defineProperty(window, 'indexedDB', {
      get: () => {
        throw new DOMException('The operation is insecure.', 'SecurityError')
      },
    }),
  )
  const page = await context.newPage()
  await page.goto(server.link('Brazil'))
  const brazil = await DraftPage.open(page)
  await expect(page.getByText('This browser keeps nothing on the device').first()).toBeVisible()
  await brazil.caretAfter('Resolution 130')
  await brazil.type(' one')
  await brazil.saved()
  await server.kill()
  await brazil.type(' two')
  await expect(page.locator('.notice-bar')).toContainText('kept in this page')
  await server.start()
  await brazil.saved()
  await expect(brazil.sheet).toContainText('one two')
  await context.close()
})

test('O5: what the person removes from the device is kept anew while the page is open', async ({
  server,
  enter,
}) => {
  const brazil = await enter('Brazil')
  const { page } = brazil
  await brazil.saved()
  await server.kill()
  await brazil.caretAfter('Resolution 130')
  await brazil.type(' x')
  await expect.poll(async () => (await onDevice(page)).edits).toBe(2)
  const devtools = await page.context().newCDPSession(page)
  const storageTypes = 'indexeddb'
  await devtools.send('Storage.clearDataForOrigin', { origin: server.address, storageTypes })
  await expect.poll(async () => (await onDevice(page)).edits).toBe(2)
  await brazil.type('y')
  await expect.poll(async () => (await onDevice(page)).edits).toBe(3)
})
