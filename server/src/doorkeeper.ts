/** Shows out who may no longer be here: a socket outlives neither its session nor its seat. */
import { closeCode } from '@revmark/shared/wire'
import type { Seat } from '@revmark/shared/wire'
import type { BaseLogger } from 'pino'
import type { Connection } from './room/connection.ts'
import type { Rooms } from './room/rooms.ts'
import type { Store } from './store/store.ts'
import { leniently } from './store/trouble.ts'

/** How often everybody inside is looked at, for what nobody has told; milliseconds. */
const lookInterval = 60_000

/** Why somebody is shown out; each has a close code of its own. */
export type Reason = 'signedOut' | 'revoked' | 'roleChanged'

const words = { signedOut: 'signed-out', revoked: 'revoked', roleChanged: 'role-changed' } as const

export interface DoorkeeperServices {
  readonly store: Pick<Store, 'sessions' | 'people'>
  readonly rooms: Rooms
  readonly log: BaseLogger
  /** Milliseconds since 1970. */
  readonly now: () => number
}

export class Doorkeeper {
  private readonly services: DoorkeeperServices
  private readonly inside = new Set<Connection>()
  private readonly timer: NodeJS.Timeout

  constructor(services: DoorkeeperServices) {
    this.services = services
    this.timer = setInterval(() => void this.look(), lookInterval)
    this.timer.unref()
  }

  /** Keeps an eye on a connection from now on; what is returned ends that. */
  watch(connection: Connection): () => void {
    this.inside.add(connection)
    return () => this.inside.delete(connection)
  }

  /** Closes the sockets of a session, all of them or those of one seat. */
  async sessionEnded(session: string, seat: string | null): Promise<void> {
    await this.showOut(
      (connection) =>
        connection.session.id === session && (seat === null || connection.session.seat.id === seat),
      'signedOut',
    )
  }

  /** Closes the sockets of a seat, in whichever browser. */
  async seatEnded(seat: string, reason: Reason): Promise<void> {
    await this.showOut(({ session }) => session.seat.id === seat, reason)
  }

  /**
   * Looks whether everybody inside still may be here: finds sessions that have expired, and what the
   * command line has done to the store. Never rejects.
   */
  async look(): Promise<void> {
    try {
      const gone = new Map<Connection, Reason>()
      for (const connection of this.inside) {
        const reason = await this.reasonFor(connection)
        if (reason) gone.set(connection, reason)
      }
      for (const reason of new Set(gone.values()))
        await this.showOut((connection) => gone.get(connection) === reason, reason)
      await this.services.store.sessions.sweep(this.services.now())
    } catch (error) {
      this.services.log.warn({ err: error }, 'could not look who is inside')
    }
  }

  close(): void {
    clearInterval(this.timer)
  }

  private async reasonFor({ session: { id, seat } }: Connection): Promise<Reason | null> {
    const { store, now } = this.services
    const person = await store.people.find(seat.id)
    if (!person) return 'revoked'
    const seats = await store.sessions.seats(id, now())
    if (!seats?.some((own) => own.id === seat.id)) return 'signedOut'
    // Who has a draft open uses the session, also without a request.
    await leniently(store.sessions.touch(id, now()))
    return sameRights(person, seat) ? null : 'roleChanged'
  }

  private async showOut(which: (connection: Connection) => boolean, reason: Reason): Promise<void> {
    await this.services.rooms.dismissWhere(which, closeCode[reason], words[reason])
  }
}

const sameRights = (one: Seat, other: Seat): boolean =>
  one.role === other.role && one.delegation === other.delegation
