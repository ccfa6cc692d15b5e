/** A document as it was before the last updates that it took. */
import * as Y from 'yjs'

/** A stretch of deleted structs of one client. */
interface Stretch {
  readonly clock: number
  readonly len: number
}

/**
 * A copy of a document without its last `updates`, each as the document itself told it. What is
 * left of it must not depend on them, as the last ones never do; the document keeps what is deleted.
 */
export function without(ydoc: Y.Doc, updates: readonly Uint8Array[]): Y.Doc {
  const { ds, sv } = Y.snapshot(ydoc)
  for (const update of updates) {
    const { structs, ds: undone } = Y.decodeUpdate(update)
    for (const { id } of structs) sv.set(id.client, Math.min(sv.get(id.client) ?? 0, id.clock))
    // Such an update tells what was deleted by it, and nothing that was deleted before.
    for (const [client, stretches] of undone.clients)
      for (const stretch of stretches)
        ds.clients.set(
          client,
          (ds.clients.get(client) ?? []).flatMap((known) => outside(known, stretch)),
        )
  }
  return Y.createDocFromSnapshot(ydoc, Y.createSnapshot(ds, sv), new Y.Doc({ gc: false }))
}

/** What of one stretch is not in another: up to two pieces. */
function outside({ clock, len }: Stretch, other: Stretch): Stretch[] {
  const before = Math.min(len, Math.max(0, other.clock - clock))
  const after = Math.min(len, Math.max(0, clock + len - (other.clock + other.len)))
  if (before + after >= len) return [{ clock, len }]
  return [
    { clock, len: before },
    { clock: clock + len - after, len: after },
  ].filter((piece) => piece.len > 0)
}
