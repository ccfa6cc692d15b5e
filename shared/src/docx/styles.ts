/**
 * ITU's paragraph styles, with the measures of the PP template that WTDC documents use; those of
 * other templates are in `families.ts`. Lengths are in twentieths of a point, sizes in half-points.
 */
import type { Kind } from '../resolution/provision.ts'
import type { Shape } from '../text/story.ts'
import { measures } from './families.ts'
import type { Family } from './families.ts'
import { declaration, element } from '../text/xml.ts'

interface Style {
  readonly id: string
  readonly name: string
  readonly based?: string
  readonly next?: string
  /** A style that Word knows by itself. */
  readonly builtIn?: true
  readonly keepNext?: true
  readonly keepLines?: true
  /** Positions of tabs to the left, and of inherited ones that are taken away. */
  readonly tabs?: readonly number[]
  readonly cleared?: readonly number[]
  readonly rightTab?: number
  readonly before?: number
  readonly after?: number
  readonly left?: number
  readonly hanging?: number
  readonly centred?: true
  readonly bold?: boolean
  readonly italic?: true
  readonly caps?: boolean
  readonly size?: number
}

/** The styles of a comment's words, and of the sign that refers to it. */
export const commentStyle = 'CommentText'
export const commentReferenceStyle = 'CommentReference'

const normalTabs = measures.wtdc.tabs

const paragraphStyles: readonly Style[] = [
  { id: 'Normal', name: 'Normal', builtIn: true, before: 120, tabs: normalTabs },
  {
    id: 'AnnexNo',
    name: 'Annex_No',
    based: 'Normal',
    next: 'Annextitle',
    keepNext: true,
    before: 720,
    centred: true,
    caps: true,
    size: 28,
  },
  {
    id: 'Annextitle',
    name: 'Annex_title',
    based: 'Normal',
    next: 'Normal',
    keepNext: true,
    before: 240,
    after: 240,
    centred: true,
    bold: true,
    size: 28,
  },
  { id: 'ResNo', name: 'Res_No', based: 'AnnexNo', next: 'Restitle' },
  { id: 'Restitle', name: 'Res_title', based: 'Annextitle', next: 'Normalaftertitle' },
  {
    id: 'Normalaftertitle',
    name: 'Normal after title',
    based: 'Normal',
    next: 'Normal',
    before: 240,
  },
  {
    id: 'Call',
    name: 'Call',
    based: 'Normal',
    next: 'Normal',
    keepNext: true,
    keepLines: true,
    cleared: [1134, 1701, 2268, 2835],
    before: 160,
    left: 567,
    italic: true,
  },
  { id: 'enumlev1', name: 'enumlev1', based: 'Normal', before: 86, left: 567, hanging: 567 },
  { id: 'enumlev2', name: 'enumlev2', based: 'enumlev1', left: 1134, hanging: 567 },
  { id: 'enumlev3', name: 'enumlev3', based: 'enumlev2', left: 1701, hanging: 567 },
  { id: 'Reasons', name: 'Reasons', based: 'Normal' },
  {
    id: 'Proposal',
    name: 'Proposal',
    based: 'Normal',
    next: 'Normal',
    keepNext: true,
    cleared: [567, 1701, 2835],
    tabs: [1871],
    before: 240,
    bold: true,
  },
  {
    id: 'Source',
    name: 'Source',
    based: 'Normal',
    next: 'Title1',
    before: 840,
    centred: true,
    bold: true,
    size: 28,
  },
  {
    id: 'Title1',
    name: 'Title 1',
    based: 'Source',
    next: 'Normalaftertitle',
    before: 240,
    bold: false,
    caps: true,
  },
  {
    id: 'Agendaitem',
    name: 'Agenda_item',
    based: 'Normal',
    next: 'Normal',
    before: 240,
    centred: true,
    size: 28,
  },
  {
    id: 'FootnoteText',
    name: 'footnote text',
    builtIn: true,
    based: 'Normal',
    keepLines: true,
    tabs: [256],
    left: 256,
    hanging: 256,
  },
  { id: commentStyle, name: 'annotation text', builtIn: true, based: 'Normal', size: 20 },
  {
    id: 'Header',
    name: 'header',
    builtIn: true,
    based: 'Normal',
    cleared: normalTabs,
    before: 0,
    centred: true,
    size: 18,
  },
  {
    id: 'Footer',
    name: 'footer',
    builtIn: true,
    based: 'Normal',
    cleared: normalTabs,
    tabs: [5954],
    rightTab: 9639,
    before: 0,
    caps: true,
    size: 16,
  },
]

/** The character style of the number in "RESOLUTION 45". */
export const numberStyle = 'href'

/** The character style of a footnote's number, in the text and before its words. */
export const referenceStyle = 'FootnoteReference'

const listStyles = ['Normal', 'enumlev1', 'enumlev2', 'enumlev3'] as const

const ownStyles: Readonly<Record<Exclude<Kind, 'item' | 'text'>, string>> = {
  number: 'ResNo',
  title: 'Restitle',
  adopting: 'Normalaftertitle',
  call: 'Call',
  footnote: 'FootnoteText',
  annexNumber: 'AnnexNo',
  annexTitle: 'Annextitle',
}

