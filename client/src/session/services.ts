/** What a session needs of the server, and of the browser that it is in. */
import type { Draft, IssuedClient } from '@revmark/shared/wire'
import { draft, issueClient } from './api.ts'
import type { Line } from './copy.ts'
import { openKeeping } from './keeping.ts'
import type { Keeping } from './keeping.ts'
import type { Result } from './problem.ts'

export interface SessionServices {
  /** What a draft is for a seat; `patience`: after how many milliseconds no answer is none. */
  readonly draft: (draft: string, seat: string, patience?: number) => Promise<Result<Draft>>
  /** Asked once for every copy. */
  readonly line: () => Line
  /** Issues a client id to a seat in a draft, and up to `spare` more to be kept. */
  readonly issue: (draft: string, seat: string, spare: number) => Promise<Result<IssuedClient>>
  /** What this browser keeps of a seat in a draft. */
  readonly keeping: (draft: string, seat: string) => Keeping
}

/** The server that a browser page came from. */
export const servicesOf = ({ protocol, host }: Location): SessionServices => ({
  draft,
  line: () => ({
    url: `${protocol === 'https:' ? 'wss:' : 'ws:'}//${host}/socket`,
    Socket: WebSocket,
    maxBackoffTime: 5000,
    draw: () => Math.random(),
    now: () => Date.now(),
  }),
  issue: issueClient,
  keeping: openKeeping,
})
