/** Opens a draft for a seat: from the server, else from what this device keeps of it. */
import type { Draft } from '@revmark/shared/wire'
import { clientFor } from './client-id.ts'
import type { Keeping } from './keeping.ts'
import { failure, isUnreachable, noneLeft, success } from './problem.ts'
import type { Problem, Result } from './problem.ts'
import { lettersOf } from './refused.ts'
import type { Refused } from './refused.ts'
import type { SessionServices } from './services.ts'
import { Session } from './session.ts'
import type { Kept } from './shelf.ts'

/** So long the server is waited for where the device has the draft too; milliseconds. */
const patience = 4000

/** What the server says of a seat or a draft that this device may then not show either. */
const forbidding: ReadonlySet<string> = new Set(['signed-out', 'wrong-seat', 'unknown-draft'])

export type Opened =
  | { readonly type: 'open'; readonly session: Session }
  | {
      readonly type: 'failed'
      readonly problem: Problem
      /** Own edits that this device keeps and no server has, in words; null: there are none. */
      readonly left: Refused | null
    }

/** Opens the draft `id` for one of this browser's seats. */
export async function openPlace(
  id: string,
  seat: string,
  services: SessionServices,
): Promise<Opened> {
  const keeping = services.keeping(id, seat)
  const kept = await keeping.shelf.read()
  const draft = await services.draft(id, seat, kept ? patience : undefined)
  const opened = draft.ok
    ? await openDraft(draft.value, services, keeping)
    : kept && isUnreachable(draft.problem)
      ? await openDraft(kept.about, services, keeping, kept)
      : draft
  if (opened.ok) return { type: 'open', session: opened.value }
  if (forbidding.has(opened.problem.code)) keeping.shelf.drop()
  const leftovers = await keeping.outbox.takeOver()
  keeping.close()
  const edits = leftovers.reduce((sum, one) => sum + one.edits.length, 0)
  const left = { message: opened.problem.message, text: lettersOf(leftovers), edits }
  return { type: 'failed', problem: opened.problem, left: edits > 0 ? left : null }
}

/** Removes from this device what a seat has written in a draft and could not send. */
export async function forgetLeft(
  id: string,
  seat: string,
  { keeping }: Pick<SessionServices, 'keeping'>,
): Promise<void> {
  const kept = keeping(id, seat)
  for (const { client } of await kept.outbox.takeOver()) kept.outbox.forget(client)
  kept.close()
}

/**
 * Opens a draft that is known: takes a client id where the seat may write, and connects. Where none can
 * be had at present the draft can be read, and one is taken when it can. `kept`: the draft as this
 * device has it, where the server does not answer.
 */
export async function openDraft(
  draft: Draft,
  services: SessionServices,
  keeping: Keeping,
  kept: Kept | null = null,
): Promise<Result<Session>> {
  const client = await clientFor(draft, services, keeping)
  const waits = !client.ok && (client.problem.code === 'unavailable' || kept !== null)
  if (!client.ok && !waits) return failure(client.problem)
  const leftovers = await keeping.outbox.takeOver()
  const legacy = { keeping, leftovers, kept }
  if (client.ok) return success(new Session(draft, client.value, services, legacy))
  return success(new Session(draft, null, services, legacy, kept ? noneLeft : client.problem))
}
