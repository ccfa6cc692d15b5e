/** Tables in Markdown on standard output, and medians. */

export const median = (values: readonly number[]): number =>
  values.toSorted((a, b) => a - b)[values.length >> 1]!

export function title(text: string): void {
  process.stdout.write(`\n${text}\n\n`)
}

/** The head of a table; columns from the one with `figuresFrom` on are figures. */
export function head(columns: readonly string[], figuresFrom = 0): void {
  row(columns)
  process.stdout.write(`|${columns.map((_, i) => (i < figuresFrom ? '---|' : '---:|')).join('')}\n`)
}

export function row(cells: readonly (string | number)[]): void {
  const shown = cells.map((cell) => (typeof cell === 'number' ? cell.toLocaleString('en') : cell))
  process.stdout.write(`| ${shown.join(' | ')} |\n`)
}

/** One figure against another, below 1 where it is less. */
export const ratio = (ours: number, theirs: number): string => (ours / theirs).toFixed(2)

/** Blocks and changes, as every table of a text full of changes goes through them. */
export const sizes: readonly (readonly [blocks: number, changes: number])[] = [
  [300, 0],
  [300, 1000],
  [300, 10_000],
  [3000, 0],
  [3000, 1000],
  [3000, 10_000],
]
