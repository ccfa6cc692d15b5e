/**
 * Find: where a text has what somebody looks for, among the words that stand. Struck words are not
 * looked into, so that the same is found in the marked and in the clean view.
 */
import { isLive } from '@revmark/shared/ledger'
import type { Paragraph } from '@revmark/shared/ledger'
import { lettersOf } from './letters.ts'

export interface Query {
  readonly text: string
  readonly matchCase: boolean
  readonly wholeWords: boolean
}

/** A line, and offsets in what it shows; `to` is excluded. Struck letters may stand in between. */
export interface Match {
  readonly line: number
  readonly from: number
  readonly to: number
}

/** How much was found, and which of it is the one to go on from; -1 where nothing was found. */
export interface Found {
  readonly count: number
  readonly index: number
}

const nothing: Found = { count: 0, index: -1 }

/** Finds within paragraphs, in order. Any white space finds any other, a hard space too. */
export function matchesIn(paragraphs: readonly Paragraph[], query: Query): Match[] {
  const pattern = patternOf(query)
  if (!pattern) return []
  return paragraphs.flatMap((paragraph, line) => {
    const { text, offsets } = lettersOf(paragraph, isLive)
    return Array.from(text.matchAll(pattern), ({ 0: { length }, index }) => ({
      line,
      from: offsets[index]!,
      to: offsets[index + length - 1]! + 1,
    }))
  })
}

function patternOf({ text, matchCase, wholeWords }: Query): RegExp | null {
  if (text === '') return null
  const letters = text.replace(/[\\^$.*+?()[\]{}|/]/g, '\\$&').replace(/\s+/g, '\\s+')
  const edge = (look: string) => (wholeWords ? `(?${look}[\\p{L}\\p{M}\\p{N}])` : '')
  return new RegExp(`${edge('<!')}${letters}${edge('!')}`, matchCase ? 'gu' : 'giu')
}

/** One search on one screen, kept up to date while the text changes. */
export class Search {
  private query: Query | null = null
  private paragraphs: readonly Paragraph[] | null = null
  private found = nothing
  private readonly listeners = new Set<() => void>()
  matches: readonly Match[] = []

  /** Looks for something else, or for nothing. The first match becomes the current one. */
  look(query: Query | null): void {
    this.query = query
    this.paragraphs = null
    this.become({ ...this.found, index: 0 })
  }

  /** Makes the next match the current one, or the one before; the last is followed by the first. */
  step(by: 1 | -1): void {
    const { count, index } = this.found
    if (count > 0) this.become({ count, index: (index + by + count) % count })
  }

  /** The current match; null where nothing was found. */
  get current(): Match | null {
    return this.matches[this.found.index] ?? null
  }

  /**
   * Looks again where the text has changed; the array of an unchanged text is the same. Whoever
   * listens hears of it later, since the editor asks for this while it draws.
   */
  renew(paragraphs: readonly Paragraph[]): void {
    if (this.paragraphs === paragraphs) return
    this.paragraphs = paragraphs
    this.matches = this.query ? matchesIn(paragraphs, this.query) : []
    const count = this.matches.length
    const index = count === 0 ? -1 : Math.min(Math.max(this.found.index, 0), count - 1)
    if (count === this.found.count && index === this.found.index) return
    this.found = { count, index }
    queueMicrotask(this.tell)
  }

  /** The same object until it changes. */
  readonly snapshot = (): Found => this.found

  /** Calls the listener after what was found, or what is looked for, has changed. */
  readonly subscribe = (listener: () => void): (() => void) => {
    this.listeners.add(listener)
    return () => this.listeners.delete(listener)
  }

  private become(found: Found): void {
    this.found = found
    this.tell()
  }

  private readonly tell = (): void => {
    for (const listener of this.listeners) listener()
  }
}
