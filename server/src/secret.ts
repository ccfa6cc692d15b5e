/** Tokens of links and cookies: handed out once, kept as a hash. */
import { createHash, randomBytes, randomInt as nodeRandomInt } from 'node:crypto'

/** Where chance comes from; a test gives its own. */
export interface Dice {
  /** An unguessable name, 43 letters of base64url: 256 bits. */
  readonly token: () => string
  /** An integer, `from` included, `to` excluded, at most 2^48 apart. */
  readonly randomInt: (from: number, to: number) => number
}

export const dice: Dice = {
  token: () => randomBytes(32).toString('base64url'),
  randomInt: nodeRandomInt,
}

/** What a script's token begins with, so that people and scanners of secrets know one. */
export const tokenMark = 'revmark_'

/** How long a link or token of one day works; milliseconds. */
export const day = 24 * 3_600_000

/** SHA-256 in hex. A token is 256 random bits, so that no salt and no slow hash is needed. */
export const hashOf = (token: string): string => createHash('sha256').update(token).digest('hex')

/** What names a session, link or token to people: enough of its hash to tell it from others, and no key. */
export const nameOfHash = (hash: string): string => hash.slice(0, 16)
