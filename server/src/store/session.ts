/** Browser sessions and the seats taken in them. Only the hash of the cookie's token is kept. */
import type { Told } from './audit.ts'
import type { Seat } from '@revmark/shared/wire'

/** A session in which somebody sits; times are milliseconds since 1970. */
export interface SessionRecord {
  readonly hash: string
  /** How the browser calls itself. */
  readonly agent: string
  readonly at: number
  /** When it last asked for anything, to a few minutes. */
  readonly seen: number
}

export interface Sessions {
  /** Times are milliseconds since 1970; `agent` is how the browser calls itself. */
  open(hash: string, at: number, expires: number, agent?: string): Promise<void>

  /** Adds a seat to the session; a seat that is there already stays. */
  sit(hash: string, person: string, at: number): Promise<void>

  /**
   * The seats of a session in the order in which they were taken, those of revoked people left out;
   * null where there is no such session, it has expired, or nobody has used it for a week.
   */
  seats(hash: string, at: number): Promise<readonly Seat[] | null>

  /** Notes that the session is in use; written down once in a few minutes. */
  touch(hash: string, at: number): Promise<void>

  /** The sessions that have not ended and in which the person sits, the latest seen first. */
  of(person: string, at: number): Promise<readonly SessionRecord[]>

  /** Takes a person's seat out of a session, out of all where `hash` is null. */
  leave(hash: string | null, person: string, told?: Told): Promise<void>

  /** Ends a session; one that is unknown is ended already. */
  end(hash: string): Promise<void>

  /** Forgets the sessions that have ended by themselves. */
  sweep(at: number): Promise<void>
}
