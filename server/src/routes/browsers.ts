/** Where a person is signed in, and signing out there. */
import { browsersSchema } from '@revmark/shared/wire'
import type { Browser, Seat } from '@revmark/shared/wire'
import { Hono } from 'hono'
import { record } from '../audit.ts'
import { nameOfHash } from '../secret.ts'
import { promises } from './contract.ts'
import { Failure } from './failure.ts'
import { signedIn } from './seat.ts'
import type { Services } from './services.ts'

/** `/browsers` and what is below it. */
export const browsers = (services: Services) => {
  const { store, doorkeeper, log, now } = services

  /** Session by session, which of these seats have been taken in it; the latest seen first. */
  const sessionsOf = async (seats: readonly Seat[]) => {
    const found = new Map<string, Omit<Browser, 'isThis' | 'id'>>()
    for (const seat of seats)
      for (const { hash, agent, at, seen } of await store.sessions.of(seat.id, now())) {
        const known = found.get(hash)
        if (known) known.seats.push(seat)
        else found.set(hash, { agent, at, seen, seats: [seat] })
      }
    return [...found].toSorted(([, a], [, b]) => b.seen - a.seen)
  }

  const leave = async (hash: string, seats: readonly Seat[]): Promise<void> => {
    for (const { id, meeting } of seats) {
      await store.sessions.leave(hash, id)
      await doorkeeper.sessionEnded(hash, id)
      const subject = nameOfHash(hash)
      await record(services, meeting, { act: 'signed-out', person: id, subject })
      log.info({ seat: id }, 'seat given back')
    }
  }

  return (
    new Hono()
      .get(
        '/browsers',
        promises({ does: 'Lists where one is signed in', answers: { 200: browsersSchema } }),
        signedIn(services),
        async (context) => {
          const { session, seats } = context.var.signed
          const answer: Browser[] = (await sessionsOf(seats)).map(([hash, browser]) => ({
            ...browser,
            id: nameOfHash(hash),
            isThis: hash === session,
          }))
          return context.json({ browsers: answer })
        },
      )
      .delete(
        '/browsers/:browser',
        promises({
          does: 'Signs a browser out',
          answers: { 204: null },
          fails: ['unknown-browser'],
        }),
        signedIn(services),
        async (context) => {
          const id = context.req.param('browser')
          const sessions = await sessionsOf(context.var.signed.seats)
          const found = sessions.find(([hash]) => nameOfHash(hash) === id)
          if (!found)
            throw new Failure('unknown-browser', 'You are not signed in there, or no longer.')
          await leave(found[0], found[1].seats)
          return context.body(null, 204)
        },
      )
      // Everywhere else: who signs out here as well uses `/sign-out`.
      .delete(
        '/browsers',
        promises({ does: 'Signs out everywhere else', answers: { 204: null } }),
        signedIn(services),
        async (context) => {
          const { session, seats } = context.var.signed
          for (const [hash, browser] of await sessionsOf(seats))
            if (hash !== session) await leave(hash, browser.seats)
          return context.body(null, 204)
        },
      )
  )
}
