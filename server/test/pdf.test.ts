/** PDF files, read by an engine that we did not write. */
import { loadContributions, loadCorpus } from '@revmark/corpus'
import type { Provision } from '@revmark/shared/resolution'
import { Meeting, provision } from '@revmark/shared/testing'
import { markedViews } from '@revmark/shared/text'
import { extractText, getDocumentProxy, getMeta, getResolvedPDFJS } from 'unpdf'
import { afterAll, describe, expect, test } from 'vitest'
import { sheetOf } from '../src/pdf/sheet.ts'
import type { SheetSource } from '../src/pdf/sheet.ts'
import { Typesetter } from '../src/pdf/typesetter.ts'
import { readContribution, readEdition } from '../src/readable.ts'

const corpus = loadCorpus()
const typesetter = new Typesetter()
afterAll(() => typesetter.close())

const at = Date.UTC(2017, 9, 9)
const brazil = readContribution(loadContributions(corpus).find('res45-brazil-2017')!, corpus)
const title = 'Resolution 45 (Rev. Dubai, 2014)'
const { delegations } = brazil

/** The letters of a file in its order, without what sets them apart: spaces, and page headers. */
async function lettersOf(bytes: Uint8Array): Promise<string> {
  const { text } = await extractText(await getDocumentProxy(bytes.slice()), { mergePages: false })
  return text
    .map((page, k) => (k === 0 ? page : page.replace(/^\s*\d+\s+Resolution 45 \(.*?\)/, '')))
    .join('')
    .replace(/\s/g, '')
}

const set = (text: string): string => text.replace(/\s/g, '')

test('an edition is on paper letter by letter', async () => {
  const { ledger, edition } = readEdition(corpus.find('res45-dubai-2014')!)
  const text = ledger.project('base')
  const sheet = sheetOf({ text, title, language: edition.language, delegations: [] })
  const bytes = await typesetter.typeset(sheet, at)
  const words = text.paragraphs.map(({ label, text: letters }) => `${label.view ?? ''}${letters}`)
  expect(await lettersOf(bytes)).toBe(set(words.join('')))
})

test('marks stand with a legend, struck words too, and the same arguments give the same bytes', async () => {
  const source = { text: markedViews(brazil.ledger), title, language: 'en', delegations }
  const sheet = sheetOf(source)
  expect(sheet.signers.map(({ name }) => name)).toEqual(['Brazil'])
  const bytes = await typesetter.typeset(sheet, at)
  const letters = await lettersOf(bytes)
  expect(letters.startsWith('inserteddeletedBrazil')).toBe(true)
  for (const { letters: runs } of sheet.blocks) {
    const words = runs.map(({ text, capitals }) => (capitals ? text.toUpperCase() : text)).join('')
    expect(letters).toContain(set(words))
  }
  expect(await typesetter.typeset(sheetOf(source), at)).toEqual(bytes)
  const { info } = await getMeta(await getDocumentProxy(bytes.slice()))
  expect(info).toMatchObject({ Title: title, CreationDate: 'D:20171009000000Z' })
})

test('no letter is taken for a command, and Arabic is set from the right', async () => {
  const { ledger, edition } = readEdition(corpus.find('res45-dubai-2014')!)
  const { paragraphs } = ledger.project('base')
  const text = '#panic("x") $a$ *b* \\ العربية'
  const [first] = paragraphs
  const pieces = [{ ...first!.pieces[0]!, text }]
  const view = { view: 'base', paragraphs: [{ ...first!, kind: 'text', pieces, text }] } as const
  const sheet = sheetOf({ text: view, title, language: edition.language, delegations: [] })
  const letters = await lettersOf(await typesetter.typeset(sheet, at))
  expect(letters.normalize('NFKC')).toContain(set('#panic("x") $a$ *b* \\'))
})

