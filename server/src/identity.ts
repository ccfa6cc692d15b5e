/** The identity provider, by OpenID Connect: the code flow with PKCE, state and nonce (openid-client). */
import type { SignInRefusal } from '@revmark/shared/wire'
import * as oidc from 'openid-client'
import { z } from 'zod'

/** What the operator says of the provider. */
export interface IdentityConfig {
  readonly issuer: string
  readonly clientId: string
  /** null: a public client, which PKCE alone protects. */
  readonly clientSecret: string | null
  /** What people call it. */
  readonly name: string
}

/** What a browser must bring back: kept in its own cookie, so that nobody else's answer fits. */
export const attemptSchema = z.object({
  state: z.string(),
  nonce: z.string(),
  verifier: z.string(),
})
export type Attempt = z.infer<typeof attemptSchema>

export interface IdentityProvider {
  readonly name: string
  /** Where to send the browser. Rejects where the provider cannot be reached. */
  readonly begin: (attempt: Attempt) => Promise<URL>
  /**
   * Whose address the provider says it is, in lower case, from the query with which the browser came
   * back. `error` is for the log.
   */
  finish(query: string, attempt: Attempt): Promise<Proof>
  /** Where a browser signs out at the provider, or where it comes from, where that offers no such place. */
  readonly leave: () => Promise<URL>
}

export type Proof =
  | { readonly email: string }
  | { readonly refused: SignInRefusal; readonly error: unknown }

/** How long the provider may take to answer; seconds. */
const patience = 10

/** How long what it says of itself is believed; milliseconds. */
const memory = 3_600_000

const claimsSchema = z.object({
  email: z.email().toLowerCase().optional(),
  email_verified: z.boolean().optional(),
})

/** A fresh attempt. */
export const newAttempt = (): Attempt => ({
  state: oidc.randomState(),
  nonce: oidc.randomNonce(),
  verifier: oidc.randomPKCECodeVerifier(),
})

/**
 * The provider of `config` for the server at `publicUrl`, which takes answers at one address only. It is
 * asked for the first time when somebody signs in, so that the server starts without it.
 */
export function identityProvider(
  config: IdentityConfig,
  publicUrl: string,
  now: () => number,
): IdentityProvider {
  const { issuer, clientId, clientSecret, name } = config
  const answersAt = `${publicUrl}/api/sign-in/return`
  let known: { readonly at: number; readonly client: Promise<oidc.Configuration> } | null = null

  const client = (): Promise<oidc.Configuration> => {
    if (known && now() - known.at < memory) return known.client
    const found = oidc.discovery(
      new URL(issuer),
      clientId,
      undefined,
      clientSecret === null ? oidc.None() : secretOf(clientSecret),
      {
        timeout: patience,
        // Only this machine's own may be without TLS: the configuration refuses others.
        execute: issuer.startsWith('http:') ? [oidc.allowInsecureRequests] : [],
      },
    )
    known = { at: now(), client: found }
    found.catch(() => (known = null))
    return found
  }

  return {
    name,
    async begin({ state, nonce, verifier }) {
      return oidc.buildAuthorizationUrl(await client(), {
        redirect_uri: answersAt,
        scope: 'openid email',
        state,
        nonce,
        code_challenge: await oidc.calculatePKCECodeChallenge(verifier),
        code_challenge_method: 'S256',
      })
    },
    async finish(query, { state, nonce, verifier }) {
      try {
        const provider = await client()
        const tokens = await oidc.authorizationCodeGrant(provider, new URL(answersAt + query), {
          expectedState: state,
          expectedNonce: nonce,
          pkceCodeVerifier: verifier,
          idTokenExpected: true,
        })
        const told = tokens.claims()!
        // Many providers put the address nowhere but here.
        const claims =
          told['email'] === undefined && provider.serverMetadata().userinfo_endpoint !== undefined
            ? await oidc.fetchUserInfo(provider, tokens.access_token, told.sub)
            : told
        const { email, email_verified: isVerified } = claimsSchema.parse(claims)
        return email !== undefined && isVerified === true
          ? { email }
          : { refused: 'unverified', error: null }
      } catch (error) {
        return { refused: reasonOf(error), error }
      }
    },
    async leave() {
      const provider = await client()
      const back = `${publicUrl}/`
      if (provider.serverMetadata().end_session_endpoint === undefined) return new URL(back)
      return oidc.buildEndSessionUrl(provider, { post_logout_redirect_uri: back })
    },
  }
}

/** The client's secret, in the way that the provider takes it (OpenID Connect Discovery 1.0, 3). */
function secretOf(secret: string): oidc.ClientAuth {
  const [basic, post] = [oidc.ClientSecretBasic(secret), oidc.ClientSecretPost(secret)]
  return (server, ...rest) => {
    const { token_endpoint_auth_methods_supported: ways = ['client_secret_basic'] } = server
    return (ways.includes('client_secret_basic') ? basic : post)(server, ...rest)
  }
}

/** What went wrong, as far as it concerns who signs in. */
function reasonOf(error: unknown): SignInRefusal {
  if (error instanceof oidc.AuthorizationResponseError) return 'declined'
  // The code was used, or is too old.
  if (error instanceof oidc.ResponseBodyError && error.error === 'invalid_grant') return 'stale'
  const isNetwork =
    error instanceof oidc.ClientError && /TIMEOUT|ABORT|UNREACHABLE/.test(error.code ?? '')
  return isNetwork || error instanceof TypeError ? 'unreachable' : 'failed'
}
