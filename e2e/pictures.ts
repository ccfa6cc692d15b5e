/**
 * `pnpm -F @revmark/e2e pictures`: takes the pictures of the documentation from the running program,
 * after Brazil, Canada and the chair have been at work in it.
 */
import { chromium } from '@playwright/test'
import type { Browser } from '@playwright/test'
import { findBrowser } from './browser.ts'
import { DraftPage } from './pages.ts'
import { Server } from './server.ts'

async function seat(browser: Browser, server: Server, name: string): Promise<DraftPage> {
  const page = await browser.newPage({ viewport: { width: 1280, height: 800 } })
  await page.goto(server.link(name))
  return DraftPage.open(page)
}

const executablePath = findBrowser()
const server = await Server.open()
const browser = await chromium.launch({
  ...(executablePath && { executablePath }),
  args: ['--no-sandbox', '--disable-gpu'],
})
try {
  const brazil = await seat(browser, server, 'Brazil')
  const canada = await seat(browser, server, 'Canada')
  const chair = await seat(browser, server, 'Chair')
  await brazil.replace('Dubai', 'Buenos Aires')
  await brazil.caretAfter('2014')
  await brazil.press('Backspace')
  await brazil.type('7')
  await brazil.caretAfter('communication technologies (ICTs);')
  await brazil.press('Enter')
  await brazil.type(
    'Resolution 70/125 of the United Nations General Assembly, on the overall review of WSIS;',
  )
  await brazil.caretAfter('terminology relating')
  await brazil.press('ControlOrMeta+Shift+Backspace')
  await canada.select('overall ')
  await canada.press('Delete')
  await canada.caretAfter('child online protection')
  await canada.type(' and empowerment')
  await brazil.saved()
  await canada.saved()
  await chair.act('Buenos Aires', 'Accept')
  await chair.change('empowerment').getByRole('button').first().click()
  await chair.page.evaluate(() => {
    for (const list of document.querySelectorAll('.desk, .panel-list')) list.scrollTo(0, 0)
  })
  // The names at the others' carets go after a while.
  await chair.page.waitForTimeout(4000)
  await chair.page.screenshot({ path: 'pictures/editor.png' })
} finally {
  await browser.close()
  await server.dispose()
}
