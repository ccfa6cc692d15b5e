/** The secretariat's work: who has a seat in a meeting, and the links that lead to it. */
import {
  fitsRole,
  madeLinkSchema,
  membershipSchema,
  newLinkSchema,
  newPersonSchema,
  personChangeSchema,
  personSchema,
  roleMisfit,
} from '@revmark/shared/wire'
import type { Link, MadeLink, Membership, Person } from '@revmark/shared/wire'
import { Hono } from 'hono'
import { day, hashOf, nameOfHash, newPersonId } from '../secret.ts'
import type { Link as StoredLink } from '../store/link.ts'
import { promises } from './contract.ts'
import { Failure } from './failure.ts'
import { actOf, requirePlace, seated, signedIn } from './seat.ts'
import type { Services } from './services.ts'
import { validJson } from './valid.ts'

const linkOf = ({ hash, person, at, expires, revoked, uses, used }: StoredLink): Link => ({
  id: nameOfHash(hash),
  person,
  at,
  expires,
  revoked,
  uses,
  used,
})

/** `/meetings/:id/people` and `/meetings/:id/links`. */
export const people = (services: Services) => {
  const { store, doorkeeper, limiter, dice, log, now } = services

  /** In how many browsers a person is signed in. */
  const countBrowsers = async (id: string): Promise<number> =>
    (await store.sessions.of(id, now())).length

  /** A person of the meeting whose seat stands. */
  const find = async (meeting: string, id: string) => {
    const person = (await store.people.everyone(meeting)).find((each) => each.id === id)
    if (person?.revoked === null) return person
    throw new Failure('unknown-person', 'Nobody of this meeting has this seat, or no longer.')
  }

  const requireAdmitted = async (meeting: string, delegation: string | null): Promise<void> => {
    const admitted = await store.meetings.delegations(meeting)
    if (delegation === null || admitted.some(({ code }) => code === delegation)) return
    throw new Failure('invalid-request', `delegation: ${delegation} is not admitted here.`)
  }

  const requireOther = (own: string, id: string): void => {
    if (own !== id) return
    throw new Failure(
      'own-seat',
      'You cannot take your own seat or its rights away. Somebody else of the secretariat can.',
    )
  }

  return new Hono()
    .get(
      '/meetings/:id/people',
      promises({
        does: 'Lists people and links',
        scope: 'people',
        answers: { 200: membershipSchema },
        fails: ['wrong-role'],
      }),
      signedIn(services),
      seated(),
      async (context) => {
        const id = context.req.param('id')
        requirePlace(context.var.seat, id, 'secretariat')
        const everyone: Person[] = []
        for (const person of await store.people.everyone(id)) {
          const browsers = person.revoked === null ? await countBrowsers(person.id) : 0
          everyone.push({ ...person, browsers })
        }
        const links = (await store.links.of(id)).filter(
          ({ purpose, revoked }) => purpose === 'invitation' || revoked === null,
        )
        const answer: Membership = { people: everyone, links: links.map(linkOf) }
        return context.json(answer)
      },
    )
    .post(
      '/meetings/:id/people',
      promises({
        does: 'Adds a person',
        act: 'person-added',
        scope: 'people',
        answers: { 201: personSchema },
        fails: ['wrong-role'],
      }),
      signedIn(services),
      seated(),
      validJson(newPersonSchema),
      async (context) => {
        const { seat } = context.var
        const meeting = context.req.param('id')
        requirePlace(seat, meeting, 'secretariat')
        const { email, ...place } = context.req.valid('json')
        await requireAdmitted(meeting, place.delegation)
        const id = newPersonId(dice)
        const details = { role: place.role, delegation: place.delegation }
        const told = actOf(context, now(), { subject: id, details })
        await store.people.add({ ...place, id, meeting }, email, told)
        log.info({ seat: seat.id, person: id, role: place.role }, 'person added')
        const answer: Person = {
          ...place,
          id,
          meeting,
          email,
          revoked: null,
          erased: null,
          browsers: 0,
        }
        return context.json(answer, 201)
      },
    )
    .patch(
      '/meetings/:id/people/:person',
      promises({
        does: 'Changes a person',
        act: 'person-changed',
        scope: 'people',
        answers: { 200: personSchema },
        fails: ['wrong-role', 'unknown-person', 'own-seat'],
      }),
      signedIn(services),
      seated(),
      validJson(personChangeSchema),
      async (context) => {
        const { seat } = context.var
        const { id: meeting, person: id } = context.req.param()
        requirePlace(seat, meeting, 'secretariat')
        const person = await find(meeting, id)
        const change = definite(context.req.valid('json'))
        const changed = { ...person, ...change }
        if (!fitsRole(changed)) throw new Failure('invalid-request', `delegation: ${roleMisfit}`)
        await requireAdmitted(meeting, changed.delegation)
        const isMoved = changed.role !== person.role || changed.delegation !== person.delegation
        if (isMoved) requireOther(seat.id, id)
        const { role, delegation } = changed
        // What the name or the address was is nobody's business later.
        const fields = Object.keys(change).join(' ')
        const told = actOf(context, now(), { subject: id, details: { fields, role, delegation } })
        await store.people.change(id, change, told)
        if (isMoved) await doorkeeper.seatEnded(id, 'roleChanged')
        log.info({ seat: seat.id, person: id, role }, 'person changed')
        const answer: Person = { ...changed, browsers: await countBrowsers(id) }
        return context.json(answer)
      },
    )
    .delete(
      '/meetings/:id/people/:person',
      promises({
        does: 'Takes a seat away',
        act: 'seat-taken-away',
        scope: 'people',
        answers: { 204: null },
        fails: ['wrong-role', 'unknown-person', 'own-seat'],
      }),
      signedIn(services),
      seated(),
      async (context) => {
        const { seat } = context.var
        const { id: meeting, person: id } = context.req.param()
        requirePlace(seat, meeting, 'secretariat')
        await find(meeting, id)
        requireOther(seat.id, id)
        const at = now()
        await store.people.revoke(id, at, actOf(context, at, { subject: id }))
        await doorkeeper.seatEnded(id, 'revoked')
        log.info({ seat: seat.id, person: id }, 'seat taken away')
        return context.body(null, 204)
      },
    )
    .delete(
      '/meetings/:id/people/:person/identity',
      promises({
        does: 'Erases a person’s name and address',
        act: 'person-erased',
        scope: 'people',
        answers: { 204: null },
        fails: ['wrong-role', 'unknown-person', 'own-seat'],
      }),
      signedIn(services),
      seated(),
      async (context) => {
        const { seat } = context.var
        const { id: meeting, person: id } = context.req.param()
        requirePlace(seat, meeting, 'secretariat')
        const known = await store.people.everyone(meeting)
        if (!known.some((person) => person.id === id))
          throw new Failure('unknown-person', 'Nobody has or had this seat in this meeting.')
        requireOther(seat.id, id)
        const at = now()
        await store.people.erase(id, at, actOf(context, at, { subject: id }))
        await doorkeeper.seatEnded(id, 'revoked')
        log.info({ seat: seat.id, person: id }, 'person erased')
        return context.body(null, 204)
      },
    )
    .delete(
      '/meetings/:id/people/:person/browsers',
      promises({
        does: 'Signs a person out everywhere',
        act: 'person-signed-out',
        scope: 'people',
        answers: { 204: null },
        fails: ['wrong-role', 'unknown-person'],
      }),
      signedIn(services),
      seated(),
      async (context) => {
        const { seat } = context.var
        const { id: meeting, person: id } = context.req.param()
        requirePlace(seat, meeting, 'secretariat')
        await find(meeting, id)
        const told = actOf(context, now(), { subject: id })
        await store.sessions.leave(null, id, told)
        await doorkeeper.seatEnded(id, 'signedOut')
        log.info({ seat: seat.id, person: id }, 'signed out everywhere')
        return context.body(null, 204)
      },
    )
    .post(
      '/meetings/:id/people/:person/links',
      promises({
        does: 'Makes a sign-in link',
        act: 'link-made',
        scope: 'people',
        answers: { 201: madeLinkSchema },
        fails: ['wrong-role', 'unknown-person'],
      }),
      signedIn(services),
      seated(),
      validJson(newLinkSchema),
      async (context) => {
        const { seat } = context.var
        const { id: meeting, person } = context.req.param()
        requirePlace(seat, meeting, 'secretariat')
        await find(meeting, person)
        limiter.demand('links', seat.id)
        const { once, days } = context.req.valid('json')
        const token = dice.token()
        const link = {
          hash: hashOf(token),
          person,
          purpose: 'invitation',
          at: now(),
          expires: now() + days * day,
          uses: once ? 1 : null,
        } as const
        const name = nameOfHash(link.hash)
        const details = { person, once, days }
        await store.links.add(link, actOf(context, link.at, { subject: name, details }))
        log.info({ seat: seat.id, person, link: name }, 'link made')
        const answer: MadeLink = { ...linkOf({ ...link, revoked: null, used: 0 }), token }
        return context.json(answer, 201)
      },
    )
    .delete(
      '/meetings/:id/links/:link',
      promises({
        does: 'Revokes a sign-in link',
        act: 'link-revoked',
        scope: 'people',
        answers: { 204: null },
        fails: ['wrong-role', 'unknown-link'],
      }),
      signedIn(services),
      seated(),
      async (context) => {
        const { seat } = context.var
        const { id: meeting, link: id } = context.req.param()
        requirePlace(seat, meeting, 'secretariat')
        const link = (await store.links.of(meeting)).find(({ hash }) => nameOfHash(hash) === id)
        if (!link) throw new Failure('unknown-link', 'This meeting has no such link.')
        const at = now()
        const told = actOf(context, at, { subject: id, details: { person: link.person } })
        await store.links.revokeOne(link.hash, at, told)
        log.info({ seat: seat.id, link: id }, 'link revoked')
        return context.body(null, 204)
      },
    )
}

/** Without what is left out: an optional value of Zod may be there as undefined. */
type Definite<T> = { [K in keyof T]: Exclude<T[K], undefined> }
const definite = <T extends object>(value: T): Definite<T> =>
  Object.fromEntries(Object.entries(value).filter(([, each]) => each !== undefined)) as Definite<T>
