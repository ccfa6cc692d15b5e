/** This browser's copy of a draft: a Y.Doc, what is read from it, the hand that writes in it, its line. */
import { Ledger, Pen } from '@revmark/shared/ledger'
import { messageAck, messageFacts, messageRefused } from '@revmark/shared/wire'
import type { Draft, Seat } from '@revmark/shared/wire'
import * as decoding from 'lib0/decoding'
import { WebsocketProvider } from 'y-websocket'
import * as Y from 'yjs'
import { comebackAfter } from './comeback.ts'
import { backIn, heldIn, messageIn } from './facts.ts'
import { ChangeFeed } from './feed.ts'
import type { Keeping } from './keeping.ts'
import { Presence } from './presence.ts'
import { lettersSince } from './refused.ts'
import { Resending } from './resending.ts'
import { countingSocket } from './socket.ts'
import type { SocketClass } from './socket.ts'
import { Tally } from './tally.ts'

/** How a copy reaches its room. */
export interface Line {
  /** `ws:` or `wss:` address of the socket endpoint, without the room. */
  readonly url: string
  readonly Socket: SocketClass
  /** Milliseconds between two tries at most. */
  readonly maxBackoffTime: number
  /** A number from 0 to 1, 1 excluded, which says when within a time a lost line is tried again. */
  readonly draw: () => number
  /** Milliseconds since 1970. */
  readonly now: () => number
}

/** What a copy has of earlier pages. */
export interface Inheritance {
  readonly keeping: Keeping
  /** Written into the copy once it has the draft. */
  readonly resending: Resending
  /** The draft as this device kept it; null: it comes from the server. */
  readonly kept: readonly Uint8Array[] | null
}

/** After so many failures y-websocket would wait longer than any server asks to. */
const manyFailures = 7

/** What a copy tells its session. */
export interface CopyEvents {
  /** Connection, synchronisation or the sums of the tally have changed. */
  readonly changed: () => void
  /** The server has refused an edit; what follows it will be refused too. */
  readonly refused: (message: string) => void
  /** The server has closed the line for good, with a code of `closeCode`. */
  readonly closed: (code: number) => void
  /** Yjs has given up the issued client id: somebody else writes under it. */
  readonly displaced: () => void
}

export class Copy {
  readonly draft: Draft
  readonly seat: Seat
  readonly ydoc: Y.Doc
  readonly ledger: Ledger
  /** null for who only reads. */
  readonly pen: Pen | null
  readonly presence: Presence
  readonly changes: ChangeFeed
  private readonly tally: Tally
  private readonly provider: WebsocketProvider
  private readonly issued: number | null
  private readonly keeping: Keeping
  private readonly resending: Resending
  /** What `connect` has not read yet of what this device kept. */
  private kept: readonly Uint8Array[] | null
  /** The clock up to which the outbox has let go of this client's edits. */
  private forgotten = 0
  private wasSynced = false
  private wasCut = false
  private wasOnline = false
  /** Since when there is no line; milliseconds since 1970. */
  private cutAt: number
  private holding: string | null = null
  /** Within how many milliseconds a server that stops has asked to come back. */
  private back: number | null = null

  /** `client` is the id that the server has issued for this copy; null for who only reads. */
  constructor(
    draft: Draft,
    client: number | null,
    line: Line,
    { keeping, resending, kept }: Inheritance,
    events: CopyEvents,
  ) {
    this.draft = draft
    this.seat = draft.seat
    this.issued = client
    this.keeping = keeping
    this.resending = resending
    this.cutAt = line.now()
    this.ydoc = new Y.Doc({ gc: false })
    if (client !== null) this.ydoc.clientID = client
    this.tally = new Tally(() => this.clock, {
      changed: () => {
        this.forgetSaved()
        events.changed()
      },
      saved: (updates) => keeping.shelf.append(updates),
    })
    // Before the provider listens, so that an edit is counted before its frame is.
    let written = 0
    this.ydoc.on('update', (update: Uint8Array, origin: unknown) => {
      if (origin === keeping) return
      if (origin === this.provider) return this.arrive(update)
      if (origin === resending) return this.tally.edited(update, resending.inFrame)
      this.tally.edited(update)
      const start = written
      written = this.clock
      if (client !== null) keeping.outbox.keep({ client, start, end: written, update })
    })
    this.ydoc.on('afterAllTransactions', () => {
      if (client !== null && this.ydoc.clientID !== client) events.displaced()
    })
    const self = selfOf(draft.seat, client)
    this.ledger = new Ledger(this.ydoc, self)
    this.changes = new ChangeFeed(this.ledger)
    this.pen = self && new Pen(this.ledger, self, () => Date.now())
    this.provider = new WebsocketProvider(line.url, draft.id, this.ydoc, {
      connect: false,
      params: { seat: draft.seat.id },
      disableBc: true,
      maxBackoffTime: line.maxBackoffTime,
      WebSocketPolyfill: countingSocket(line.Socket, this.tally),
    })
    this.provider.messageHandlers[messageAck] = (_encoder, decoder) => {
      this.tally.acked(decoding.readVarUint(decoder))
    }
    this.provider.messageHandlers[messageRefused] = (_encoder, decoder) => {
      decoding.readVarUint(decoder)
      events.refused(messageIn(decoding.readVarString(decoder)))
    }
    this.provider.messageHandlers[messageFacts] = (_encoder, decoder) => {
      const facts = decoding.readVarString(decoder)
      this.holding = heldIn(facts)
      this.back = backIn(facts)
      events.changed()
    }
    this.provider.on('status', events.changed)
    this.provider.on('sync', (synced) => {
      this.wasSynced ||= synced
      this.wasOnline ||= synced
      if (synced) resending.into(this.ydoc)
      events.changed()
    })
    this.provider.on('connection-close', () => {
      if (this.wasOnline) this.cutAt = line.now()
      this.wasOnline = false
      this.wasCut = true
      this.holding = null
      this.drawComeback(line)
      events.changed()
    })
    this.provider.on('closed', ({ code }) => events.closed(code))
    this.presence = new Presence(this.provider.awareness, draft.seat.id, client !== null)
    this.kept = kept
  }

