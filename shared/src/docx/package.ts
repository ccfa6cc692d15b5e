/** A Word file as a package: its parts, their types and relations, zipped the same way every time. */
import { strToU8, zipSync } from 'fflate'
import type { Zippable } from 'fflate'
import { namespaces } from './namespaces.ts'
import { separators } from './footnotes.ts'
import { utc } from './signature.ts'
import { measures } from './families.ts'
import type { Family } from './families.ts'
import { stylesXml } from './styles.ts'
import { declaration, element, escapeXml } from '../text/xml.ts'

export interface Contents {
  /** The part word/document.xml. */
  readonly document: string
  /** The part word/footnotes.xml; null where the text has no footnotes. */
  readonly footnotes: string | null
  /** The part word/comments.xml; null where there are none. */
  readonly comments: string | null
  readonly title: string
  /** What stands under the page's number. */
  readonly header: string
  readonly language: string
  readonly family: Family
  /** Whether Word goes on marking what is changed in it. */
  readonly tracksRevisions: boolean
  /** When the file is made, in milliseconds since 1970. */
  readonly at: number
  /** The file's own properties, by name. */
  readonly properties: readonly (readonly [name: string, value: string])[]
}

/**
 * The bytes of a .docx. Equal contents give equal bytes: parts in a fixed order, none dated. A zip
 * tells local time, so its first moment is taken as local too.
 */
export function packDocx(contents: Contents): Uint8Array<ArrayBuffer> {
  const parts: Zippable = {}
  for (const [path, xml] of Object.entries(partsOf(contents))) parts[path] = strToU8(xml)
  return zipSync(parts, { level: 6, mtime: new Date(1980, 0, 1) })
}

const packageSchema = 'http://schemas.openxmlformats.org/package/2006'
const officeSchema = 'http://schemas.openxmlformats.org/officeDocument/2006'
const wordType = 'application/vnd.openxmlformats-officedocument.wordprocessingml'

/** Types first: a reader that streams needs them before everything else. */
const partsOf = ({
  document,
  footnotes,
  comments,
  title,
  header,
  language,
  family,
  tracksRevisions,
  at,
  properties,
}: Contents) => ({
  '[Content_Types].xml': typesXml(footnotes !== null, comments !== null),
  '_rels/.rels': relationsXml([
    [`${officeSchema}/relationships/officeDocument`, 'word/document.xml'],
    [`${packageSchema}/relationships/metadata/core-properties`, 'docProps/core.xml'],
    [`${officeSchema}/relationships/extended-properties`, 'docProps/app.xml'],
    [`${officeSchema}/relationships/custom-properties`, 'docProps/custom.xml'],
  ]),
  'docProps/core.xml': coreXml(title, language, at),
  'docProps/app.xml': `${declaration}<Properties xmlns="${officeSchema}/extended-properties"><Application>Revmark</Application></Properties>`,
  'docProps/custom.xml': customXml(properties),
  'word/document.xml': document,
  'word/_rels/document.xml.rels': relationsXml([
    [`${officeSchema}/relationships/styles`, 'styles.xml'],
    [`${officeSchema}/relationships/settings`, 'settings.xml'],
    [`${officeSchema}/relationships/header`, 'header1.xml'],
    ...(footnotes === null
      ? []
      : [[`${officeSchema}/relationships/footnotes`, 'footnotes.xml'] as const]),
    ...(comments === null
      ? []
      : [[`${officeSchema}/relationships/comments`, 'comments.xml'] as const]),
  ]),
  ...(footnotes !== null && { 'word/footnotes.xml': footnotes }),
  ...(comments !== null && { 'word/comments.xml': comments }),
  'word/styles.xml': stylesXml(language, family),
  'word/settings.xml': settingsXml(tracksRevisions, family, footnotes !== null),
  'word/header1.xml': headerXml(header),
})

