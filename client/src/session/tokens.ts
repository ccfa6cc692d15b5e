/** Tokens for scripts, as the chair and the secretariat make and revoke them. */
import { madeTokenSchema, tokensSchema } from '@revmark/shared/wire'
import type { MadeToken, NewToken, Token } from '@revmark/shared/wire'
import { ask, send, take } from './http.ts'
import { pathIn } from './people.ts'
import type { Office } from './people.ts'
import type { Result } from './problem.ts'

export const list = (office: Office): Promise<Result<{ tokens: Token[] }>> =>
  ask(tokensSchema, pathIn(office, '/tokens'))

/** Makes a token; its letters are told this once. */
export const make = (office: Office, token: NewToken): Promise<Result<MadeToken>> =>
  send(madeTokenSchema, pathIn(office, '/tokens'), token)

export const revoke = (office: Office, token: string): Promise<Result<null>> =>
  take(pathIn(office, `/tokens/${encodeURIComponent(token)}`))
