import { test as base, expect } from '@playwright/test'
import type { Page } from '@playwright/test'
import { DraftPage } from './pages.ts'
import { Server } from './server.ts'

interface Fixtures {
  /** What is set for the server beside its port and folder; by `test.use`. */
  environment: Readonly<Record<string, string>>
  /**
   * Whether browsers keep the application, as people's do; by `test.use`. It costs each browser the
   * fetching of all its files once more, so that only those tests have it that are about it.
   */
  keepsApplication: boolean
  /** The program on an empty folder of data, for this test alone. */
  server: Server
  /**
   * Opens a link or a path of the server in a browser profile of its own, as another person at
   * another desk would. The test fails at its end if any such page has reported an error, other
   * than the refusal that it came for.
   */
  visit: (address: string, refusal?: RegExp) => Promise<Page>
  /** Opens the first draft of the meeting with the link of a person, as `visit` does. */
  enter: (who: string, refusal?: RegExp) => Promise<DraftPage>
}

/** Complaints of a browser whose server has just been killed. */
const connectionLost = /net::ERR_CONNECTION|net::ERR_EMPTY_RESPONSE|WebSocket connection to/

export const test = base.extend<Fixtures>({
  environment: [{}, { option: true }],

  keepsApplication: [false, { option: true }],

  server: async ({ environment }, use, info) => {
    const server = await Server.open(environment)
    await use(server)
    if (info.status !== info.expectedStatus) {
      await info.attach('server', { body: server.output.join('\n'), contentType: 'text/plain' })
    }
    await server.dispose()
  },

  visit: async ({ browser, server, keepsApplication }, use) => {
    const errors: string[] = []
    const contexts: { close: () => Promise<void> }[] = []
    await use(async (address, refusal) => {
      const note = (message: string): void => {
        if (refusal?.test(message) || (server.killed && connectionLost.test(message))) return
        errors.push(message)
      }
      const context = await browser.newContext()
      contexts.push(context)
      if (!keepsApplication) {
        await context.addInitScript(() =>
          Object.defineProperty(navigator, 'serviceWorker', { value: undefined }),
        )
      }
      const page = await context.newPage()
      page.on('pageerror', (error) => note(String(error)))
      page.on('console', (message) => {
        if (message.type() === 'error') note(`${message.text()} (${message.location().url})`)
      })
      await page.goto(new URL(address, server.address).href)
      return page
    })
    for (const context of contexts) await context.close()
    expect(errors, 'errors that the pages reported').toEqual([])
  },

  enter: async ({ server, visit }, use) => {
    await use(async (who, refusal) => DraftPage.open(await visit(server.link(who), refusal)))
  },
})

export { expect }
