/** A text as a hand has written it: where its lines stand among the tokens, and how its letters look. */
import type { Format, FormatSpan } from '../resolution/provision.ts'
import { idKey } from './id.ts'
import type { Id } from './id.ts'
import type { Place } from './place.ts'
import { toRanges } from './ranges.ts'
import type { Ranges } from './ranges.ts'

/** One line: the paragraph in which it stands, the id of its first letter, and how many it has. */
export interface InsertedLine extends Id {
  readonly key: string
  readonly length: number
}

/** The place after a text, and the lines of it. */
export interface Inserted extends Place {
  readonly lines: readonly InsertedLine[]
}

/**
 * The lines of a text that was written from the token `first` on, the first of them in the paragraph
 * `key`. Each other one has its marker before it and an anchor: behind it where it was added as a
 * paragraph, before its marker where it was split off.
 */
export function insertedLines(
  key: string,
  { client, clock }: Id,
  texts: readonly string[],
  isAdded: boolean,
): InsertedLine[] {
  let next = clock
  return texts.map((text, i) => {
    // Before the marker stands an anchor, but for the first one that is added.
    if (i > 0) next += isAdded && i === 1 ? 1 : 2
    const own = i === 0 ? key : idKey(client, next - 1)
    const line = { key: own, client, clock: next, length: text.length }
    next += text.length
    return line
  })
}

/** The letters of inserted lines that have a format, by format; spans count a line feed as a letter. */
export function lettersByFormat(
  lines: readonly InsertedLine[],
  looks: readonly FormatSpan[],
): Map<Format, Ranges> {
  const out = new Map<Format, number[]>()
  let start = 0
  for (const { client, clock, length } of lines) {
    for (const { from, to, format } of looks) {
      const head = Math.max(from - start, 0)
      const tail = Math.min(to - start, length)
      if (head >= tail) continue
      const triples = out.get(format) ?? []
      triples.push(client, clock + head, tail - head)
      out.set(format, triples)
    }
    start += length + 1
  }
  return new Map([...out].map(([format, triples]) => [format, toRanges(triples)]))
}
