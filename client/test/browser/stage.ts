/** Puts the page with the editor into a browser, for the tests that need a real one. */
import { fileURLToPath } from 'node:url'
import { chromium } from '@playwright/test'
import type { Page } from '@playwright/test'
import { afterAll, beforeAll } from 'vitest'
import { build } from 'vite'
import { findBrowser } from '../../../e2e/browser.ts'
import type { Stage } from './page.ts'

export const executablePath = findBrowser()

interface Theatre {
  readonly page: Page
  /** Calls the stage in the page. */
  readonly on: <N extends keyof Stage>(
    name: N,
    ...given: Parameters<Stage[N]>
  ) => Promise<ReturnType<Stage[N]>>
  readonly close: () => Promise<void>
}

/** A page with the stage for all tests of a file; there is none where there is no browser. */
export function stageForAll(): Omit<Theatre, 'close'> {
  let theatre: Theatre | null = null
  beforeAll(async () => {
    if (executablePath) theatre = await openStage()
  }, 60_000)
  afterAll(() => theatre?.close())
  return {
    get page() {
      return theatre!.page
    },
    on: (name, ...given) => theatre!.on(name, ...given),
  }
}

async function openStage(): Promise<Theatre> {
  const root = fileURLToPath(new URL('.', import.meta.url))
  const built = await build({
    configFile: `${root}vite.config.ts`,
    root,
    build: { minify: false, write: false },
    logLevel: 'error',
  })
  const [bundle] = Array.isArray(built) ? built : [built]
  const files = bundle && 'output' in bundle ? bundle.output : []
  const browser = await chromium.launch({
    ...(executablePath && { executablePath }),
    args: ['--no-sandbox', '--disable-gpu'],
  })
  const page = await browser.newPage({ viewport: { width: 1000, height: 800 } })
  await page.setContent('<!doctype html><html lang="en"><body></body></html>')
  for (const file of files) {
    if (file.type === 'chunk') await page.addScriptTag({ content: file.code })
    else await page.addStyleTag({ content: String(file.source) })
  }
  return {
    page,
    on: (name, ...given) =>
      page.evaluate(
        ({ called, args }) => {
          const { stage } = globalThis as unknown as { stage: Stage }
          const act = stage[called] as (
            ...all: readonly unknown[]
          ) => ReturnType<Stage[typeof name]>
          return act(...args)
        },
        { called: name, args: given },
      ),
    close: () => browser.close(),
  }
}
