/** A label on the sheet: where it differs from the text in force, letter by letter as a revision. */
import type { Label, View } from '@revmark/shared/ledger'

export interface LabelPart {
  readonly type: 'kept' | 'deleted' | 'inserted'
  readonly text: string
}

/** The label as a view shows it; only the marked view shows what it was. Empty where there is none. */
export function labelPartsOf({ base, view: now }: Label, view: View): readonly LabelPart[] {
  if (view === 'marked') return revision(base ?? '', now ?? '')
  return now === null ? [] : [{ type: 'kept', text: now }]
}

function revision(from: string, to: string): LabelPart[] {
  let start = 0
  while (start < from.length && start < to.length && from[start] === to[start]) start++
  let end = 0
  while (
    end < from.length - start &&
    end < to.length - start &&
    from.at(-1 - end) === to.at(-1 - end)
  ) {
    end++
  }
  const parts: LabelPart[] = [
    { type: 'kept', text: to.slice(0, start) },
    { type: 'deleted', text: from.slice(start, from.length - end) },
    { type: 'inserted', text: to.slice(start, to.length - end) },
    { type: 'kept', text: to.slice(to.length - end) },
  ]
  return parts.filter(({ text }) => text !== '')
}
