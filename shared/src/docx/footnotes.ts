/**
 * Footnotes as Word has them: references in the text, and the part word/footnotes.xml. Word counts
 * them itself; where it would count otherwise than the draft they have marks of their own.
 */
import type { Projection } from '../ledger/paragraph.ts'
import { isKept } from '../text/paragraph-marks.ts'
import type { Block, Reference, Run } from '../text/story.ts'
import { declaration, element } from '../text/xml.ts'
import { propertiesXml } from './document.ts'
import { namespaces } from './namespaces.ts'
import { runsXml } from './runs.ts'
import type { Signature } from './signature.ts'

/** How a file names a footnote, by the footnote's id in the draft. */
export type FootnoteNames = ReadonlyMap<string, FootnoteName>

export interface FootnoteName {
  /** From 1. */
  readonly id: number
  /** Whether its mark is typed, and Word does not count it. */
  readonly isTyped: boolean
  /** Who revised its body. */
  readonly signers: readonly string[]
}

export interface NotedBlocks {
  /** The blocks of the text; of the runs that have a `reference` Word makes references. */
  readonly text: readonly Block[]
  /** The bodies, in the order of their references. */
  readonly bodies: readonly Block[]
  readonly names: FootnoteNames
}

/**
 * Takes the footnotes out of the blocks of a text. `accepted` and `rejected` are the views that the
 * file must give. Where Word's own footnotes cannot say what those say, as where the first of two
 * references to one footnote is deleted, all of them stay paragraphs with typed numbers. `all` has
 * the footnotes of the draft in order, these among them, where they are to be named alike in files of
 * other views; null: these.
 */
export function notedBlocks(
  blocks: readonly Block[],
  accepted: Projection,
  rejected: Projection,
  all: readonly string[] | null,
): NotedBlocks {
  const plain = { text: blocks.map(withoutReferences), bodies: [], names: new Map() }
  const found = new Map<string, Block>()
  for (const block of blocks) if (block.note !== undefined) found.set(block.note, block)
  if (found.size === 0) return plain
  const text = blocks.filter(({ note }) => note === undefined)
  const carriers = carriersOf(text)
  const order = [...carriers].map(([note, carrier]) => ({ note, carrier }))
  const bodies = order.flatMap(({ note }) => found.get(note) ?? [])
  const inReading = (hidden: 'inserted' | 'deleted') =>
    order.flatMap(({ note, carrier }) => (carrier.revision[hidden] === null ? [note] : []))
  const readings = [
    { notes: inReading('deleted'), labels: labelsIn(accepted) },
    { notes: inReading('inserted'), labels: labelsIn(rejected) },
  ]
  const isInOrder = readings.every(
    ({ notes, labels }) =>
      notes.join('\n') === [...labels.keys()].join('\n') && ![...labels.values()].includes(null),
  )
  if (!isInOrder || bodies.length < found.size) return plain
  const typed = typedAmong(readings)
  return {
    text: text.map((block) => ({ ...block, runs: referring(block.runs, carriers, typed) })),
    bodies: bodies.map((body) => headed(body, typed.has(body.note!))),
    names: namesOf(all ?? order.map(({ note }) => note), typed, found),
  }
}

const withoutReferences = (block: Block): Block => ({
  ...block,
  runs: block.runs.map((run) => ({ ...run, reference: undefined })),
})

/** The ids of the footnotes of a view, in order. */
export const notesIn = ({ paragraphs }: Projection): string[] =>
  paragraphs.flatMap(({ marker }) => marker.n ?? [])

/** The numbers of the footnotes of a view, by their ids, in order; the marked view has some without. */
const labelsIn = ({ paragraphs }: Projection): ReadonlyMap<string, string | null> =>
  new Map(
    paragraphs.flatMap(({ marker, label }) =>
      marker.n === undefined ? [] : [[marker.n, label.view]],
    ),
  )

/** Of the references to each footnote the one that Word has, in order: others are its typed number. */
function carriersOf(blocks: readonly Block[]): ReadonlyMap<string, Reference> {
  const references = blocks.flatMap(({ runs }) => runs.flatMap(({ reference }) => reference ?? []))
  const carriers = new Map<string, Reference>()
  for (const reference of references) {
    const known = carriers.get(reference.note)
    // What stands in both readings is wherever the footnote is.
    if (known && (isKept(known.revision) || !isKept(reference.revision))) continue
    carriers.delete(reference.note)
    carriers.set(reference.note, reference)
  }
  return carriers
}

