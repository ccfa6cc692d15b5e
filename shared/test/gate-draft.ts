/** A small draft for the gate's tests: a server, and seats that write honestly. */
import * as Y from 'yjs'
import { checkUpdate } from '../src/gate/index.ts'
import type { RefusalCode, Sender, Verdict } from '../src/gate/index.ts'
import { writeBase } from '../src/ledger/base.ts'
import { ledgerName } from '../src/ledger/entry.ts'
import type { Del, Entry, Keep } from '../src/ledger/entry.ts'
import { baseClient } from '../src/ledger/id.ts'
import type { Id } from '../src/ledger/id.ts'
import type { Embed } from '../src/ledger/marker.ts'
import { toRanges } from '../src/ledger/ranges.ts'
import { embedOf, firstItem, insertAfter, lettersOf } from '../src/ledger/sequence.ts'
import type { Token } from '../src/ledger/sequence.ts'
import type { Provision } from '../src/resolution/provision.ts'

const provision = (kind: Provision['kind'], label: string | null, text: string): Provision => ({
  kind,
  level: 1,
  label,
  text,
  formats: [],
})

/** Clocks of the base: 0 root, 1-4 `R 45`, 5 anchor, 6 marker, 7-11 `Title`, 12 anchor, and so on. */
export const provisions: readonly Provision[] = [
  provision('number', null, 'R 45'),
  provision('title', null, 'Title'),
  provision('call', null, 'resolves'),
  provision('item', 'a)', 'one 😀 two'),
  provision('item', 'b)', 'three'),
]

export const base = (clock: number): Id => ({ client: baseClient, clock })

/** Where things stand in the base of `provisions`. */
export const at = {
  root: base(0),
  numberEnd: base(4),
  numberAnchor: base(5),
  title: base(6),
  titleFirst: base(7),
  titleLast: base(11),
  titleAnchor: base(12),
  call: base(13),
  itemA: base(23),
  /** The first and the second half of the emoji in *a)*. */
  high: base(28),
  low: base(29),
  itemB: base(35),
  lastAnchor: base(41),
  sentinel: base(42),
  /** The anchor that ends the place of footnotes. */
  end: base(43),
} as const

/** A draft's server side: applies what the gate lets pass. */
export class Server {
  readonly ydoc = new Y.Doc()

  constructor(base: readonly Provision[] = provisions) {
    writeBase(this.ydoc, 'test', base)
  }

  check(update: Uint8Array, sender: Sender): Verdict {
    return checkUpdate(this.ydoc, update, sender)
  }

  /** Takes an update in if the gate lets it pass. */
  take(update: Uint8Array, sender: Sender): Verdict {
    const verdict = this.check(update, sender)
    if (verdict.ok && !verdict.empty) Y.applyUpdate(this.ydoc, update)
    return verdict
  }

  state(): Uint8Array {
    return Y.encodeStateAsUpdate(this.ydoc)
  }
}

/** An honest person at a browser: writes into a copy of the draft, keeps what it sent. */
export class Seat implements Sender {
  readonly ydoc = new Y.Doc()
  readonly user: string
  readonly delegation: string
  /** The updates of this seat's own edits, oldest first. */
  readonly sent: Uint8Array[] = []
  private entries = 0

  constructor(server: Server, client: number, delegation = 'B', user = `u${client}`) {
    this.user = user
    this.delegation = delegation
    Y.applyUpdate(this.ydoc, server.state())
    this.ydoc.clientID = client
    this.ydoc.on('update', (update: Uint8Array, _origin, _doc, { local }: Y.Transaction) => {
      if (local) this.sent.push(update)
    })
  }

  get client(): number {
    return this.ydoc.clientID
  }

  owns(client: number): boolean {
    return client === this.client
  }

  get last(): Uint8Array {
    return this.sent.at(-1)!
  }

  receive(server: Server): void {
    Y.applyUpdate(this.ydoc, Y.encodeStateAsUpdate(server.ydoc, Y.encodeStateVector(this.ydoc)))
  }

  /** Writes tokens after a token; returns the id of the first. */
  write(after: Id, ...tokens: Token[]): Id {
    return this.ydoc.transact((transaction) => insertAfter(transaction, after, tokens))
  }

  nextKey(): string {
    return `${this.client}:${this.entries++}`
  }

  /** Writes an entry under a key of its own, or under `key`; returns the key. */
  enter(entry: Entry, key = this.nextKey()): string {
    this.ydoc.getMap<Entry>(ledgerName(this.delegation)).set(key, entry)
    return key
  }

  del(r: readonly number[], more: Partial<Del> = {}): Del {
    return { type: 'del', r: toRanges(r), user: this.user, ...more }
  }

  keep(of: string, r: readonly number[]): Keep {
    return { type: 'keep', of, r: toRanges(r), user: this.user }
  }
}

/** One token of the sequence, as a test reads it. */
export interface Seen extends Id {
  readonly type: 'letter' | 'reference' | 'marker' | 'note-marker' | 'anchor' | 'sentinel'
  readonly text: string
}

/** All tokens of the sequence in order. */
export function tokensOf(ydoc: Y.Doc): Seen[] {
  const out: Seen[] = []
  for (let item = firstItem(ydoc); item; item = item.right) {
    const { client, clock } = item.id
    const embed = embedOf(item)
    if (embed) out.push({ client, clock, type: typeOf(embed), text: '' })
    if (embed) continue
    const letters = lettersOf(item)
    for (let i = 0; i < letters.length; i++) {
      out.push({ client, clock: clock + i, type: 'letter', text: letters[i]! })
    }
  }
  return out
}

const typeOf = (embed: Embed): Seen['type'] =>
  'e' in embed
    ? 'anchor'
    : 'f' in embed
      ? 'reference'
      : embed.b === 'notes'
        ? 'sentinel'
        : embed.n === undefined
          ? 'marker'
          : 'note-marker'

/** The base's tokens in order with their content: what no update may ever change. */
export function baseOf(ydoc: Y.Doc): string {
  const out: string[] = []
  for (let item = firstItem(ydoc); item; item = item.right) {
    if (item.id.client !== baseClient) continue
    const embed = embedOf(item)
    out.push(item.deleted ? '†' : embed ? JSON.stringify(embed) : lettersOf(item))
  }
  return out.join('')
}

export const copyOf = (ydoc: Y.Doc): Y.Doc => {
  const copy = new Y.Doc()
  Y.applyUpdate(copy, Y.encodeStateAsUpdate(ydoc))
  return copy
}

/** What the gate says to an update: `ok`, or the code of its refusal. */
export const said = (verdict: Verdict): 'ok' | RefusalCode => (verdict.ok ? 'ok' : verdict.code)
