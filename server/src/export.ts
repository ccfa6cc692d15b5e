/** Editions and drafts as files and as text. */
import { exportStatement } from '@revmark/shared/akn'
import { exportDocx, proveDocx } from '@revmark/shared/docx'
import type { TextHashes } from '@revmark/shared/docx'
import { exportPage } from '@revmark/shared/html'
import type { View } from '@revmark/shared/ledger'
import { editionName } from '@revmark/shared/resolution'
import { criticMarkup, markedViews, plainText } from '@revmark/shared/text'
import type { ExportFormat } from '@revmark/shared/wire'
import * as Y from 'yjs'
import { sheetOf } from './pdf/sheet.ts'
import type { Typesetter } from './pdf/typesetter.ts'
import { withoutPersons } from './history.ts'
import type { Readable } from './readable.ts'

export interface ExportedFile {
  readonly bytes: Uint8Array<ArrayBuffer>
  /** For the Content-Type header. */
  readonly type: string
  /** Of a Word file, which was read again and found to say what it should; null for others. */
  readonly proof: TextHashes | null
}

/** The media type of a .docx. */
export const wordType = 'application/vnd.openxmlformats-officedocument.wordprocessingml.document'

/** The media type of each format. */
const typeOf = {
  docx: wordType,
  pdf: 'application/pdf',
  html: 'text/html; charset=utf-8',
  xml: 'application/akn+xml; charset=utf-8',
  txt: 'text/plain; charset=utf-8',
} as const satisfies Record<ExportFormat, string>

/** The media types of what `exportFile` makes. */
export const exportTypes: readonly string[] = Object.values(typeOf)

/** The media type of a Yjs update. */
export const stateType = 'application/octet-stream'

/** The headers with which a Yjs update is handed out. */
export const stateHeaders = { 'content-type': stateType } as const

/** All of a document as one Yjs update. */
export const stateOf = (ydoc: Y.Doc): Uint8Array<ArrayBuffer> =>
  new Uint8Array(Y.encodeStateAsUpdate(ydoc))

/** A Word file that does not say what the draft says: it is not handed out. */
export class UnprovedFile extends Error {}

/** A paragraph a line, `label TAB text`; of the marked view with CriticMarkup. */
export const textOf = ({ ledger }: Pick<Readable, 'ledger'>, view: View): string =>
  view === 'marked' ? criticMarkup(markedViews(ledger)) : plainText(ledger.project(view))

/** What every file says of a text beside its letters; the marked view comes with its marks. */
const sourceOf = ({ ledger, edition, delegations }: Readable, view: View) => ({
  text: view === 'marked' ? markedViews(ledger) : ledger.project(view),
  title: editionName(edition),
  language: edition.language,
  delegations,
})

/** A view as a file of any format; `exportReadable` for all that need no typesetter. */
export async function exportFile(
  readable: Readable,
  view: View,
  format: ExportFormat,
  at: number,
  typesetter: Typesetter,
): Promise<ExportedFile> {
  if (format !== 'pdf') return exportReadable(readable, view, format, at)
  const bytes = await typesetter.typeset(sheetOf(sourceOf(readable, view)), at)
  return { bytes, type: typeOf.pdf, proof: null }
}

/**
 * A view as a file. In Word the marked view has revision marks by delegation. `at`, in milliseconds
 * since 1970, is the time that the file tells. Throws an UnprovedFile where a Word file, read again,
 * says something else than the draft.
 */
export function exportReadable(
  readable: Readable,
  view: View,
  format: Exclude<ExportFormat, 'pdf'>,
  at: number,
): ExportedFile {
  const source = sourceOf(readable, view)
  const written = (text: string) => ({
    bytes: new TextEncoder().encode(text),
    type: typeOf[format],
    proof: null,
  })
  if (format === 'txt') return written(textOf(readable, view))
  if (format === 'html') return written(exportPage(source))
  if (format === 'xml') {
    const { id: edition, number, year, organ, conference } = readable.edition
    const facts = { edition, number, year, organ, conference, name: source.title, at }
    return written(exportStatement({ ...source, ...facts }))
  }
  const bytes = exportDocx({
    ...source,
    among: readable.ledger.project('marked'),
    at,
    writings: readable.writings && withoutPersons(readable.writings),
    frame: readable.frame,
  })
  return {
    bytes,
    type: wordType,
    proof: proofOf(bytes, `${readable.id}, ${view}`),
  }
}

/** The proof of a Word file; throws an UnprovedFile where there is none. `what` names it in that. */
export function proofOf(bytes: Uint8Array, what: string): TextHashes {
  const proof = proveDocx(bytes)
  if ('reason' in proof) throw new UnprovedFile(`The Word file of ${what}: ${proof.message}`)
  if (!proof.isProved) {
    const { said, found } = proof
    throw new UnprovedFile(
      `The Word file of ${what} says something else than the text: accepted ${found.accepted}, ` +
        `not ${said.accepted}; rejected ${found.rejected}, not ${said.rejected}.`,
    )
  }
  return proof.found
}

/** The headers with which a file is handed out; those of a Word file tell its proof. */
export const headersOf = ({ type, proof }: ExportedFile, name: string): Record<string, string> => ({
  ...fileHeaders(type, name),
  ...(proof && { 'revmark-proof': `accepted=${proof.accepted}, rejected=${proof.rejected}` }),
})

/** The headers of a file of any name (RFC 6266). */
export const fileHeaders = (type: string, name: string): Record<string, string> => {
  const plain = name.replace(/[^\w .()!+-]/g, '_')
  const extended =
    plain === name ? '' : `; filename*=UTF-8''${encodeURIComponent(name).replaceAll("'", '%27')}`
  return {
    'content-type': type,
    'content-disposition': `attachment; filename="${plain}"${extended}`,
  }
}

/** The lines of the cover, and an empty one. */
export const coverOf = ({ cover }: Readable): string => `${cover.join('\n')}\n\n`
