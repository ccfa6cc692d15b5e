/** This browser's copy of a draft: a Y.Doc, what is read from it, the hand that writes in it, its line. */
import { Ledger, Pen } from '@revmark/shared/ledger'
import { messageAck, messageFacts, messageRefused } from '@revmark/shared/wire'
import type { Draft, Seat } from '@revmark/shared/wire'
import * as decoding from 'lib0/decoding'
import { WebsocketProvider } from 'y-websocket'
import * as Y from 'yjs'
import { comebackAfter } from './comeback.ts'
import { ChangeFeed } from './feed.ts'
import { Presence } from './presence.ts'
import type { Outbox } from './outbox.ts'
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
  private readonly outbox: Outbox
  private readonly resending: Resending
  /** The clock up to which the outbox has let go of this client's edits. */
  private forgotten = 0
  private wasSynced = false
  private wasCut = false
  private holding: string | null = null
  /** Within how many milliseconds a server that stops has asked to come back. */
  private back: number | null = null

  /**
   * `client` is the id that the server has issued for this copy; null for who only reads. What
   * `resending` holds is written into the copy once the draft has arrived.
   */
  constructor(
    draft: Draft,
    client: number | null,
    line: Line,
    { outbox, resending }: { readonly outbox: Outbox; readonly resending: Resending },
    events: CopyEvents,
  ) {
    this.draft = draft
    this.seat = draft.seat
    this.issued = client
    this.outbox = outbox
    this.resending = resending
    this.ydoc = new Y.Doc({ gc: false })
    if (client !== null) this.ydoc.clientID = client
    this.tally = new Tally(
      () => this.clock,
      () => {
        this.forgetSaved()
        events.changed()
      },
    )
    // Before the provider listens, so that an edit is counted before its frame is.
    let written = 0
    this.ydoc.on('update', (update: Uint8Array, origin: unknown) => {
      if (origin === this.provider) return
      if (origin === resending) return this.tally.edited(resending.inFrame)
      this.tally.edited()
      const start = written
      written = this.clock
      if (client !== null) outbox.keep({ client, start, end: written, update })
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
      events.refused(messageOf(decoding.readVarString(decoder)))
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
      if (synced) resending.into(this.ydoc)
      events.changed()
    })
    this.provider.on('connection-close', () => {
      this.wasCut = true
      this.holding = null
      this.drawComeback(line)
      events.changed()
    })
    this.provider.on('closed', ({ code }) => events.closed(code))
    this.presence = new Presence(this.provider.awareness, draft.seat.id, client !== null)
  }

  /** The draft has arrived at least once: there is something to show. */
  get arrived(): boolean {
    return this.wasSynced
  }

  /** The line was lost, or could not be had, at least once. */
  get interrupted(): boolean {
    return this.wasCut
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

  connect(): void {
    this.provider.connect()
  }

  /** The own words that are not known to be on the server's disk. */
  unsavedText(): string {
    if (this.issued === null) return ''
    const own = { client: this.issued, from: this.tally.savedClock }
    return [...this.resending.starts, own]
      .map(({ client, from }) => lettersSince(this.ledger, client, from))
      .filter((text) => text !== '')
      .join('\n')
  }

  /** The browser forgets what this copy has not saved: it was refused, or may not be sent. */
  discard(): void {
    if (this.issued !== null) this.outbox.forget(this.issued)
    this.resending.forget(this.outbox)
  }

  /** How many tokens this hand has written. */
  private get clock(): number {
    return this.issued === null ? 0 : Y.getState(this.ydoc.store, this.issued)
  }

  private forgetSaved(): void {
    const { savedClock } = this.tally
    if (this.issued !== null && savedClock > this.forgotten) {
      this.outbox.forget(this.issued, savedClock)
      this.forgotten = savedClock
    }
    if (this.saved && this.resending.isIn(this.ydoc)) this.resending.forget(this.outbox)
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

const messageOf = (json: string): string =>
  stringIn(json, 'message') ?? 'The server did not accept the last edit.'

const heldIn = (json: string): string | null => stringIn(json, 'held')

const stringIn = (json: string, key: string): string | null => {
  const value = fieldOf(json, key)
  return typeof value === 'string' ? value : null
}

const backIn = (json: string): number | null => {
  const value = fieldOf(json, 'back')
  return typeof value === 'number' ? value : null
}

/** A field of a JSON object; undefined where there is none, or the object is not of the agreed form. */
function fieldOf(json: string, key: string): unknown {
  try {
    return (JSON.parse(json) as Record<string, unknown> | null)?.[key]
  } catch {
    return undefined
  }
}
