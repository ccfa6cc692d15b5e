/** Signing in by a link, the seats of a browser, signing out. */
import { joinRequestSchema, seatSchema, seatsSchema } from '@revmark/shared/wire'
import type { Seat } from '@revmark/shared/wire'
import { Hono } from 'hono'
import { deleteCookie, getCookie } from 'hono/cookie'
import { record } from '../audit.ts'
import { hashOf, nameOfHash } from '../secret.ts'
import { promises } from './contract.ts'
import { Failure } from './failure.ts'
import { addressOfRequest } from './proxies.ts'
import { cookieName } from './seat.ts'
import type { Signed } from './seat.ts'
import { cookieOptions, sessionOf, takeSeats } from './seating.ts'
import type { Services } from './services.ts'
import { validJson } from './valid.ts'

const refusals = {
  unknown: ['unknown-link', 'This sign-in link is not known here.'],
  revoked: ['link-revoked', 'This sign-in link has been withdrawn. Ask for a new one.'],
  expired: ['link-expired', 'This sign-in link has expired. Ask for a new one.'],
  used: [
    'link-used',
    'This sign-in link was for one browser, and has been used. Ask for a new one.',
  ],
} as const

/** `/join`, `/seats`, `/sign-out`. */
export const joining = (services: Services) => {
  const { store, doorkeeper, limiter, secure, now } = services
  const cookie = cookieName(secure)

  const recordRefusal = async (person: string, why: string): Promise<void> => {
    const found = await store.people.find(person)
    const refusal = { act: 'sign-in-refused', person, details: { why } } as const
    if (found) await record(services, found.meeting, refusal)
  }

  const personOf = async (token: string, signed: Signed | null, address: string): Promise<Seat> => {
    const redeemed = await store.links.redeem(hashOf(token), now())
    if (!('person' in redeemed)) {
      const { refused } = redeemed
      // Whoever opens the link again in the browser that it was for is there already.
      const own = refused === 'used' && signed?.seats.find(({ id }) => id === redeemed.of)
      if (own) return own
      limiter.demand('strangers', address)
      if (refused !== 'unknown') await recordRefusal(redeemed.of, refused)
      const [code, message] = refusals[refused]
      throw new Failure(code, message)
    }
    const person = await store.people.find(redeemed.person)
    if (!person) throw new Failure('link-revoked', 'This seat has been withdrawn.')
    return person
  }

  return new Hono()
    .post(
      '/join',
      promises({
        does: 'Takes the seat of a sign-in link',
        answers: { 200: seatSchema },
        fails: ['unknown-link', 'link-expired', 'link-revoked', 'link-used'],
      }),
      validJson(joinRequestSchema),
      async (context) => {
        const seat = await personOf(
          context.req.valid('json').token,
          await sessionOf(context, services),
          addressOfRequest(context, services),
        )
        await takeSeats(context, services, [seat])
        return context.json(seat)
      },
    )
    .get(
      '/seats',
      promises({ does: 'Lists the seats of this browser', answers: { 200: seatsSchema } }),
      async (context) => {
        const signed = await sessionOf(context, services)
        return context.json({ seats: signed?.seats ?? [] })
      },
    )
    .post(
      '/sign-out',
      promises({ does: 'Signs this browser out', answers: { 200: seatsSchema } }),
      async (context) => {
        const token = getCookie(context, cookie)
        if (token !== undefined) {
          const session = hashOf(token)
          const seats = await store.sessions.seats(session, now())
          await store.sessions.end(session)
          await doorkeeper.sessionEnded(session, null)
          const subject = nameOfHash(session)
          for (const { id: person, meeting } of seats ?? [])
            await record(services, meeting, { act: 'signed-out', person, subject })
          deleteCookie(context, cookie, cookieOptions(services))
        }
        return context.json({ seats: [] as Seat[] })
      },
    )
}
