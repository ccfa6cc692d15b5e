/**
 * Signing in at the identity provider. Who gets in: whoever proves there an address that the secretariat
 * has written beside a seat takes all seats with that address, and nobody else any. Roles, groups and
 * names of the provider are not taken over.
 */
import { signInWaysSchema } from '@revmark/shared/wire'
import type { SignInRefusal, SignInWays } from '@revmark/shared/wire'
import { Hono } from 'hono'
import type { Context } from 'hono'
import { deleteCookie, getCookie, setCookie } from 'hono/cookie'
import { attemptSchema, newAttempt } from '../identity.ts'
import type { Attempt, IdentityProvider } from '../identity.ts'
import { promises } from './contract.ts'
import { Failure } from './failure.ts'
import { addressOfRequest } from './proxies.ts'
import { cookieOptions, takeSeats } from './seating.ts'
import type { Services } from './services.ts'

/** How long somebody may take at the provider; seconds. */
const attemptLife = 600

/** `/sign-in` and what is below it; the browser goes there itself, so that answers are redirections. */
export const signIn = (services: Services) => {
  const { store, identity, limiter, secure, log } = services
  const cookie = secure ? '__Host-revmark-attempt' : 'revmark-attempt'
  const options = cookieOptions(services)

  const provider = (): IdentityProvider => {
    if (identity) return identity
    throw new Failure('unknown-route', 'No identity provider is set up on this server.')
  }

  const away = (error: unknown): null => {
    log.warn({ err: error }, 'the identity provider cannot be reached')
    return null
  }

  const takeAttempt = (context: Context): Attempt | null => {
    const kept = getCookie(context, cookie)
    deleteCookie(context, cookie, options)
    if (kept === undefined) return null
    const [state, nonce, verifier] = kept.split('.')
    return attemptSchema.safeParse({ state, nonce, verifier }).data ?? null
  }

  const refuse = (context: Context, why: SignInRefusal, error: unknown = null): Response => {
    if (why === 'not-invited' || why === 'unverified' || why === 'failed')
      limiter.demand('strangers', addressOfRequest(context, services))
    log.info({ why, err: error ?? undefined }, 'not let in by the identity provider')
    return context.redirect(`/?refused=${why}`, 303)
  }

  return new Hono()
    .get(
      '/sign-in/ways',
      promises({ does: 'Lists the ways in beside a link', answers: { 200: signInWaysSchema } }),
      (context) => {
        const answer: SignInWays = { provider: identity?.name ?? null }
        return context.json(answer)
      },
    )
    .get(
      '/sign-in',
      promises({
        does: 'Sends the browser to the identity provider',
        answers: { 303: null },
        fails: ['unknown-route'],
      }),
      async (context) => {
        const { begin } = provider()
        const attempt = newAttempt()
        const place = await begin(attempt).catch(away)
        if (!place) return refuse(context, 'unreachable')
        const { state, nonce, verifier } = attempt
        const kept = [state, nonce, verifier].join('.')
        setCookie(context, cookie, kept, { ...options, maxAge: attemptLife })
        return context.redirect(place.href, 303)
      },
    )
    .get(
      '/sign-in/return',
      promises({
        does: 'Takes the answer of the identity provider',
        answers: { 303: null },
        fails: ['unknown-route'],
      }),
      async (context) => {
        const attempt = takeAttempt(context)
        if (!attempt) return refuse(context, 'stale')
        const proof = await provider().finish(new URL(context.req.url).search, attempt)
        if ('refused' in proof) return refuse(context, proof.refused, proof.error)
        const seats = await store.people.withEmail(proof.email)
        if (seats.length === 0) return refuse(context, 'not-invited')
        await takeSeats(context, services, seats, { way: 'provider' })
        return context.redirect('/', 303)
      },
    )
    .get(
      '/sign-in/leave',
      promises({
        does: 'Sends the browser to where it signs out at the identity provider',
        answers: { 303: null },
        fails: ['unknown-route'],
      }),
      async (context) => {
        const { leave } = provider()
        const place = await leave().catch(away)
        return place ? context.redirect(place.href, 303) : refuse(context, 'unreachable')
      },
    )
}
