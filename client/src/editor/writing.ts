/** From what a person did on screen to the pen: replacements of what is seen, and what is seen then. */
import type { Inserted, InsertedLine, Pen, Place } from '@revmark/shared/ledger'
import type { FormatSpan } from '@revmark/shared/resolution'
import { cut, isBefore, placeAt, predecessor, rankOf, tokenAfter } from './lines.ts'
import type { Line, Spot } from './lines.ts'

/** Text in place of what is seen between two spots. A line feed in it begins a paragraph. */
export interface Replacement {
  readonly from: Spot
  readonly to: Spot
  readonly text: string
  /** The formats of the text's letters; a line feed counts as one. */
  readonly looks?: readonly FormatSpan[]
}

/** The pen, and the paragraphs as the ledger has them now, in the view on screen. */
export interface Hand {
  readonly pen: Pen
  readonly paragraphs: () => readonly Line[]
}

const sameSpot = (a: Spot, b: Spot): boolean => a.line === b.line && a.offset === b.offset

/** What is seen after a replacement, the place after its text, and the lines of that text. */
export interface Outcome {
  readonly lines: readonly Line[]
  readonly end: Place
  readonly written: readonly InsertedLine[]
}

/**
 * Writes one replacement and returns the lines as ProseMirror sees them afterwards: what went is gone
 * from them, struck or not, and new text stands where it was typed. So the steps of one transaction,
 * or of a composition, can be written one after another.
 */
export function write(hand: Hand, lines: readonly Line[], replacement: Replacement): Outcome {
  const { from, to, text, looks = [] } = replacement
  const at = placeAt(lines[from.line]!, from.offset)
  if (sameSpot(from, to)) {
    if (text === '') return { lines, end: at, written: [] }
    return patched(lines, replacement, hand.pen.insert(at, text, looks))
  }
  const range = rangeOf(hand, lines, from, to)
  if (text === '') {
    if (range) hand.pen.erase(...range)
    else eraseRuns(hand, lines, from, to)
    return patched(lines, replacement, { ...at, lines: [] })
  }
  if (range) return patched(lines, replacement, hand.pen.replace(...range, text, looks))
  eraseRuns(hand, lines, from, to)
  return patched(lines, replacement, hand.pen.insert(at, text, looks))
}

/**
 * The exact range of what is seen between two spots: it begins at the first token seen, not at the
 * hidden ones before it. null where the tokens do not stand in the order in which they are seen.
 */
function rangeOf(
  { paragraphs }: Hand,
  lines: readonly Line[],
  from: Spot,
  to: Spot,
): [Place, Place] | null {
  const { key } = lines[from.line]!
  const end = placeAt(lines[to.line]!, to.offset)
  const first = tokenAfter(lines, from)
  const now = paragraphs()
  const start = first && rankOf(now, first, key)
  const stop = rankOf(now, end.after, end.paragraph)
  if (!start || !stop || isBefore(stop, start)) return null
  const before = predecessor(now, start)
  return before && [{ paragraph: key, after: before }, end]
}

/** Erases what is seen between two spots run by run, each on its own. */
function eraseRuns(hand: Hand, lines: readonly Line[], from: Spot, to: Spot): void {
  for (let i = from.line; i <= to.line; i++) {
    const line = lines[i]!
    const start = i === from.line ? from.offset : 0
    const end = i === to.line ? to.offset : Infinity
    if (i > from.line) hand.pen.joinBackward(line.key)
    for (const { client, clock, length } of cut(line, start, end)) {
      const now = hand.paragraphs()
      const rank = rankOf(now, { client, clock }, line.key)
      const before = rank && predecessor(now, rank)
      const after = { client, clock: clock + length - 1 }
      if (before) {
        hand.pen.erase({ paragraph: line.key, after: before }, { paragraph: line.key, after })
      }
    }
  }
}

/** The lines after a replacement, the pen having written its text. */
function patched(
  lines: readonly Line[],
  { from, to }: Replacement,
  { lines: written, ...end }: Inserted,
): Outcome {
  const first = lines[from.line]!
  const head = cut(first, 0, from.offset)
  const tail = cut(lines[to.line]!, to.offset, Infinity)
  const runs = written.map(({ key, ...run }) => ({
    key,
    pieces: run.length > 0 ? [{ ...run, shown: true }] : [],
  }))
  const made = runs.length > 0 ? runs : [{ key: first.key, pieces: [] }]
  const seen = made.map(({ key, pieces }, i) => ({
    key: i === 0 ? first.key : key,
    pieces: [...(i === 0 ? head : []), ...pieces, ...(i === made.length - 1 ? tail : [])],
  }))
  return {
    lines: [...lines.slice(0, from.line), ...seen, ...lines.slice(to.line + 1)],
    end,
    written,
  }
}
