/** Random drafts for the engines of others, each named by a seed, and what came up in them. */
import fc from 'fast-check'
import type { Change, Ledger } from '../../src/ledger/index.ts'
import { Play, edits, events, played, scripts } from '../../src/testing/index.ts'
import type { Script } from '../../src/testing/index.ts'
import { partOf } from '../docx-reading.ts'

export interface RandomDraft {
  readonly seed: number
  readonly script: Script
  readonly ledger: Ledger
}

/**
 * What two to five delegates and a chair make in up to 60 steps; the same seed, the same draft.
 */
export function randomDraft(seed: number): RandomDraft {
  const [script] = fc.sample(fc.noBias(scripts(60)), { seed, numRuns: 1 })
  const play = new Play(script!.seats)
  const complaints = played(play, script!, () => [])
  if (complaints.length > 0) throw new Error(`seed ${seed}: ${complaints.join('; ')}`)
  return { seed, script: script!, ledger: play.meeting.ledger }
}

/** The marks of a file, by the pattern of what begins each. */
const marks: readonly (readonly [string, RegExp])[] = [
  ['inserted letters', /<w:ins [^/>]*>/g],
  ['deleted letters', /<w:del [^/>]*>/g],
  ['inserted paragraph marks', /<w:ins [^>]*\/>/g],
  ['deleted paragraph marks', /<w:del [^>]*\/>/g],
  ['deletions within an insertion', /<w:ins (?:(?!<\/w:ins>).)*?<w:del [^/>]*>/g],
  ['changed paragraph properties', /<w:pPrChange /g],
  ['changed letter properties', /<w:rPrChange /g],
]

/** The same in the part that has the footnotes. */
const noteMarks: readonly (readonly [string, RegExp])[] = [
  ['footnotes', /<w:footnote w:id="[1-9]/g],
  ['inserted footnotes', /<w:footnote w:id="\d+"><w:p><w:pPr>[^/]*\/><w:rPr><w:ins /g],
  ['deleted footnotes', /<w:footnote w:id="\d+"><w:p><w:pPr>[^/]*\/><w:rPr><w:del /g],
  [
    'insertions in footnotes that stay',
    /<w:footnote w:id="\d+"><w:p><w:pPr>[^/]*\/><\/w:pPr>(?:(?!<w:footnote ).)*?<w:ins /g,
  ],
  [
    'deletions in footnotes that stay',
    /<w:footnote w:id="\d+"><w:p><w:pPr>[^/]*\/><\/w:pPr>(?:(?!<w:footnote ).)*?<w:del /g,
  ],
]

/** Counts of steps, of changes by kind and state, and of the marks in the files. */
export class Coverage {
  private readonly steps = new Map<string, number>([...edits, ...events].map((does) => [does, 0]))
  private readonly changes = new Map<string, number>()
  private readonly marks = new Map<string, number>(
    [...marks, ...noteMarks].map(([name]) => [name, 0]),
  )

  add({ script, ledger }: RandomDraft, marked: Uint8Array): void {
    for (const { does } of script.steps) count(this.steps, does)
    for (const change of ledger.changes()) count(this.changes, nameOf(change))
    const body = partOf(marked, 'word/document.xml')
    const notes = partOf(marked, 'word/footnotes.xml')
    for (const [name, pattern] of marks) count(this.marks, name, [...body.matchAll(pattern)].length)
    for (const [name, pattern] of noteMarks) {
      count(this.marks, name, [...notes.matchAll(pattern)].length)
    }
  }

  /** Edits, events, decisions and marks that did not come up. */
  get missing(): string[] {
    return [this.steps, this.marks].flatMap((counts) =>
      [...counts].filter(([, times]) => times === 0).map(([name]) => name),
    )
  }

  /** One line for each sort of thing. */
  lines(): string[] {
    const told = (name: string, counts: ReadonlyMap<string, number>) =>
      `${name}: ${[...counts].map(([what, times]) => `${times} ${what}`).join(', ')}`
    return [
      told('steps', this.steps),
      told('changes', new Map([...this.changes].toSorted(([a], [b]) => (a < b ? -1 : 1)))),
      told('marks', this.marks),
    ]
  }
}

const nameOf = ({ kind, state, setting }: Change): string =>
  `${kind}${setting === null ? '' : ` of ${setting.property}`} ${state}`

function count(counts: Map<string, number>, name: string, times = 1): void {
  counts.set(name, (counts.get(name) ?? 0) + times)
}
