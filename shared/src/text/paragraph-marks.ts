/**
 * From markers, which begin paragraphs in the ledger, to paragraph marks, which end them in a text
 * of lines and in Word. A mark that is removed joins its paragraph to the following one.
 */
import { kept } from './story.ts'
import type { Block, Revision, Run } from './story.ts'

/** What the mapping reads of a block: its marker's revision and its letters' revisions. */
export interface MarkedBlock {
  readonly revision: Revision
  readonly runs: readonly Pick<Run, 'part' | 'revision'>[]
}

/**
 * The revision of the mark that ends each block of a story, in order. The last mark is always kept,
 * since nothing follows that it could join to; the first block's marker must be kept.
 *
 * *Boundary*: what begins a block is what ends the one before it, so a mark has the revision of the
 * next block's marker. Read that way the text is exact: without the inserted marks and letters it
 * is the base, without the deleted ones the clean text.
 *
 * *Slide*: where a block and all its letters are inserted, or deleted, and its mark is kept, the
 * block's own mark takes the revision and the mark before it is kept. It reads the same, and a whole
 * paragraph with its own mark is what Word writes and what a reader expects.
 */
export function paragraphMarks(blocks: readonly MarkedBlock[]): Revision[] {
  const first = blocks[0]
  if (first && !isKept(first.revision)) {
    throw new RangeError(`the first block has a revision: ${JSON.stringify(first.revision)}`)
  }
  const marks = blocks.map((_, k) => blocks[k + 1]?.revision ?? kept)
  for (let k = blocks.length - 2; k > 0; k--) {
    const { revision, runs } = blocks[k]!
    if (isKept(revision) || !isKept(marks[k]!)) continue
    if (!runs.every((run) => sameStatus(run.revision, revision))) continue
    marks[k] = revision
    marks[k - 1] = kept
  }
  return marks
}

/** A block that nobody touches and that says nothing: what ends a story, so that its marks can slide. */
export const untouchedBlock = (kind: Block['shape']['kind']): Block => {
  const shape = { kind, level: 1 }
  return { revision: kept, shape, base: shape, clean: shape, runs: [] }
}

/** Whether a block's end is a revision by itself, and not along with all the letters before it. */
export function endsByItself({ runs }: MarkedBlock, mark: Revision): boolean {
  if (isKept(mark)) return false
  const text = runs.filter(({ part }) => part === 'text')
  return text.length === 0 || !text.every(({ revision }) => sameStatus(revision, mark))
}

/** Whether a reader of the marks sees one in the block, its end included. */
export const isChanged = ({ runs }: MarkedBlock, mark: Revision): boolean =>
  !isKept(mark) || runs.some(({ revision }) => !isKept(revision))

/** Who inserts and who deletes, as codes or otherwise; null: nobody. */
type Deeds = Readonly<Record<keyof Revision, unknown>>

export const isKept = ({ inserted, deleted }: Deeds): boolean =>
  inserted === null && deleted === null

/** Whether two revisions survive in the same readings, whoever's they are. */
export const sameStatus = (a: Deeds, b: Deeds): boolean =>
  (a.inserted === null) === (b.inserted === null) && (a.deleted === null) === (b.deleted === null)
