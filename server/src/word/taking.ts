/** A Word file as a delegation's changes: the update that brings them, and the report. */
import {
  importDocx,
  namedEdition,
  readDocx,
  reportOf,
  textsIn,
  wholeProposal,
} from '@revmark/shared/docx'
import type { Docx, DocxProblem, ImportedDocx, Signed } from '@revmark/shared/docx'
import { Ledger, enterPerson, serverClient, writeBase } from '@revmark/shared/ledger'
import type { Signatures } from '@revmark/shared/ledger'
import { editionName } from '@revmark/shared/resolution'
import type { Edition, Numbering } from '@revmark/shared/resolution'
import type { ImportReport } from '@revmark/shared/wire'
import * as Y from 'yjs'

export interface TakingTask {
  readonly bytes: Uint8Array
  /** Of these the file amends the one that it names; where there is one only, that. */
  readonly editions: readonly Edition[]
  /** Which of the file's texts, from 1. */
  readonly text: number
  /** In whose name, and under which client id, which must be new to the draft. */
  readonly hand: { readonly client: number; readonly user: string; readonly delegation: string }
  /** Whether what differs from the edition without a mark is taken, as the delegation's too. */
  readonly takesDifferences: boolean
  /** How the draft labels what is inserted, with which the file's labels are compared. */
  readonly numbering: Numbering
}

export interface Taken {
  readonly edition: string
  /** A Yjs update on the edition alone, of the hand's client id; as from one who was offline. */
  readonly update: Uint8Array
  /** Who signed in the file what the update brings, for the server to keep with it; null: nothing comes. */
  readonly signatures: Signatures | null
  readonly report: ImportReport
}

/** What is wrong beside what is wrong with the file itself. */
export interface TakingProblem {
  readonly reason: DocxProblem['reason'] | 'no-edition' | 'no-text'
  readonly message: string
}

/** Reads a file from anybody and takes one of its texts; whoever signed its revisions, they are the hand's. */
export function takeContribution(task: TakingTask): Taken | TakingProblem {
  const { bytes, editions, text, hand, takesDifferences, numbering } = task
  const docx = readDocx(bytes)
  if ('reason' in docx) return docx
  const [first, second] = editions
  const edition = first && !second ? first : namedEdition(docx, text - 1, editions)
  if (!edition) {
    const message =
      wholeProposal(docx, text - 1)?.symbol.startsWith('ADD') === true
        ? 'The file proposes a new text, which amends no edition: bring it into a draft to attach it there.'
        : 'The file names no edition of the library that it amends: choose one.'
    return { reason: 'no-edition', message }
  }
  const ydoc = new Y.Doc({ gc: false })
  writeBase(ydoc, edition.id, edition.provisions, numbering)
  const before = Y.encodeStateVector(ydoc)
  const result = importDocx(ydoc, edition.provisions, docx, {
    index: text - 1,
    codeOf: () => hand.delegation,
    unmarkedBy: takesDifferences ? hand.delegation : null,
    handOf: () => hand,
  })
  if (!result) return { reason: 'no-text', message: `The file has no text number ${text}.` }
  const update = Y.encodeStateAsUpdate(ydoc, before)
  ydoc.clientID = serverClient
  enterPerson(ydoc, hand.client, hand)
  const ledger = new Ledger(ydoc)
  const report = importReport(task, docx, edition, result, ledger)
  ledger.destroy()
  ydoc.destroy()
  const signatures = result.signatures.get(hand.client) ?? null
  return { edition: edition.id, update, signatures, report }
}

function importReport(
  { text, takesDifferences }: TakingTask,
  docx: Docx,
  edition: Edition,
  { cover, whole, reasons, differences, labels, kinds }: ImportedDocx,
  ledger: Ledger,
): ImportReport {
  const proposals = (['accepted', 'rejected'] as const)
    .map((reading) => textsIn(docx, reading).texts.map(({ proposal }) => proposal))
    .reduce((longer, other) => (other.length > longer.length ? other : longer))
  const ofKinds = kinds.map((paragraph) => ({
    paragraph,
    words: '',
    what: 'a change of the paragraph’s kind or level that no draft holds',
  }))
  return {
    edition: edition.id,
    editionName: editionName(edition),
    text,
    proposals,
    whole: whole && { ...whole, text: [...whole.text] },
    cover: [...cover],
    reasons,
    signed: signaturesIn(docx),
    changes: ledger.changes().map(({ address, kind, inserted, deleted, setting }) => ({
      address,
      kind,
      inserted,
      deleted,
      setting: setting && {
        property: setting.property,
        value: setting.value,
        former: setting.former,
        text: setting.text,
      },
    })),
    differences: [...differences],
    tookDifferences: takesDifferences,
    labels: [...labels],
    left: [...ofKinds, ...reportOf(docx)].toSorted((a, b) => a.paragraph - b.paragraph),
  }
}

/** Who signed revisions, and when, each once. */
export function signaturesIn({ paragraphs }: Docx): Signed[] {
  const signatures = new Map<string, Signed>()
  const add = (by: Signed | null | undefined) => {
    if (by) signatures.set(JSON.stringify([by.author, by.date]), by)
  }
  for (const { mark, letters, former } of paragraphs) {
    for (const { inserted, deleted } of [mark, ...letters]) {
      add(inserted)
      add(deleted)
    }
    add(former?.by)
  }
  return [...signatures.values()]
}
