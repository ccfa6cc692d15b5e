/** The part word/document.xml: the resolution's paragraphs, in order, with their marks. */
import { isKept, paragraphMarks, untouchedBlock } from '../text/paragraph-marks.ts'
import type { Block, Revision } from '../text/story.ts'
import { signsOf } from './comments.ts'
import { namespaces } from './namespaces.ts'
import { countedProperties } from './paragraph-properties.ts'
import type { Properties } from './paragraph-properties.ts'
import { NumberLineLooks } from '../text/number-line.ts'
import type { NumberLine } from '../text/number-line.ts'
import { runsXml } from './runs.ts'
import type { Signature } from './signature.ts'
import { closingXml, openingXml } from './frame.ts'
import type { Frame } from './frame.ts'
import type { FootnoteNames } from './footnotes.ts'
import { styleOf } from './styles.ts'
import { declaration, element } from '../text/xml.ts'

/** A4, and the header's relationship; the first page has no header. */
const section =
  '<w:sectPr><w:headerReference w:type="default" r:id="rId3"/>' +
  '<w:pgSz w:w="11907" w:h="16840"/>' +
  '<w:pgMar w:top="1418" w:right="1134" w:bottom="1418" w:left="1134" w:header="720" w:footer="720" w:gutter="0"/>' +
  '<w:titlePg/></w:sectPr>'

/**
 * The text ends, as ITU's files do, with a paragraph in the style Reasons, which nobody
 * touches: engines differ over a last paragraph that is inserted or deleted. `names` has the
 * footnotes to which the blocks refer.
 */
export function documentXml(
  blocks: readonly Block[],
  signature: Signature,
  numberLine: NumberLine,
  frame: Frame | null,
  names: FootnoteNames,
): string {
  const ended = [...blocks, untouchedBlock('text')]
  const marks = paragraphMarks(ended)
  const properties = countedProperties(ended, marks)
  const looks = numberLine === 'published' ? new NumberLineLooks() : null
  let decider: string | null = null
  const paragraphs = blocks.map((block, k) => {
    const mark = marks[k]!
    decider = mark.deleted ?? mark.inserted ?? decider
    const opening = propertiesXml(properties[k]!, mark, properties[k]!.by ?? decider, signature)
    const content = runsXml(block, signature, looks, names)
    return `<w:p>${opening}${content}${signsOf([mark.inserted, mark.deleted], signature)}</w:p>`
  })
  const opening = frame === null ? '' : openingXml(frame)
  const closing = closingXml(frame?.reasons ?? '')
  const body = `<w:body>${opening}${paragraphs.join('')}${closing}${section}</w:body>`
  return declaration + element('w:document', namespaces, body)
}

/**
 * The properties of a paragraph with the revision of its mark. `decider` is who set what it is, or
 * who inserted or deleted the last such mark up to this one: what this paragraph was before, it was
 * before that.
 */
export function propertiesXml(
  { shape, former }: Properties,
  mark: Revision,
  decider: string | null,
  signature: Signature,
): string {
  const style = styleXml(styleOf(shape))
  const revisions =
    (mark.inserted === null ? '' : `<w:ins${signature.next(mark.inserted)}/>`) +
    (mark.deleted === null ? '' : `<w:del${signature.next(mark.deleted)}/>`)
  const ofMark = isKept(mark) ? '' : `<w:rPr>${revisions}</w:rPr>`
  const change =
    former === null || styleOf(former) === styleOf(shape) || decider === null
      ? ''
      : `<w:pPrChange${signature.next(decider)}>${element('w:pPr', {}, styleXml(styleOf(former)))}</w:pPrChange>`
  const content = style + ofMark + change
  return content === '' ? '' : `<w:pPr>${content}</w:pPr>`
}

/** A paragraph without a style is Normal. */
const styleXml = (style: string): string =>
  style === 'Normal' ? '' : element('w:pStyle', { 'w:val': style })
