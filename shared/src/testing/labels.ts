/** What labels must be, said without the code that computes them. */
import {
  automaticLabel,
  formatLabel,
  isUnordered,
  noLabel,
  parseLabel,
} from '../resolution/index.ts'
import type { LabelStyle } from '../resolution/index.ts'
import type { Paragraph, Projection, View } from '../ledger/index.ts'

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

/** The label that a hand has given an item of a view; undefined: it is counted. */
function givenTo({ state: { settings } }: Paragraph, view: View): string | undefined {
  if (!settings || (view !== 'clean' && view !== 'accepted')) return undefined
  const { label } = settings[view]
  return label === automaticLabel ? undefined : (label as string | undefined)
}

const isGiven = (item: Paragraph, view: View): boolean => givenTo(item, view) !== undefined

/** What a hand has labelled reads so. */
function* givenComplaints(items: readonly Paragraph[], view: View): Generator<string> {
  for (const item of items) {
    const given = givenTo(item, view)
    if (given !== undefined && (item.label.view ?? noLabel) !== given)
      yield `${item.label.view} for ${given}, given by hand`
  }
}

const styles: readonly LabelStyle[] = ['letter', 'number', 'roman']

/**
 * By *bis, ter* an item of the text in force has its literal, and no inserted item of a list has the
 * label of another one.
 */
export function* latinComplaints(projection: Projection, base: Projection): Generator<string> {
  for (const items of listsIn(projection)) {
    yield* givenComplaints(items, projection.view)
    const counted = items.filter((item) => !isGiven(item, projection.view))
    const ofBase = items.filter((item) => item.label.base !== null && !isReshaped(item, base))
    // What nothing of the text in force stands in is counted.
    if (ofBase.length === 0) continue
    const kept = ofBase.filter((item) => counted.includes(item))
    for (const { label } of kept) {
      if (label.view !== label.base) yield `${label.base} became ${label.view} by bis, ter`
    }
    const added = counted
      .filter((item) => !kept.includes(item))
      .map(({ label }) => label.view ?? '')
    const others = new Set(
      items
        .filter((item) => kept.includes(item) || !counted.includes(item))
        .map(({ label }) => label.view),
    )
    for (const [i, label] of added.entries()) {
      // After a dash comes a dash.
      if (isUnordered(label)) continue
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
 * list with an irregular literal in it is only asked to keep that. From a label of that style that a
 * hand has given it goes on; of any other it knows nothing. What was made something else than
 * it is in `base` has no literal any more.
 */
export function* labelComplaints(projection: Projection, base: Projection): Generator<string> {
  for (const items of listsIn(projection)) {
    yield* givenComplaints(items, projection.view)
    const labels = items.map(({ label }) => label.view ?? '')
    const literals = items.flatMap((item) =>
      item.label.base === null || isReshaped(item, base) || isGiven(item, projection.view)
        ? []
        : [item.label],
    )
    const irregular = literals.filter(({ base }) => !parseLabel(base!))
    for (const { base, view } of irregular) if (view !== base) yield `${base} became ${view}`
    if (irregular.length > 0) continue
    const given = items.map((item) => givenTo(item, projection.view))
    const expected = styles.map((style) => countedIn(style, given).join(' '))
    if (!expected.includes(labels.join(' '))) yield `${labels.join(' ')} for ${expected.join(', ')}`
  }
}

/** The labels of a regular list in one style, of which hands have given some. */
function countedIn(style: LabelStyle, given: readonly (string | undefined)[]): string[] {
  let last = 0
  return given.map((label) => {
    if (label === undefined) return formatLabel(style, ++last)
    last = parseLabel(label, style)?.ordinal ?? last
    return label
  })
}
