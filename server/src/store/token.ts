/** Tokens of scripts. Only the SHA-256 hash of a token is kept, so that a stolen store opens nothing. */
import type { Told } from './audit.ts'
import type { Scope, Seat } from '@revmark/shared/wire'

/** Times are milliseconds since 1970. */
export interface TokenRecord {
  readonly hash: string
  /** Id of the person in whose name it acts. */
  readonly person: string
  readonly name: string
  readonly scopes: readonly Scope[]
  readonly at: number
  readonly expires: number
  readonly revoked: number | null
  /** When it was last used, to a few minutes; null: never. */
  readonly seen: number | null
}

/** A token that may be used: whose seat, and what is allowed. */
export interface Granted {
  readonly seat: Seat
  readonly scopes: readonly Scope[]
}

export interface Tokens {
  add(token: Omit<TokenRecord, 'revoked' | 'seen'>, told?: Told): Promise<void>

  /** null where there is none, it has expired or been revoked, or its person has. */
  find(hash: string, at: number): Promise<Granted | null>

  /** Notes that it is in use; written down once in a few minutes. */
  touch(hash: string, at: number): Promise<void>

  /** Every token of a meeting, the newest first. */
  of(meeting: string): Promise<readonly TokenRecord[]>

  /** From `at` on it is nobody's; one that is revoked already stays so. */
  revoke(hash: string, at: number, told?: Told): Promise<void>
}
