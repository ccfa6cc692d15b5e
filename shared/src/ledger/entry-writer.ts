/** Writes one hand's entries into its delegation's ledger: keys, signatures, sizes. */
import type { Deletion } from './deletion.ts'
import { ledgerOf } from './entries.ts'
import type { Attr, Del, Entry, EntryKey } from './entry.ts'
import type { Format, FormatSpan } from '../resolution/provision.ts'
import { mostRanges } from './entry.ts'
import type { Part } from './history.ts'
import { lettersByFormat } from './inserted.ts'
import type { InsertedLine } from './inserted.ts'
import type { Ledger } from './ledger.ts'
import { covers, intersect, union } from './ranges.ts'
import type { Ranges } from './ranges.ts'
import type { Meaning } from './meanings.ts'

/** In whose name a pen writes. */
export interface Author {
  readonly delegation: string
  readonly user: string
}

/** An entry before it is signed. */
export type Unsigned<T> = T extends unknown ? Omit<T, 'type' | 'user'> : never

export class EntryWriter {
  private readonly ledger: Ledger
  private readonly author: Author
  private nextEntry = 0

  constructor(ledger: Ledger, author: Author) {
    this.ledger = ledger
    this.author = author
  }

  /** A deletion, in as many entries as its ranges need, or one that widens the entry `widens`. */
  del(deletion: Deletion, widens: EntryKey | null = null): Part[] {
    const former = widens === null ? null : (this.entries.get(widens) as Del)
    const wider = former && joined(former, deletion)
    if (widens !== null && wider && fits(wider)) return [this.writeDel(widens, wider)]
    return piecesOf(deletion.r).map((r) => {
      const w = intersect(deletion.w ?? [], r)
      const j = (deletion.j ?? []).filter(([client, clock]) => covers(r, client, clock))
      return this.writeDel(this.freshKey(), { r, w, j })
    })
  }

  /** Takes ranges out of an entry. */
  keep(of: EntryKey, ranges: Ranges): Part[] {
    const { user } = this.author
    return piecesOf(ranges).map((r) => this.write(this.freshKey(), { type: 'keep', of, r, user }))
  }

  /** Sets a property of one block. */
  attr(setting: Unsigned<Attr>): Part {
    return this.write(this.freshKey(), { type: 'attr', ...setting, user: this.author.user })
  }

  /** Turns a format of letters into its opposite. */
  fmt(format: Format, ranges: Ranges): Part[] {
    const { user } = this.author
    return piecesOf(ranges).map((r) =>
      this.write(this.freshKey(), { type: 'fmt', r, format, user }),
    )
  }

  /** Gives letters just written their formats. */
  looks(lines: readonly InsertedLine[], looks: readonly FormatSpan[]): Part[] {
    return [...lettersByFormat(lines, looks)].flatMap(([format, r]) => this.fmt(format, r))
  }

  /** Keeps what a reference means, once. */
  ref({ r, to: { client, clock } }: Meaning): void {
    const { user, delegation } = this.author
    const isKept = this.ledger.meaningsAt(r).some(({ delegation: by, entry }) => {
      return by === delegation && entry.type === 'ref' && entry.to.join() === `${client},${clock}`
    })
    if (!isKept) this.write(this.freshKey(), { type: 'ref', r, to: [client, clock], user })
  }

  private writeDel(key: EntryKey, { r, w = [], j = [] }: Deletion): Part {
    return this.write(key, {
      type: 'del',
      r,
      ...(w.length > 0 && { w }),
      ...(j.length > 0 && { j }),
      user: this.author.user,
    })
  }

  private write(key: EntryKey, entry: Entry): Part {
    this.entries.set(key, entry)
    return { type: 'entry', key, r: entry.r }
  }

  private get entries() {
    return ledgerOf(this.ledger.ydoc, this.author.delegation)
  }

  private freshKey(): EntryKey {
    const { clientID } = this.ledger.ydoc
    while (this.entries.has(`${clientID}:${this.nextEntry}`)) this.nextEntry++
    return `${clientID}:${this.nextEntry++}`
  }
}

const joined = (a: Deletion, b: Deletion): Deletion => ({
  r: union(a.r, b.r),
  w: union(a.w ?? [], b.w ?? []),
  j: [...(a.j ?? []), ...(b.j ?? [])],
})

const fits = ({ r, j = [] }: Deletion): boolean =>
  r.length <= 3 * mostRanges && j.length <= mostRanges

/** A set in pieces that one entry can hold. */
function piecesOf(set: Ranges): Ranges[] {
  const out: Ranges[] = []
  for (let at = 0; at < set.length; at += 3 * mostRanges) {
    out.push(set.slice(at, at + 3 * mostRanges))
  }
  return out
}
