/**
 * A draft as one run of blocks with revisions: what every format that shows marks is written from. A
 * *story* is Word's word for a text with paragraphs of its own: the body, or one footnote.
 */
import { bracketOfMark, bracketsIn, inBrackets } from '../ledger/brackets.ts'
import type { BracketText } from '../ledger/brackets.ts'
import { unknownDelegation } from '../ledger/ledger.ts'
import { idKey, parseIdKey } from '../ledger/id.ts'
import type { Id } from '../ledger/id.ts'
import { isNoteMarker } from '../ledger/marker.ts'
import type { Paragraph, Piece, Projection } from '../ledger/paragraph.ts'
import { formatsOf } from '../ledger/settings.ts'
import type { Property } from '../ledger/settings.ts'
import { endures } from '../ledger/state.ts'
import type { TokenState, View } from '../ledger/state.ts'
import { labelRevision } from '../resolution/label-revision.ts'
import type { LabelPart } from '../resolution/label-revision.ts'
import { formats as formatNames } from '../resolution/provision.ts'
import type { Format, Kind } from '../resolution/provision.ts'
import { movedIn } from './moved.ts'

/** The delegations that insert and that propose to delete something; null: nobody does. */
export interface Revision {
  readonly inserted: string | null
  readonly deleted: string | null
}

/** What stands in the text in force and in the clean text alike. */
export const kept: Revision = { inserted: null, deleted: null }

/** Letters with one revision and one look. A label is its own run or runs, its tab included. */
export interface Run {
  readonly part: 'label' | 'text'
  readonly text: string
  readonly revision: Revision
  readonly formats: readonly Format[]
  /** What letters of both readings look like in the text in force, and who sets them otherwise. */
  readonly former?: { readonly formats: readonly Format[]; readonly by: string } | undefined
  /** The footnote whose number it is, or a part of one: of a number that moved there are several runs. */
  readonly reference?: Reference | undefined
}

/** A reference to a footnote by its id, and what happened to it, wherever its number moved. */
export interface Reference {
  readonly note: string
  readonly revision: Revision
}

/** What a paragraph is in one reading. */
export interface Shape {
  readonly kind: Kind
  readonly level: number
}

/**
 * A block begins with its marker, whose `revision` tells in which readings the paragraph exists:
 * inserted, not in the text in force; deleted, not in the clean text. `base` and `clean` say what
 * it is where it exists, null where it does not; `shape` is what it looks like among the marks.
 */
export interface Block {
  readonly revision: Revision
  readonly shape: Shape
  readonly base: Shape | null
  readonly clean: Shape | null
  /** Who makes it another kind or level in the clean text, where somebody does. */
  readonly shapedBy?: string | undefined
  /** The id of the footnote whose body it is. */
  readonly note?: string | undefined
  /** From where it was moved, or to where, in words. */
  readonly moved?: string | undefined
  readonly runs: readonly Run[]
}

/** The views that a text with marks is written from; all three of one state of one draft. */
export interface MarkedViews {
  readonly marked: Projection
  readonly base: Projection
  readonly clean: Projection
}

/** The views for a text with marks, from a ledger or whatever else projects a draft. */
export const markedViews = (ledger: { project(view: View): Projection }): MarkedViews => ({
  marked: ledger.project('marked'),
  base: ledger.project('base'),
  clean: ledger.project('clean'),
})

/** A view without marks as blocks: each paragraph, its label and the letters that it shows. */
export const blocksOf = ({ paragraphs }: Projection): Block[] =>
  paragraphs.map((paragraph) => {
    const { kind, level, label, marker } = paragraph
    const shape = { kind, level }
    const runs = new Runs()
    if (label.view !== null) runs.add('label', `${label.view}\t`, kept)
    for (const one of inBrackets(paragraph)) {
      if (one.type === 'bracket') runs.add('text', one.text, kept)
      else if (!one.note) runs.add('text', one.text, kept, one.formats)
      else runs.refer({ note: one.note.id, revision: kept }, one.text, kept, one.formats)
    }
    const block = { revision: kept, shape, base: shape, clean: shape, runs: runs.list }
    return { ...block, ...noteOf(marker) }
  })

/**
 * The marked view as blocks with revisions. Reading every run and marker that is not inserted gives
 * the base view, every one that is not deleted the clean view: paragraphs, labels, tabs and letters.
 *
 * A marker counts as it works, not as it was meant: one that is to be deleted but stands in the
 * clean view for another's words is kept; one that was withdrawn and stands is inserted, by whoever
 * wrote those words. Hidden tokens are left out.
 */
