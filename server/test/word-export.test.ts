/** Word files with what a person chose: marks of some, a template, a contribution's cover. */
import { loadContributions, loadCorpus } from '@revmark/corpus'
import { families, readDocx, symbols, textsIn, writtenHash } from '@revmark/shared/docx'
import type { Docx } from '@revmark/shared/docx'
import { provisionsOf } from '@revmark/shared/ledger'
import { proposalSymbols, wordExportSchema, wordFamilies } from '@revmark/shared/wire'
import { describe, expect, test } from 'vitest'
import { readContribution } from '../src/readable.ts'
import { exportWord } from '../src/word/writing.ts'
import { Browser, startTestServer } from './running.ts'

const corpus = loadCorpus()
const brazil = readContribution(loadContributions(corpus).find('res45-brazil-2017')!, corpus)
const at = Date.UTC(2017, 9, 9)

const made = (wanted: unknown) => exportWord(brazil, wordExportSchema.parse(wanted), at)

const read = (wanted: unknown): Docx => {
  const docx = readDocx(made(wanted).bytes)
  if ('reason' in docx) throw new Error(docx.message)
  return docx
}

const isMarked = ({ paragraphs }: Docx): boolean =>
  paragraphs.some(({ letters }) => letters.some((each) => each.inserted ?? each.deleted))

describe('a Word file of a draft', () => {
  test('says by its symbol what ITU asks of it', () => {
    const clean = writtenHash(provisionsOf(brazil.ledger.project('clean')))
    for (const symbol of proposalSymbols) {
      const frame = { symbol, identifier: 'B/24/1', source: 'Brazil', reasons: 'So.' }
      const file = made({ view: 'marked', frame })
      const docx = read({ view: 'marked', frame })
      const { texts } = textsIn(docx, 'accepted')
      expect(texts).toMatchObject([{ proposal: `${symbol} B/24/1`, reasons: 'So.' }])
      expect(isMarked(docx)).toBe(symbol.includes('MOD'))
      const isWhole = symbol.includes('MOD') || symbol.startsWith('ADD')
      expect(file.proof?.accepted === clean).toBe(isWhole)
      if (!isWhole)
        expect(texts[0]!.paragraphs.map(({ role }) => role)).toEqual(['number', 'title'])
    }
  })

  test('has the marks of chosen delegations, or accepted ones, and no trace of others', () => {
    const { hash } = brazil.edition
    for (const changes of ['accepted', ['CAN']]) {
      expect(isMarked(read({ view: 'marked', changes }))).toBe(false)
      expect(made({ view: 'marked', changes }).proof).toEqual({ accepted: hash, rejected: hash })
    }
    expect(made({ view: 'marked', changes: ['B'] }).bytes).toEqual(made({ view: 'marked' }).bytes)
  })

  test('offers what the writer knows', () => {
    expect(wordFamilies).toEqual(families)
    expect(proposalSymbols).toEqual(symbols)
  })
})

test('it is handed out over HTTP, proved', async () => {
  const server = await startTestServer()
  try {
    const browser = new Browser(server.url)
    await browser.join(server.tokenOf('observer'))
    const frame = { symbol: 'MOD', identifier: 'B/24/1' }
    const wanted = { view: 'marked', family: 'wrc', header: 'WTDC-17/24-E', frame }
    const response = await browser.post('/api/drafts/res45-brazil/word', wanted, 'observer')
    expect(response.status).toBe(200)
    expect(response.headers.get('revmark-proof')).toMatch(/^accepted=[0-9a-f]{64}, rejected=/)
    expect(readDocx(new Uint8Array(await response.arrayBuffer()))).toHaveProperty('paragraphs')
    const res45 = await browser.request('/api/drafts/res45-brazil/export?format=docx', {
      seat: 'observer',
    })
    const docx = readDocx(new Uint8Array(await res45.arrayBuffer()))
    if ('reason' in docx) throw new Error(docx.message)
    // All of them came into the log when the sample was made.
    const made = (await server.store.log.read('res45-brazil')).at(-1)!.at
    const dates = docx.paragraphs.flatMap(({ letters }) =>
      letters.flatMap((each) => each.deleted?.date ?? []),
    )
    expect(dates).toContain(new Date(made).toISOString().replace(/\.\d+Z/, 'Z'))
    for (const persons of ['named', 'unnamed']) {
      const choice = { view: 'marked', persons }
      const word = await browser.post('/api/drafts/res45-brazil/word', choice, 'observer')
      const file = readDocx(new Uint8Array(await word.arrayBuffer()))
      if ('reason' in file) throw new Error(file.message)
      const named = file.properties.get('RevmarkPersons') ?? ''
      expect(named.includes(': Delegate of Brazil')).toBe(persons === 'named')
      expect(file.comments).toEqual([])
    }
    const bad = await browser.post('/api/drafts/res45-brazil/word', { view: 'red' }, 'observer')
    expect(bad.status).toBe(400)
  } finally {
    await server.close()
  }
})
