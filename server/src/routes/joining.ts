/** Signing in by a link, the seats of a browser, signing out. */
import { closeCode, joinRequestSchema } from '@revmark/shared/wire'
import type { Seat } from '@revmark/shared/wire'
import { Hono } from 'hono'
import { deleteCookie, getCookie, setCookie } from 'hono/cookie'
import { hashOf } from '../secret.ts'
import { Failure } from './failure.ts'
import { cookieName, findSession, sessionLife } from './seat.ts'
import type { Services } from './services.ts'
import { validJson } from './valid.ts'

/** `/join`, `/seats`, `/sign-out`. */
export const joining = ({ store, rooms, dice, secure, now, log }: Services) => {
  const cookie = cookieName(secure)
  const options = { path: '/', httpOnly: true, sameSite: 'Lax', secure } as const

  const personOf = async (token: string): Promise<Seat> => {
    const link = await store.links.find(hashOf(token))
    if (!link) throw new Failure('unknown-link', 'This sign-in link is not known here.')
    if (link.revoked !== null)
      throw new Failure('link-revoked', 'This sign-in link has been withdrawn. Ask for a new one.')
    if (link.expires <= now())
      throw new Failure('link-expired', 'This sign-in link has expired. Ask for a new one.')
    const person = await store.people.find(link.person)
    if (!person) throw new Failure('link-revoked', 'This seat has been withdrawn.')
    return person
  }

  return new Hono()
    .post('/join', validJson(joinRequestSchema), async (context) => {
      const seat = await personOf(context.req.valid('json').token)
      let token = getCookie(context, cookie)
      if (token === undefined || !(await findSession(store.sessions, token, now()))) {
        token = dice.token()
        await store.sessions.open(hashOf(token), now(), now() + sessionLife)
        setCookie(context, cookie, token, { ...options, maxAge: sessionLife / 1000 })
      }
      await store.sessions.sit(hashOf(token), seat.id, now())
      log.info({ seat: seat.id, role: seat.role }, 'seat taken')
      return context.json(seat)
    })
    .get('/seats', async (context) => {
      const signed = await findSession(store.sessions, getCookie(context, cookie), now())
      return context.json({ seats: signed?.seats ?? [] })
    })
    .post('/sign-out', async (context) => {
      const token = getCookie(context, cookie)
      if (token !== undefined) {
        const session = hashOf(token)
        await store.sessions.end(session)
        await rooms.dismissWhere(
          (connection) => connection.session.id === session,
          closeCode.signedOut,
          'signed-out',
        )
        deleteCookie(context, cookie, options)
      }
      return context.json({ seats: [] as Seat[] })
    })
}