  /** The draft has arrived at least once: there is something to show. */
  get arrived(): boolean {
    return this.wasSynced
  }

  /** The line was lost, or could not be had, at least once. */
  get interrupted(): boolean {
    return this.wasCut
  }

  /** Since when there is no line, where there is none; milliseconds since 1970. */
  get offlineSince(): number {
    return this.cutAt
  }

  get online(): boolean {
    return this.provider.wsconnected && this.provider.synced
  }

  /** Why the server takes no edits at present, in its words; null: it does, as far as is known. */
  get held(): string | null {
    return this.holding
  }

  /** Edits not known to be on the server's disk. */
  get unsaved(): number {
    return this.tally.unsaved
  }

  /** Everything this copy holds is known to be on the server's disk. */
  get saved(): boolean {
    return this.online && this.tally.settled && this.tally.unsaved === 0
  }

  /** Draws when the provider tries again; it waits `maxBackoffTime`, or less after few failures. */
  private drawComeback({ maxBackoffTime, draw }: Line): void {
    const { provider, back } = this
    const failures = provider.wsUnsuccessfulReconnects
    provider.maxBackoffTime = comebackAfter({ failures, back, longest: maxBackoffTime }, draw)
    if (back !== null) provider.wsUnsuccessfulReconnects = manyFailures
    this.back = null
  }

  /** Shows what this device kept of the draft, and asks the server for what it has. */
  connect(): void {
    const { kept, keeping, ydoc } = this
    if (kept) {
      this.kept = null
      ydoc.transact(() => {
        for (const update of kept) Y.applyUpdate(ydoc, update, keeping)
      }, keeping)
      this.wasSynced = true
      this.resending.into(ydoc)
    }
    this.provider.connect()
  }

  /** The own words that are not known to be on the server's disk. */
  unsavedText(): string {
    const own = this.issued === null ? [] : [{ client: this.issued, from: this.tally.savedClock }]
    return [...this.resending.starts, ...own]
      .map(({ client, from }) => lettersSince(this.ledger, client, from))
      .filter((text) => text !== '')
      .join('\n')
  }

  /** The browser forgets what this copy has not saved: it was refused, or may not be sent. */
  discard(): void {
    const { outbox, shelf } = this.keeping
    if (this.issued !== null) outbox.forget(this.issued)
    this.resending.forget(outbox)
    shelf.drop()
  }

  /** What the browser kept may be gone: what is not saved is kept anew. */
  keepAgain(): void {
    const client = this.issued
    const { outbox } = this.keeping
    this.resending.keepAgain(outbox)
    if (client === null) return
    let start = this.tally.savedClock
    for (const { update, clock } of this.tally.unsavedEdits) {
      // Those of pages that have gone are not under this id.
      if (clock > start) outbox.keep({ client, start, end: clock, update })
      start = clock
    }
  }

  /** Something came from the server. */
  private arrive(update: Uint8Array): void {
    this.keeping.shelf.append([update])
    this.shelve()
  }

  /** Puts the whole draft on the shelf where that is due; only what the server has is in it. */
  private shelve(): void {
    const { shelf } = this.keeping
    if (!shelf.wantsState || !this.saved) return
    shelf.write(this.draft, Y.encodeStateAsUpdate(this.ydoc))
  }

  /** How many tokens this hand has written. */
  private get clock(): number {
    return this.issued === null ? 0 : Y.getState(this.ydoc.store, this.issued)
  }

  private forgetSaved(): void {
    const { savedClock } = this.tally
    if (this.issued !== null && savedClock > this.forgotten) {
      this.keeping.outbox.forget(this.issued, savedClock)
      this.forgotten = savedClock
    }
    if (this.saved && this.resending.isIn(this.ydoc)) this.resending.forget(this.keeping.outbox)
    this.shelve()
  }

  destroy(): void {
    this.presence.destroy()
    this.changes.destroy()
    // The provider says goodbye under the id that it spoke under; Yjs may have changed it.
    this.ydoc.clientID = this.provider.awareness.clientID
    this.provider.destroy()
    this.provider.awareness.destroy()
    this.ledger.destroy()
    this.ydoc.destroy()
  }
}

function selfOf(seat: Seat, client: number | null) {
  if (client === null || seat.delegation === null) return null
  return { client, delegation: seat.delegation, user: seat.id }
}
