/** Footnotes that a Word file inserts, from typed numbers and paragraphs to references with words. */
import { referenceLetter } from '../resolution/notes.ts'
import { kept } from '../text/story.ts'
import type { Run } from '../text/story.ts'
import type { ReadBlock } from './reader/blocks.ts'

/**
 * Lets the reference of each inserted footnote carry its words, and leaves the paragraph of it out;
 * numbers of other footnotes that moved meanwhile are as they were, since a draft counts them itself.
 */
export function withNewNotes(blocks: readonly ReadBlock[]): ReadBlock[] {
  const notes = blocks.filter(({ shape }) => shape.kind === 'footnote')
  const fresh = notes.filter(({ base, labels }) => base === null && labels.clean !== null)
  const moved = notes.filter(({ base, labels }) => base !== null && labels.base !== labels.clean)
  const taken = new Set<ReadBlock>()
  const out = blocks.map((block) => {
    const runs: Run[] = []
    for (const run of block.runs) {
      const before = runs.at(-1)
      const isInserted = isRaised(run) && run.revision.inserted !== null
      const isMoved =
        isInserted &&
        before !== undefined &&
        before.revision.deleted !== null &&
        before.revision.inserted === null &&
        moved.some(({ labels }) => labels.base === before.text && labels.clean === run.text)
      const note = isInserted && fresh.find(({ labels }) => labels.clean === run.text)
      if (isMoved) runs[runs.length - 1] = { ...before, revision: kept }
      else if (note) {
        taken.add(note)
        runs.push({ ...run, text: referenceLetter, formats: [], noteWords: wordsOf(note) })
      } else runs.push(run)
    }
    return { ...block, runs }
  })
  return out.filter((_, i) => !taken.has(blocks[i]!))
}

const isRaised = ({ part, formats }: Run): boolean =>
  part === 'text' && formats.includes('superscript')

const wordsOf = ({ runs }: ReadBlock): string =>
  runs
    .map(({ part, text, revision }) => (part === 'text' && revision.deleted === null ? text : ''))
    .join('')
