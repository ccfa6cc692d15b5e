/** What can be read out or exported, as a ledger: a text of the corpus, two compared, or a draft. */
import type { Frame, RevisionWritings } from '@revmark/shared/docx'
import { writingsIn } from './history.ts'
import type { Corpus } from '@revmark/corpus'
import { redline } from '@revmark/shared/compare'
import type { Hand } from '@revmark/shared/compare'
import { writeContribution } from '@revmark/shared/contribution'
import type { Contribution } from '@revmark/shared/contribution'
import {
  Ledger,
  enterPerson,
  firstIssuedClient,
  provisionsOf,
  serverClient,
  writeBase,
} from '@revmark/shared/ledger'
import type { View } from '@revmark/shared/ledger'
import { editionName } from '@revmark/shared/resolution'
import type { Edition, Provision } from '@revmark/shared/resolution'
import { comparedDelegation } from '@revmark/shared/wire'
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
  /** When and by whom what was written; null for a text of the corpus. */
  readonly writings: RevisionWritings | null
  /** The lines that say what it is and where it belongs, for who asks for a cover. */
  readonly cover: readonly string[]
  /** What stands around it in a Word file where nobody chooses; null: the text stands alone. */
  readonly frame: Frame | null
  /** The view in which it is read where nobody asks for another. */
  readonly usualView: View
}

/** An edition as a draft that nobody has touched. */
export function readEdition(edition: Edition): Readable {
  const ydoc = new Y.Doc({ gc: false })
  writeBase(ydoc, edition.id, edition.provisions)
  ydoc.clientID = serverClient
  return {
    id: edition.id,
    ledger: new Ledger(ydoc),
    edition,
    delegations: [],
    writings: null,
    cover: [edition.conference, `${edition.place}, ${edition.year}`, editionName(edition)],
    frame: null,
    usualView: 'base',
  }
}

/** The client id under which a text of the corpus carries marks: no browser is ever given it. */
export const corpusClient = firstIssuedClient

/** A delegation's contribution: its marks on the edition that it amends. */
export function readContribution(contribution: Contribution, corpus: Corpus): Readable {
  const { id, base, delegation, conference, place, year, cover } = contribution
  const edition = corpus.find(base)
  if (!edition) throw new RangeError(`${id} amends ${base}, which the corpus lacks`)
  const ydoc = new Y.Doc({ gc: false })
  writeBase(ydoc, edition.id, edition.provisions)
  markContribution(ydoc, edition, contribution, id)
  return {
    id,
    ledger: new Ledger(ydoc),
    edition,
    delegations: [{ code: delegation, name: delegationName(delegation), colour: 0 }],
    writings: null,
    cover: [
      conference,
      `${place}, ${year}`,
      cover.title,
      ...titled('Summary', cover.summary),
      ...titled('Expected results', cover.expectedResults),
      ...titled('References', cover.references),
      `${contribution.proposal} ${editionName(edition)}`,
    ],
    frame: frameOf(contribution),
    usualView: 'marked',
  }
}

const titled = (name: string, text: string): string[] => (text === '' ? [] : [`${name}: ${text}`])

/** A contribution's first page, with what the corpus knows of it: no number, no date, no identifier. */
const frameOf = ({
  conference,
  place,
  year,
  meeting,
  delegation,
  cover,
  proposal,
}: Contribution): Frame => ({
  ...cover,
  conference: `${conference} ${year} (${meeting})`,
  placeAndDates: `${place}, ${year}`,
  body: 'PLENARY MEETING',
  document: '',
  addendum: '',
  date: '',
  original: '',
  source: delegationName(delegation),
  agendaItem: '',
  priorityArea: '',
  symbol: proposal,
  identifier: '',
  reasons: '',
})

/** The names of delegations whose contributions the corpus holds; another is called by its code. */
const delegationNames: Readonly<Record<string, string>> = { B: 'Brazil' }

export const delegationName = (code: string): string => delegationNames[code] ?? code

/** What is to be read in a contribution: "Proposal of Brazil on Resolution 45 (Rev. Dubai, 2014)". */
export const contributionName = ({ delegation }: Contribution, edition: Edition): string =>
  `Proposal of ${delegationName(delegation)} on ${editionName(edition)}`

/** One edition as revision marks on another; nobody's, they are what the later text has done. */
export function readComparison(from: Edition, to: Edition): Readable {
  const ydoc = new Y.Doc({ gc: false })
  writeBase(ydoc, from.id, from.provisions)
  markComparison(ydoc, from.provisions, to.provisions, to.id)
  return {
    id: `${from.id}-${to.id}`,
    ledger: new Ledger(ydoc),
    edition: from,
    delegations: [{ code: comparedDelegation, name: editionName(to), colour: 0 }],
    writings: null,
    cover: [`${editionName(to)}, as changes of ${editionName(from)}`],
    frame: null,
    usualView: 'marked',
  }
}

/** Writes a contribution's marks into the document of its edition, in the name of one person. */
export function markContribution(
  ydoc: Y.Doc,
  edition: Edition,
  { delegation, paragraphs }: Contribution,
  user: string,
): void {
  const hand = { client: corpusClient, delegation, user }
  enter(ydoc, hand)
  writeContribution(ydoc, edition.provisions, paragraphs, hand)
}

/** Writes what a later text has done into the document of the earlier one. */
export function markComparison(
  ydoc: Y.Doc,
  from: readonly Provision[],
  to: readonly Provision[],
  user: string,
): void {
  const hand = { client: corpusClient, delegation: comparedDelegation, user }
  enter(ydoc, hand)
  redline(ydoc, from, to, hand)
}

/**
 * What a view has become from one state of a draft to another, as marks on the earlier one, labelled as
 * the later is.
 */
export function differenceOf(edition: string, from: Ledger, to: Ledger, view: View): Y.Doc {
  const [before, after] = [from, to].map((ledger) => provisionsOf(ledger.project(view)))
  const ydoc = new Y.Doc({ gc: false })
  writeBase(ydoc, edition, before!, to.numbering)
  markComparison(ydoc, before!, after!, comparedDelegation)
  return ydoc
}

function enter(ydoc: Y.Doc, { client, user, delegation }: Hand): void {
  ydoc.clientID = serverClient
  enterPerson(ydoc, client, { user, delegation })
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
  const people = await store.people.of(draft.meeting)
  const writings = writingsIn(await store.log.read(id), { people, delegations, ydoc: ledger.ydoc })
  return { id, ledger, edition, delegations, writings, cover, frame: null, usualView: 'marked' }
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
