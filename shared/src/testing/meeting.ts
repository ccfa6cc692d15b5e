/** A meeting in memory for tests: a server's document and several delegates, each with a real Y.Doc. */
import * as Y from 'yjs'
import { checkUpdate } from '../gate/index.ts'
import {
  Ledger,
  Pen,
  decide,
  enterPerson,
  placeIn,
  provisionsOf,
  requestFor,
  serverClient,
  writeBase,
  writeDecision,
} from '../ledger/index.ts'
import type { Change, Decided, Place, Projection, Verb, View } from '../ledger/index.ts'
import { fingerprint } from '../resolution/index.ts'
import type { Kind, Numbering, Provision } from '../resolution/index.ts'

/** A provision from a line such as `call recalling`, `item a) text` or `item/2 i) text`. */
export function provision(line: string): Provision {
  const match = /^(\w+)(?:\/(\d))? ?(?:(\S*(?:\)|\d|bis|–)) )?(.*)$/s.exec(line)
  if (!match) throw new RangeError(`not a provision: ${line}`)
  const [, kind, level, label, text] = match
  const hasLabel = kind === 'item' && label !== undefined
  return {
    kind: kind as Kind,
    level: Number(level ?? 1),
    label: hasLabel ? label : null,
    text: hasLabel || label === undefined ? text! : `${label} ${text}`,
    formats: [],
  }
}

/** One delegate at work: a document of one's own, online or not. */
export class Delegate {
  readonly ydoc = new Y.Doc({ gc: false })
  readonly ledger: Ledger
  readonly pen: Pen
  readonly delegation: string
  readonly user: string
  /** What this delegate wrote and has not sent. */
  readonly outbox: Uint8Array[] = []
  /** Every token that this delegate wrote, by clock: a letter, or the JSON text of a marker or anchor. */
  readonly written = new Map<number, string>()
  /** Milliseconds between what this delegate does and does next; long enough to end an undo step. */
  pace = 10_000
  private time = 0

  constructor(client: number, delegation: string, user: string, state: Uint8Array) {
    this.ydoc.clientID = client
    this.delegation = delegation
    this.user = user
    Y.applyUpdate(this.ydoc, state, 'server')
    this.ledger = new Ledger(this.ydoc, { client, delegation, user })
    this.pen = new Pen(this.ledger, { delegation, user }, () => (this.time += this.pace))
    this.ydoc.on('update', (update: Uint8Array, origin: unknown) => {
      if (origin !== 'server') this.remember(update)
    })
  }

  get client(): number {
    return this.ydoc.clientID
  }

  private remember(update: Uint8Array): void {
    this.outbox.push(update)
    for (const struct of Y.decodeUpdate(update).structs) {
      if (!(struct instanceof Y.Item)) continue
      const { content, id } = struct
      const isToken = content instanceof Y.ContentString || content instanceof Y.ContentEmbed
      if (!isToken) continue
      content.getContent().forEach((value: unknown, i) => {
        const token = typeof value === 'string' ? value : JSON.stringify(value)
        this.written.set(id.clock + i, token)
      })
    }
  }

  /** The place after the first `before` of the text that a paragraph shows, counted in letters. */
  at(paragraph: number, offset: number, view: View = 'marked'): Place {
    return placeAt(this.ledger.project(view), paragraph, offset)
  }

  /** The lines of a view, each `label text` or `text`. */
  lines(view: View): string[] {
    return linesOf(this.ledger, view)
  }
}

export function placeAt({ paragraphs }: Projection, index: number, offset: number): Place {
  const paragraph = paragraphs[index]
  if (!paragraph) throw new RangeError(`no paragraph ${index}`)
  return placeIn(paragraph, offset)
}

export const linesOf = (ledger: Ledger, view: View): string[] =>
  ledger
    .project(view)
    .paragraphs.map(({ label, text }) => (label.view === null ? text : `${label.view} ${text}`))

/** The server's side: holds the truth, gates what comes, passes on what it took. */
export class Meeting {
  ydoc = new Y.Doc({ gc: false })
  ledger: Ledger
  readonly baseHash: string
  readonly delegates: Delegate[] = []
  private decisions = 0

  constructor(provisions: readonly Provision[], numbering: Numbering = 'renumber') {
    writeBase(this.ydoc, 'test', provisions, numbering)
    this.ydoc.clientID = serverClient
    this.ledger = new Ledger(this.ydoc)
    this.baseHash = fingerprint(provisions)
  }

  /** The server starts anew, from what was stored. */
  restart(stored: readonly Uint8Array[]): void {
    this.ledger.destroy()
    this.ydoc = new Y.Doc({ gc: false })
    for (const update of stored) Y.applyUpdate(this.ydoc, update)
    this.ydoc.clientID = serverClient
    this.ledger = new Ledger(this.ydoc)
  }

  /** Lets a delegate in, with the meeting's state, or with what their browser has stored. */
  admit(
    delegation: string,
    user = delegation.toLowerCase(),
    client = 1001 + this.delegates.length,
    state = Y.encodeStateAsUpdate(this.ydoc),
  ): Delegate {
    const delegate = new Delegate(client, delegation, user, state)
    this.delegates.push(delegate)
    return delegate
  }

  /** Takes one update as a room does; throws where the gate refuses an honest delegate. */
  receive(from: Delegate, update: Uint8Array): void {
    const verdict = checkUpdate(this.ydoc, update, {
      user: from.user,
      delegation: from.delegation,
      // A page that was loaded anew has words of its former client id to send.
      owns: (client) =>
        this.delegates.some((other) => other.client === client && other.user === from.user),
    })
    if (!verdict.ok) throw new Error(`refused: ${verdict.code}: ${verdict.message}`)
    for (const client of verdict.clients) {
      enterPerson(this.ydoc, client, { user: from.user, delegation: from.delegation })
    }
    Y.applyUpdate(this.ydoc, update, from)
  }

  /** Everybody sends and receives everything. */
  sync(): void {
    for (const delegate of this.delegates) {
      for (const update of delegate.outbox.splice(0)) this.receive(delegate, update)
    }
    for (const delegate of this.delegates) {
      const missing = Y.encodeStateAsUpdate(this.ydoc, Y.encodeStateVector(delegate.ydoc))
      Y.applyUpdate(delegate.ydoc, missing, 'server')
    }
  }

  /** The chair decides what the chair sees on the server. */
  chair(
    verb: Verb,
    { set = [], ...rest }: Pick<Change, 'ins' | 'del' | 'entries'> & Partial<Pick<Change, 'set'>>,
  ): Decided {
    const request = requestFor(this.ledger, verb, [{ ...rest, set }])
    const decided = decide(this.ledger, request, `d${this.decisions++}`)
    if ('decision' in decided) writeDecision(this.ydoc, decided.decision)
    return decided
  }

  /** Fingerprint of the base view of one document, to compare with `baseHash`. */
  baseHashOf(ledger: Ledger): string {
    return fingerprint(provisionsOf(ledger.project('base')))
  }
}

/** The change that has the letters, for tests that decide what they name. */
export function changeWith(ledger: Ledger, letters: string): Change {
  const found = ledger
    .changes()
    .find(({ inserted, deleted }) => inserted.includes(letters) || deleted.includes(letters))
  if (!found) throw new RangeError(`no change has ${JSON.stringify(letters)}`)
  return found
}
