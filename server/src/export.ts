/** Editions and drafts as files and as text. */
import { exportDocx, proveDocx } from '@revmark/shared/docx'
import type { TextHashes } from '@revmark/shared/docx'
import type { View } from '@revmark/shared/ledger'
import { editionName } from '@revmark/shared/resolution'
import { criticMarkup, markedViews, plainText } from '@revmark/shared/text'
import type { ExportFormat } from '@revmark/shared/wire'
import type { Readable } from './readable.ts'

export interface ExportedFile {
  readonly bytes: Uint8Array<ArrayBuffer>
  /** For the Content-Type header. */
  readonly type: string
  /** Of a Word file, which was read again and found to say what it should; null for text. */
  readonly proof: TextHashes | null
}

/** A Word file that does not say what the draft says: it is not handed out. */
export class UnprovedFile extends Error {}

/** A paragraph a line, `label TAB text`; of the marked view with CriticMarkup. */
export const textOf = ({ ledger }: Pick<Readable, 'ledger'>, view: View): string =>
  view === 'marked' ? criticMarkup(markedViews(ledger)) : plainText(ledger.project(view))

/**
 * A view as a file. In Word the marked view has revision marks by delegation. `at`, in milliseconds
 * since 1970, is the time that the file tells. Throws an UnprovedFile where a Word file, read again,
 * says something else than the draft.
 */
export function exportReadable(
  readable: Readable,
  view: View,
  format: ExportFormat,
  at: number,
): ExportedFile {
  if (format === 'txt')
    return {
      bytes: new TextEncoder().encode(textOf(readable, view)),
      type: 'text/plain; charset=utf-8',
      proof: null,
    }
  const { ledger, edition, delegations } = readable
  const text = view === 'marked' ? markedViews(ledger) : ledger.project(view)
  const { language } = edition
  const bytes = exportDocx({ text, title: editionName(edition), language, delegations, at })
  return {
    bytes,
    type: 'application/vnd.openxmlformats-officedocument.wordprocessingml.document',
    proof: proofOf(bytes, `${readable.id}, ${view}`),
  }
}

function proofOf(bytes: Uint8Array, what: string): TextHashes {
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
  'content-type': type,
  'content-disposition': `attachment; filename="${name}"`,
  ...(proof && { 'revmark-proof': `accepted=${proof.accepted}, rejected=${proof.rejected}` }),
})

/** The lines of the cover, and an empty one. */
export const coverOf = ({ cover }: Readable): string => `${cover.join('\n')}\n\n`
