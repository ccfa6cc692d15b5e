/** A draft from the store: the newest snapshot and the log behind it, the base compared with the one kept beside it. */
import { Ledger, holdsBase, provisionsOf, serverClient } from '@revmark/shared/ledger'
import { fingerprint } from '@revmark/shared/resolution'
import type { Provision } from '@revmark/shared/resolution'
import * as Y from 'yjs'
import type { IssuedClient } from '../store/client.ts'
import type { DraftRecord } from '../store/draft.ts'
import type { LogEntry } from '../store/log.ts'
import type { Snapshot } from '../store/snapshot.ts'
import type { Store } from '../store/store.ts'

/** What the store says of a draft. */
export interface RoomFacts {
  readonly draft: DraftRecord
  readonly ydoc: Y.Doc
  /** The last seq of the log. */
  readonly seq: number
  /** The seq of the snapshot that it was read from; 0: it was read from the log alone. */
  readonly snapshot: number
  readonly owners: readonly IssuedClient[]
}

/** A draft as the log tells it; the room takes the ydoc over. */
export class RoomState implements RoomFacts {
  readonly draft: DraftRecord
  readonly ydoc: Y.Doc
  readonly seq: number
  readonly snapshot: number
  readonly owners: readonly IssuedClient[]
  private reading: Ledger | null = null

  constructor({ draft, ydoc, seq, snapshot, owners }: RoomFacts) {
    this.draft = draft
    this.ydoc = ydoc
    this.seq = seq
    this.snapshot = snapshot
    this.owners = owners
  }

  /**
   * The draft as values, read when somebody first asks, for that is most of what opening would cost:
   * who joins and writes needs none of it.
   */
  get ledger(): Ledger {
    return (this.reading ??= new Ledger(this.ydoc))
  }

  destroy(): void {
    this.reading?.destroy()
    this.ydoc.destroy()
  }
}

/**
 * A draft as it was after the log's entry `seq`, for reading; null where the log has no such entry.
 * Throws as `replay` does.
 */
export async function replayUntil(store: Store, id: string, seq: number): Promise<Ledger | null> {
  const newest = await store.snapshots.newest(id)
  const snapshot = newest && newest.seq <= seq ? newest : null
  const entries = await store.log.read(id, snapshot?.seq ?? 0, seq)
  if ((entries.at(-1)?.seq ?? snapshot?.seq) !== seq) return null
  const ydoc = ydocOf(snapshot, entries)
  ydoc.clientID = serverClient
  return new Ledger(ydoc)
}

function ydocOf(snapshot: Snapshot | null, entries: readonly LogEntry[]): Y.Doc {
  const ydoc = new Y.Doc({ gc: false })
  if (snapshot) Y.applyUpdateV2(ydoc, snapshot.data)
  // One transaction: merging the updates first would cost the square of their number.
  ydoc.transact(() => {
    for (const { data } of entries) Y.applyUpdate(ydoc, data)
  })
  return ydoc
}

/** The text in force in a draft is not what it was at its creation: the store has been damaged. */
export class BaseChanged extends Error {
  constructor(draft: string, expected: string, found: string) {
    super(`the base of draft ${draft} has the fingerprint ${found} instead of ${expected}`)
    this.name = 'BaseChanged'
  }
}

/**
 * Opens a draft as its log tells it; null for an unknown one. Throws BaseChanged where the base in
 * the ydoc, or the one kept beside it, is not the draft's any more, LogDamaged where what it reads of
 * the log is not what was written. `from` says whether a snapshot may stand for the log before it.
 */
export async function replay(
  store: Store,
  id: string,
  from: 'snapshot' | 'log' = 'snapshot',
): Promise<RoomState | null> {
  const draft = await store.drafts.find(id)
  const base = await store.drafts.base(id)
  if (!draft || !base) return null
  const snapshot = from === 'log' ? null : await store.snapshots.newest(id)
  const [entries, owners] = await Promise.all([
    store.log.read(id, snapshot?.seq ?? 0),
    store.clients.of(id),
  ])
  const ydoc = ydocOf(snapshot, entries)
  // Not before the state is there: Yjs gives up a client id that it sees others write under.
  ydoc.clientID = serverClient
  const seq = entries.at(-1)?.seq ?? snapshot?.seq ?? 0
  const texts = holdsBase(ydoc, base) ? [base] : [base, baseIn(ydoc)]
  for (const found of texts.map(fingerprint))
    if (found !== draft.baseHash) throw new BaseChanged(id, draft.baseHash, found)
  return new RoomState({ draft, ydoc, seq, snapshot: snapshot?.seq ?? 0, owners })
}

/**
 * As much of a damaged draft as its record still proves, for reading: the snapshot by its own digest, and
 * the log behind it up to the first entry that is not what was written. null where that is nothing, or
 * its text in force is not the draft's.
 */
export async function salvage(store: Store, id: string): Promise<RoomState | null> {
  const draft = await store.drafts.find(id)
  if (!draft) return null
  const snapshot = await store.snapshots.sound(id)
  const entries = await store.log.provable(id, snapshot && { ...snapshot, hash: snapshot.head })
  const seq = entries.at(-1)?.seq ?? snapshot?.seq ?? 0
  if (seq === 0) return null
  const ydoc = ydocOf(snapshot, entries)
  ydoc.clientID = serverClient
  if (fingerprint(baseIn(ydoc)) !== draft.baseHash) return null
  // Nobody writes, so that nobody's client ids are asked for. No snapshot is taken of it either.
  return new RoomState({ draft, ydoc, seq, snapshot: seq, owners: [] })
}

/** What a ledger reads as the text in force; it takes long where much has been proposed. */
function baseIn(ydoc: Y.Doc): Provision[] {
  const ledger = new Ledger(ydoc)
  const text = provisionsOf(ledger.project('base'))
  ledger.destroy()
  return text
}

/**
 * The state without the client ids that were issued before a time and under which nobody has written
 * anything: they are nobody's any more, and are never issued again.
 */
export function withoutExpired(state: RoomState, before: number): RoomState {
  const { draft, ydoc, seq, snapshot, owners } = state
  const lasting = owners.filter(({ at, client }) => at >= before || ydoc.store.clients.has(client))
  return new RoomState({ draft, ydoc, seq, snapshot, owners: lasting })
}
