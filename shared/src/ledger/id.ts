/** Names of single tokens: Yjs item ids. A token keeps its id for ever, in every client. */

/** One token: a letter (one UTF-16 code unit), a block marker or an anchor. */
export interface Id {
  readonly client: number
  readonly clock: number
}

/** The client id under which the server writes the text in force, once, when a draft is made. */
export const baseClient = 1

/** The client id under which the server writes people and decisions. */
export const serverClient = 2

/** Ids below this are the server's; issued ids are drawn from here to 2^32 - 1. */
export const firstIssuedClient = 1000

/** `client:clock`, the form in which ids name paragraphs on screen and in requests. */
export const idKey = (client: number, clock: number): string => `${client}:${clock}`

export function parseIdKey(key: string): Id {
  const match = /^(\d{1,10}):(\d{1,10})$/.exec(key)
  if (!match) throw new RangeError(`not an id: ${JSON.stringify(key)}`)
  return { client: Number(match[1]), clock: Number(match[2]) }
}
