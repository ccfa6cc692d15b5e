/** The views in words. */
import type { View } from '@revmark/shared/ledger'

interface ViewWords {
  readonly value: View
  readonly text: string
  /** What the view shows, in one sentence. */
  readonly hint: string
}

/** In the order in which they are offered. */
export const viewWords: readonly ViewWords[] = [
  { value: 'marked', text: 'Marked', hint: 'Every change as a revision mark' },
  { value: 'clean', text: 'Clean', hint: 'As if every pending change were accepted' },
  { value: 'accepted', text: 'Accepted', hint: 'With what the chair has accepted so far' },
  { value: 'base', text: 'Base', hint: 'The text in force, which nothing here can alter' },
]

export const hintOf = (view: View): string =>
  viewWords.find((words) => words.value === view)?.hint ?? ''
