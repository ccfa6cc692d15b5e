/** What stands around a contribution's text, and the templates' measures: read back, valid, proved. */
import * as docxodus from 'docxodus/core'
import { strFromU8, unzipSync } from 'fflate'
import { beforeAll, expect, test, vi } from 'vitest'
import { exportDocx, families, proveDocx, readDocx, symbols, textsIn } from '../src/docx/index.ts'
import type { Frame } from '../src/docx/index.ts'
import { markedViews } from '../src/text/index.ts'
import { opened } from './docx-handmade.ts'
import { Draft, provision } from './text-draft.ts'

const draft = new Draft(
  [
    'number RESOLUTION 45 (Rev. Dubai, 2014)',
    'title Mechanisms',
    'call recalling',
    'item a) one;',
  ].map(provision),
)
draft.as('B', (pen) => pen.replace(draft.at(3, 0), draft.at(3, 3), 'two'))

const frame: Frame = {
  conference: 'World Telecommunication Development Conference 2017 (WTDC-17)',
  placeAndDates: 'Buenos Aires, Argentina, 9-20 October 2017',
  body: 'PLENARY MEETING',
  document: 'Document WTDC-17/24-E',
  addendum: 'Addendum 3 to',
  date: '4 September 2017',
  original: 'Original: English',
  source: 'Brazil',
  title: 'Proposals for the work of the conference',
  agendaItem: 'Agenda item 3 & 4',
  priorityArea: 'Resolutions and recommendations',
  summary: 'A summary.\nIn two lines.',
  expectedResults: 'Results.',
  references: 'None.',
  symbol: 'MOD',
  identifier: 'B/24A3/1',
  reasons: 'The year has changed.',
}

const none = Object.fromEntries(Object.keys(frame).map((name) => [name, ''])) as unknown as Frame

const written = (more: Partial<Parameters<typeof exportDocx>[0]>): Uint8Array =>
  exportDocx({
    text: markedViews(draft.ledger),
    title: 'Resolution 45',
    language: 'en',
    delegations: [],
    at: Date.UTC(2017, 9, 9),
    ...more,
  })

beforeAll(async () => {
  // The runtime tells about its tables while it starts.
  vi.spyOn(console, 'log').mockImplementation(() => {})
  await docxodus.initialize()
  vi.restoreAllMocks()
}, 30_000)

test('a contribution has its cover, its proposal and its reasons, and is proved all the same', async () => {
  const file = written({ frame, header: 'WTDC-17/24(Add.3)-E' })
  const docx = opened(file)
  for (const reading of ['accepted', 'rejected'] as const) {
    const { cover, texts } = textsIn(docx, reading)
    expect(cover).toEqual([
      frame.conference,
      frame.placeAndDates,
      frame.body,
      `${frame.addendum}\n${frame.document}`,
      frame.date,
      frame.original,
      frame.source,
      frame.title,
      frame.agendaItem,
      'Priority area:',
      frame.priorityArea,
      'Summary:',
      frame.summary,
      'Expected results:',
      frame.expectedResults,
      'References:',
      frame.references,
    ])
    expect(texts).toHaveLength(1)
    expect(texts[0]).toMatchObject({ proposal: 'MOD B/24A3/1', reasons: frame.reasons })
    expect(texts[0]!.paragraphs.map(({ text }) => text)[0]).toBe('RESOLUTION 45 (Rev. Dubai, 2014)')
  }
  expect(proveDocx(file)).toMatchObject({ isProved: true })
  const { accepted, rejected } = (proveDocx(written({})) as { said: Record<string, string> }).said
  expect(proveDocx(file)).toMatchObject({ found: { accepted, rejected } })
  const { decision, findings } = await docxodus.verifyDeliverable(file)
  expect(findings).toEqual([])
  expect(decision).toBe('passed')
  const header = strFromU8(unzipSync(file)['word/header1.xml']!)
  expect(header).toContain('WTDC-17/24(Add.3)-E')
  expect(Buffer.compare(file, written({ frame, header: 'WTDC-17/24(Add.3)-E' }))).toBe(0)
})

test('lines that are empty are left out, every symbol stands', () => {
  for (const symbol of symbols) {
    const docx = readDocx(written({ frame: { ...none, symbol } }))
    if ('reason' in docx) throw new Error(docx.message)
    const { cover, texts } = textsIn(docx, 'accepted')
    expect(cover).toEqual([])
    expect(texts.map(({ proposal, reasons }) => [proposal, reasons])).toEqual([[symbol, '']])
  }
})

test('each family has its measures under the same names', async () => {
  const sheets = families.map((family) => {
    const parts = unzipSync(written({ family }))
    return strFromU8(parts['word/styles.xml']!)
  })
  const names = sheets.map((sheet) => [...sheet.matchAll(/<w:name w:val="([^"]*)"/g)].join())
  expect(new Set(names).size).toBe(1)
  const callIn = (sheet: string) => /w:styleId="Call".*?<\/w:style>/s.exec(sheet)![0]
  expect(sheets.map((sheet) => /w:ind w:left="(\d+)"/.exec(callIn(sheet))![1])).toEqual([
    '567',
    '1134',
    '794',
  ])
  expect(sheets.map((sheet) => /w:ascii="([^"]*)"/.exec(sheet)![1])).toEqual([
    'Calibri',
    'Times New Roman',
    'Times New Roman',
  ])
  for (const family of families) {
    const { decision } = await docxodus.verifyDeliverable(written({ family, frame }))
    expect(decision).toBe('passed')
  }
})
