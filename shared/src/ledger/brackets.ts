/** Square brackets around what the chair has left open: drawn by projections, never tokens. */
import type { Format } from '../resolution/provision.ts'
import { readText } from './paragraph.ts'
import type { Paragraph, Piece } from './paragraph.ts'
import { shown } from './state.ts'
import type { TokenState, View } from './state.ts'

/** Who holds words in brackets: whose words they are, and who wants to delete them. */
export interface Holders {
  /** null: the words are not in brackets as an insertion. */
  readonly by: string | null
  /** Codes of those whose deletion is in brackets, sorted. */
  readonly against: readonly string[]
}

/** A pair of brackets around the letters `from` to `to` (excluded) of what a paragraph shows. */
export interface Bracket extends Holders {
  readonly from: number
  readonly to: number
  /** Who proposes to delete the bracketed words, so that the clean view has none of them; else null. */
  readonly struck: string | null
}

/** A bracket on its way into a written text, with the letters that it is written as. */
export interface BracketText {
  readonly type: 'bracket'
  readonly text: string
  readonly bracket: Holders & Pick<Bracket, 'struck'>
  /** The first or last piece of what stands in them; null for the paragraph's mark. */
  readonly around: Piece | null
}

const none: readonly Bracket[] = []

const ofReferences: readonly Format[] = ['superscript']

/** The brackets that a token stands in; null: in none. */
export function holdersOf({ ins, author, del, proposers }: TokenState): Holders | null {
  if (ins !== 'bracketed' && del !== 'bracketed') return null
  const against = new Set(proposers.map(({ delegation }) => delegation))
  return {
    by: ins === 'bracketed' ? author : null,
    against: del === 'bracketed' ? [...against] : [],
  }
}

const sameHolders = (a: Holders, b: Holders | null): boolean =>
  b !== null && a.by === b.by && a.against.join() === b.against.join()

/** Letters that a view shows, at their offsets, of the `block`th block in the paragraph. */
interface Letters {
  readonly from: number
  readonly to: number
  readonly block: number
  readonly state: TokenState
  readonly holders: Holders | null
}

/**
 * The brackets around the letters that a view shows: one pair around each longest run of one block
 * with the same holders, so that alternatives stand side by side. The marked view has the pairs of
 * the clean one, and further ones around words in brackets that somebody wants to delete; the base
 * view has none.
 */
export function bracketsIn(pieces: readonly Piece[], view: View): readonly Bracket[] {
  if (view === 'base' || !pieces.some(({ state }) => holdersOf(state))) return none
  const letters = lettersOf(pieces)
  const counts = ({ state }: Letters) => view !== 'marked' || shown(state, 'clean')
  const pairs = runsOf(letters.filter(counts))
  const struck = letters.filter(
    (one) =>
      !counts(one) &&
      one.holders !== null &&
      !pairs.some(({ from, to }) => from < one.to && one.from < to),
  )
  const apart = struck.map(({ from, to, state, holders }) => ({
    from,
    to,
    ...holders!,
    struck: state.proposers[0]?.delegation ?? null,
  }))
  return [...pairs, ...apart].toSorted((a, b) => a.from - b.from)
}

function lettersOf(pieces: readonly Piece[]): Letters[] {
  const letters: Letters[] = []
  let block = 0
  for (const { type, shown: isShown, text, state } of pieces) {
    if (type === 'marker') block++
    if (!isShown || text === '') continue
    const from = letters.at(-1)?.to ?? 0
    letters.push({ from, to: from + text.length, block, state, holders: holdersOf(state) })
  }
  return letters
}

function runsOf(letters: readonly Letters[]): Bracket[] {
  const out: Bracket[] = []
  let before: Letters | null = null
  for (const one of letters) {
    const { from, to, block, holders } = one
    const last = out.at(-1)
    const goesOn = before?.block === block && before.holders && holders
    if (last && goesOn && sameHolders(last, holders)) out[out.length - 1] = { ...last, to }
    else if (holders) out.push({ from, to, ...holders, struck: null })
    before = one
  }
  return out
}

/**
 * The brackets in which a view shows a paragraph's mark, which say that it is open whether there is a
 * paragraph here; null where the letters of its own block say so, or where it stands in none.
 */
export function bracketOfMark(
  state: TokenState,
  pieces: readonly Piece[],
  view: View,
): Holders | null {
  const holders = holdersOf(state)
  const counted = view === 'marked' ? 'clean' : view
  if (!holders || view === 'base' || !shown(state, counted)) return null
  const next = pieces.findIndex(({ type }) => type === 'marker')
  const isSaid = pieces
    .slice(0, next < 0 ? pieces.length : next)
    .some(
      (piece) =>
        piece.text !== '' &&
        shown(piece.state, counted) &&
        sameHolders(holders, holdersOf(piece.state)),
    )
  return isSaid ? null : holders
}

/** Who holds words in brackets, in short: `B`, or `CAN: delete`, or `B; CAN, MEX: delete`. */
export function holderWords({ by, against }: Holders): string {
  const deleting = against.length > 0 ? [`${against.join(', ')}: delete`] : []
  return [...(by === null ? [] : [by]), ...deleting].join('; ')
}

/**
 * What a paragraph shows with the numbers of its footnotes and its brackets written out, each closing
 * one after its holders, as in `[safety (B)]`; a mark in brackets that has no letters in them as a
 * pilcrow.
 */
export function* inBrackets({
  pieces,
  brackets,
  bracket: ofMark,
}: Pick<Paragraph, 'pieces' | 'brackets' | 'bracket'>): Generator<Piece | BracketText> {
  const bracketText = (text: string, bracket: BracketText['bracket'], around: Piece | null) =>
    ({ type: 'bracket', text, bracket, around }) as const
  const closing = (holders: Holders) => ` (${holderWords(holders)})]`
  if (ofMark) yield bracketText(`[¶${closing(ofMark)} `, { ...ofMark, struck: null }, null)
  let at = 0
  let next = 0
  for (const piece of pieces) {
    if (!piece.shown || piece.text === '') continue
    const bracket = brackets[next]
    if (bracket?.from === at) yield bracketText('[', bracket, piece)
    yield piece.note ? { ...piece, text: readText(piece), formats: ofReferences } : piece
    at += piece.text.length
    if (bracket?.to !== at) continue
    yield bracketText(closing(bracket), bracket, piece)
    next++
  }
}
