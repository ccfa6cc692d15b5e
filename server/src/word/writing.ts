/** A draft as a Word file with what a person chose: which marks, which template, what around the text. */
import { exportDocx, remarksOn } from '@revmark/shared/docx'
import type { DocxExport } from '@revmark/shared/docx'
import { decisionsOf, endures, withChosen } from '@revmark/shared/ledger'
import type { Change, Ledger, Projection } from '@revmark/shared/ledger'
import { editionName } from '@revmark/shared/resolution'
import { markedViews } from '@revmark/shared/text'
import type { WordExport } from '@revmark/shared/wire'
import { proofOf, wordType } from '../export.ts'
import type { ExportedFile } from '../export.ts'
import { withoutPersons } from '../history.ts'
import type { Readable } from '../readable.ts'

/**
 * A Word file, proved before it is handed out. A contribution's symbol goes before the view, as ITU
 * asks: a text that is added carries no marks, of one that is suppressed or not changed the number
 * and the title stand for the whole. `at` as in `exportReadable`; throws an UnprovedFile as that does.
 */
export function exportWord(readable: Readable, wanted: WordExport, at: number): ExportedFile {
  const { ledger, edition, delegations, writings } = readable
  const title = editionName(edition)
  const { family, numberLine, header, frame } = wanted
  const chosen = withChosen(ledger, choiceOf(wanted.changes))
  try {
    const bytes = exportDocx({
      text: textOf(chosen, wanted),
      among: chosen.project('marked'),
      title,
      language: edition.language,
      delegations,
      at,
      writings: writings && (wanted.persons === 'named' ? writings : withoutPersons(writings)),
      family,
      numberLine,
      frame,
      remarks: wanted.comments === 'none' ? null : remarksIn(chosen),
      header: header === '' ? title : header,
    })
    return { bytes, type: wordType, proof: proofOf(bytes, `${readable.id}, ${wanted.view}`) }
  } finally {
    chosen.destroy()
    chosen.ydoc.destroy()
  }
}

const remarksIn = (ledger: Ledger) =>
  remarksOn(ledger.changes(), decisionsOf(ledger.ydoc).toArray())

const choiceOf =
  (changes: WordExport['changes']) =>
  ({ state, delegation }: Change): boolean =>
    changes === 'all' || (changes === 'accepted' ? endures(state) : changes.includes(delegation))

function textOf(ledger: Ledger, { view, frame }: WordExport): DocxExport['text'] {
  const symbol = frame?.symbol ?? 'MOD'
  if (symbol === 'ADD' || symbol === 'ADD*') return ledger.project('clean')
  if (symbol === 'MOD' || symbol === '(MOD)')
    return view === 'marked' ? markedViews(ledger) : ledger.project(view)
  return headOf(ledger.project('base'))
}

/** The number and the title of a text. */
const headOf = ({ view, paragraphs }: Projection): Projection => ({
  view,
  paragraphs: paragraphs.filter(({ kind }) => kind === 'number' || kind === 'title').slice(0, 2),
})
