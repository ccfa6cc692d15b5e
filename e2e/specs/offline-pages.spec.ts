/** Pages that open, read and write without a server, and what becomes of it when there is one again. */
import { expect, test } from '../fixtures.ts'
import { age, onDevice, ready } from '../device.ts'
import { DraftPage } from '../pages.ts'

test.use({ keepsApplication: true })

test('O5, O6: a draft is read and written without a server, reload after reload, and all of it arrives', async ({
  server,
  enter,
}) => {
  test.slow()
  const brazil = await enter('Brazil')
  const { page } = brazil
  const notice = page.locator('.notice-bar', { hasText: 'Offline since' })
  await brazil.caretAfter('Resolution 130')
  await brazil.type(' zero')
  await brazil.saved()
  await ready(page)
  await server.kill()
  let typed = ' one'
  await brazil.type(typed)
  for (const word of ['two', 'three']) {
    // A page that is left within milliseconds has not written its last letters yet.
    await expect.poll(async () => (await onDevice(page)).edits).toBe(typed.length)
    await page.reload()
    await expect(notice).toContainText(
      /You see the draft as this device kept it.*kept on this device/,
    )
    await brazil.caretAfter(word === 'two' ? 'zero one' : 'one two')
    await brazil.type(` ${word}`)
    typed += ` ${word}`
    await expect(brazil.sheet).toContainText(word)
  }
  await expect.poll(async () => (await onDevice(page)).edits).toBe(typed.length)
  await page.goto(server.address)
  await page.getByRole('link', { name: /^Resolution 45/ }).click()
  await expect(brazil.sheet).toContainText('zero one two three')
  await expect(page.getByRole('button', { name: /^Offline: 14 changes kept/ })).toBeVisible()

  await server.start()
  await brazil.saved()
  await expect(notice).toHaveCount(0)
  expect((await onDevice(page)).edits).toBe(0)
  const chair = await enter('Chair')
  await expect(chair.sheet).toContainText('Resolution 130 zero one two three')

  await expect.poll(async () => (await onDevice(page)).drafts).toBe(1)
  await server.kill()
  await age(page, 31)
  await page.reload()
  await expect(page.getByRole('heading', { name: 'The draft could not be opened' })).toBeVisible()
  expect(await onDevice(page)).toMatchObject({ drafts: 0, updates: 0 })
})

test('O6: duplicated tabs write under ids of their own, with a server and without', async ({
  server,
  enter,
}) => {
  const first = await enter('Brazil')
  const { page } = first
  await ready(page)
  const opening = page.context().waitForEvent('page')
  // A window opened by a page has its session storage, as a duplicated tab has.
  await page.evaluate(() => void window.open(window.location.href))
  const second = new DraftPage(await opening)
  const tabs = [
    [first, 'Resolution 130', 'left'],
    [second, '2014', 'right'],
  ] as const
  for (const [tab, place, word] of tabs) {
    await tab.saved()
    await tab.caretAfter(place)
    await tab.type(` ${word}`)
    await tab.saved()
  }
  await server.kill()
  for (const [tab, , word] of tabs) {
    await tab.caretAfter(word)
    await tab.type(' more')
    await expect(tab.page.getByRole('button', { name: /^Offline: 5 changes kept/ })).toBeVisible()
  }
  for (const [tab, , word] of tabs) {
    await tab.page.reload()
    await tab.caretAfter(`${word} more`)
    await tab.type(' still')
    await expect(tab.sheet).toContainText(`${word} more still`)
  }
  await server.start()
  for (const [tab] of tabs) await tab.saved()
  const chair = await enter('Chair')
  for (const [, , word] of tabs) await expect(chair.sheet).toContainText(`${word} more still`)
})

test('O7: signing out removes what the device keeps, and asks where that is not sent', async ({
  server,
  enter,
}) => {
  const brazil = await enter('Brazil')
  const { page } = brazil
  await ready(page)
  await server.kill()
  await brazil.caretAfter('Resolution 130')
  await brazil.type(' x')
  await expect.poll(async () => (await onDevice(page)).edits).toBe(2)
  await page.goto('about:blank')
  await server.start()
  await page.goto(server.address)
  await page.getByRole('button', { name: 'Sign out of this browser' }).click()
  const asked = page.getByRole('dialog', { name: 'Not everything has been sent' })
  await expect(asked).toContainText('2 changes')
  await asked.getByRole('button', { name: 'Stay signed in' }).click()
  expect(await onDevice(page)).toMatchObject({ edits: 2, drafts: 1 })
  await page.getByRole('button', { name: 'Sign out of this browser' }).click()
  await asked.getByRole('button', { name: 'Sign out and remove' }).click()
  await expect(page.getByRole('heading', { name: 'You have no seat yet' })).toBeVisible()
  expect(await onDevice(page)).toEqual({ edits: 0, clients: 0, drafts: 0, updates: 0 })
})
