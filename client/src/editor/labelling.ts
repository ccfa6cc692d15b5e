/** Labels set by hand: which item's label is to be set, and setting it. */
import type { Binding } from './binding.ts'

/** An item whose label a person wants to set. */
export interface LabelledItem {
  /** The key of its paragraph. */
  readonly key: string
  /** The label that the clean view shows; null: none. */
  readonly label: string | null
  /** The label that is counted, had no hand given it one. */
  readonly counted: string
}

/** Asks for the label of a paragraph, by default of that at the caret. */
export function askLabel(binding: Binding, key: string | undefined = keyAtCaret(binding)): void {
  const { ledger, label: ask, say } = binding.desk
  const clean = ledger.project('clean').paragraphs
  const item = clean.find((paragraph) => paragraph.key === key && paragraph.kind === 'item')
  const counted = item && ledger.countedLabel(item.key)
  if (item && counted) ask?.({ key: item.key, label: item.label.view, counted })
  else say('Only an item has a label. Make the paragraph an item first.')
}

/** Gives a paragraph a label, none (`noLabel`), or the one that is counted (`automaticLabel`). */
export function setLabel(binding: Binding, key: string, label: string): void {
  binding.write((pen) => {
    pen.shape([{ key, label }])
    return null
  })
}

const keyAtCaret = ({ span, paragraphs }: Binding): string | undefined =>
  span ? paragraphs[span.from.line]?.key : undefined
