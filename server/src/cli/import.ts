/** `revmark import`: a Word file as a draft on an edition, and what of it was not taken. */
import type { Corpus } from '@revmark/corpus'
import { importDocx, namedEdition, readDocx, reportOf, wholeProposal } from '@revmark/shared/docx'
import type { Docx, ImportedDocx, Signed, WholeProposal } from '@revmark/shared/docx'
import type { Hand } from '@revmark/shared/compare'
import {
  Ledger,
  enterPerson,
  provisionsOf,
  serverClient,
  views,
  writeBase,
} from '@revmark/shared/ledger'
import { editionName } from '@revmark/shared/resolution'
import type { Edition } from '@revmark/shared/resolution'
import * as Y from 'yjs'
import { textOf } from '../export.ts'
import { corpusClient } from '../readable.ts'
import { signaturesIn } from '../word/taking.ts'
import type { ImportCommand } from './arguments.ts'

/** Whoever signed nothing, or changed the text without a mark. */
const unnamed = 'unnamed'

/** What is printed: the text, or JSON; and the report, a line for each thing that a person should see. */
export function imported(
  { file, base, text: number, delegation, view }: ImportCommand,
  bytes: Uint8Array,
  corpus: Corpus,
): { readonly text: string; readonly report: string } {
  const docx = readDocx(bytes)
  if ('reason' in docx) throw new Error(`${file}: ${docx.message}`)
  const whole = wholeProposal(docx, number - 1)
  if (whole) return printed(whole, view)
  const edition = editionFor(docx, base, number, corpus)
  const ydoc = new Y.Doc({ gc: false })
  writeBase(ydoc, edition.id, edition.provisions)
  const hands = new Map<string, Hand>()
  const result = importDocx(ydoc, edition.provisions, docx, {
    index: number - 1,
    codeOf: ({ author }: Signed) => delegation ?? author ?? unnamed,
    unmarkedBy: delegation ?? unnamed,
    handOf: (code) => handOf(hands, code),
  })
  if (!result) throw new Error(`${file} has no text ${number}`)
  ydoc.clientID = serverClient
  for (const { client, ...person } of hands.values()) enterPerson(ydoc, client, person)
  const ledger = new Ledger(ydoc)
  const report = [`changes of ${editionName(edition)}, ${edition.id}`, ...reportLines(docx, result)]
  const text = view === null ? json(docx, edition, result, ledger) : textOf({ ledger }, view)
  ledger.destroy()
  return { text, report: report.map((line) => `${line}\n`).join('') }
}

/** A proposal that changes no words of an edition needs none. */
function printed(whole: WholeProposal, view: ImportCommand['view']) {
  const { symbol, identifier, text } = whole
  const lines = text.map((line) => `${line}\n`).join('')
  return {
    text: view === null ? `${JSON.stringify(whole, null, 2)}\n` : lines,
    report: `${symbol} ${identifier}: a proposal of a text as a whole, which changes no words\n`,
  }
}

function handOf(hands: Map<string, Hand>, delegation: string): Hand {
  const known = hands.get(delegation)
  if (known) return known
  const hand = { client: corpusClient + hands.size, delegation, user: delegation }
  hands.set(delegation, hand)
  return hand
}

/** The edition that is asked for, or the one that the file is a proposal on. */
function editionFor(docx: Docx, base: string | null, number: number, corpus: Corpus): Edition {
  if (base !== null) {
    const edition = corpus.find(base)
    if (!edition) throw new Error(`there is no edition ${base}; "revmark list" shows them`)
    return edition
  }
  const edition = namedEdition(docx, number - 1, corpus.editions)
  if (!edition) throw new Error('the file names no edition of the corpus: name one with --base')
  return edition
}

function reportLines(docx: Docx, { differences, labels, kinds }: ImportedDocx): string[] {
  return [
    ...differences.map(({ paragraph, edition, file }) =>
      paragraph === null
        ? `not in the file, taken as deleted: ${excerpt(edition!)}`
        : edition === null
          ? `paragraph ${paragraph}: not in the edition, taken as inserted: ${excerpt(file!)}`
          : `paragraph ${paragraph}: differs from the edition without a mark: ${difference(edition, file!)}`,
    ),
    ...labels.map(
      ({ paragraph, file, draft }) =>
        `paragraph ${paragraph}: its label is ${file ?? 'none'}, counted ${draft ?? 'none'}`,
    ),
    ...kinds.map(
      (paragraph) => `paragraph ${paragraph}: a change of its kind that no draft holds, not taken`,
    ),
    ...reportOf(docx).map(
      ({ paragraph, words, what }) =>
        `paragraph ${paragraph}: ${what}${words === '' ? '' : `, at ${JSON.stringify(words)}`}`,
    ),
  ]
}

const excerpt = (text: string, from = 0): string => JSON.stringify(text.slice(from, from + 60))

function difference(edition: string, file: string): string {
  let at = 0
  while (at < edition.length && edition[at] === file[at]) at++
  const from = Math.max(at - 20, 0)
  return `${excerpt(file, from)}, there ${excerpt(edition, from)}`
}

function json(docx: Docx, edition: Edition, result: ImportedDocx, ledger: Ledger): string {
  const { cover, proposal, reasons, differences, labels, kinds } = result
  const { comments } = docx
  const changes = ledger.changes().map(({ delegation, kind, inserted, deleted, setting }) => ({
    delegation,
    kind,
    inserted,
    deleted,
    setting,
  }))
  const read = Object.fromEntries(
    views
      .filter((view) => view !== 'marked')
      .map((view) => [view, provisionsOf(ledger.project(view))]),
  )
  const report = reportOf(docx)
  const value = {
    base: edition.id,
    cover,
    proposal,
    reasons,
    signatures: signaturesIn(docx),
    changes,
    views: read,
    differences,
    labels,
    kinds,
    comments,
    report,
  }
  return `${JSON.stringify(value, null, 2)}\n`
}
