/** What can be read out or exported: an edition of the corpus, or a draft, both as a ledger. */
import type { Corpus } from '@revmark/corpus'
import { Ledger, serverClient, writeBase } from '@revmark/shared/ledger'
import type { View } from '@revmark/shared/ledger'
import { editionName } from '@revmark/shared/resolution'
import type { Edition } from '@revmark/shared/resolution'
import type { Delegation } from '@revmark/shared/wire'
import * as Y from 'yjs'
import { replay } from './room/replay.ts'
import type { RoomState } from './room/replay.ts'
import type { Store } from './store/store.ts'

export interface Readable {
  readonly id: string
  readonly ledger: Ledger
  /** The edition that it is, or amends. */
  readonly edition: Edition
  /** Whose changes it may hold; none for an edition. */
  readonly delegations: readonly Delegation[]
  /** The lines that say what it is and where it belongs, for who asks for a cover. */
  readonly cover: readonly string[]
  /** The view in which it is read where nobody asks for another. */
  readonly usualView: View
}

/** An edition as a draft that nobody has touched. */
export function readEdition(edition: Edition): Readable {
  const ydoc = new Y.Doc()
  writeBase(ydoc, edition.id, edition.provisions)
  ydoc.clientID = serverClient
  return {
    id: edition.id,
    ledger: new Ledger(ydoc),
    edition,
    delegations: [],
    cover: [edition.conference, `${edition.place}, ${edition.year}`, editionName(edition)],
    usualView: 'base',
  }
}

/** An open draft. Throws where its edition is not in the corpus. */
export async function readOpenDraft(
  { draft, ledger }: Pick<RoomState, 'draft' | 'ledger'>,
  store: Store,
  corpus: Corpus,
): Promise<Readable> {
  const { id, title } = draft
  const edition = corpus.find(draft.edition)
  if (!edition) throw new RangeError(`draft ${id} amends ${draft.edition}, which the corpus lacks`)
  const meeting = await store.meetings.find(draft.meeting)
  const delegations = await store.meetings.delegations(draft.meeting)
  const place = meeting ? [meeting.name, meeting.place] : []
  const cover = [...place, `Draft amendments to ${title}`]
  return { id, ledger, edition, delegations, cover, usualView: 'marked' }
}

/** A draft as its log tells it; null for an unknown one. Throws where its base has been changed. */
export async function readDraft(
  store: Store,
  corpus: Corpus,
  id: string,
): Promise<Readable | null> {
  const state = await replay(store, id)
  return state && readOpenDraft(state, store, corpus)
}
