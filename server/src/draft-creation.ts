/** How a draft begins: with an edition, or with a contribution on one. */
import type { Contribution } from '@revmark/shared/contribution'
import { baseClient, serverClient, writeBase } from '@revmark/shared/ledger'
import { editionName } from '@revmark/shared/resolution'
import type { Edition } from '@revmark/shared/resolution'
import * as Y from 'yjs'
import { contributionName, corpusClient, markContribution } from './readable.ts'
import type { LogEntry } from './store/log.ts'
import type { Store } from './store/store.ts'

/** Begins a draft that amends an edition; the log's first entry is its base. `at` as in the log. */
export async function createDraft(
  store: Store,
  id: string,
  meeting: string,
  edition: Edition,
  at: number,
  title = editionName(edition),
): Promise<void> {
  const ydoc = new Y.Doc({ gc: false })
  writeBase(ydoc, edition.id, edition.provisions)
  const draft = { id, meeting, title, edition: edition.id, baseHash: edition.hash }
  const data = Y.encodeStateAsUpdate(ydoc)
  await store.drafts.create(draft, edition.provisions, {
    seq: 1,
    user: 'server',
    client: baseClient,
    at,
    kind: 'base',
    data,
    decision: null,
  })
  ydoc.destroy()
}

/** Begins a draft that a contribution's marks stand in already, in the name of one of its people. */
export async function createFromContribution(
  store: Store,
  id: string,
  meeting: string,
  user: string,
  contribution: Contribution,
  edition: Edition,
  at: number,
): Promise<void> {
  await createDraft(store, id, meeting, edition, at, contributionName(contribution, edition))
  const { delegation } = contribution
  await store.clients.register(id, { client: corpusClient, user, delegation }, at)
  const ydoc = new Y.Doc({ gc: false })
  writeBase(ydoc, edition.id, edition.provisions)
  const updates: Uint8Array[] = []
  ydoc.on('update', (update: Uint8Array) => updates.push(update))
  markContribution(ydoc, edition, contribution, user)
  // The first update enters the person, what follows is theirs.
  const entries = updates.map((data, i): LogEntry => ({
    seq: i + 2,
    user,
    client: i === 0 ? serverClient : corpusClient,
    at,
    kind: i === 0 ? 'person' : 'edit',
    data,
    decision: null,
  }))
  await store.log.append(id, entries)
  await store.log.sync()
  ydoc.destroy()
}
