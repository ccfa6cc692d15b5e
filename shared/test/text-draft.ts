/** A draft in memory with several delegations at work in one document, for the tests of formats. */
import * as Y from 'yjs'
import {
  Ledger,
  Pen,
  decide,
  enterPerson,
  parseIdKey,
  seenDigest,
  serverClient,
  writeBase,
  writeDecision,
} from '../src/ledger/index.ts'
import type { Change, Place, Verb, View } from '../src/ledger/index.ts'
import type { Kind, Provision } from '../src/resolution/index.ts'
import { provision as plainProvision } from '../src/testing/meeting.ts'

/** A provision from a line: `call recalling`, `item a) one` or, one level down, `item/2 i) one`. */
export function provision(line: string): Provision {
  const [, kind, level, label, text] = /^(\w+)(?:\/(\d))? (?:([\w-]+\)\w*|\d+) )?(.*)$/.exec(line)!
  return {
    kind: kind as Kind,
    level: Number(level ?? 1),
    label: label ?? null,
    text: text!,
    formats: [],
  }
}

/** A provision from a line in which `^1^` is a superscript number: `text one^1^`, `footnote 1 Words.` */
export function noted(line: string): Provision {
  const parts = line.split('^')
  const made = plainProvision(parts.join(''))
  const label = made.kind === 'footnote' ? made.text.split(' ')[0]! : made.label
  const text = made.kind === 'footnote' ? made.text.slice(label!.length + 1) : made.text
  const cut = line.replaceAll('^', '').length - text.length
  let at = 0
  const formats = parts.flatMap((part, i) => {
    const from = at - cut
    at += part.length
    return i % 2 === 1 ? [{ from, to: at - cut, format: 'superscript' as const }] : []
  })
  return { ...made, label, text, formats }
}

export class Draft {
  readonly ydoc = new Y.Doc({ gc: false })
  readonly ledger: Ledger
  private readonly pens = new Map<string, { client: number; pen: Pen }>()
  private decisions = 0
  private time = 0

  constructor(provisions: readonly Provision[]) {
    writeBase(this.ydoc, 'test', provisions)
    this.ledger = new Ledger(this.ydoc)
  }

  /** Lets a delegation write; a step of its own every time. */
  as<T>(delegation: string, work: (pen: Pen) => T): T {
    let hand = this.pens.get(delegation)
    if (!hand) {
      const client = 1001 + this.pens.size
      const author = { delegation, user: delegation.toLowerCase() }
      hand = { client, pen: new Pen(this.ledger, author, () => (this.time += 10_000)) }
      this.pens.set(delegation, hand)
      this.ydoc.clientID = serverClient
      enterPerson(this.ydoc, client, author)
    }
    this.ydoc.clientID = hand.client
    return work(hand.pen)
  }

  /** The place after the first `offset` letters that a paragraph of the marked view shows. */
  at(index: number, offset: number): Place {
    const { key, pieces } = this.paragraphs[index]!
    let after = parseIdKey(key)
    let left = offset
    for (const piece of pieces) {
      if (!piece.shown || left === 0) continue
      const taken = Math.min(left, piece.length)
      after = { client: piece.client, clock: piece.clock + taken - 1 }
      left -= taken
    }
    return { paragraph: key, after }
  }

  /** Decides changes as the chair sees them; changes that have gone meanwhile are left alone. */
  chair(verb: Verb, { ins, del, set, entries }: Change, note = ''): void {
    this.ydoc.clientID = serverClient
    const seen = seenDigest(this.ledger, ins, del, set)
    const request = {
      verb,
      ins: [...ins],
      del: [...del],
      set: [...set],
      entries: [...entries],
      seen,
      note,
    }
    const decided = decide(this.ledger, request, `d${this.decisions++}`)
    if ('decision' in decided) writeDecision(this.ydoc, decided.decision)
  }

  get paragraphs() {
    return this.ledger.project('marked').paragraphs
  }

  project(view: View) {
    return this.ledger.project(view)
  }
}
