/** Browser sessions and the seats taken in them. Only the hash of the cookie's token is kept. */
import type { Seat } from '@revmark/shared/wire'

export interface Sessions {
  /** Times are milliseconds since 1970. */
  open(hash: string, at: number, expires: number): Promise<void>

  /** Adds a seat to the session; a seat that is there already stays. */
  sit(hash: string, person: string, at: number): Promise<void>

  /**
   * The seats of a session in the order in which they were taken, those of revoked people left out;
   * null where there is no such session or it has expired.
   */
  seats(hash: string, at: number): Promise<readonly Seat[] | null>

  /** Ends a session; one that is unknown is ended already. */
  end(hash: string): Promise<void>
}
