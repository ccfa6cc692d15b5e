/** The aspects of tokens by their ids. */
import type { Format } from '../resolution/provision.ts'
import { aspectsOf, untouched } from './aspect.ts'
import type { Aspects } from './aspect.ts'
import { noFormats } from './base-formats.ts'
import type { BaseFormats, FormattedStretch } from './base-formats.ts'
import { CoverReader } from './coverage.ts'
import type { Coverage } from './coverage.ts'
import { baseClient } from './id.ts'

/** From ids to aspects: coverage, and for what nothing covers, who its client is. */
export class States {
  private readonly coverage: Coverage<Aspects>
  private readonly authorOf: (client: number) => string
  private readonly authors = new Map<number, string>()
  private readonly defaults = new Map<number, Aspects>()
  private readonly formats: BaseFormats

  constructor(
    coverage: Coverage<Aspects>,
    authorOf: (client: number) => string,
    formats: BaseFormats,
  ) {
    this.coverage = coverage
    this.authorOf = authorOf
    this.formats = formats
  }

  of(client: number, clock: number): Aspects {
    const cover = this.coverage.at(client, clock)
    return cover ? aspectsOf(cover, this.author(client)) : this.defaultOf(client)
  }

  /** The stretches of equal aspects and formats in a range, in order, without gaps. */
  stretches(client: number, clock: number, length: number): StateStretch[] {
    const out: StateStretch[] = []
    const reader = this.reader()
    reader.open(client, clock, length)
    while (reader.next()) {
      const { clock: at, length: tokens, aspects, formats } = reader
      out.push({ clock: at, length: tokens, aspects, formats })
    }
    return out
  }

  /** A reader of stretches; good until something changes. */
  reader(): StateReader {
    return new StateReader(this, new CoverReader(this.coverage), this.formats)
  }

  /** Forgets a client whose author has become known. */
  forget(client: number): void {
    this.authors.delete(client)
    this.defaults.delete(client)
    this.coverage.forget(client)
  }

  /** The delegation of a client; null for the text in force. */
  author(client: number): string | null {
    if (client === baseClient) return null
    let author = this.authors.get(client)
    if (author === undefined) this.authors.set(client, (author = this.authorOf(client)))
    return author
  }

  /** Of tokens of a client that nothing covers. */
  defaultOf(client: number): Aspects {
    let aspects = this.defaults.get(client)
    if (!aspects) this.defaults.set(client, (aspects = untouched(this.author(client))))
    return aspects
  }
}

/** Tokens of one client with consecutive clocks, equal aspects and equal formats. */
export interface StateStretch {
  readonly clock: number
  readonly length: number
  readonly aspects: Aspects
  /** What the letters have of themselves, without entries. */
  readonly formats: readonly Format[]
}

/**
 * Goes through the stretches of a range as a `CoverReader` does, and is itself the stretch that it has
 * come to.
 */
export class StateReader implements StateStretch {
  clock = 0
  length = 0
  aspects: Aspects
  formats = noFormats
  private readonly states: States
  private readonly covers: CoverReader<Aspects>
  private readonly baseFormats: BaseFormats
  private client = -1
  private author: string | null = null
  private untouched: Aspects
  private isFormatted = false
  /** What a stretch of the text in force has been cut into, and how much of that has been seen. */
  private parts: readonly FormattedStretch[] = []
  private seen = 0

  constructor(states: States, covers: CoverReader<Aspects>, baseFormats: BaseFormats) {
    this.states = states
    this.covers = covers
    this.baseFormats = baseFormats
    this.aspects = this.untouched = states.defaultOf(baseClient)
  }

  /** Begins with a range; `next` comes to its first stretch. */
  open(client: number, clock: number, length: number): void {
    if (client !== this.client) {
      this.client = client
      this.author = this.states.author(client)
      this.untouched = this.states.defaultOf(client)
      this.isFormatted = client === baseClient && !this.baseFormats.isEmpty
    }
    this.covers.open(client, clock, length)
    this.parts = []
    this.seen = 0
  }

  /** Comes to the next stretch; false where there is none. */
  next(): boolean {
    const { covers } = this
    if (this.seen === this.parts.length) {
      if (!covers.next()) return false
      const { cover } = covers
      this.aspects = cover ? aspectsOf(cover, this.author) : this.untouched
      if (!this.isFormatted) {
        this.clock = covers.clock
        this.length = covers.length
        this.formats = noFormats
        return true
      }
      this.parts = this.baseFormats.cut(covers.clock, covers.length)
      this.seen = 0
    }
    const { clock, length, formats } = this.parts[this.seen++]!
    this.clock = clock
    this.length = length
    this.formats = formats
    return true
  }
}
