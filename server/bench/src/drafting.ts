/**
 * What is written in a benchmark: the same updates for every server, made before the clock runs.
 * Each writer has a client id of its own and types whole paragraphs, letter by letter.
 */
import { loadCorpus } from '@revmark/corpus'
import { Ledger, Pen, endOf, writeBase } from '@revmark/shared/ledger'
import type { Place } from '@revmark/shared/ledger'
import type { Edition } from '@revmark/shared/resolution'
import * as Y from 'yjs'

/** The delegations that take part, in turn. */
const delegations = ['B', 'CAN', 'EGY', 'J'] as const

/** Letters in one paragraph before a writer begins the next one. */
const paragraphLength = 400

/** The first client id of the benchmark's people; issued ids begin at 1000. */
const firstClient = 1_000_000

const sentence = 'to strengthen cooperation in combating spam, and to report annually; '

/** Somebody in the room: what the server knows of them, and the id that their Y.Doc writes under. */
export interface Hand {
  readonly user: string
  readonly delegation: string
  readonly client: number
}

/** The hand of participant `n`, 0 and up. */
export const handOf = (n: number): Hand => ({
  user: `delegate-${n}`,
  delegation: delegations[n % delegations.length]!,
  client: firstClient + n,
})

/** The text in force on which all work. */
export function benchEdition(): Edition {
  const edition = loadCorpus().find('res45-dubai-2014')
  if (!edition) throw new RangeError('the corpus lacks Resolution 45 (Rev. Dubai, 2014)')
  return edition
}

/** A Y.Doc with the text in force alone. */
export function baseDoc(): Y.Doc {
  const ydoc = new Y.Doc({ gc: false })
  const edition = benchEdition()
  writeBase(ydoc, edition.id, edition.provisions)
  return ydoc
}

/** One writer at work in a Y.Doc of its own that has the text in force. */
export class Typist {
  private readonly ydoc = baseDoc()
  private readonly ledger: Ledger
  private readonly pen: Pen
  private readonly made: Uint8Array[] = []
  private readonly struck: number
  private place: Place
  private count = 0
  private owed = 0

  /** The `n`th writer. About one in `1 / struck` letters is struck out again at once. */
  constructor(n: number, struck = 0) {
    const hand = handOf(n)
    this.struck = struck
    this.ydoc.clientID = hand.client
    this.ydoc.on('update', (update: Uint8Array) => this.made.push(update))
    this.ledger = new Ledger(this.ydoc, hand)
    this.pen = new Pen(this.ledger, hand, () => 0)
    const { paragraphs } = this.ledger.project('marked')
    this.place = endOf(paragraphs[5 + (n % (paragraphs.length - 10))]!)
  }

  /** Types the next letter and gives it as a Yjs update on top of the last. */
  type(): Uint8Array {
    const before = this.place
    const at = this.count++
    if (at % paragraphLength === paragraphLength - 1) this.place = this.pen.split(before)
    else this.place = this.pen.insert(before, sentence[at % sentence.length]!)
    this.owed += this.struck
    if (this.owed >= 1) {
      this.owed--
      this.pen.rest()
      this.place = this.pen.erase(before, this.place)
    }
    return Y.mergeUpdates(this.made.splice(0))
  }

  destroy(): void {
    this.ledger.destroy()
    this.ydoc.destroy()
  }
}

/** The first letters of every writer, one list for each. */
export function letters(writers: number, count: number): readonly (readonly Uint8Array[])[] {
  return Array.from({ length: writers }, (_, n) => {
    const typist = new Typist(n)
    const list = Array.from({ length: count }, () => typist.type())
    typist.destroy()
    return list
  })
}
