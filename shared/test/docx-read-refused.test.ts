/** Files that are not read: each is refused with its reason, before anything of it is taken. */
import { strToU8, zipSync } from 'fflate'
import { describe, expect, test } from 'vitest'
import { limits, readDocx } from '../src/docx/reader/index.ts'
import type { DocxReason } from '../src/docx/reader/index.ts'
import { handmade, isProblem, namespaces, partsWith, relations, zipped } from './docx-handmade.ts'

const body = '<w:p><w:r><w:t>text</w:t></w:r></w:p>'

/** Microsoft's compound file with a stream of that name. */
const compound = (stream: string) =>
  Uint8Array.from([
    0xd0,
    0xcf,
    0x11,
    0xe0,
    0xa1,
    0xb1,
    0x1a,
    0xe1,
    ...Array.from({ length: 512 }, () => 0),
    ...Array.from(stream, (letter) => [letter.charCodeAt(0), 0]).flat(),
  ])

/** A file whose directory says of one part something that is not so. */
function patched(bytes: Uint8Array, name: string, patch: (view: DataView, at: number) => void) {
  const copy = bytes.slice()
  const view = new DataView(copy.buffer)
  for (let at = 0; at + 46 < copy.length; at++) {
    if (view.getUint32(at, true) !== 0x02014b50) continue
    const length = view.getUint16(at + 28, true)
    const found = new TextDecoder().decode(copy.subarray(at + 46, at + 46 + length))
    if (found === name) patch(view, at)
  }
  return copy
}

const good = zipped(partsWith(body))

const bomb = () =>
  zipSync({
    ...Object.fromEntries(Object.entries(partsWith('')).map(([path, xml]) => [path, strToU8(xml)])),
    'word/document.xml': strToU8(
      `<w:document ${namespaces}><w:body>${' '.repeat(limits.part)}</w:body></w:document>`,
    ),
  })

const without = (part: string) => {
  const { [part]: _, ...rest } = partsWith(body)
  return zipped(rest)
}

const changed = (part: string, content: string) => zipped({ ...partsWith(body), [part]: content })

const cases: readonly (readonly [string, DocxReason, () => Uint8Array])[] = [
  ['nothing', 'not-zip', () => new Uint8Array(0)],
  ['a text', 'not-zip', () => strToU8('Resolution 45')],
  ['a file of 100 MB', 'too-large', () => new Uint8Array(100 * 1024 * 1024)],
  ['a file that is cut off', 'not-zip', () => good.subarray(0, good.length - 30)],
  ['Word 97', 'word-97', () => compound('WordDocument')],
  ['an encrypted file', 'encrypted', () => compound('EncryptedPackage')],
  [
    'a zip with a password',
    'encrypted',
    () => patched(good, 'word/document.xml', (view, at) => view.setUint16(at + 8, 1, true)),
  ],
  [
    '10,000 entries',
    'too-many-entries',
    () =>
      zipped({
        ...partsWith(body),
        ...Object.fromEntries(Array.from({ length: 10_000 }, (_, i) => [`x/${i}`, ''])),
      }),
  ],
  ['a zip bomb', 'too-large', bomb],
  [
    'a zip bomb that lies about its size',
    'too-large',
    () => patched(bomb(), 'word/document.xml', (view, at) => view.setUint32(at + 24, 100, true)),
  ],
  [
    'a size that is not so',
    'damaged',
    () => patched(good, 'word/document.xml', (view, at) => view.setUint32(at + 24, 100, true)),
  ],
  [
    'a part that is elsewhere',
    'damaged',
    () => patched(good, 'word/document.xml', (view, at) => view.setUint32(at + 42, 7, true)),
  ],
  ['a zip of something else', 'not-word', () => zipped({ 'a.txt': 'a' })],
  ['no content types', 'not-word', () => without('[Content_Types].xml')],
  ['no relations', 'not-word', () => without('_rels/.rels')],
  ['no document', 'missing-part', () => without('word/document.xml')],
  [
    'no styles where there should be some',
    'missing-part',
    () => changed('word/_rels/document.xml.rels', relations(['styles', 'Target="styles.xml"'])),
  ],
  [
    'a document elsewhere',
    'external',
    () =>
      changed(
        '_rels/.rels',
        relations(['officeDocument', 'Target="http://localhost/x" TargetMode="External"']),
      ),
  ],
  [
    'styles elsewhere',
    'external',
    () =>
      changed(
        'word/_rels/document.xml.rels',
        relations(['styles', 'Target="file:///etc/passwd" TargetMode="External"']),
      ),
  ],
  [
    'a DOCTYPE',
    'doctype',
    () =>
      changed(
        'word/document.xml',
        `<!DOCTYPE d [<!ENTITY a "aaaa">]><w:document ${namespaces}>&a;</w:document>`,
      ),
  ],
  [
    'an entity that nobody declares',
    'broken-xml',
    () => changed('word/document.xml', `<w:document ${namespaces}>&a;</w:document>`),
  ],
  ['XML that is none', 'broken-xml', () => changed('word/document.xml', '<w:document')],
  ['an empty document', 'broken-xml', () => changed('word/document.xml', '')],
  [
    'elements without end',
    'broken-xml',
    () => changed('word/document.xml', `<w:document ${namespaces}>${'<w:sdt>'.repeat(10_000)}`),
  ],
  [
    'letters that are not UTF-8',
    'broken-xml',
    () =>
      zipped({ ...partsWith(body), 'word/document.xml': Uint8Array.from([60, 97, 0xe2, 0x82]) }),
  ],
  ['macros', 'macros', () => zipped({ ...partsWith(body), 'word/vbaProject.bin': 'x' })],
  [
    'macros by its type',
    'macros',
    () =>
      changed(
        '[Content_Types].xml',
        '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Override PartName="/word/document.xml" ContentType="application/vnd.ms-word.document.macroEnabled.main+xml"/></Types>',
      ),
  ],
  ['more paragraphs than anybody writes', 'too-large', () => handmade('<w:p/>'.repeat(100_001))],
]

describe('refused', () => {
  test.each(cases)('%s: %s', (_name, reason, bytes) => {
    const read = readDocx(bytes())
    expect(isProblem(read) && read.reason).toBe(reason)
    expect(isProblem(read) && read.message).toMatch(/^[A-Z].{10,}[.]$/s)
  })
})

test('the smallest file is read, and so is one whose parts are stored', () => {
  expect(isProblem(readDocx(good))).toBe(false)
  const parts = Object.entries(partsWith(body)).map(([path, xml]) => [path, strToU8(xml)])
  expect(isProblem(readDocx(zipSync(Object.fromEntries(parts), { level: 0 })))).toBe(false)
})
