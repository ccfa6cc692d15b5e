/**
 * Who asks: a browser's session by its cookie, or a script by its token; and the seat that speaks, by
 * `x-seat` or `?seat=`.
 */
import type { Role, Seat } from '@revmark/shared/wire'
import type { Context } from 'hono'
import { getCookie } from 'hono/cookie'
import { createMiddleware } from 'hono/factory'
import { deedAt, record } from '../audit.ts'
import type { AuditServices, Done } from '../audit.ts'
import type { Told } from '../store/audit.ts'
import type { Sessions } from '../store/session.ts'
import type { Store } from '../store/store.ts'
import { leniently } from '../store/trouble.ts'
import { day, hashOf, nameOfHash } from '../secret.ts'
import { withClause } from './contract.ts'
import type { Contract } from './contract.ts'
import { Failure } from './failure.ts'
import { addressOfRequest } from './proxies.ts'
import type { Trust } from './proxies.ts'
import type { Limiter } from './limiter.ts'

/** How long a session lasts; milliseconds. */
export const sessionLife = 30 * day

/** Behind TLS the name itself binds the cookie to this host and to TLS (RFC 6265bis, 4.1.3.2). */
export const cookieName = (secure: boolean): string =>
  secure ? '__Host-revmark' : 'revmark-session'

/** A browser's session or a script's token: the hash that names it, and its seats. */
export interface Signed {
  readonly session: string
  readonly seats: readonly Seat[]
  /** The name of the script's token; null: a browser. */
  readonly token: string | null
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
  return seats && { session, seats, token: null }
}

export interface SeatServices extends AuditServices {
  readonly store: AuditServices['store'] & Pick<Store, 'sessions' | 'tokens'>
  readonly limiter: Limiter
  readonly trusts: Trust
  readonly secure: boolean
}

/** What the checks leave behind for each other and for the route. */
interface Variables {
  contract: Contract
  signed: Signed
  /** Set by `seated`, behind this one. */
  seat?: Seat
  /** What a route adds to the record of what it did. */
  told?: Partial<Done>
  /** Whether a route has recorded what it did itself, in one commit with it. */
  isRecorded?: boolean
}

/** The letters of `Authorization: Bearer`; null where there is none. */
const bearerIn = (context: Context): string | null =>
  /^Bearer +(\S+)$/i.exec(context.req.header('authorization') ?? '')?.[1] ?? null

/**
 * Lets in, as `signed`, whoever has a session with at least one seat, or a script's token that allows
 * what the route asks for. Nobody may come with both: a cookie is sent by any page, a token by none.
 */
export const signedIn = (services: SeatServices) =>
  withClause(
    createMiddleware<{ Variables: Variables }>(async (context, next) => {
      const { limiter } = services
      const cookie = getCookie(context, cookieName(services.secure))
      const bearer = bearerIn(context)
      if (bearer !== null && cookie !== undefined)
        throw new Failure('invalid-request', 'A request comes with a token or a cookie, not both.')
      const signed =
        bearer === null
          ? await signedByCookie(cookie, services)
          : await signedByToken(
              bearer,
              context.var.contract,
              addressOfRequest(context, services),
              services,
            )
      limiter.demand('session', signed.session)
      context.set('signed', signed)
      await next()
      const { seat, contract, told, isRecorded = false } = context.var
      if (contract.act === undefined || !seat || !context.res.ok) return
      if (isRecorded) return services.store.log.sync()
      const of = context.req.path.startsWith('/api/drafts/') ? context.req.param('id') : null
      const { act } = contract
      const known = { act, person: seat.id, token: signed.token, draft: of ?? null }
      await record(services, seat.meeting, { ...known, ...told })
    }),
    { needs: 'session' },
  )

/** What a route says of itself, who speaks, and where it is noted that it has recorded what it did. */
interface Acting {
  readonly var: { readonly contract: Contract; readonly signed: Signed; readonly seat: Seat }
  readonly set: (key: 'isRecorded', value: boolean) => void
}

/** What the record is to say of the act of a route's contract, for the commit that does it. */
export function actOf(
  { var: { contract, signed, seat }, set }: Acting,
  at: number,
  known: Omit<Done, 'act' | 'person' | 'token'>,
): Told {
  const { act } = contract
  if (act === undefined) throw new RangeError(`no act is recorded of: ${contract.does}`)
  set('isRecorded', true)
  const done = { act, person: seat.id, token: signed.token, ...known }
  return { meeting: seat.meeting, deed: deedAt(at, done) }
}

async function signedByCookie(
  token: string | undefined,
  { store: { sessions }, now }: SeatServices,
): Promise<Signed> {
  const signed = await findSession(sessions, token, now())
  if (!signed || signed.seats.length === 0)
    throw new Failure('signed-out', 'You are not signed in. Open your sign-in link again.')
  await leniently(sessions.touch(signed.session, now()))
  return signed
}

async function signedByToken(
  bearer: string,
  { scope }: Contract,
  address: string,
  { store: { tokens }, limiter, now }: SeatServices,
): Promise<Signed> {
  const session = hashOf(bearer)
  const granted = await tokens.find(session, now())
  if (!granted) {
    limiter.demand('strangers', address)
    throw new Failure(
      'token-refused',
      'This token is not known here, has expired or was revoked. Make another in the meeting.',
    )
  }
  if (scope === undefined)
    throw new Failure('wrong-scope', 'This is for people only; a token cannot do it.')
  if (!granted.scopes.includes(scope))
    throw new Failure('wrong-scope', `This asks for the scope "${scope}", which the token lacks.`)
  await leniently(tokens.touch(session, now()))
  return { session, seats: [granted.seat], token: nameOfHash(session) }
}

/** Lets in whoever names a seat of the session, as `seat`; after `signedIn`. A token has one only. */
export const seated = () =>
  withClause(
    createMiddleware<{ Variables: Variables & { seat: Seat } }>(async (context, next) => {
      const { seats, token } = context.var.signed
      const id =
        context.req.header('x-seat') ??
        context.req.query('seat') ??
        (token === null ? null : seats[0]?.id)
      const seat = seats.find((own) => own.id === id)
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
