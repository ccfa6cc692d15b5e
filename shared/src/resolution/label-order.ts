/** Whether the labels of a text stand in ITU's order: a test of transcriptions, not of drafts. */
import { formatLatin, parseLatin } from './latin.ts'
import { isUnordered, parseLabel } from './numbering.ts'
import type { LabelStyle } from './numbering.ts'
import type { Provision } from './provision.ts'

interface OpenList {
  readonly style: LabelStyle
  /** Where the list has come to; after a label out of order also where it should have come to. */
  readonly ordinals: readonly number[]
  /** The last label in the sequence. */
  readonly label: string
}

/**
 * Checks every label against the one before it, and returns what is wrong, by provision.
 *
 * A list begins at the first item of a level after a call (or another heading) or after a shallower
 * item, with the first label of its style, and goes on without a gap; unlabelled paragraphs do not
 * interrupt it. `b)bis` may follow `b)`, and dashes or bullets stand in no order. Footnotes count
 * through the whole text.
 */
export function labelProblems(
  provisions: readonly Provision[],
): readonly { readonly index: number; readonly message: string }[] {
  const found: { index: number; message: string }[] = []
  const notes: (OpenList | undefined)[] = []
  let lists: (OpenList | undefined)[] = []
  for (const [index, { kind, level, label }] of provisions.entries()) {
    if (kind !== 'item' && kind !== 'footnote') {
      if (kind !== 'text') lists = []
      continue
    }
    const open = kind === 'item' ? lists : notes
    open.length = Math.min(open.length, level)
    const message = label === null ? `${kind} without a label` : follow(open, level - 1, label)
    if (message !== null) found.push({ index, message })
  }
  return found
}

/** Moves the list at `depth` on to `label`; where the label is out of order, says why. */
function follow(open: (OpenList | undefined)[], depth: number, label: string): string | null {
  if (isUnordered(label)) return null
  const list = open[depth]
  const { ordinal: after, ...base } = parseLatin(label)
  if (list && after > 1 && formatLatin({ ...base, ordinal: 1 }) === list.label) return null
  const place = parseLabel(label, list?.style)
  if (!place) return `label ${label} in no order${list ? ` that follows ${list.label}` : ''}`
  const { style, ordinal } = place
  const ordinals = list?.ordinals ?? [0]
  const inOrder = ordinals.includes(ordinal - 1)
  open[depth] = { style, ordinals: inOrder ? [ordinal] : [ordinal, ordinals[0]! + 1], label }
  if (inOrder) return null
  return `label ${label} out of order: ${list ? `it follows ${list.label}` : 'it begins a list'}`
}