describe('footnotes', () => {
  const refer = (line: string): Provision => {
    const [before, number, after] = line.split('^') as [string, string, string]
    const formats = [
      { from: before.length, to: before.length + number.length, format: 'superscript' as const },
    ]
    return { ...provision(`text ${before}${number}${after}`), formats }
  }
  const note = (label: string, text: string): Provision => ({
    ...provision(`footnote ${text}`),
    label,
  })
  const page = Array.from({ length: 60 }, () => provision('text filler'))
  const words = [note('1', 'First.'), note('*', 'Star.'), note('2', 'Gone.'), note('3', 'Late.')]
  const lines = ['one^1^', 'two^*^', 'again^1^', 'out^2^ with'].map(refer)
  const base = [provision('number RESOLUTION 45'), ...lines, ...page, refer('last^3^'), ...words]

  /** A draft in which B inserts a footnote before all, and C deletes words with a reference. */
  function noted(): Meeting {
    const meeting = new Meeting(base)
    const [b, c] = [meeting.admit('B'), meeting.admit('C')]
    b.pen.insertNote(b.at(1, 1), 'New.')
    c.pen.erase(c.at(4, 0), c.at(4, 6))
    meeting.sync()
    return meeting
  }

  const bytesOf = (text: SheetSource['text']) =>
    typesetter.typeset(sheetOf({ text, title: 'T', language: 'en', delegations: [] }), at)

  async function pagesOf(text: SheetSource['text']): Promise<string[]> {
    const file = await getDocumentProxy((await bytesOf(text)).slice())
    const pages = await extractText(file, { mergePages: false })
    return pages.text.map((letters) => set(letters).replaceAll('filler', ''))
  }

  test('stand at the foot of the page that names them first, numbered as the draft has them', async () => {
    const { ledger } = noted()
    expect(await pagesOf(ledger.project('base'))).toEqual([
      'RESOLUTION45one1two*again1out2with1First.*Star.2Gone.',
      '2Tlast33Late.',
    ])
    expect(await pagesOf(ledger.project('clean'))).toEqual([
      'RESOLUTION45o1ne2two*again2ith1New.2First.*Star.',
      '2Tlast33Late.',
    ])
  })

  test('have the marks and the ink of who inserts and deletes, their numbers too', async () => {
    const views = markedViews(noted().ledger)
    const [first, second] = await pagesOf(views)
    expect(first).toMatch(/o1ne12two\*again12out2with1New\.12First\.\*Star\.2Gone\.$/)
    expect(second).toBe('2Tlast33Late.')

    const { signers, notes } = sheetOf({ text: views, title: 'T', language: 'en', delegations: [] })
    const inked = await inksOf(await bytesOf(views))
    const [ofB, ofC] = signers.map(({ ink }) => inked.get(ink.toLowerCase()))
    // The legend, the three references, the footnote, and the number of the next that moved.
    expect(ofB).toBe('inserteddeleted112121New.12')
    expect(ofC).toBe('inserteddeletedout2w2Gone.')
    expect(notes.map(({ changed }) => changed)).toEqual([true, true, false, true, false])
  })

  test('to which nothing refers are paragraphs at the end', async () => {
    const clean = noted().ledger.project('clean')
    const paragraphs = clean.paragraphs.filter(({ text }) => !text.startsWith('last'))
    expect((await pagesOf({ ...clean, paragraphs })).at(-1)).toBe('2T3Late.')
    const unreferred = new Meeting([provision('number RESOLUTION 45'), ...words])
    const view = unreferred.ledger.project('base')
    expect(await pagesOf(view)).toEqual(['RESOLUTION451First.*Star.2Gone.3Late.'])
  })
})

/** The letters of a file by their ink, `#1a2b3c`, in order. */
async function inksOf(bytes: Uint8Array): Promise<Map<string, string>> {
  const { OPS } = await getResolvedPDFJS()
  const file = await getDocumentProxy(bytes.slice())
  const inked = new Map<string, string>()
  for (let number = 1; number <= file.numPages; number++) {
    const { fnArray, argsArray } = await (await file.getPage(number)).getOperatorList()
    let ink = ''
    fnArray.forEach((operator, k) => {
      if (operator === OPS.setFillRGBColor) ink = String(argsArray[k])
      if (operator !== OPS.showText) return
      const glyphs: readonly { readonly unicode?: string }[] = argsArray[k][0]
      const letters = glyphs.map(({ unicode }) => unicode ?? '').join('')
      inked.set(ink, (inked.get(ink) ?? '') + set(letters))
    })
  }
  return inked
}
