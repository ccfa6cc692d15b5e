/** The numbers of footnotes as a function of a view: SPEC.md, "Footnotes". */
import { parseLabel } from '../resolution/numbering.ts'
import type { ComputedLabel } from './labels.ts'
import type { TokenState } from './state.ts'

/** A reference in the order of the sequence, shown or not. */
export interface CountedReference {
  /** The footnote's id. */
  readonly id: string
  /** The number in the text in force; null for a footnote that was inserted. */
  readonly literal: string | null
  readonly isShown: boolean
  readonly state: TokenState
}

/**
 * The numbers of the footnotes to which a shown reference refers, by their ids, in the order of their
 * first shown references. A footnote of the text in force keeps its number, plus the inserted ones
 * before it, minus those hidden before it; an inserted one has the number after its predecessor's. A
 * literal that is no number (`*`) stays and is not counted.
 */
export function numberNotes(references: readonly CountedReference[]): Map<string, ComputedLabel> {
  const shown = new Set(references.filter(({ isShown }) => isShown).map(({ id }) => id))
  const literals = references.map(({ literal }) => numberOf(literal))
  const first = literals.find((literal) => literal !== null) ?? 1
  const numbers = new Map<string, ComputedLabel>()
  const hidden = new Set<string>()
  let last = first - 1
  let shift = 0
  let mover: string | null = null
  references.forEach(({ id, literal, isShown, state }, i) => {
    const ordinal = literals[i]!
    if (numbers.has(id) || hidden.has(id)) return
    if (!shown.has(id)) {
      hidden.add(id)
      if (ordinal === null) return
      shift--
      mover = state.proposers[0]?.delegation ?? null
    } else if (!isShown) return
    else if (literal !== null && ordinal === null) {
      numbers.set(id, { label: literal, delegation: null })
    } else {
      if (ordinal === null) {
        shift++
        mover = state.author
      }
      last = ordinal === null ? last + 1 : Math.max(ordinal + shift, 1)
      numbers.set(id, { label: String(last), delegation: mover })
    }
  })
  return numbers
}

const numberOf = (literal: string | null): number | null =>
  literal === null ? null : (parseLabel(literal, 'number')?.ordinal ?? null)
