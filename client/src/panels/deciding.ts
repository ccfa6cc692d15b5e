/** What the chair does to a change, and a delegation to its own. */
import { requestFor } from '@revmark/shared/ledger'
import type { Change, Verb } from '@revmark/shared/ledger'
import type { Seat } from '@revmark/shared/wire'
import { api } from '../session/index.ts'
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
  return decided.ok ? null : decided.problem
}

const decidedMeanwhile: Problem = {
  code: 'changed-meanwhile',
  status: 409,
  message: 'The change has been decided or withdrawn meanwhile. Look at what is there now.',
  advice: 'Nothing was done.',
}
