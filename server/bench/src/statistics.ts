/** Numbers of several runs in a few words. */

/** The value below which the share `p` of the numbers lies; NaN where there are none. */
export function percentile(numbers: readonly number[], p: number): number {
  const sorted = numbers.toSorted((a, b) => a - b)
  return sorted[Math.min(sorted.length - 1, Math.floor(p * sorted.length))] ?? NaN
}

export const median = (numbers: readonly number[]): number => percentile(numbers, 0.5)

/** Key by key the median over the runs. */
export function medians<K extends string>(
  runs: readonly Readonly<Record<K, number>>[],
): Record<K, number> {
  const keys = Object.keys(runs[0] ?? {}) as K[]
  return Object.fromEntries(
    keys.map((key) => [key, median(runs.map((run) => run[key]))]),
  ) as Record<K, number>
}

/** A Markdown table. */
export function table(heads: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`
  const rule = heads.map((_, n) => (n === 0 ? '---' : '---:'))
  return `${[heads, rule, ...rows].map(line).join('\n')}\n`
}
