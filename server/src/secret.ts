/** Tokens of links and cookies, handed out once and kept as a hash, and other names that chance gives. */
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

/** A day, as long as a link or token of one day works; milliseconds. */
export const day = 24 * 3_600_000

/** The id of another person. */
export const newPersonId = ({ randomInt }: Dice): string =>
  `p-${randomInt(36 ** 8, 36 ** 9).toString(36)}`

/** The id of another decision or attachment: 16 letters of base64url. */
export const newId = ({ token }: Dice): string => token().slice(0, 16)

/** SHA-256 in hex. A token is 256 random bits, so that no salt and no slow hash is needed. */
export const hashOf = (token: string): string => createHash('sha256').update(token).digest('hex')

/** What names a session, link or token to people: enough of its hash to tell it from others, and no key. */
export const nameOfHash = (hash: string): string => hash.slice(0, 16)
