/** The people of a meeting. A person's id is the id of the seat that a browser takes. */
import type { Told } from './audit.ts'
import type { Seat } from '@revmark/shared/wire'

export interface Person extends Seat {
  /** Lower-case; null where none is known. */
  readonly email: string | null
  /** When the seat was taken away, milliseconds since 1970; null: it stands. */
  readonly revoked: number | null
  /** When name and address were erased, milliseconds since 1970; null: they were not. */
  readonly erased: number | null
}

/** What stands for the name of a person who has been erased. */
export const erasedName = 'Erased person'

/** What of a person may change; what is left out stays. */
export type PersonChange = Partial<Pick<Person, 'name' | 'role' | 'delegation' | 'email'>>

export interface People {
  /** Adds a person; rejects where the id is taken or the delegation is not admitted. */
  add(person: Seat, email?: string | null, told?: Told): Promise<void>

  /** null where nobody has this id or the person has been revoked. */
  find(id: string): Promise<Seat | null>

  /** Every person of a meeting who has not been revoked, by id. */
  of(meeting: string): Promise<readonly Seat[]>

  /** The seats of all meetings with this address, in lower case, those taken away left out. */
  withEmail(email: string): Promise<readonly Seat[]>

  /** Every person whom a meeting has or has had, by name. */
  everyone(meeting: string): Promise<readonly Person[]>

  /** Changes a person who has not been revoked; false where there is none. */
  change(id: string, change: PersonChange, told?: Told): Promise<boolean>

  /** From `at` on (milliseconds since 1970) the person's seat is nobody's; links and sessions stop. */
  revoke(id: string, at: number, told?: Told): Promise<void>

  /**
   * Takes the seat away and forgets who had it: name, address, what the browsers called themselves, what
   * the tokens were called. The id stays, so that what the person wrote and did stays theirs. Also the
   * freed bytes of the file are overwritten.
   */
  erase(id: string, at: number, told?: Told): Promise<void>
}
