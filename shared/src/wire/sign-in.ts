/** Signing in at an identity provider (OpenID Connect), where the operator has named one. */
import { z } from 'zod'

/** The ways in beside a link; `provider` is what people call the identity provider, null: there is none. */
export const signInWaysSchema = z.object({ provider: z.string().nullable() })
export type SignInWays = z.infer<typeof signInWaysSchema>

/**
 * Why somebody who came back from the provider has no seat: `/?refused=<reason>` is where they land.
 * `not-invited`: no seat has this address; `unverified`: the provider does not say that the address is
 * theirs; `declined`: it has refused; `stale`: begun too long ago or elsewhere; `unreachable`, `failed`.
 */
export const signInRefusals = [
  'not-invited',
  'unverified',
  'declined',
  'stale',
  'unreachable',
  'failed',
] as const
export type SignInRefusal = (typeof signInRefusals)[number]
