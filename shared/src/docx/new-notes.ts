/** Footnotes that a Word file inserts, from references and paragraphs to references with words. */
import { referenceLetter } from '../resolution/notes.ts'
import { grouped, kept } from '../text/story.ts'
import type { Block, Run } from '../text/story.ts'
import type { BodiedRun } from './block-writer.ts'
import type { ReadBlock } from './reader/blocks.ts'

/**
 * Names the footnotes that a file types: superscript numbers in the text, and paragraphs at its end.
 * Only those which the file inserts or whose numbers move matter: others are words of the edition.
 */
export function withTypedNotes(blocks: readonly ReadBlock[]): ReadBlock[] {
  const typed = blocks.filter(({ shape, note }) => shape.kind === 'footnote' && note === undefined)
  const fresh = typed.filter(({ base, labels }) => base === null && labels.clean !== null)
  const moved = typed.filter(({ base, labels }) => base !== null && labels.base !== labels.clean)
  if (fresh.length + moved.length === 0) return [...blocks]
  const nameOf = ({ labels }: ReadBlock): string => `typed ${labels.base ?? ''}>${labels.clean}`
  const referring = (run: Run, note: ReadBlock): Run => ({
    ...run,
    reference: { note: nameOf(note), revision: run.revision },
  })
  return blocks.map((block) => {
    if (fresh.includes(block)) return { ...block, note: nameOf(block) }
    const runs: Run[] = []
    for (const run of block.runs) {
      const before = runs.at(-1)
      const isInserted = isRaised(run) && run.revision.inserted !== null
      const old =
        isInserted && before?.revision.inserted === null && before.revision.deleted !== null
          ? moved.find(({ labels }) => labels.base === before.text && labels.clean === run.text)
          : undefined
      const note = old ?? (isInserted && fresh.find(({ labels }) => labels.clean === run.text))
      if (old && before) runs[runs.length - 1] = referring(before, old)
      runs.push(note ? referring(run, note) : run)
    }
    return { ...block, runs }
  })
}

const isRaised = ({ part, formats }: Run): boolean =>
  part === 'text' && formats.includes('superscript')

/**
 * Lets the reference to each inserted footnote carry its words, and leaves the paragraphs of it out;
 * numbers of other footnotes that moved meanwhile are as they were, since a draft counts them itself.
 */
export function withNewNotes(blocks: readonly Block[]): Block[] {
  const fresh = new Map<string, Block[]>()
  for (const block of blocks) {
    if (block.note === undefined || block.base !== null) continue
    fresh.set(block.note, [...(fresh.get(block.note) ?? []), block])
  }
  const taken = new Set<string>()
  const out = blocks.map((block) => {
    const runs = grouped(block.runs, ({ reference }) => reference?.note).flatMap(
      ([note, group]): Run[] => {
        if (note === undefined) return group
        const bodies = fresh.get(note)
        const of = asOne(group)
        if (!bodies || of.revision.inserted === null) return [of]
        taken.add(note)
        const referring: BodiedRun = {
          ...of,
          text: referenceLetter,
          formats: [],
          body: wordsOf(bodies, of),
        }
        return [referring]
      },
    )
    return { ...block, runs }
  })
  return out.filter(({ note }, i) => !(blocks[i]!.base === null && note && taken.has(note)))
}

/** A number in the text: what it is in the text in force, and else what it is. */
function asOne(runs: readonly Run[]): Run {
  const [first] = runs
  const old = runs.filter(({ revision }) => revision.inserted === null)
  if (runs.length === 1 || old.length === 0) return first!
  return { ...old[0]!, text: old.map(({ text }) => text).join(''), revision: kept }
}

/** The words of a footnote, which is one paragraph here. What goes with the reference is not struck again. */
function wordsOf(bodies: readonly Block[], { revision: of }: Run): Run[] {
  const space: Run = { part: 'text', text: ' ', revision: of, formats: [] }
  return bodies
    .flatMap(({ runs }, i) => [...(i > 0 ? [space] : []), ...runs])
    .filter(({ part }) => part === 'text')
    .map((run) => {
      const { inserted, deleted } = run.revision
      return {
        ...run,
        revision: {
          inserted: inserted ?? of.inserted,
          deleted: deleted === of.deleted ? null : deleted,
        },
      }
    })
    .filter(({ revision }) => revision.deleted === null || revision.inserted !== revision.deleted)
}
