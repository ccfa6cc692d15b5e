/** Tokens for scripts: made and revoked by the chair and the secretariat of a meeting. */
import { madeTokenSchema, newTokenSchema, scopesOf, tokensSchema } from '@revmark/shared/wire'
import type { MadeToken, Token } from '@revmark/shared/wire'
import { Hono } from 'hono'
import { day, hashOf, nameOfHash, tokenMark } from '../secret.ts'
import type { TokenRecord } from '../store/token.ts'
import { promises } from './contract.ts'
import { Failure } from './failure.ts'
import { actOf, requirePlace, seated, signedIn } from './seat.ts'
import type { Services } from './services.ts'
import { validJson } from './valid.ts'

const tokenOf = ({ hash, scopes, ...rest }: TokenRecord): Token => ({
  ...rest,
  id: nameOfHash(hash),
  scopes: [...scopes],
})

/** `/meetings/:id/tokens`. A token cannot make, see or revoke tokens. */
export const tokens = (services: Services) => {
  const { store, limiter, dice, log, now } = services

  return new Hono()
    .get(
      '/meetings/:id/tokens',
      promises({
        does: 'Lists the tokens of scripts',
        answers: { 200: tokensSchema },
        fails: ['wrong-role'],
      }),
      signedIn(services),
      seated(),
      async (context) => {
        const meeting = context.req.param('id')
        requirePlace(context.var.seat, meeting, 'chair', 'secretariat')
        return context.json({ tokens: (await store.tokens.of(meeting)).map(tokenOf) })
      },
    )
    .post(
      '/meetings/:id/tokens',
      promises({
        does: 'Makes a token for a script',
        act: 'token-made',
        answers: { 201: madeTokenSchema },
        fails: ['wrong-role'],
      }),
      signedIn(services),
      seated(),
      validJson(newTokenSchema),
      async (context) => {
        const { seat } = context.var
        requirePlace(seat, context.req.param('id'), 'chair', 'secretariat')
        limiter.demand('links', seat.id)
        const { name, scopes, days } = context.req.valid('json')
        const beyond = scopes.find((scope) => scopesOf[seat.role]?.includes(scope) !== true)
        if (beyond !== undefined)
          throw new Failure(
            'invalid-request',
            `scopes: as ${seat.role} you cannot do what "${beyond}" would allow.`,
          )
        const token = tokenMark + dice.token()
        const made = {
          hash: hashOf(token),
          person: seat.id,
          name,
          scopes,
          at: now(),
          expires: now() + days * day,
        }
        const id = nameOfHash(made.hash)
        const details = { scopes: scopes.join(' '), days }
        await store.tokens.add(made, actOf(context, made.at, { subject: id, details }))
        log.info({ seat: seat.id, token: id, scopes }, 'token made')
        const answer: MadeToken = { ...tokenOf({ ...made, revoked: null, seen: null }), token }
        return context.json(answer, 201)
      },
    )
    .delete(
      '/meetings/:id/tokens/:token',
      promises({
        does: 'Revokes a token',
        act: 'token-revoked',
        answers: { 204: null },
        fails: ['wrong-role', 'unknown-token'],
      }),
      signedIn(services),
      seated(),
      async (context) => {
        const { seat } = context.var
        const { id: meeting, token: id } = context.req.param()
        requirePlace(seat, meeting, 'chair', 'secretariat')
        const token = (await store.tokens.of(meeting)).find(({ hash }) => nameOfHash(hash) === id)
        if (!token) throw new Failure('unknown-token', 'This meeting has no such token.')
        const at = now()
        const told = actOf(context, at, { subject: id, details: { person: token.person } })
        await store.tokens.revoke(token.hash, at, told)
        log.info({ seat: seat.id, token: id }, 'token revoked')
        return context.body(null, 204)
      },
    )
}
