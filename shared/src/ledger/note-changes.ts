/** A reference and the body of its footnote as one change. */
import { referenceLetter } from '../resolution/notes.ts'
import type { Block } from './blocks.ts'
import { takeIn } from './change-draft.ts'
import type { Draft, NotedReference } from './change-draft.ts'

/** The body of a footnote, and the changes in it that stand for themselves so far. */
export interface NotedBody {
  readonly body: Block
  drafts: Draft[]
}

/**
 * Lets a change take in what the same delegation, in the same state, inserts in the bodies of the
 * footnotes to which it inserts references, or deletes of those to which it deletes references. It
 * reads with the footnotes' words where the references stand.
 */
export function foldNotes(change: Draft, bodies: ReadonlyMap<string, NotedBody>): void {
  const words: Record<NotedReference['aspect'], string[]> = { ins: [], del: [] }
  for (const { id, aspect } of change.references) {
    const noted = bodies.get(id)
    words[aspect].push(noted ? wordsOf(noted.body) : '')
    if (!noted) continue
    const kind = aspect === 'ins' ? 'insertion' : 'deletion'
    const isLike = (draft: Draft) =>
      draft.kind === kind && draft.delegation === change.delegation && draft.state === change.state
    for (const draft of noted.drafts.filter(isLike)) takeIn(change, draft)
    noted.drafts = noted.drafts.filter((draft) => !isLike(draft))
  }
  change.deleted = written(change.deleted, words.del)
  change.inserted = written(change.inserted, words.ins)
}

const wordsOf = ({ runs }: Block): string =>
  runs.map(({ text, aspects }) => (aspects.state.ins === 'withdrawn' ? '' : text)).join('')

const written = (text: string, words: readonly string[]): string => {
  const rest = [...words]
  return text.replaceAll(referenceLetter, () => ` [footnote: ${rest.shift() ?? ''}]`)
}
