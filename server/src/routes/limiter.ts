/** Who asks too much is told when to ask again. */
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
