/** Who asks: the browser's session by its cookie, and the seat that speaks by `x-seat` or `?seat=`. */
import type { Role, Seat } from '@revmark/shared/wire'
import { getCookie } from 'hono/cookie'
import { createMiddleware } from 'hono/factory'
import type { Sessions } from '../store/session.ts'
import { isStoreTrouble } from '../store/trouble.ts'
import { hashOf } from '../secret.ts'
import { withClause } from './contract.ts'
import { Failure } from './failure.ts'
import type { Limiter } from './limiter.ts'

/** How long a session lasts; milliseconds. */
export const sessionLife = 30 * 24 * 3_600_000

/** Behind TLS the name itself binds the cookie to this host and to TLS (RFC 6265bis, 4.1.3.2). */
export const cookieName = (secure: boolean): string =>
  secure ? '__Host-revmark' : 'revmark-session'

/** A browser's session: the hash that names it, and its seats. */
export interface Signed {
  readonly session: string
  readonly seats: readonly Seat[]
}

/** Finds a session by its cookie's token; null where there is none, or it has ended. */
export async function findSession(
  sessions: Sessions,
  token: string | undefined,
  at: number,
): Promise<Signed | null> {
  if (token === undefined) return null
  const session = hashOf(token)
  const seats = await sessions.seats(session, at)
  return seats && { session, seats }
}

export interface SeatServices {
  readonly store: { readonly sessions: Sessions }
  readonly limiter: Limiter
  readonly secure: boolean
  readonly now: () => number
}

/** Lets in whoever has a session with at least one seat, as `signed`. */
export const signedIn = ({ store, limiter, secure, now }: SeatServices) =>
  withClause(
    createMiddleware<{ Variables: { signed: Signed } }>(async (context, next) => {
      const token = getCookie(context, cookieName(secure))
      const signed = await findSession(store.sessions, token, now())
      if (!signed || signed.seats.length === 0)
        throw new Failure('signed-out', 'You are not signed in. Open your sign-in link again.')
      limiter.demand('session', signed.session)
      // A disk that takes no writes does not keep people from reading.
      await store.sessions.touch(signed.session, now()).catch((error: unknown) => {
        if (!isStoreTrouble(error)) throw error
      })
      context.set('signed', signed)
      await next()
    }),
    { needs: 'session' },
  )

/** Lets in whoever names a seat of the session, as `seat`; after `signedIn`. */
export const seated = () =>
  withClause(
    createMiddleware<{ Variables: { signed: Signed; seat: Seat } }>(async (context, next) => {
      const id = context.req.header('x-seat') ?? context.req.query('seat')
      const seat = context.var.signed.seats.find((own) => own.id === id)
      if (!seat)
        throw new Failure('wrong-seat', 'This browser does not hold the seat that it speaks for.')
      context.set('seat', seat)
      await next()
    }),
    { needs: 'seat' },
  )

/** Throws unless the seat has the role. */
export function requireRole(seat: Seat, ...roles: readonly Role[]): void {
  if (roles.includes(seat.role)) return
  const allowed = roles.map((role) => `the ${role}`).join(' or ')
  throw new Failure('wrong-role', `Only ${allowed} may do this; you are here as ${seat.role}.`)
}

/** Throws unless the seat is of the meeting. */
export function requireMeeting(seat: Seat, meeting: string): void {
  if (seat.meeting !== meeting) throw new Failure('wrong-seat', 'This seat is of another meeting.')
}

/** Throws unless the seat is of the meeting and has the role. */
export function requirePlace(seat: Seat, meeting: string, ...allowed: readonly Role[]): void {
  requireMeeting(seat, meeting)
  requireRole(seat, ...allowed)
}
