/** PDF files, read by an engine that we did not write. */
import { loadContributions, loadCorpus } from '@revmark/corpus'
import { markedViews } from '@revmark/shared/text'
import { extractText, getDocumentProxy, getMeta } from 'unpdf'
import { afterAll, expect, test } from 'vitest'
import { sheetOf } from '../src/pdf/sheet.ts'
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
