/** A part's XML as a stream of elements, with what a document from anybody must not have refused. */
import { DecodeUTF8 } from 'fflate'
import { SaxesParser } from 'saxes'
import type { SaxesTagNS } from 'saxes'
import { isFlateError } from './archive.ts'
import type { Archive } from './archive.ts'
import { Refusal } from './refusal.ts'

/** An element that begins. */
export interface Opened {
  /** Its local name after the usual prefix of its namespace: `w:p`, `m:t`, `pr:Relationship`. */
  readonly name: string
  /** The value of an attribute by its local name; null where it has none. */
  readonly get: (attribute: string) => string | null
}

export interface Handler {
  open(element: Opened): void
  close(name: string): void
  text?(text: string): void
}

/** How deep elements may stand in each other: Word's own limit is far below. */
const deepest = 400

/** The usual prefixes, of ISO/IEC 29500 transitional and strict. */
const prefixes: Readonly<Record<string, string>> = {
  'http://schemas.openxmlformats.org/wordprocessingml/2006/main': 'w',
  'http://purl.oclc.org/ooxml/wordprocessingml/main': 'w',
  'http://schemas.openxmlformats.org/officeDocument/2006/math': 'm',
  'http://purl.oclc.org/ooxml/officeDocument/math': 'm',
  'http://schemas.openxmlformats.org/markup-compatibility/2006': 'mc',
  'http://schemas.openxmlformats.org/package/2006/relationships': 'pr',
  'http://schemas.openxmlformats.org/package/2006/content-types': 'ct',
  'http://schemas.openxmlformats.org/officeDocument/2006/custom-properties': 'op',
  'http://schemas.openxmlformats.org/officeDocument/2006/docPropsVTypes': 'vt',
}

/** Reads a part. Throws a Refusal for a DOCTYPE, for XML that is none and for what the archive refuses. */
export function readXml(archive: Archive, part: string, handler: Handler): void {
  const parser = new SaxesParser({ xmlns: true, fileName: part })
  let depth = 0
  parser.on('doctype', () => {
    throw new Refusal(
      'doctype',
      `The part ${part} declares a document type, which no Word file does.`,
    )
  })
  parser.on('error', (error) => {
    throw new Refusal('broken-xml', `The part ${part} is no XML: ${error.message}.`)
  })
  parser.on('opentag', (tag) => {
    if (++depth > deepest) {
      throw new Refusal(
        'broken-xml',
        `The part ${part} nests its elements more than ${deepest} deep.`,
      )
    }
    handler.open({ name: nameOf(tag), get: (attribute) => attributeOf(tag, attribute) })
  })
  parser.on('closetag', (tag) => {
    depth--
    handler.close(nameOf(tag))
  })
  if (handler.text) parser.on('text', (text) => handler.text!(text))
  if (handler.text) parser.on('cdata', (text) => handler.text!(text))
  const decoder = new DecodeUTF8((text) => parser.write(text))
  try {
    archive.read(part, (piece) => decoder.push(piece))
    decoder.push(new Uint8Array(0), true)
  } catch (error) {
    if (!isFlateError(error)) throw error
    throw new Refusal('broken-xml', `The part ${part} is not in UTF-8.`)
  }
  parser.close()
}

function nameOf({ uri, local }: SaxesTagNS): string {
  const prefix = prefixes[uri]
  return prefix === undefined ? `?:${local}` : `${prefix}:${local}`
}

function attributeOf(tag: SaxesTagNS, local: string): string | null {
  for (const attribute of Object.values(tag.attributes)) {
    if (attribute.local === local) return attribute.value
  }
  return null
}
