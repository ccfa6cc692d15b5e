/** Word files as another engine sees them: docxodus, in whose making we had no part. */
import * as docxodus from 'docxodus/core'
import { strFromU8, unzipSync } from 'fflate'

/** The paragraphs of a file after accepting or rejecting every revision, as `label TAB text`. */
export async function readings(
  file: Uint8Array,
): Promise<{ accepted: string[]; rejected: string[] }> {
  await docxodus.initialize()
  return {
    accepted: paragraphsOf(await docxodus.docxDiffAcceptRevisions(file)),
    rejected: paragraphsOf(await docxodus.docxDiffRejectRevisions(file)),
  }
}

/** Who signs revisions in a file, sorted. */
export async function signatories(file: Uint8Array): Promise<string[]> {
  await docxodus.initialize()
  const revisions = await docxodus.getRevisions(file)
  return [...new Set(revisions.map(({ author }) => author))].toSorted()
}

/** The paragraphs of a file without revisions; the empty one at the end, which all have, aside. */
export function paragraphsOf(file: Uint8Array): string[] {
  const part = unzipSync(file)['word/document.xml']
  if (!part) throw new RangeError('not a Word file')
  const body = strFromU8(part)
  if (/<w:(ins|del)\b/.test(body)) throw new RangeError('the file still has revision marks')
  const paragraphs = body.match(/<w:p[ >].*?<\/w:p>|<w:p\/>/gs) ?? []
  const lines = paragraphs.map((paragraph) =>
    [...paragraph.matchAll(/<w:t(?: [^>]*)?>([^<]*)<\/w:t>|<w:tab\s*\/>/g)]
      .map(([whole, text]) => (text === undefined ? tab(whole) : unescaped(text)))
      .join(''),
  )
  return lines.at(-1) === '' ? lines.slice(0, -1) : lines
}

const tab = (element: string): string => (element.startsWith('<w:tab') ? '\t' : '')

const unescaped = (text: string): string =>
  text
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&quot;', '"')
    .replaceAll('&apos;', "'")
    .replaceAll('&amp;', '&')
