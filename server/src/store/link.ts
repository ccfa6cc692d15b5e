/** Sign-in links. Only the SHA-256 hash of a link's token is kept, so that a stolen store opens nothing. */
import type { Told } from './audit.ts'

/** `start`: printed at a start of the server and replaced at the next; `invitation`: given to a person. */
export type Purpose = 'start' | 'invitation'

/** Times are milliseconds since 1970. */
export interface Link {
  readonly hash: string
  readonly person: string
  readonly purpose: Purpose
  /** When it was made; null: by a former version, which did not write it down. */
  readonly at: number | null
  readonly expires: number
  /** When it was revoked, or null. */
  readonly revoked: number | null
  /** How often it may be used; null: any number of times. */
  readonly uses: number | null
  readonly used: number
}

/** What became of an attempt to use a link. */
export type Redemption =
  | { readonly person: string }
  | { readonly refused: 'unknown' }
  | { readonly refused: 'revoked' | 'expired' | 'used'; readonly of: string }

export interface Links {
  add(link: Omit<Link, 'revoked' | 'used'>, told?: Told): Promise<void>

  find(hash: string): Promise<Link | null>

  /** Uses the link once, if it still may be; two at the same moment do not share its last use. */
  redeem(hash: string, at: number): Promise<Redemption>

  /** The links of a meeting's people, the newest first. */
  of(meeting: string): Promise<readonly Link[]>

  /** Revokes every link of this purpose that is not revoked yet. Seats already taken stay taken. */
  revoke(purpose: Purpose, at: number): Promise<void>

  /** Revokes one link; one that is unknown or revoked already stays so. */
  revokeOne(hash: string, at: number, told?: Told): Promise<void>
}
