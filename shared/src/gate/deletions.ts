/** What an update may delete in Yjs's own sense: entries that a later one of their key supersedes. */
import type { Ledger } from './ledger.ts'
import { endOf } from './struct.ts'
import { isInText } from './tokens.ts'
import type { Tokens } from './tokens.ts'
import type { RefusalCode } from './verdict.ts'
import type { Deletion } from './yjs.ts'

/**
 * Judges tokens that an update says are no longer in force, whether in its delete set or by having
 * no content. What the server knows to be deleted may be said again: a client that comes back sends
 * all deletions it knows of.
 */
export function judgeDeletion(
  { client, clock, length }: Deletion,
  tokens: Tokens,
  ledger: Ledger,
): RefusalCode | null {
  const end = clock + length
  if (end > tokens.end(client)) return 'deletes-unknown'
  const known = tokens.known.clock(client)
  for (const struct of tokens.runs(client, clock, end)) {
    if (!tokens.spend(1)) return 'too-costly'
    if (struct.deleted && struct.clock < known) continue
    if (isInText(struct.home)) return 'deletes-text'
    const stop = Math.min(end, endOf(struct))
    if (ledger.isInForce(struct, Math.max(clock, struct.clock), stop)) return 'deletes-entry'
  }
  return null
}
