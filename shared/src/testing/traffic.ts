/** What happens to updates on their way: the ways in which clients send, and in which lines fail. */
import * as Y from 'yjs'
import type { Meeting } from './meeting.ts'
import type { Player } from './play.ts'

/**
 * What a client sends of what it wrote: one by one, merged, again, cut, or all that it has. Who has
 * lost something on the way cannot know what, and sends what the meeting says that it lacks.
 */
export function sending(
  { delegate, sent, hasLost, isGarbled }: Player,
  fresh: readonly Uint8Array[],
  { ydoc }: Meeting,
  way: number,
): readonly Uint8Array[] {
  const lacking = () => [Y.encodeStateAsUpdate(delegate.ydoc, Y.encodeStateVector(ydoc))]
  if (hasLost) return lacking()
  const half = fresh.slice(0, Math.ceil(fresh.length / 2))
  const rest = () => Y.diffUpdate(Y.mergeUpdates([...fresh]), stateVectorAfter(ydoc, half))
  const ways: (() => readonly Uint8Array[])[] = [
    () => fresh,
    () => [Y.mergeUpdates([...fresh])],
    lacking,
    // With what waits in it for others a whole state has gaps; no client sends that.
    isGarbled ? lacking : () => [Y.encodeStateAsUpdate(delegate.ydoc)],
    () => [...half, Y.mergeUpdates([...fresh])],
    () => [Y.mergeUpdates([...sent, ...fresh])],
    () => [Y.mergeUpdates(half), rest()],
    () => [...fresh, ...fresh.toReversed()],
  ]
  return ways[way % ways.length]!()
}

/** The state vector of who has a state and some more updates. */
function stateVectorAfter(state: Y.Doc, updates: readonly Uint8Array[]): Uint8Array {
  const ydoc = new Y.Doc({ gc: false })
  for (const update of [Y.encodeStateAsUpdate(state), ...updates]) Y.applyUpdate(ydoc, update)
  return Y.encodeStateVector(ydoc)
}

/** Updates as a bad line brings them: in another order, a third of them missing, some twice. */
export function jumbled(updates: readonly Uint8Array[], a: number, b: number): Uint8Array[] {
  const lot = (i: number): number => ((i + 1) * (2 * a + 1) * 7919 + b * 104_729) % 1009
  return updates
    .map((update, i) => ({ update, lot: lot(i) }))
    .filter(({ lot }) => lot % 3 > 0)
    .toSorted((one, other) => one.lot - other.lot)
    .flatMap(({ update, lot }) => (lot % 5 === 0 ? [update, update] : [update]))
}

/** A document made from what was stored of it: its updates, or a snapshot and the updates after. */
export function restored(log: readonly Uint8Array[], way: number): Uint8Array[] {
  const cut = way % 3 === 0 ? 0 : Math.floor(((way % 10) / 10) * log.length)
  if (cut === 0) return [...log]
  return [stateAfter(log.slice(0, cut)), ...log.slice(cut)]
}

function stateAfter(updates: readonly Uint8Array[]): Uint8Array {
  const ydoc = new Y.Doc({ gc: false })
  for (const update of updates) Y.applyUpdate(ydoc, update)
  return Y.encodeStateAsUpdate(ydoc)
}
