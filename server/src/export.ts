/** Editions and drafts as files and as text. */
import { exportDocx } from '@revmark/shared/docx'
import type { View } from '@revmark/shared/ledger'
import { editionName } from '@revmark/shared/resolution'
import { criticMarkup, markedViews, plainText } from '@revmark/shared/text'
import type { ExportFormat } from '@revmark/shared/wire'
import type { Readable } from './readable.ts'

export interface ExportedFile {
  readonly bytes: Uint8Array<ArrayBuffer>
  /** For the Content-Type header. */
  readonly type: string
}

/** A paragraph a line, `label TAB text`; of the marked view with CriticMarkup. */
export const textOf = ({ ledger }: Pick<Readable, 'ledger'>, view: View): string =>
  view === 'marked' ? criticMarkup(markedViews(ledger)) : plainText(ledger.project(view))

/**
 * A view as a file. In Word the marked view has revision marks by delegation. `at`, in milliseconds
 * since 1970, is the time that the file tells.
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
    }
  const { ledger, edition, delegations } = readable
  const text = view === 'marked' ? markedViews(ledger) : ledger.project(view)
  const { language } = edition
  return {
    bytes: exportDocx({ text, title: editionName(edition), language, delegations, at }),
    type: 'application/vnd.openxmlformats-officedocument.wordprocessingml.document',
  }
}

/** The lines of the cover, and an empty one. */
export const coverOf = ({ cover }: Readable): string => `${cover.join('\n')}\n\n`
