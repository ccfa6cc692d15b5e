/**
 * `pnpm test`: everything that has to hold, in one command. No step hides what the next would say;
 * the last line counts, and the exit code is 1 where anything failed.
 */
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { buildClient } from './client-build.ts'
import { run } from './command.ts'
import { closingLines, judged, single, together } from './outcome.ts'
import type { Outcome } from './outcome.ts'
import { playwrightOutcome } from './playwright-outcome.ts'
import type { PlaywrightReport } from './playwright-outcome.ts'
import { provideBrowser, provideNginx, providePandoc } from './provision.ts'

const nothing: Outcome = { passed: 0, failed: [], skipped: [] }
const reports = mkdtempSync(join(tmpdir(), 'revmark-test-'))
const outcomes: Outcome[] = []

async function step(title: string, work: () => Promise<Outcome>): Promise<void> {
  console.log(`\n== ${title}`)
  const begun = performance.now()
  const outcome = await work()
  outcomes.push(outcome)
  const seconds = ((performance.now() - begun) / 1000).toFixed(1)
  const word = outcome.failed.length > 0 ? 'FAILED' : 'ok'
  console.log(`== ${title}: ${word}, ${seconds} s`)
}

/** The report that a runner has left, or null where it did not come so far. */
function read(file: string): unknown {
  try {
    return JSON.parse(readFileSync(file, 'utf8'))
  } catch {
    return null
  }
}

async function vitest(): Promise<Outcome> {
  const file = join(reports, 'vitest.json')
  const reporters = '--reporter=default --reporter=./scripts/vitest-outcome.ts'
  const code = await run(`vitest run ${reporters}`, { env: { OUTCOME: file } })
  return judged('unit and property tests', code, (read(file) as Outcome | null) ?? nothing)
}

async function playwright(): Promise<Outcome> {
  const file = join(reports, 'playwright.json')
  const code = await run('playwright test --reporter=list,json', {
    folder: 'e2e',
    env: { PLAYWRIGHT_JSON_OUTPUT_NAME: file },
  })
  const report = read(file) as PlaywrightReport | null
  return judged('end-to-end tests', code, report ? playwrightOutcome(report) : nothing)
}

console.log('== What the tests need')
const browser = await provideBrowser()
await providePandoc()
await provideNginx()

await step('format', async () => single('format (pnpm format)', (await run('oxfmt --check')) === 0))
await step('lint', async () => single('lint', (await run('oxlint --type-aware')) === 0))
await step('types', async () => single('types', (await run('tsc -b')) === 0))
await step('unit and property tests', vitest)
let built = false
await step('build', async () => {
  built = (await buildClient()) === 0
  return single('build of the client', built)
})
await step('end-to-end tests', async () => {
  if (!browser) return single('end-to-end tests (there is no browser)', false)
  // On what an older build has left they would prove nothing.
  return built ? playwright() : single('end-to-end tests (the client was not built)', false)
})

rmSync(reports, { recursive: true })
const outcome = together(outcomes)
console.log()
for (const line of closingLines(outcome)) console.log(line)
process.exitCode = outcome.failed.length > 0 ? 1 : 0