interface NotesInReading {
  readonly notes: readonly string[]
  readonly labels: ReadonlyMap<string, string | null>
}

/** Which footnotes must have typed marks: none, else those without a number, else all. */
function typedAmong(readings: readonly NotesInReading[]): ReadonlySet<string> {
  const all = new Set(readings.flatMap(({ notes }) => notes))
  const odd = new Set(
    readings.flatMap(({ notes, labels }) =>
      notes.filter((note) => !/^\d+$/.test(labels.get(note) ?? '')),
    ),
  )
  const isCounted = readings.every(({ notes, labels }) =>
    notes.filter((note) => !odd.has(note)).every((note, i) => labels.get(note) === String(i + 1)),
  )
  return isCounted ? odd : all
}

/** Runs with one reference for each footnote; a typed mark that is revised follows it. */
function referring(
  runs: readonly Run[],
  carriers: ReadonlyMap<string, Reference>,
  typed: ReadonlySet<string>,
): Run[] {
  return runs.flatMap((run, i): Run[] => {
    const { reference, ...plain } = run
    if (!reference) return [run]
    if (carriers.get(reference.note) !== reference) return [plain]
    const isFirst = runs[i - 1]?.reference !== reference
    if (isFirst && runs[i + 1]?.reference !== reference) return [run]
    const revised = typed.has(reference.note) ? [run] : []
    return isFirst ? [{ ...run, text: '', revision: reference.revision }, ...revised] : revised
  })
}

/** A body with its mark before its words: typed as the draft has it, else one that Word counts. */
function headed(body: Block, isTyped: boolean): Block {
  const { revision } = body
  const reference = { note: body.note!, revision }
  const words = body.runs.filter(({ part }) => part === 'text')
  const label = (text: string): Run => ({ part: 'label', text, revision, formats: [] })
  const marks = isTyped
    ? body.runs.filter(({ part }) => part === 'label').map((run) => ({ ...run, reference }))
    : [{ ...label(''), reference }, label('\t')]
  return { ...body, runs: [...marks, ...words] }
}

/**
 * Ids from 1 in the order of the references: LibreOffice 7.4 takes bodies for references in the order
 * of their ids, and Word refuses files with ids beyond 16 bits.
 */
const namesOf = (
  order: readonly string[],
  typed: ReadonlySet<string>,
  bodies: ReadonlyMap<string, Block>,
): FootnoteNames =>
  new Map(
    order.map((note, i) => {
      const body = bodies.get(note)
      return [note, { id: i + 1, isTyped: typed.has(note), signers: body ? signersOf(body) : [] }]
    }),
  )

const signersOf = ({ revision, runs }: Block): string[] => [
  ...new Set(
    [revision, ...runs.map((run) => run.revision)].flatMap(({ inserted, deleted }) =>
      [inserted, deleted].filter((signer) => signer !== null),
    ),
  ),
]

/** What separates footnotes from the text, by the ids that Word itself gives. */
export const separators = [
  { type: 'separator', id: -1 },
  { type: 'continuationSeparator', id: 0 },
] as const

/** The part word/footnotes.xml. */
export function footnotesXml({ bodies, names }: NotedBlocks, signature: Signature): string {
  const ofSeparators = separators.map(({ type, id }) => {
    const spacing = element('w:spacing', { 'w:before': 0, 'w:after': 0 })
    const paragraph = `<w:p><w:pPr>${spacing}</w:pPr><w:r><w:${type}/></w:r></w:p>`
    return element('w:footnote', { 'w:type': type, 'w:id': id }, paragraph)
  })
  const ofBodies = bodies.map((body) => {
    // A footnote goes with its reference, its only paragraph mark included, as Word writes it.
    const { shape, revision } = body
    const opening = propertiesXml({ shape, former: null }, revision, null, signature)
    const paragraph = `<w:p>${opening}${runsXml(body, signature, null, names)}</w:p>`
    return element('w:footnote', { 'w:id': names.get(body.note!)!.id }, paragraph)
  })
  const footnotes = [...ofSeparators, ...ofBodies].join('')
  return declaration + element('w:footnotes', namespaces, footnotes)
}
