/** How what is inserted is labelled, in words. */
import type { Numbering } from '@revmark/shared/resolution'

interface NumberingWords {
  readonly value: Numbering
  readonly name: string
  readonly note: string
}

export const numberingWords: readonly NumberingWords[] = [
  { value: 'renumber', name: 'Renumbered', note: 'what follows an insertion moves on' },
  { value: 'bis', name: 'bis, ter', note: 'nothing moves, after a) comes a bis)' },
]

export const numberingName = (numbering: Numbering): string =>
  numberingWords.find(({ value }) => value === numbering)!.name
