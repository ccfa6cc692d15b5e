/** A browser's session begins, and seats are taken in it. */
import type { AuditEntry, Seat } from '@revmark/shared/wire'
import type { Context } from 'hono'
import { getCookie, setCookie } from 'hono/cookie'
import { record } from '../audit.ts'
import { hashOf, nameOfHash } from '../secret.ts'
import { cookieName, findSession, sessionLife } from './seat.ts'
import type { Signed } from './seat.ts'
import type { Services } from './services.ts'

/** So much of a browser's name for itself is kept; letters. */
const longestAgent = 300

/** What every cookie of this server has. */
export const cookieOptions = ({ secure }: Pick<Services, 'secure'>) =>
  ({ path: '/', httpOnly: true, sameSite: 'Lax', secure }) as const

/** The session of the browser that asks; null where it has none. */
export const sessionOf = (context: Context, services: Services): Promise<Signed | null> =>
  findSession(
    services.store.sessions,
    getCookie(context, cookieName(services.secure)),
    services.now(),
  )

/** Takes seats in the browser that asks, in a session that is begun where it has none. */
export async function takeSeats(
  context: Context,
  services: Services,
  seats: readonly Seat[],
  details: AuditEntry['details'] = {},
): Promise<void> {
  const { store, dice, secure, log, now } = services
  let session = (await sessionOf(context, services))?.session
  if (session === undefined) {
    const token = dice.token()
    session = hashOf(token)
    const agent = (context.req.header('user-agent') ?? '').slice(0, longestAgent)
    await store.sessions.open(session, now(), now() + sessionLife, agent)
    const options = { ...cookieOptions(services), maxAge: sessionLife / 1000 }
    setCookie(context, cookieName(secure), token, options)
  }
  for (const { id: person, role, meeting } of seats) {
    await store.sessions.sit(session, person, now())
    const subject = nameOfHash(session)
    await record(services, meeting, { act: 'signed-in', person, subject, details })
    log.info({ seat: person, role }, 'seat taken')
  }
}
