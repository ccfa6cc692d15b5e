/** The people of a meeting. A person's id is the id of the seat that a browser takes. */
import type { Seat } from '@revmark/shared/wire'

export interface People {
  add(person: Seat): Promise<void>

  /** null where nobody has this id or the person has been revoked. */
  find(id: string): Promise<Seat | null>

  /** Every person of a meeting who has not been revoked, by id. */
  of(meeting: string): Promise<readonly Seat[]>

  /** From `at` on (milliseconds since 1970) the person's seat is nobody's; links and sessions stop. */
  revoke(id: string, at: number): Promise<void>
}
