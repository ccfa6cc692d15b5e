/** What the chair does to a change, and a delegation to its own. */
import { decisionsOf, requestFor } from '@revmark/shared/ledger'
import type { Change, Ledger, Verb } from '@revmark/shared/ledger'
import type { Seat } from '@revmark/shared/wire'
import { api } from '../session/index.ts'
import type { Way } from './conflict-words.ts'
import type { Copy, Problem } from '../session/index.ts'

export type Act = Verb | 'withdraw'

/** The keys that act on the change in focus. */
export const actKeys: Readonly<Record<Act, string>> = {
  accept: 'a',
  reject: 'r',
  bracket: 'b',
  reopen: 'o',
  withdraw: 'w',
}

export const actNames: Readonly<Record<Act, string>> = {
  accept: 'Accept',
  reject: 'Reject',
  bracket: 'Bracket',
  reopen: 'Reopen',
  withdraw: 'Withdraw',
}

const onPending: readonly Act[] = ['accept', 'reject', 'bracket']
const onSetting: readonly Act[] = ['accept', 'reject']
const onBracketed: readonly Act[] = ['accept', 'reject', 'reopen']
const onDecided: readonly Act[] = ['reopen']
const onOwn: readonly Act[] = ['withdraw']
const none: readonly Act[] = []

/** What a seat may do to a change as it stands; one of a few arrays, so that equal answers are one. */
export function actsOn(change: Change, seat: Seat, editable: boolean): readonly Act[] {
  if (seat.role === 'chair') {
    if (change.state === 'bracketed') return onBracketed
    if (change.state !== 'pending') return onDecided
    // Only words can stand in brackets.
    return change.setting ? onSetting : onPending
  }
  const isOwn = seat.delegation !== null && change.delegation === seat.delegation
  return isOwn && editable && change.state === 'pending' ? onOwn : none
}

/** Does it; what came of it is null, or the problem in the way. */
export async function carryOut(copy: Copy, change: Change, act: Act): Promise<Problem | null> {
  if (act === 'withdraw') return copy.pen?.withdraw(change) ? null : decidedMeanwhile
  return decideAll(copy, act, [change], '')
}

/** Decides changes, or parts of them, at once; the note is for all to read. */
export async function decideAll(
  { draft, seat, ledger }: Copy,
  verb: Verb,
  changes: readonly Change[],
  note: string,
): Promise<Problem | null> {
  const decided = await api.decide(draft.id, seat.id, requestFor(ledger, verb, changes, note))
  if (!decided.ok) return decided.problem
  await arrival(ledger, decided.value.decision.id)
  return null
}

/** A decision that has not arrived here after so many milliseconds is not waited for. */
const longestWait = 3000

/** Resolves when this copy has a decision, so that the next one is made on what it left. */
function arrival({ ydoc }: Ledger, id: string): Promise<void> {
  const decisions = decisionsOf(ydoc)
  const hasCome = () => decisions.toArray().some((decision) => decision.id === id)
  return new Promise((resolve) => {
    if (hasCome()) {
      resolve()
      return
    }
    const end = () => {
      clearTimeout(timer)
      decisions.unobserve(look)
      resolve()
    }
    const look = () => {
      if (hasCome()) end()
    }
    const timer = setTimeout(end, longestWait)
    decisions.observe(look)
  })
}

/** Goes a way out of a conflict; the first problem ends it. */
export async function goWay(copy: Copy, { steps }: Way): Promise<Problem | null> {
  for (const [verb, changes] of steps) {
    const problem = await decideAll(copy, verb, changes, '')
    if (problem) return problem
  }
  return null
}

const decidedMeanwhile: Problem = {
  code: 'changed-meanwhile',
  status: 409,
  message: 'The change has been decided or withdrawn meanwhile. Look at what is there now.',
  advice: 'Nothing was done.',
}
