/** What labels must be, said without the code that computes them. */
import { formatLabel, parseLabel } from '../resolution/index.ts'
import type { LabelStyle } from '../resolution/index.ts'
import type { Paragraph, Projection } from '../ledger/index.ts'

/** The items of one level that follow one another under one call. */
function listsIn({ paragraphs }: Projection): Paragraph[][] {
  const lists: Paragraph[][] = []
  let open: (Paragraph[] | undefined)[] = []
  for (const paragraph of paragraphs) {
    const { kind, level } = paragraph
    if (kind === 'text' || kind === 'footnote') continue
    if (kind !== 'item') {
      open = []
      continue
    }
    open.length = Math.min(open.length, level)
    const list = open[level - 1] ?? []
    if (list.length === 0) lists.push(list)
    open[level - 1] = list
    list.push(paragraph)
  }
  return lists
}

const styles: readonly LabelStyle[] = ['letter', 'number', 'roman']

/**
 * By *bis, ter* an item of the text in force has its literal, and no inserted item of a list has the
 * label of another one.
 */
export function* latinComplaints(projection: Projection, base: Projection): Generator<string> {
  for (const items of listsIn(projection)) {
    const kept = items.filter((item) => item.label.base !== null && !isReshaped(item, base))
    // What nothing of the text in force stands in is counted.
    if (kept.length === 0) continue
    for (const { label } of kept) {
      if (label.view !== label.base) yield `${label.base} became ${label.view} by bis, ter`
    }
    const added = items.filter((item) => !kept.includes(item)).map(({ label }) => label.view ?? '')
    const others = new Set(kept.map(({ label }) => label.view))
    for (const [i, label] of added.entries()) {
      if (others.has(label) || added.indexOf(label) !== i) yield `${label} stands twice`
    }
  }
}

const isReshaped = ({ key, kind, level }: Paragraph, base: Projection): boolean => {
  const before = base.paragraphs.find((paragraph) => paragraph.key === key)
  return before?.kind !== kind || before.level !== level
}

/** Footnotes count from 1 in the order of their references, each of which says its number. */
export function* noteComplaints(projection: Projection): Generator<string> {
  const notes = projection.paragraphs.filter(({ marker }) => marker.n !== undefined)
  const numbers = notes.map(({ label }) => label.view).join(' ')
  const counted = notes.map((_, i) => i + 1).join(' ')
  if (numbers !== counted) yield `footnotes ${numbers} for ${counted}`
  // A reference whose footnote has not come reads without a number.
  const references = projection.paragraphs.flatMap(({ pieces }) =>
    pieces.flatMap(({ note, shown }) =>
      note && shown && note.label.view !== null ? [`${note.id} ${note.label.view}`] : [],
    ),
  )
  const bodies = notes.map(({ marker, label }) => `${marker.n} ${label.view}`).join()
  if ([...new Set(references)].join() !== bodies) yield `${references.join()} refer to ${bodies}`
}

/**
 * A list whose items have no literal, or regular ones, counts from 1 without a gap in one style; a
 * list with an irregular literal in it is only asked to keep that. What was made something else than
 * it is in `base` has no literal any more.
 */
export function* labelComplaints(projection: Projection, base: Projection): Generator<string> {
  for (const items of listsIn(projection)) {
    const labels = items.map(({ label }) => label.view ?? '')
    const literals = items.flatMap((item) =>
      item.label.base === null || isReshaped(item, base) ? [] : [item.label],
    )
    const irregular = literals.filter(({ base }) => !parseLabel(base!))
    for (const { base, view } of irregular) if (view !== base) yield `${base} became ${view}`
    if (irregular.length > 0) continue
    const expected = styles.map((style) => items.map((_, i) => formatLabel(style, i + 1)).join(' '))
    if (!expected.includes(labels.join(' '))) yield `${labels.join(' ')} for ${expected.join(', ')}`
  }
}
