/** Sign-in links. Only the SHA-256 hash of a link's token is kept, so that a stolen store opens nothing. */

/** `start`: printed at a start of the server and replaced at the next; `invitation`: given to a person. */
export type Purpose = 'start' | 'invitation'

export interface Link {
  readonly hash: string
  readonly person: string
  readonly purpose: Purpose
  /** Milliseconds since 1970. */
  readonly expires: number
  /** When it was revoked, or null. */
  readonly revoked: number | null
}

export interface Links {
  add(link: Omit<Link, 'revoked'>): Promise<void>

  find(hash: string): Promise<Link | null>

  /** Revokes every link of this purpose that is not revoked yet. Seats already taken stay taken. */
  revoke(purpose: Purpose, at: number): Promise<void>
}
