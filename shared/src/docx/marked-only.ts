/** Blocks with what a file marks alone: what differs from the edition without a mark is left aside. */
import type { Block, Revision, Run } from '../text/story.ts'
import { kept } from '../text/story.ts'

/**
 * Takes the revisions of `unmarked` out of blocks that `onBase` made: what it inserts is not there,
 * what it deletes stays. Words that somebody inserted, marked, in a paragraph that is not the
 * edition's keep a paragraph of their own, inserted by whoever wrote them.
 */
export function markedOnly(blocks: readonly Block[], unmarked: string): Block[] {
  return blocks.flatMap((block): Block[] => {
    const runs = block.runs.flatMap((run): Run[] => {
      if (run.revision.inserted === unmarked) return []
      return [{ ...run, revision: withoutDeletion(run.revision, unmarked) }]
    })
    const revision = withoutDeletion(block.revision, unmarked)
    if (block.base) {
      const clean = block.clean ?? (revision === kept ? block.base : null)
      return [{ ...block, revision, clean, runs }]
    }
    if (runs.length === 0 && block.runs.length > 0) return []
    if (revision.inserted !== unmarked) return [{ ...block, revision, runs }]
    const inserted = runs[0]?.revision.inserted ?? null
    return inserted === null ? [] : [{ ...block, revision: { ...revision, inserted }, runs }]
  })
}

const withoutDeletion = (revision: Revision, unmarked: string): Revision =>
  revision.deleted !== unmarked
    ? revision
    : revision.inserted === null
      ? kept
      : { ...revision, deleted: null }
