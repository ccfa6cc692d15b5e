/**
 * What stands around the text of a contribution: the table with conference, document and source, the
 * box with the summary, the proposal's line, its reasons. In the shape of contributions to WTDC-17
 * and PP-22; nothing of it has revision marks or is part of what a file is proved by.
 */
import type { ProposalSymbol } from './reader/proposal.ts'
import { element, escapeXml } from '../text/xml.ts'

/** Lines that are empty are left out, and so is a part of which all lines are. */
export interface Frame {
  /** "World Telecommunication Development Conference 2017 (WTDC-17)" */
  readonly conference: string
  /** "Buenos Aires, Argentina, 9-20 October 2017" */
  readonly placeAndDates: string
  /** "PLENARY MEETING" */
  readonly body: string
  /** "Document WTDC-17/24-E", after "Addendum 3 to" where there is one. */
  readonly document: string
  readonly addendum: string
  readonly date: string
  /** "Original: English" */
  readonly original: string
  /** Whose contribution it is: "Brazil". */
  readonly source: string
  /** "Proposals for the work of the conference" */
  readonly title: string
  readonly agendaItem: string
  readonly priorityArea: string
  readonly summary: string
  readonly expectedResults: string
  readonly references: string
  readonly symbol: ProposalSymbol
  /** "B/24/1"; empty until the secretariat has given one. */
  readonly identifier: string
  readonly reasons: string
}

const text = (words: string): string =>
  words
    .split('\n')
    .map((line) => `<w:t xml:space="preserve">${escapeXml(line)}</w:t>`)
    .join('<w:br/>')

const run = (words: string, isBold = false): string =>
  words === '' ? '' : `<w:r>${isBold ? '<w:rPr><w:b/><w:bCs/></w:rPr>' : ''}${text(words)}</w:r>`

const paragraph = (style: string, content: string, properties = ''): string =>
  element(
    'w:p',
    {},
    (style === 'Normal' && properties === ''
      ? ''
      : `<w:pPr>${style === 'Normal' ? '' : element('w:pStyle', { 'w:val': style })}${properties}</w:pPr>`) +
      content,
  )

const tight = '<w:spacing w:before="0"/>'

const cell = (width: number, content: string, properties = ''): string =>
  `<w:tc><w:tcPr>${element('w:tcW', { 'w:w': width, 'w:type': 'dxa' })}${properties}</w:tcPr>${content}</w:tc>`

const row = (...cells: readonly string[]): string =>
  `<w:tr><w:trPr><w:cantSplit/></w:trPr>${cells.join('')}</w:tr>`

const table = (widths: readonly number[], rows: readonly string[], borders = ''): string =>
  `<w:tbl><w:tblPr>${element('w:tblW', { 'w:w': widths.reduce((a, b) => a + b), 'w:type': 'dxa' })}` +
  `${borders}<w:tblLayout w:type="fixed"/></w:tblPr>` +
  `<w:tblGrid>${widths.map((width) => element('w:gridCol', { 'w:w': width })).join('')}</w:tblGrid>` +
  `${rows.join('')}</w:tbl>`

/** The two columns of the first table, as wide as in ITU's files. */
const [wide, narrow] = [6770, 2869] as const

const ruled =
  '<w:tcBorders><w:bottom w:val="single" w:sz="12" w:space="0" w:color="auto"/></w:tcBorders>'

/** The table, the box and the proposal's line. */
export function openingXml(frame: Frame): string {
  const { conference, placeAndDates, body, document, addendum, date, original } = frame
  const beside = (left: string, right: string, properties = '') =>
    row(
      cell(wide, paragraph('Normal', left, tight), properties),
      cell(narrow, paragraph('Normal', right, tight), properties),
    )
  const across = (style: string, words: string) =>
    words === ''
      ? []
      : [row(cell(wide + narrow, paragraph(style, run(words)), '<w:gridSpan w:val="2"/>'))]
  const of = [addendum, document].filter((line) => line !== '').join('\n')
  const head = [
    ...(conference === '' ? [] : [beside(run(conference, true), '')]),
    ...(placeAndDates === '' ? [] : [beside(run(placeAndDates, true), '')]),
    beside('', '', ruled),
    ...(body === '' && of === '' ? [] : [beside(run(body, true), run(of, true))]),
    ...[date, original].flatMap((line) => (line === '' ? [] : [beside('', run(line, true))])),
    ...across('Source', frame.source),
    ...across('Title1', frame.title),
    ...across('Agendaitem', frame.agendaItem),
  ]
  const proposal =
    `<w:r><w:t>${escapeXml(frame.symbol)}</w:t></w:r>` +
    (frame.identifier === '' ? '' : `<w:r><w:tab/>${text(frame.identifier)}</w:r>`)
  return (
    table([wide, narrow], head) +
    paragraph('Normal', '') +
    boxXml(frame) +
    paragraph('Proposal', proposal)
  )
}

function boxXml({ priorityArea, summary, expectedResults, references }: Frame): string {
  const parts = [
    ['Priority area:', priorityArea],
    ['Summary:', summary],
    ['Expected results:', expectedResults],
    ['References:', references],
  ] as const
  const lines = parts.flatMap(([name, words]) =>
    words === '' ? [] : [paragraph('Normal', run(name, true)), paragraph('Normal', run(words))],
  )
  if (lines.length === 0) return ''
  const borders = ['top', 'left', 'bottom', 'right']
    .map((side) =>
      element(`w:${side}`, { 'w:val': 'single', 'w:sz': 4, 'w:space': 0, 'w:color': 'auto' }),
    )
    .join('')
  const width = wide + narrow
  return (
    table([width], [row(cell(width, lines.join('')))], `<w:tblBorders>${borders}</w:tblBorders>`) +
    paragraph('Normal', '')
  )
}

/** What follows the text: the reasons, or the empty paragraph in their style that ends ITU's files. */
export const closingXml = (reasons: string): string =>
  paragraph(
    'Reasons',
    reasons === '' ? '' : `${run('Reasons:', true)}<w:r><w:tab/></w:r>${run(reasons)}`,
  )
