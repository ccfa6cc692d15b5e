/** How a draft begins: with an edition, or with marks on one. */
import type { Contribution } from '@revmark/shared/contribution'
import { baseClient, serverClient, writeBase } from '@revmark/shared/ledger'
import { editionName } from '@revmark/shared/resolution'
import type { Edition, Numbering } from '@revmark/shared/resolution'
import { comparedDelegation } from '@revmark/shared/wire'
import * as Y from 'yjs'
import { contributionName, corpusClient, markComparison, markContribution } from './readable.ts'
import type { Dice } from './secret.ts'
import type { EntryAct, LogEntry } from './store/log.ts'
import type { Store } from './store/store.ts'

/** An id for another draft on an edition: `res45-dubai-2014-k3x9qa`. */
export const newDraftId = ({ id }: Edition, dice: Dice): string =>
  `${id}-${dice.randomInt(36 ** 5, 36 ** 6).toString(36)}`

/** What may be said of a draft at its beginning; what is left out is as usual. */
interface Beginning {
  readonly title?: string
  readonly numbering?: Numbering
  /** Who begins it, as the record of the meeting tells it in the same commit. */
  readonly act?: EntryAct
}

/** Begins a draft that amends an edition; the log's first entry is its base. `at` as in the log. */
export async function createDraft(
  store: Store,
  id: string,
  meeting: string,
  edition: Edition,
  at: number,
  { title = editionName(edition), numbering = 'renumber', act }: Beginning = {},
): Promise<void> {
  const ydoc = new Y.Doc({ gc: false })
  writeBase(ydoc, edition.id, edition.provisions, numbering)
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
    ...(act && { act }),
  })
  await store.log.sync()
  ydoc.destroy()
}

/** Marks that a draft begins with: whose they are, and how they are written. */
interface Marks {
  readonly user: string
  readonly delegation: string
  readonly title: string
  readonly write: (ydoc: Y.Doc) => void
}

/** A contribution's marks, in the name of one of its people. */
export const marksOfContribution = (
  contribution: Contribution,
  edition: Edition,
  user: string,
): Marks => ({
  user,
  delegation: contribution.delegation,
  title: contributionName(contribution, edition),
  write: (ydoc) => markContribution(ydoc, edition, contribution, user),
})

/** What a later edition has done, as marks to be decided; `user` is who asked for them. */
export const marksOfComparison = (from: Edition, to: Edition, user: string): Marks => ({
  user,
  delegation: comparedDelegation,
  title: `${editionName(to)} on ${editionName(from)}`,
  write: (ydoc) => markComparison(ydoc, from.provisions, to.provisions, user),
})

/** Begins a draft in which marks stand already. */
export async function createMarkedDraft(
  store: Store,
  id: string,
  meeting: string,
  edition: Edition,
  marks: Marks,
  at: number,
  beginning: Omit<Beginning, 'title'> = {},
): Promise<void> {
  const { user, delegation, title, write } = marks
  const { numbering } = beginning
  await createDraft(store, id, meeting, edition, at, { ...beginning, title })
  await store.clients.register(id, { client: corpusClient, user, delegation }, at)
  const ydoc = new Y.Doc({ gc: false })
  writeBase(ydoc, edition.id, edition.provisions, numbering)
  const updates: Uint8Array[] = []
  ydoc.on('update', (update: Uint8Array) => updates.push(update))
  write(ydoc)
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