export function blocksWithMarks(
  { marked, base, clean }: MarkedViews,
  signing: Signing = byDelegation,
): Block[] {
  const inBase = byKey(base)
  const inClean = byKey(clean)
  const moved = movedIn(marked)
  const blocks: Block[] = []
  for (const paragraph of marked.paragraphs) {
    let pieces: Piece[] = []
    let open: Opening = paragraph
    const close = () => {
      const [ofBase, ofClean] = [inBase.get(open.key), inClean.get(open.key)]
      blocks.push({
        ...block(open, pieces, ofBase, ofClean, signing),
        ...(moved.has(open.key) && { moved: moved.get(open.key) }),
      })
      pieces = []
    }
    for (const piece of paragraph.pieces) {
      const key = idKey(piece.client, piece.clock)
      // A withdrawn marker can lie hidden here and yet open a paragraph of the clean view.
      const standing = piece.type === 'marker' ? inClean.get(key) : undefined
      if (standing) {
        close()
        open = { ...standing, state: piece.state }
      } else if (piece.type === 'marker' || piece.shown) pieces.push(piece)
    }
    close()
  }
  return blocks
}

/**
 * How a revision is signed: of an insertion by `client:clock` of its first token, of a deletion or a
 * setting by its entry, of a deletion by that token too. What two signatures tell apart are two
 * revisions.
 */
export interface Signing {
  readonly insertion: (delegation: string, token: string) => string
  /** How many tokens from one on have its signature. */
  readonly stretch: (token: Id) => number
  /** `others`: the codes of who proposes the same deletion beside. */
  readonly entry: (
    delegation: string,
    entry: string,
    others: readonly string[],
    token?: string,
  ) => string
}

const byDelegation: Signing = {
  insertion: (delegation) => delegation,
  stretch: () => Infinity,
  entry: (delegation) => delegation,
}

type Opening = Pick<Paragraph, 'key' | 'state' | 'kind' | 'level' | 'marker'>

const byKey = ({ paragraphs }: Projection): ReadonlyMap<string, Paragraph> =>
  new Map(paragraphs.map((paragraph) => [paragraph.key, paragraph]))

function block(
  { key, state, kind, level, marker }: Opening,
  pieces: readonly Piece[],
  base: Paragraph | undefined,
  clean: Paragraph | undefined,
  signing: Signing,
): Block {
  const inserter = inserterOf(state)
  const revision: Revision = {
    inserted: base
      ? null
      : inserter === null
        ? (inserterAmong(
            pieces.filter(({ shown }) => shown),
            signing,
          ) ?? unknownDelegation)
        : // A footnote's body is signed as its reference is.
          signing.insertion(inserter, marker.n ?? key),
    deleted: clean ? null : (deleterOf(state, signing, key) ?? state.author ?? unknownDelegation),
  }
  const runs = new Runs()
  if (base && clean) {
    const by = clean.label.delegation ?? unknownDelegation
    for (const { type, text } of labelRevision(withTab(base), withTab(clean))) {
      runs.add('label', text, revisionOfLabel[type](by))
    }
  } else if (base || clean) runs.add('label', withTab((base ?? clean)!), revision)
  const brackets = bracketsIn(pieces, 'marked')
  // A footnote stands in the brackets of its reference.
  const bracket = isNoteMarker(marker) ? null : bracketOfMark(state, pieces, 'marked')
  for (const one of inBrackets({ pieces, brackets, bracket })) {
    if (one.type === 'bracket') {
      runs.add(
        'text',
        one.text,
        revisionOfBracket(one, one.around ?? { ...parseIdKey(key), state }, signing),
      )
      continue
    }
    const { state: ofLetters, formats, note } = one
    const ofPiece = revisionOf(one, signing)
    if (!note) {
      const former = formerOf(ofLetters, formats, signing)
      for (const part of stretchesOf(one, signing)) {
        runs.add('text', part.text, revisionOf(part, signing), formats, former)
      }
    } else {
      const reference = { note: note.id, revision: ofPiece }
      const { base: before, view, delegation } = note.label
      if (sameRevision(ofPiece, kept) && before !== view) {
        for (const part of labelRevision(before ?? '', view ?? '')) {
          const by = revisionOfLabel[part.type](delegation ?? unknownDelegation)
          runs.refer(reference, part.text, by, formats)
        }
      } else runs.refer(reference, one.text, ofPiece, formats)
    }
  }
  const shapedBy = setterOf(state, ['kind', 'level'], signing)
  return {
    revision,
    shape: { kind, level },
    base: base ? { kind: base.kind, level: base.level } : null,
    clean: clean ? { kind: clean.kind, level: clean.level } : null,
    ...(shapedBy !== null && { shapedBy }),
    ...noteOf(marker),
    runs: runs.list,
  }
}

const noteOf = ({ n }: Paragraph['marker']): Pick<Block, 'note'> =>
  n === undefined ? {} : { note: n }

/** A piece of somebody's letters cut where another signature begins. */
function* stretchesOf(
  piece: Piece,
  { stretch }: Signing,
): Generator<Pick<Piece, 'client' | 'clock' | 'state' | 'text'>> {
  if (piece.state.ins === 'base') {
    yield piece
    return
  }
  const { client, state, text } = piece
  for (let at = 0; at < text.length;) {
    const clock = piece.clock + at
    let to = Math.min(at + stretch({ client, clock }), text.length)
    // A letter of two code units stays whole.
    if (/[\uDC00-\uDFFF]/.test(text.charAt(to))) to++
    yield { client, clock, state, text: text.slice(at, to) }
    at = to
  }
}

