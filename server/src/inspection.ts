/** Is what the store holds what was written? At a glance at every start, thoroughly by `revmark fsck`. */
import { baseClient, peopleOf, provisionsOf, serverClient, views } from '@revmark/shared/ledger'
import type { Ledger } from '@revmark/shared/ledger'
import { fingerprint } from '@revmark/shared/resolution'
import * as Y from 'yjs'
import { BaseChanged, replay } from './room/replay.ts'
import type { RoomState } from './room/replay.ts'
import { hexOf } from './store/chain.ts'
import type { LogEntry, LogHead } from './store/log.ts'
import type { Store } from './store/store.ts'

export interface DraftReport {
  readonly draft: string
  /** The last entry of the log; null where that cannot be read. Who keeps its hash elsewhere can prove later that nothing is missing. */
  readonly head: LogHead | null
  /** What is wrong, in sentences; none: the draft is sound. */
  readonly problems: readonly string[]
}

export interface AuditReport {
  readonly meeting: string
  readonly entries: number
  /** The last entry's hash, in hex; null where there is none. */
  readonly head: string | null
  readonly problems: readonly string[]
}

/**
 * What can be told of a draft without replaying it: the base that is kept beside the log has its
 * fingerprint, and the log behind the newest snapshot its chain. Rejects as `replay` does.
 */
export async function glanceAt(store: Store, id: string): Promise<void> {
  const draft = await store.drafts.find(id)
  const base = await store.drafts.base(id)
  if (!draft || !base) throw new RangeError(`there is no draft ${id}`)
  const found = fingerprint(base)
  if (found !== draft.baseHash) throw new BaseChanged(id, draft.baseHash, found)
  const snapshot = await store.snapshots.newest(id)
  await store.log.read(id, snapshot?.seq ?? 0)
}

/**
 * Examines one draft: the hash of its base, the chain of its log, its snapshot against the log, and
 * whether every letter and every entry is by who the store says it is.
 */
export async function inspectDraft(store: Store, draft: string): Promise<DraftReport> {
  let head: LogHead | null = null
  try {
    head = await store.log.head(draft)
    const state = await replay(store, draft, 'log')
    if (!state) return { draft, head, problems: [`there is no draft ${draft}`] }
    const problems = [
      ...authors(state, await store.log.read(draft)),
      ...people(state),
      ...waiting(state.ydoc),
      ...(await snapshot(store, state)),
    ]
    return { draft, head, problems }
  } catch (error) {
    return { draft, head, problems: [messageOf(error)] }
  }
}

/**
 * Examines the record of what was done in a meeting: its own chain, and the log of each draft against
 * what the record says that it was.
 */
export async function inspectAudit(store: Store, meeting: string): Promise<AuditReport> {
  try {
    const entries = await store.audit.all(meeting)
    const known = new Map(
      entries.flatMap(({ seq, draft, log }) =>
        draft === null || log === null ? [] : [[`${draft} ${log.seq}`, { seq, draft, log }]],
      ),
    )
    const problems: string[] = []
    for (const { seq, draft, log } of known.values()) {
      const found = await store.log.hashAt(draft, log.seq)
      if (found === null || hexOf(found) !== log.hash)
        problems.push(`entry ${seq} saw entry ${log.seq} of ${draft}, which is not in its log`)
    }
    return { meeting, entries: entries.length, head: entries.at(-1)?.hash ?? null, problems }
  } catch (error) {
    return { meeting, entries: 0, head: null, problems: [messageOf(error)] }
  }
}

const messageOf = (error: unknown): string =>
  error instanceof Error ? error.message : String(error)

/** Who the log says wrote, against whom the client id was issued to. */
function authors({ owners }: RoomState, entries: readonly LogEntry[]): string[] {
  const users = new Map(owners.map(({ client, user }) => [client, user]))
  const problems: string[] = []
  for (const { seq, kind, user, data } of entries) {
    const clients = new Set(Y.decodeUpdate(data).structs.map(({ id }) => id.client))
    const own = kind === 'base' ? baseClient : serverClient
    for (const client of clients) {
      if (kind !== 'edit') {
        if (client !== own)
          problems.push(`entry ${seq}, a ${kind}, was written under client id ${client}`)
      } else if (users.get(client) !== user)
        problems.push(
          `entry ${seq} is in the name of ${user}, its client id ${client} is ` +
            `${users.get(client) ?? 'nobody'}'s`,
        )
    }
  }
  return problems
}

/** Whom the draft itself names as the author of a client id, against whom it was issued to. */
function people({ ydoc, owners }: RoomState): string[] {
  const issued = new Map(owners.map((owner) => [String(owner.client), owner]))
  return [...peopleOf(ydoc)].flatMap(([client, { user, delegation }]) => {
    const owner = issued.get(client)
    if (owner?.user === user && owner.delegation === delegation) return []
    return [`the draft gives client id ${client} to ${user} of ${delegation}, the store does not`]
  })
}

/** A log that holds everything leaves nothing waiting for what it lacks. */
function waiting({ store }: Y.Doc): string[] {
  if (store.pendingStructs === null && store.pendingDs === null) return []
  return ['the log has a gap: updates wait for others that it does not hold']
}

async function snapshot(store: Store, whole: RoomState): Promise<string[]> {
  const { id } = whole.draft
  const short = await replay(store, id, 'snapshot')
  // None, or one that is left aside: the log is read from its start then.
  if (!short || short.snapshot === 0) return []
  const isSame =
    Y.equalSnapshots(Y.snapshot(short.ydoc), Y.snapshot(whole.ydoc)) &&
    views.every((view) => textHash(short.ledger, view) === textHash(whole.ledger, view))
  return isSame ? [] : [`the snapshot at entry ${short.snapshot} is not what the log tells`]
}

const textHash = (ledger: Ledger, view: (typeof views)[number]): string =>
  fingerprint(provisionsOf(ledger.project(view)))
