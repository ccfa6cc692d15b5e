/** Who asks too much is told when to ask again. */
import { isIPv6 } from 'node:net'
import { getConnInfo } from '@hono/node-server/conninfo'
import type { Context } from 'hono'
import { Allowance } from '../allowance.ts'
import type { Limits } from '../allowance.ts'
import { Failure } from './failure.ts'

/** What is counted by asking; frames are each socket's own. */
export type Countable = Exclude<keyof Limits, 'frames'>

export interface Limiter {
  readonly limits: Limits
  /** 0: go ahead; else how many milliseconds `who` has to wait. */
  take(what: Countable, who: string): number
  /** Throws `too-many` where `who` has to wait. */
  demand(what: Countable, who: string): void
}

/** The counts of one server; `now` is milliseconds since 1970. */
export function createLimiter(limits: Limits, now: () => number): Limiter {
  const allowances: Readonly<Record<Countable, Allowance>> = {
    requests: new Allowance(limits.requests),
    session: new Allowance(limits.session),
    strangers: new Allowance(limits.strangers),
    handshakes: new Allowance(limits.handshakes),
    links: new Allowance(limits.links),
    clientIds: new Allowance(limits.clientIds),
  }
  const take = (what: Countable, who: string): number => allowances[what].take(who, now())
  return {
    limits,
    take,
    demand(what, who) {
      const wait = take(what, who)
      if (wait === 0) return
      const seconds = Math.ceil(wait / 1000)
      throw new Failure(
        'too-many',
        `That was too much in a short time. Nothing was done; try again in ${seconds} s.`,
        { seconds },
      )
    },
  }
}

const loopback = /^(127\.|::1$|::ffff:127\.)/

/**
 * From which address somebody comes: the connection's, unless that is this machine's own: then a
 * reverse proxy speaks, and the last entry of X-Forwarded-For, which it wrote, is the address. Of an
 * IPv6 address the network counts (64 bits), since one machine has all of its addresses.
 */
export function addressOf(connected: string | undefined, forwarded: string | undefined): string {
  const last = forwarded?.split(',').at(-1)?.trim()
  const address = last && loopback.test(connected ?? '') ? last : (connected ?? '')
  return isIPv6(address) && !address.startsWith('::ffff:')
    ? address.split(':').slice(0, 4).join(':')
    : address
}

/** `addressOf` a request of the API. */
export const addressOfRequest = (context: Context): string =>
  addressOf(getConnInfo(context).remote.address, context.req.header('x-forwarded-for'))
