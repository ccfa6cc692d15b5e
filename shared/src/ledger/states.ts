/** The aspects of tokens by their ids. */
import type { Format } from '../resolution/provision.ts'
import { aspectsOf, untouched } from './aspect.ts'
import type { Aspects } from './aspect.ts'
import { noFormats } from './base-formats.ts'
import type { BaseFormats } from './base-formats.ts'
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

  stretches(
    client: number,
    clock: number,
    length: number,
  ): { clock: number; length: number; aspects: Aspects; formats: readonly Format[] }[] {
    const out: ReturnType<States['stretches']> = []
    this.visit(client, clock, length, (at, tokens, aspects, formats) =>
      out.push({ clock: at, length: tokens, aspects, formats }),
    )
    return out
  }

  /** The stretches of equal aspects and formats in a range, in order, without gaps. */
  visit(
    client: number,
    clock: number,
    length: number,
    see: (clock: number, length: number, aspects: Aspects, formats: readonly Format[]) => void,
  ): void {
    const isFormatted = client === baseClient && !this.formats.isEmpty
    this.coverage.visit(client, clock, length, (at, tokens, cover) => {
      const aspects = cover ? aspectsOf(cover, this.author(client)) : this.defaultOf(client)
      if (!isFormatted) see(at, tokens, aspects, noFormats)
      else
        for (const part of this.formats.cut(at, tokens))
          see(part.clock, part.length, aspects, part.formats)
    })
  }

  /** Forgets a client whose author has become known. */
  forget(client: number): void {
    this.authors.delete(client)
    this.defaults.delete(client)
    this.coverage.forget(client)
  }

  private author(client: number): string | null {
    if (client === baseClient) return null
    let author = this.authors.get(client)
    if (author === undefined) this.authors.set(client, (author = this.authorOf(client)))
    return author
  }

  private defaultOf(client: number): Aspects {
    let aspects = this.defaults.get(client)
    if (!aspects) this.defaults.set(client, (aspects = untouched(this.author(client))))
    return aspects
  }
}