/** The id of the style that a paragraph has: a call's own items are Normal, what they hold is listed. */
export const styleOf = ({ kind, level }: Shape): string =>
  kind === 'item' || kind === 'text'
    ? listStyles[Math.min(level, listStyles.length) - 1]!
    : ownStyles[kind]

/** Word's spelling needs a country too; ITU writes these. */
const countries: Readonly<Record<string, string>> = {
  ar: 'ar-SA',
  en: 'en-GB',
  es: 'es-ES',
  fr: 'fr-FR',
  ru: 'ru-RU',
  zh: 'zh-CN',
}

/** The part word/styles.xml for a text in a language, a BCP 47 tag such as `en`. */
export function stylesXml(language: string, family: Family): string {
  const { font, size, tabs, styles } = measures[family]
  const fonts = ['w:ascii', 'w:hAnsi', 'w:cs'].map((script) => [script, font])
  const defaults =
    element('w:rFonts', Object.fromEntries([...fonts, ['w:eastAsia', 'SimSun']])) +
    element('w:sz', { 'w:val': size }) +
    element('w:szCs', { 'w:val': size }) +
    element('w:lang', {
      'w:val': countries[language] ?? language,
      'w:eastAsia': 'zh-CN',
      'w:bidi': 'ar-SA',
    })
  const w = 'http://schemas.openxmlformats.org/wordprocessingml/2006/main'
  return (
    declaration +
    element(
      'w:styles',
      { 'xmlns:w': w },
      `<w:docDefaults><w:rPrDefault><w:rPr>${defaults}</w:rPr></w:rPrDefault><w:pPrDefault/></w:docDefaults>` +
        paragraphStyles
          .map((style) => ({
            ...style,
            ...(style.id === 'Normal' && { tabs }),
            ...styles[style.id],
          }))
          .map(paragraphStyle)
          .join('') +
        '<w:style w:type="character" w:default="1" w:styleId="DefaultParagraphFont"><w:name w:val="Default Paragraph Font"/></w:style>' +
        `<w:style w:type="character" w:customStyle="1" w:styleId="${numberStyle}"><w:name w:val="${numberStyle}"/><w:basedOn w:val="DefaultParagraphFont"/></w:style>` +
        `<w:style w:type="character" w:styleId="${referenceStyle}"><w:name w:val="footnote reference"/><w:basedOn w:val="DefaultParagraphFont"/><w:rPr><w:vertAlign w:val="superscript"/></w:rPr></w:style>` +
        `<w:style w:type="character" w:styleId="${commentReferenceStyle}"><w:name w:val="annotation reference"/><w:basedOn w:val="DefaultParagraphFont"/><w:rPr><w:sz w:val="16"/><w:szCs w:val="16"/></w:rPr></w:style>`,
    )
  )
}

function paragraphStyle(style: Style): string {
  const named = (name: string, value: string | undefined) =>
    value === undefined ? '' : element(name, { 'w:val': value })
  return element(
    'w:style',
    {
      'w:type': 'paragraph',
      'w:default': style.id === 'Normal' ? 1 : null,
      'w:customStyle': style.builtIn ? null : 1,
      'w:styleId': style.id,
    },
    named('w:name', style.name) +
      named('w:basedOn', style.based) +
      named('w:next', style.next) +
      '<w:qFormat/>' +
      wrapped('w:pPr', paragraphProperties(style)) +
      wrapped('w:rPr', runProperties(style)),
  )
}

const wrapped = (name: string, content: string): string =>
  content === '' ? '' : element(name, {}, content)

/** In the order that the schema asks for. */
function paragraphProperties(style: Style): string {
  const tab = (kind: string) => (position: number) =>
    element('w:tab', { 'w:val': kind, 'w:pos': position })
  const tabs = [
    ...(style.cleared ?? []).map(tab('clear')),
    ...(style.tabs ?? []).map(tab('left')),
    ...(style.rightTab === undefined ? [] : [tab('right')(style.rightTab)]),
  ].join('')
  const { before = null, after = null, left = null, hanging = null } = style
  return (
    (style.keepNext ? '<w:keepNext/>' : '') +
    (style.keepLines ? '<w:keepLines/>' : '') +
    wrapped('w:tabs', tabs) +
    (before === null && after === null
      ? ''
      : element('w:spacing', { 'w:before': before, 'w:after': after })) +
    (left === null ? '' : element('w:ind', { 'w:left': left, 'w:hanging': hanging })) +
    (style.centred ? '<w:jc w:val="center"/>' : '')
  )
}

function runProperties({ bold, italic, caps, size }: Style): string {
  const toggle = (name: string, on: boolean | undefined) =>
    on === undefined ? '' : on ? `<${name}/>` : `<${name} w:val="0"/>`
  return (
    toggle('w:b', bold) +
    toggle('w:bCs', bold) +
    toggle('w:i', italic) +
    toggle('w:iCs', italic) +
    toggle('w:caps', caps) +
    (size === undefined
      ? ''
      : element('w:sz', { 'w:val': size }) + element('w:szCs', { 'w:val': size }))
  )
}
