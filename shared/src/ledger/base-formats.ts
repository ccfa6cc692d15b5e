/** The character formats of the text in force, by token. */
import type * as Y from 'yjs'
import type { Format } from '../resolution/provision.ts'
import { baseFactsOf, baseFormatsOf } from './base.ts'

export const noFormats: readonly Format[] = []

export interface FormattedStretch {
  readonly clock: number
  readonly length: number
  readonly formats: readonly Format[]
}

/** Read when the first base tokens are known; the text in force never changes after that. */
export class BaseFormats {
  private readonly ydoc: Y.Doc
  private stretches: readonly FormattedStretch[] | null = null

  constructor(ydoc: Y.Doc) {
    this.ydoc = ydoc
  }

  get isEmpty(): boolean {
    return this.known().length === 0
  }

  /** A range of base tokens in stretches of equal formats. Equal formats are the same array. */
  cut(clock: number, length: number): FormattedStretch[] {
    const out: FormattedStretch[] = []
    const end = clock + length
    let at = clock
    for (const stretch of this.known()) {
      const from = Math.max(at, stretch.clock)
      const to = Math.min(end, stretch.clock + stretch.length)
      if (from >= to) continue
      if (from > at) out.push({ clock: at, length: from - at, formats: noFormats })
      out.push({ clock: from, length: to - from, formats: stretch.formats })
      at = to
    }
    if (at < end) out.push({ clock: at, length: end - at, formats: noFormats })
    return out
  }

  private known(): readonly FormattedStretch[] {
    if (this.stretches) return this.stretches
    const spans = baseFormatsOf(this.ydoc)
    const stretches = disjoint(spans.map(([clock, length, format]) => ({ clock, length, format })))
    // Until the base has arrived there is nothing to remember.
    if (baseFactsOf(this.ydoc).has('hash')) this.stretches = stretches
    return stretches
  }
}

/** Overlapping spans as stretches, each with all its formats, sorted by name. */
function disjoint(
  spans: readonly { clock: number; length: number; format: Format }[],
): FormattedStretch[] {
  const edges = [...new Set(spans.flatMap(({ clock, length }) => [clock, clock + length]))]
  edges.sort((a, b) => a - b)
  const shared = new Map<string, readonly Format[]>()
  return edges.slice(0, -1).flatMap((clock, i): FormattedStretch[] => {
    const formats = spans
      .filter((span) => span.clock <= clock && clock < span.clock + span.length)
      .map(({ format }) => format)
      .toSorted()
    if (formats.length === 0) return []
    const name = formats.join(' ')
    const known = shared.get(name) ?? formats
    shared.set(name, known)
    return [{ clock, length: edges[i + 1]! - clock, formats: known }]
  })
}
