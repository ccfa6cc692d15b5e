/** The order in which new structs can be taken in: each after all that it stands beside. */
import type { Id } from '../ledger/id.ts'
import { endOf } from './struct.ts'
import type { Struct } from './struct.ts'
import type { Tokens } from './tokens.ts'

interface Wait {
  readonly client: number
  /** The structs of the client are taken in until its clock reaches this. */
  readonly until: number
}

/**
 * All new structs, each after its origins; null where an origin is unknown or waits for itself in a
 * circle, so that Yjs would keep the update waiting for ever. Iterative: chains are long.
 */
export function causalOrder(tokens: Tokens): readonly Struct[] | null {
  const { fresh, known } = tokens
  if (fresh.size === 1) return ownOrder(tokens)
  const ordered: Struct[] = []
  const reached = new Map<number, number>()
  const next = new Map<number, number>()
  const clockOf = (client: number): number => reached.get(client) ?? known.clock(client)
  for (const start of fresh.keys()) {
    const waits: Wait[] = [{ client: start, until: tokens.end(start) }]
    const waiting = new Set([start])
    while (waits.length > 0) {
      const { client, until } = waits.at(-1)!
      if (clockOf(client) >= until) {
        waits.pop()
        waiting.delete(client)
        continue
      }
      const index = next.get(client) ?? 0
      const struct = fresh.get(client)![index]!
      const missing = missingOf(struct, clockOf)
      if (!missing) {
        ordered.push(struct)
        next.set(client, index + 1)
        reached.set(client, endOf(struct))
      } else if (waiting.has(missing.client) || missing.clock >= tokens.end(missing.client)) {
        return null
      } else {
        waits.push({ client: missing.client, until: missing.clock + 1 })
        waiting.add(missing.client)
      }
    }
  }
  return ordered
}

/** The same where all new structs are of one client: their own order, or none. */
function ownOrder({ fresh, known }: Tokens): readonly Struct[] | null {
  const [structs] = fresh.values()
  for (const { client, clock, origin, rightOrigin } of structs!) {
    const isKnown = (id: Id | null): boolean =>
      !id || id.clock < (id.client === client ? clock : known.clock(id.client))
    if (!isKnown(origin) || !isKnown(rightOrigin)) return null
  }
  return structs!
}

/** The first origin of a struct that has not been taken in yet. */
function missingOf(
  { origin, rightOrigin }: Struct,
  clockOf: (client: number) => number,
): Id | null {
  for (const id of [origin, rightOrigin]) if (id && id.clock >= clockOf(id.client)) return id
  return null
}
