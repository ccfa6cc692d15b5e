/** Where a participant finds a room of a server, and how it shows who it is. */
import type { ContenderProcess } from './contender.ts'
import { handOf } from './drafting.ts'

/** What a WebSocket and a y-websocket provider need to enter. */
export interface Address {
  readonly url: string
  readonly room: string
  readonly params: Record<string, string>
  readonly headers: Record<string, string>
}

/** The name of draft `n`; 0 is the one that is written in. */
export const draftName = (n: number): string => `bench-${n}`

/** The cookie's token of participant `n`: no secret, since its server lives as long as the benchmark. */
export const tokenOf = (n: number): string => `token-${n}`

/** The address of a draft for participant `n`. */
export function addressOf(
  { contender, port }: Pick<ContenderProcess, 'contender' | 'port'>,
  n: number,
  draft = 0,
): Address {
  const host = `127.0.0.1:${port}`
  const room = draftName(draft)
  if (contender !== 'revmark') return { url: `ws://${host}`, room, params: {}, headers: {} }
  return {
    url: `ws://${host}/socket`,
    room,
    params: { seat: handOf(n).user },
    headers: { origin: `http://${host}`, cookie: `revmark-session=${tokenOf(n)}` },
  }
}
