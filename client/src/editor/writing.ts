/** From what a person did on screen to the pen: replacements of what is seen, and what is seen then. */
import type { Id, Pen, Place } from '@revmark/shared/ledger'
import { idKey } from '@revmark/shared/ledger'
import { cut, isBefore, placeAt, predecessor, rankOf, tokenAfter } from './lines.ts'
import type { Line, Run, Spot } from './lines.ts'

/** Text in place of what is seen between two spots. A line feed in it begins a paragraph. */
export interface Replacement {
  readonly from: Spot
  readonly to: Spot
  readonly text: string
}

/** The pen, and the paragraphs as the ledger has them now, in the view on screen. */
export interface Hand {
  readonly pen: Pen
  readonly paragraphs: () => readonly Line[]
}

const sameSpot = (a: Spot, b: Spot): boolean => a.line === b.line && a.offset === b.offset

/**
 * Writes one replacement and returns the lines as ProseMirror sees them afterwards: what went is gone
 * from them, struck or not, and new text stands where it was typed. So the steps of one transaction,
 * or of a composition, can be written one after another.
 */
export function write(hand: Hand, lines: readonly Line[], replacement: Replacement): Line[] {
  const { from, to, text } = replacement
  const at = placeAt(lines[from.line]!, from.offset)
  if (sameSpot(from, to)) {
    return text === '' ? [...lines] : patched(lines, replacement, hand.pen.insert(at, text))
  }
  const range = rangeOf(hand, lines, from, to)
  if (!range) {
    eraseRuns(hand, lines, from, to)
    return patched(lines, replacement, text === '' ? at : hand.pen.insert(at, text))
  }
  if (text !== '') return patched(lines, replacement, hand.pen.replace(...range, text))
  hand.pen.erase(...range)
  return patched(lines, replacement, at)
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

/** The lines after a replacement, the pen having written its text up to `end`. */
function patched(lines: readonly Line[], { from, to, text }: Replacement, end: Place): Line[] {
  const first = lines[from.line]!
  const written = writtenLines(text, end.after, first.key)
  const head = cut(first, 0, from.offset)
  const tail = cut(lines[to.line]!, to.offset, Infinity)
  const made = written.map(({ key, pieces }, i) => ({
    key,
    pieces: [...(i === 0 ? head : []), ...pieces, ...(i === written.length - 1 ? tail : [])],
  }))
  return [...lines.slice(0, from.line), ...made, ...lines.slice(to.line + 1)]
}

/** The tokens of a text that the pen has written, ending with `last`: letters, anchor, marker, letters. */
function writtenLines(text: string, last: Id, key: string): { key: string; pieces: Run[] }[] {
  const texts = text.split('\n')
  const { client } = last
  let clock = last.clock + 1 - text.length - (texts.length - 1)
  return texts.map((letters, i) => {
    const own = i === 0 ? key : idKey(client, clock - 1)
    const run = { client, clock, length: letters.length, shown: true }
    clock += letters.length + 2
    return { key: own, pieces: letters === '' ? [] : [run] }
  })
}
