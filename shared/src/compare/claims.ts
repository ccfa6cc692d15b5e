/** What a draft asks for, place by place: changes that a reader takes as one, with whole words. */
import type { Change } from '../ledger/changes.ts'
import { changesByParagraph } from '../ledger/conflicts.ts'
import type { Ledger } from '../ledger/ledger.ts'
import type { Paragraph, Piece } from '../ledger/paragraph.ts'
import { covers } from '../ledger/ranges.ts'
import { isMeaningful, wordsOf } from './words.ts'

/**
 * One thing asked for inside a paragraph or with a whole one. `deleted` and `inserted` are the words
 * of the base and of the clean text between its ends, kept ones in between included.
 */
export interface Claim {
  readonly changes: readonly Change[]
  /** Key of the paragraph of the marked view. */
  readonly paragraph: string
  readonly address: string
  readonly kind: 'words' | 'paragraph inserted' | 'paragraph deleted' | 'split' | 'join'
  readonly deleted: string
  readonly inserted: string
  /** Of words: where they are in the paragraph's base text and in its clean text, from and to. */
  readonly base: readonly [number, number]
  readonly clean: readonly [number, number]
}

/** Letters of one sort, as they follow each other in a paragraph. */
interface Letters {
  readonly text: string
  readonly inBase: boolean
  readonly inClean: boolean
  readonly piece: Piece
}

/** A run of neighbouring changes, as offsets into the base text and the clean text. */
interface Area {
  readonly changes: Set<Change>
  base: [from: number, to: number]
  clean: [from: number, to: number]
}

/** Everything that the pending and accepted changes of a draft ask for, in the order of the text. */
export function claimsOf(ledger: Ledger): Claim[] {
  const byParagraph = changesByParagraph(
    ledger.changes().filter(({ state }) => state !== 'rejected'),
  )
  return ledger
    .project('marked')
    .paragraphs.flatMap((paragraph) => claimsIn(paragraph, byParagraph.get(paragraph.key) ?? []))
}

function claimsIn(paragraph: Paragraph, changes: readonly Change[]): Claim[] {
  const first = changes[0]
  if (!first) return []
  const { key } = paragraph
  const origin = first.moves.find((move) => move.origin === key)
  const place = { paragraph: key, address: origin?.former ?? first.address }
  const claims = changes.flatMap((change): Claim[] => {
    const { kind, deleted, inserted } = change
    if (kind === 'insertion' || kind === 'deletion' || kind === 'replacement') return []
    // Comparisons read words and paragraphs; what these are made is no claim on them.
    if (kind === 'shape' || kind === 'format') return []
    const claim = (as: Claim['kind'], struck: string, written: string): Claim => ({
      changes: [change],
      ...place,
      kind: as,
      deleted: struck,
      inserted: written,
      base: [0, 0],
      clean: [0, 0],
    })
    if (kind !== 'paragraph moved') return [claim(kind, deleted, inserted)]
    // A paragraph that was moved is asked for at one place, and not any more at the other.
    return change.moves.flatMap((move) => [
      ...(move.paragraph === key ? [claim('paragraph inserted', '', move.inserted)] : []),
      ...(move.origin === key ? [claim('paragraph deleted', move.deleted, '')] : []),
    ])
  })
  if (claims.some(({ kind }) => kind.startsWith('paragraph'))) return claims
  const letters = lettersOf(paragraph)
  const base = letters.map(({ text, inBase }) => (inBase ? text : '')).join('')
  const clean = letters.map(({ text, inClean }) => (inClean ? text : '')).join('')
  const areas = joined(areasOf(letters, changes), base)
  return [
    ...claims,
    ...areas.map((area): Claim => {
      const inBase = wholeWords(base, ...area.base)
      const inClean = wholeWords(clean, ...area.clean)
      return {
        changes: [...area.changes],
        ...place,
        kind: 'words',
        deleted: base.slice(...inBase).trim(),
        inserted: clean.slice(...inClean).trim(),
        base: inBase,
        clean: inClean,
      }
    }),
  ]
}

const lettersOf = ({ pieces }: Paragraph): Letters[] =>
  pieces.flatMap((piece): Letters[] => {
    if (piece.type !== 'text' || !piece.shown) return []
    const { ins, del } = piece.state
    return [
      {
        text: piece.text,
        inBase: ins === 'base',
        inClean: del === 'none' || del === 'bracketed',
        piece,
      },
    ]
  })

function areasOf(letters: readonly Letters[], changes: readonly Change[]): Area[] {
  const areas: Area[] = []
  let base = 0
  let clean = 0
  for (const { text, inBase, inClean, piece } of letters) {
    const own = changes.filter(
      ({ ins, del }) =>
        covers(ins, piece.client, piece.clock) || covers(del, piece.client, piece.clock),
    )
    const baseEnd = base + (inBase ? text.length : 0)
    const cleanEnd = clean + (inClean ? text.length : 0)
    if (own.length > 0) {
      const last = areas.at(-1)
      if (last && last.base[1] === base && last.clean[1] === clean) {
        for (const change of own) last.changes.add(change)
        last.base[1] = baseEnd
        last.clean[1] = cleanEnd
      } else {
        areas.push({ changes: new Set(own), base: [base, baseEnd], clean: [clean, cleanEnd] })
      }
    }
    base = baseEnd
    clean = cleanEnd
  }
  return areas
}

/** Areas between which no word stands are one, and signs alone go with the area a word before them. */
function joined(areas: readonly Area[], base: string): Area[] {
  const out: Area[] = []
  for (const area of areas) {
    const last = out.at(-1)
    const between = last ? base.slice(last.base[1], area.base[0]) : ''
    const words = wordsOf(between).filter(isMeaningful).length
    const isSign = area.base[0] === area.base[1] && area.clean[1] - area.clean[0] === 1
    if (last && (words === 0 || (words === 1 && isSign))) {
      for (const change of area.changes) last.changes.add(change)
      last.base = [last.base[0], area.base[1]]
      last.clean = [last.clean[0], area.clean[1]]
    } else out.push(area)
  }
  return out
}

/** The range with the words whole in which it begins and ends. */
function wholeWords(text: string, from: number, to: number): [number, number] {
  let start = from
  let end = to
  let at = 0
  for (const word of wordsOf(text)) {
    const next = at + word.length
    if (isMeaningful(word)) {
      if (at < from && from < next) start = at
      if (at < to && to < next) end = next
    }
    at = next
  }
  return [start, end]
}
