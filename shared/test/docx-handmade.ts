/** Word files written by hand for tests: a body, and whatever other parts a test needs. */
import { strToU8, zipSync } from 'fflate'
import type { Zippable } from 'fflate'
import { readDocx } from '../src/docx/reader/index.ts'
import type { Docx, DocxProblem } from '../src/docx/reader/index.ts'

const office = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships'
const main = 'http://schemas.openxmlformats.org/wordprocessingml/2006/main'

export const namespaces =
  `xmlns:w="${main}" xmlns:r="${office}" ` +
  'xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math" ' +
  'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" ' +
  'xmlns:w16du="http://schemas.microsoft.com/office/word/2023/wordml/word16du"'

export const relations = (...list: readonly (readonly [type: string, rest: string])[]): string =>
  '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">' +
  list
    .map(([type, rest], i) => `<Relationship Id="r${i}" Type="${office}/${type}" ${rest}/>`)
    .join('') +
  '</Relationships>'

/** The parts of the smallest file that has this body. */
export const partsWith = (body: string): Record<string, string> => ({
  '[Content_Types].xml':
    '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>',
  '_rels/.rels': relations(['officeDocument', 'Target="word/document.xml"']),
  'word/document.xml': `<w:document ${namespaces}><w:body>${body}</w:body></w:document>`,
})

export function zipped(parts: Readonly<Record<string, string | Uint8Array>>): Uint8Array {
  const files: Zippable = {}
  for (const [path, part] of Object.entries(parts)) {
    files[path] = typeof part === 'string' ? strToU8(part) : part
  }
  return zipSync(files)
}

/** A file with a body and, beside the document, parts of these types. */
export function handmade(body: string, others: Readonly<Record<string, string>> = {}): Uint8Array {
  const parts = partsWith(body)
  const types = Object.keys(others)
  parts['word/_rels/document.xml.rels'] = relations(
    ...types.map((type) => [type, `Target="${type}.xml"`] as const),
  )
  for (const [type, content] of Object.entries(others)) {
    parts[`word/${type}.xml`] = content.replace(/^<w:\w+/, (open) => `${open} ${namespaces}`)
  }
  return zipped(parts)
}

export const isProblem = (read: Docx | DocxProblem): read is DocxProblem => 'reason' in read

/** What is in a file that must be readable. */
export function opened(bytes: Uint8Array): Docx {
  const docx = readDocx(bytes)
  if (isProblem(docx)) throw new Error(`${docx.reason}: ${docx.message}`)
  return docx
}
