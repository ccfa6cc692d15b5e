/** Pages that the browser lays aside and brings back. Playwright's browser forgets pages unless it is told not to. */
import { chromium } from '@playwright/test'
import { findBrowser } from '../browser.ts'
import { expect, test } from '../fixtures.ts'
import { DraftPage } from '../pages.ts'

test('O6: a page brought back from the cache goes on under an id of its own', async ({
  server,
  enter,
}) => {
  const executablePath = findBrowser()
  const browser = await chromium.launch({
    ...(executablePath && { executablePath }),
    args: ['--no-sandbox', '--disable-gpu'],
    ignoreDefaultArgs: ['--disable-back-forward-cache'],
  })
  const page = await browser.newPage()
  await page.goto(server.link('Brazil'))
  const brazil = await DraftPage.open(page)
  await brazil.caretAfter('Resolution 130')
  await brazil.type(' before')
  await brazil.saved()
  const laidAside = await page.evaluateHandle(() => {
    const seen: { persisted: boolean | null } = { persisted: null }
    window.addEventListener('pageshow', ({ persisted }) => (seen.persisted = persisted))
    Object.assign(window, { seen })
    return seen
  })
  await laidAside.dispose()
  await page.goto(`${server.address}/api/health`)
  await page.goBack({ waitUntil: 'commit' })
  await expect
    .poll(() => page.evaluate(() => (window as { seen?: { persisted: boolean } }).seen?.persisted))
    .toBe(true)
  await brazil.saved()
  await brazil.caretAfter('before')
  await brazil.type(' after')
  await brazil.saved()
  const chair = await enter('Chair')
  await expect(chair.sheet).toContainText('Resolution 130 before after')
  await browser.close()
})