const typesXml = (hasFootnotes: boolean, hasComments: boolean): string =>
  declaration +
  element(
    'Types',
    { xmlns: `${packageSchema}/content-types` },
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>' +
      '<Default Extension="xml" ContentType="application/xml"/>' +
      [
        ['/word/document.xml', `${wordType}.document.main+xml`],
        ['/word/styles.xml', `${wordType}.styles+xml`],
        ['/word/settings.xml', `${wordType}.settings+xml`],
        ['/word/header1.xml', `${wordType}.header+xml`],
        ...(hasFootnotes ? [['/word/footnotes.xml', `${wordType}.footnotes+xml`]] : []),
        ...(hasComments ? [['/word/comments.xml', `${wordType}.comments+xml`]] : []),
        ['/docProps/core.xml', 'application/vnd.openxmlformats-package.core-properties+xml'],
        [
          '/docProps/app.xml',
          'application/vnd.openxmlformats-officedocument.extended-properties+xml',
        ],
        [
          '/docProps/custom.xml',
          'application/vnd.openxmlformats-officedocument.custom-properties+xml',
        ],
      ]
        .map(([part, type]) => element('Override', { PartName: part!, ContentType: type! }))
        .join(''),
  )

/** The relations of a part, named rId1, rId2 and so on. */
const relationsXml = (relations: readonly (readonly [type: string, target: string])[]): string =>
  declaration +
  element(
    'Relationships',
    { xmlns: `${packageSchema}/relationships` },
    relations
      .map(([type, target], i) =>
        element('Relationship', { Id: `rId${i + 1}`, Type: type, Target: target }),
      )
      .join(''),
  )

function coreXml(title: string, language: string, at: number): string {
  const names = {
    'xmlns:cp': `${packageSchema}/metadata/core-properties`,
    'xmlns:dc': 'http://purl.org/dc/elements/1.1/',
    'xmlns:dcterms': 'http://purl.org/dc/terms/',
    'xmlns:xsi': 'http://www.w3.org/2001/XMLSchema-instance',
  }
  const time = (name: string) =>
    element(`dcterms:${name}`, { 'xsi:type': 'dcterms:W3CDTF' }, utc(at))
  return (
    declaration +
    element(
      'cp:coreProperties',
      names,
      `<dc:title>${escapeXml(title)}</dc:title>${time('created')}${time('modified')}` +
        `<dc:language>${escapeXml(language)}</dc:language>`,
    )
  )
}

/** What Word lists as a file's own properties; it counts them from 2. */
const customXml = (properties: Contents['properties']): string =>
  declaration +
  element(
    'Properties',
    {
      xmlns: `${officeSchema}/custom-properties`,
      'xmlns:vt': `${officeSchema}/docPropsVTypes`,
    },
    properties
      .map(([name, value], i) =>
        element(
          'property',
          { fmtid: '{D5CDD505-2E9C-101B-9397-08002B2CF9AE}', pid: i + 2, name },
          element('vt:lpwstr', {}, escapeXml(value)),
        ),
      )
      .join(''),
  )

/** What separates footnotes from the text is loaded only where the settings name it. */
const settingsXml = (tracksRevisions: boolean, family: Family, hasFootnotes: boolean): string =>
  declaration +
  element(
    'w:settings',
    { 'xmlns:w': namespaces['xmlns:w'] },
    (tracksRevisions ? '<w:trackRevisions/>' : '') +
      `<w:defaultTabStop w:val="${measures[family].tabs[0]}"/>` +
      '<w:characterSpacingControl w:val="doNotCompress"/>' +
      (hasFootnotes
        ? `<w:footnotePr>${separators.map(({ id }) => element('w:footnote', { 'w:id': id })).join('')}</w:footnotePr>`
        : '') +
      '<w:compat><w:compatSetting w:name="compatibilityMode" w:uri="http://schemas.microsoft.com/office/word" w:val="15"/></w:compat>' +
      '<w:decimalSymbol w:val="."/><w:listSeparator w:val=","/>',
  )

/** From the second page on: the page's number over what names the document. */
const headerXml = (header: string): string =>
  declaration +
  element(
    'w:hdr',
    namespaces,
    '<w:p><w:pPr><w:pStyle w:val="Header"/></w:pPr><w:fldSimple w:instr=" PAGE "><w:r><w:t>2</w:t></w:r></w:fldSimple></w:p>' +
      `<w:p><w:pPr><w:pStyle w:val="Header"/></w:pPr><w:r><w:t xml:space="preserve">${escapeXml(header)}</w:t></w:r></w:p>`,
  )
