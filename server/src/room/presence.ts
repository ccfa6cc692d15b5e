/**
 * Who is here: the awareness of a room. It speaks y-protocols' awareness frames, but lets nobody
 * speak for another: a connection owns one client id, its identity is written by the server, and the
 * clocks are the server's, so that a forged clock mutes nobody and a returning client is seen at once.
 * They follow the time, so that they go on rising after a restart.
 */
import { serverClient } from '@revmark/shared/ledger'
import { awarenessLimit } from '@revmark/shared/wire'
import type { Presence as Identity, RoomPresence } from '@revmark/shared/wire'
import type { Connection } from './connection.ts'
import { awarenessFrame } from './frame.ts'
import type { AwarenessEntry } from './frame.ts'

interface Place {
  readonly connection: Connection
  /** The clock that the client itself sent last: an older frame is not news. */
  readonly heard: number
  /** JSON as it is passed on. */
  readonly state: string
}

const gone = 'null'

const identityOf = ({ session: { seat } }: Connection): Identity => ({
  id: seat.id,
  name: seat.name,
  role: seat.role,
  delegation: seat.delegation,
})

export class Presence {
  private readonly places = new Map<number, Place>()
  /** The client id that each connection speaks for. */
  private readonly clients = new Map<Connection, number>()
  private readonly clocks = new Map<number, number>()
  /** Ids whose state is news for everybody but, where it lives, its own connection. */
  private readonly changed = new Set<number>()
  private readonly now: () => number
  private room = gone

  /** `now` gives milliseconds since 1970. */
  constructor(now: () => number) {
    this.now = now
  }

  /**
   * Takes what a connection says of itself; `owns` tells which client ids are its user's. What it
   * says of others (stock clients echo what they hear) is no news and is left out.
   * Returns whether there is news to pass on.
   */
  hear(
    connection: Connection,
    entries: readonly AwarenessEntry[],
    owns: (client: number) => boolean,
  ): boolean {
    for (const { client, clock, state } of entries) {
      const own = this.clients.get(connection)
      if (own === undefined ? !owns(client) : own !== client) continue
      const known = this.places.get(client)
      if (known?.connection === connection && known.heard >= clock) continue
      const stamped = stamp(state, connection)
      if (stamped === null) this.forget(client)
      else if (stamped !== undefined)
        this.place(client, { connection, heard: clock, state: stamped })
    }
    return this.changed.size > 0
  }

  /** Forgets what a connection said, unless another one of its user has taken the id over. */
  leave(connection: Connection): void {
    const client = this.clients.get(connection)
    if (client !== undefined) this.forget(client)
  }

  /**
   * Renews the server's own state from the connections present. A stock client forgets whoever is
   * not renewed, and drops a server that is silent, for 30 s.
   */
  beat(connections: Iterable<Connection>): void {
    let observers = 0
    const others = new Map<string, Identity>()
    for (const connection of connections) {
      if (this.clients.has(connection)) continue
      const identity = identityOf(connection)
      if (identity.role === 'observer') observers++
      else others.set(identity.id, identity)
    }
    const state: RoomPresence = { room: { observers, others: [...others.values()] } }
    this.room = JSON.stringify(state)
    this.touch(serverClient)
  }

  /** Everybody else's state, for who has just come. */
  others(connection: Connection): Uint8Array {
    const own = this.clients.get(connection)
    const clients = [serverClient, ...this.places.keys()].filter((client) => client !== own)
    return awarenessFrame(clients.map((client) => this.entry(client)))
  }

  /** Calls `send` with the news for each connection; nobody hears of itself. */
  tell(connections: Iterable<Connection>, send: (to: Connection, frame: Uint8Array) => void): void {
    const news = [...this.changed].map((client) => this.entry(client))
    this.changed.clear()
    if (news.length === 0) return
    const frame = awarenessFrame(news)
    for (const connection of connections) {
      const own = this.clients.get(connection)
      const others = own === undefined ? news : news.filter(({ client }) => client !== own)
      if (others.length === news.length) send(connection, frame)
      else if (others.length > 0) send(connection, awarenessFrame(others))
    }
  }

  private entry(client: number): AwarenessEntry {
    const state = client === serverClient ? this.room : (this.places.get(client)?.state ?? gone)
    return { client, clock: this.clocks.get(client) ?? 0, state }
  }

  private place(client: number, place: Place): void {
    // A connection that comes back takes its id over from the one that it has lost.
    const known = this.places.get(client)
    if (known) this.clients.delete(known.connection)
    this.clients.set(place.connection, client)
    this.places.set(client, place)
    this.touch(client)
  }

  private forget(client: number): void {
    const known = this.places.get(client)
    if (!known) return
    this.clients.delete(known.connection)
    this.places.delete(client)
    this.touch(client)
  }

  private touch(client: number): void {
    this.clocks.set(client, Math.max((this.clocks.get(client) ?? 0) + 1, this.now()))
    this.changed.add(client)
  }
}

/** A client's state with the identity that is true; null where it says goodbye, undefined where it is no state. */
function stamp(state: string, connection: Connection): string | null | undefined {
  if (state.length > awarenessLimit) return undefined
  try {
    const value: unknown = JSON.parse(state)
    if (value === null) return null
    if (typeof value !== 'object' || Array.isArray(value)) return undefined
    return JSON.stringify({ ...value, user: identityOf(connection) })
  } catch {
    return undefined
  }
}
