/** What came of a step of `pnpm test`, or of all of them together. */
export interface Outcome {
  readonly passed: number
  /** Names of the tests that failed. */
  readonly failed: readonly string[]
  readonly skipped: readonly Skipped[]
}

export interface Skipped {
  readonly name: string
  readonly reason: string
}

/** A step that is one test: format, lint, types, the build. */
export const single = (name: string, passed: boolean): Outcome =>
  passed ? { passed: 1, failed: [], skipped: [] } : { passed: 0, failed: [name], skipped: [] }

/**
 * A step of many tests, by the word of its runner and by its exit code. A runner that fails where
 * no test did (it crashed, or found nothing to run) counts as one failed test of that name.
 */
export const judged = (name: string, code: number, told: Outcome): Outcome =>
  code === 0 || told.failed.length > 0
    ? told
    : { ...told, failed: [`${name} (the runner ended with ${code})`] }

export const together = (outcomes: readonly Outcome[]): Outcome => ({
  passed: outcomes.reduce((sum, outcome) => sum + outcome.passed, 0),
  failed: outcomes.flatMap((outcome) => outcome.failed),
  skipped: outcomes.flatMap((outcome) => outcome.skipped),
})

/** Every failed and every skipped test by name, then the closing line, which stands alone. */
export const closingLines = ({ passed, failed, skipped }: Outcome): readonly string[] => [
  ...failed.map((name) => `failed: ${name}`),
  ...skipped.map(({ name, reason }) => `skipped: ${name} (${reason})`),
  `${passed} passed, ${failed.length} failed, ${skipped.length} skipped`,
]
