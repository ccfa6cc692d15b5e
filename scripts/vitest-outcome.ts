import { writeFileSync } from 'node:fs'
import type { Reporter, TestModule } from 'vitest/node'
import type { Outcome } from './outcome.ts'

/**
 * A reporter for Vitest that writes an Outcome, as JSON, to the file that OUTCOME names. Vitest's
 * own JSON reporter leaves out why a test was skipped.
 */
export default class OutcomeReporter implements Reporter {
  onTestRunEnd(modules: readonly TestModule[], unhandled: readonly unknown[]): void {
    const file = process.env['OUTCOME']
    if (!file) throw new RangeError('OUTCOME names no file')
    writeFileSync(file, JSON.stringify(outcomeOf(modules, unhandled)))
  }
}

function outcomeOf(modules: readonly TestModule[], unhandled: readonly unknown[]): Outcome {
  const failed: string[] = []
  const skipped: Outcome['skipped'][number][] = []
  let passed = 0
  for (const module of modules) {
    const where = `${module.project.name}/${module.relativeModuleId}`
    // Errors outside any test: the file does not load, or a hook of a suite throws.
    if (module.errors().length > 0) failed.push(where)
    for (const suite of module.children.allSuites()) {
      if (suite.errors().length > 0) failed.push(`${where} > ${suite.fullName}`)
    }
    for (const test of module.children.allTests()) {
      const name = `${where} > ${test.fullName}`
      const result = test.result()
      if (result.state === 'passed') passed += 1
      else if (result.state === 'skipped') {
        skipped.push({ name, reason: result.note ?? 'no reason given' })
      } else failed.push(name)
    }
  }
  if (unhandled.length > 0) failed.push(`errors outside of tests: ${unhandled.length}`)
  return { passed, failed, skipped }
}
