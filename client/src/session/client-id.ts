/** The client id under which a copy is written: from this device's pool, else from the server. */
import { mostSpareClients } from '@revmark/shared/wire'
import type { Draft } from '@revmark/shared/wire'
import type { Keeping } from './keeping.ts'
import { success } from './problem.ts'
import type { Result } from './problem.ts'
import type { SessionServices } from './services.ts'

/** Fewer than this, and the server is asked for more. */
const fewestSpare = mostSpareClients / 2

const mayWrite = ({ seat }: Draft): boolean => seat.role === 'delegate' && seat.delegation !== null

/** A client id where the seat may write, for one copy alone; null where it may only read. */
export async function clientFor(
  draft: Draft,
  { issue }: Pick<SessionServices, 'issue'>,
  { pool, keeps }: Keeping,
): Promise<Result<number | null>> {
  if (!mayWrite(draft)) return success(null)
  const spare = await pool.take()
  if (spare !== null) return success(spare)
  const issued = await issue(draft.id, draft.seat.id, keeps ? mostSpareClients : 0)
  if (!issued.ok) return issued
  await pool.put(issued.value.spare)
  await pool.claim(issued.value.client)
  return success(issued.value.client)
}

/** Fills the pool where it has become low; nothing where the server does not answer. */
export async function refill(
  draft: Draft,
  { issue }: Pick<SessionServices, 'issue'>,
  { pool, keeps }: Keeping,
): Promise<void> {
  if (!mayWrite(draft) || !keeps) return
  const count = await pool.count()
  if (count >= fewestSpare) return
  const issued = await issue(draft.id, draft.seat.id, mostSpareClients - count - 1)
  if (issued.ok) await pool.put([issued.value.client, ...issued.value.spare])
}