/** Whose setting of some properties the clean text shows. */
function setterOf(
  { settings }: TokenState,
  properties: readonly Property[],
  signing: Signing,
): string | null {
  const setting = settings?.proposed.find(
    ({ property, shows }) => shows && properties.includes(property),
  )
  return setting ? signing.entry(setting.delegation, setting.entry, []) : null
}

/** Of letters of the text in force what they look like there, where the marked text shows otherwise. */
function formerOf(state: TokenState, now: readonly Format[], signing: Signing): Run['former'] {
  const by = state.ins === 'base' ? setterOf(state, formatNames, signing) : null
  // To turn twice is to turn back.
  return by === null ? undefined : { formats: formatsOf(now, state.settings?.clean), by }
}

const withTab = ({ label }: Paragraph): string => (label.view === null ? '' : `${label.view}\t`)

const revisionOfLabel: Readonly<Record<LabelPart['type'], (by: string) => Revision>> = {
  kept: () => kept,
  deleted: (by) => ({ inserted: null, deleted: by }),
  inserted: (by) => ({ inserted: by, deleted: null }),
}

const revisionOf = (piece: Signed, signing: Signing): Revision => {
  const { state } = piece
  const { author } = state
  const isStruck = state.del === 'pending' || state.del === 'accepted'
  return {
    inserted:
      state.ins === 'base' || author === null ? null : signing.insertion(author, keyOf(piece)),
    deleted: isStruck ? (deleterOf(state, signing, keyOf(piece)) ?? unknownDelegation) : null,
  }
}

/** Brackets are no words of the text in force; who holds what stands in them signs. */
const revisionOfBracket = (
  { bracket: { by, struck } }: BracketText,
  around: Signed,
  signing: Signing,
): Revision => {
  const deleter = deleterOf(around.state, signing, keyOf(around))
  const [holder] = around.state.proposers
  return {
    inserted:
      by === null
        ? holder
          ? signing.entry(holder.delegation, holder.entry, [])
          : unknownDelegation
        : signing.insertion(by, keyOf(around)),
    deleted: struck === null ? null : (deleter ?? unknownDelegation),
  }
}

/** A token that a revision is signed by. */
type Signed = Id & Pick<Piece, 'state'>

const keyOf = ({ client, clock }: Id): string => idKey(client, clock)

/** Of several that propose to delete the same, the first signs for all. */
const deleterOf = (
  { proposers: [first, ...more] }: TokenState,
  signing: Signing,
  token: string,
): string | null => {
  if (!first) return null
  const others = new Set(more.map(({ delegation }) => delegation))
  others.delete(first.delegation)
  return signing.entry(first.delegation, first.entry, [...others], token)
}

const inserterOf = ({ ins, author }: TokenState): string | null =>
  ins === 'pending' || endures(ins) ? author : null

const inserterAmong = (pieces: readonly Piece[], signing: Signing): string | null => {
  const written = pieces.find(({ state }) => inserterOf(state) !== null)
  return written ? signing.insertion(inserterOf(written.state)!, keyOf(written)) : null
}

/** Gathers runs; what only ids tell apart becomes one. */
class Runs {
  readonly list: Run[] = []

  /** The number of a footnote, or a part of it, stays a run of its own. */
  refer(reference: Reference, text: string, revision: Revision, formats: readonly Format[]): void {
    this.list.push({ part: 'text', text, revision, formats, reference })
  }

  add(
    part: Run['part'],
    text: string,
    revision: Revision,
    formats: readonly Format[] = [],
    former?: Run['former'],
  ): void {
    if (text === '') return
    const last = this.list.at(-1)
    if (
      last?.part === part &&
      !last.reference &&
      sameRevision(last.revision, revision) &&
      last.formats.join() === formats.join() &&
      last.former?.by === former?.by &&
      last.former?.formats.join() === former?.formats.join()
    ) {
      this.list[this.list.length - 1] = { ...last, text: last.text + text }
    } else this.list.push({ part, text, revision, formats, ...(former && { former }) })
  }
}

/** Whether two revisions are the same delegations' and the same thing. */
export const sameRevision = (a: Revision, b: Revision): boolean =>
  a.inserted === b.inserted && a.deleted === b.deleted

/** Neighbours with the same revision, together, in order. */
export const byRevision = <T extends Pick<Run, 'revision'>>(
  runs: readonly T[],
): [Revision, T[]][] =>
  grouped(runs, ({ revision }) => `${revision.inserted}\n${revision.deleted}`).map(([, group]) => [
    group[0]!.revision,
    group,
  ])

/** Neighbours for which `by` says the same, together, in order. */
export function grouped<T, K>(list: readonly T[], by: (one: T) => K): [K, T[]][] {
  const groups: [K, T[]][] = []
  for (const one of list) {
    const key = by(one)
    const last = groups.at(-1)
    if (last && last[0] === key) last[1].push(one)
    else groups.push([key, [one]])
  }
  return groups
}
