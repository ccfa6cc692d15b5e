import { existsSync } from 'node:fs'
import { chromium } from '@playwright/test'

const systemBrowsers = [
  '/usr/bin/chromium',
  '/usr/bin/google-chrome',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
  'C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe',
]

/**
 * The path of the browser for the tests: CHROMIUM_PATH, else the one that Playwright has
 * downloaded, else the system's; null where there is none. A CHROMIUM_PATH that leads nowhere is a
 * mistake of whoever set it, and is said.
 */
export function findBrowser(): string | null {
  const given = process.env['CHROMIUM_PATH']
  if (given) {
    if (!existsSync(given)) throw new RangeError(`CHROMIUM_PATH: no such file: ${given}`)
    return given
  }
  return [chromium.executablePath(), ...systemBrowsers].find((path) => existsSync(path)) ?? null
}
