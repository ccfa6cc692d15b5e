import type { Outcome } from './outcome.ts'

/** The part we read of what Playwright's JSON reporter writes. */
export interface PlaywrightReport {
  readonly suites: readonly Suite[]
  /** Errors outside any test: a spec that does not load, a worker that does not start. */
  readonly errors: readonly { readonly message?: string }[]
}

interface Suite {
  readonly title: string
  readonly suites?: readonly Suite[]
  readonly specs: readonly {
    readonly title: string
    readonly tests: readonly {
      readonly status: 'expected' | 'unexpected' | 'flaky' | 'skipped'
      readonly annotations: readonly { readonly type: string; readonly description?: string }[]
    }[]
  }[]
}

/** A test that passed only when repeated counts as failed. */
export function playwrightOutcome(report: PlaywrightReport): Outcome {
  const failed = report.errors.map(({ message }) => `e2e: ${message?.split('\n')[0] ?? 'an error'}`)
  const skipped: Outcome['skipped'][number][] = []
  let passed = 0
  const visit = (suite: Suite, path: readonly string[]): void => {
    for (const spec of suite.specs) {
      const name = [...path, spec.title].join(' > ')
      for (const { status, annotations } of spec.tests) {
        if (status === 'expected') passed += 1
        else if (status === 'skipped') {
          const reason = annotations.find(({ description }) => description)?.description
          skipped.push({ name, reason: reason ?? 'no reason given' })
        } else failed.push(name)
      }
    }
    for (const inner of suite.suites ?? []) visit(inner, [...path, inner.title])
  }
  for (const suite of report.suites) visit(suite, [`e2e/${suite.title}`])
  return { passed, failed, skipped }
}
