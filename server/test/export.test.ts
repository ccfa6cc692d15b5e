/** Word files as they are handed out: every text of the corpus is proved, what is not so is held back. */
import { loadContributions, loadCorpus } from '@revmark/corpus'
import { readDocx, textsIn } from '@revmark/shared/docx'
import { views } from '@revmark/shared/ledger'
import { expect, test } from 'vitest'
import { UnprovedFile, exportReadable, headersOf } from '../src/export.ts'
import { readComparison, readContribution, readEdition } from '../src/readable.ts'

const corpus = loadCorpus()
const at = Date.UTC(2017, 9, 9)

test.each(corpus.editions.map((edition) => [edition.id, edition] as const))(
  'the Word file of %s is proved by the hash of the edition itself',
  (_id, edition) => {
    const readable = readEdition(edition)
    for (const view of views) {
      const { proof } = exportReadable(readable, view, 'docx', at)
      expect(proof).toEqual({ accepted: edition.hash, rejected: edition.hash })
    }
  },
)

test('a contribution: rejecting all is its base', () => {
  for (const contribution of loadContributions(corpus).list) {
    const readable = readContribution(contribution, corpus)
    const file = exportReadable(readable, 'marked', 'docx', at)
    expect(file.proof?.rejected).toBe(readable.edition.hash)
    expect(file.proof?.accepted).toBe(exportReadable(readable, 'clean', 'docx', at).proof?.accepted)
    expect(headersOf(file, 'a.docx')).toMatchObject({
      'content-disposition': 'attachment; filename="a.docx"',
      'revmark-proof': `accepted=${file.proof?.accepted}, rejected=${file.proof?.rejected}`,
    })
  }
})

test('a contribution has its first page before the text, as ITU lays it out', () => {
  const [contribution] = loadContributions(corpus).list
  const { bytes } = exportReadable(readContribution(contribution!, corpus), 'marked', 'docx', at)
  const docx = readDocx(bytes)
  if ('reason' in docx) throw new Error(docx.message)
  const { cover, texts } = textsIn(docx, 'accepted')
  expect(cover).toEqual([
    'World Telecommunication Development Conference 2017 (WTDC-17)',
    'Buenos Aires, 2017',
    'PLENARY MEETING',
    'Brazil',
    expect.stringMatching(/^Draft Modifications of Resolution 45 - Mechanisms/),
    'Summary:',
    expect.stringMatching(/^Draft Modifications of Resolution 45 - Mechanisms/),
    'Expected results:',
    expect.stringMatching(/^Brazil invites all the delegations of WTDC-17/),
  ])
  expect(texts.map(({ proposal }) => proposal)).toEqual(['MOD'])
})

test('a comparison is proved', () => {
  const [from, to] = ['res45-dubai-2014', 'res45-kigali-2022'].map((id) => corpus.find(id)!)
  const { proof } = exportReadable(readComparison(from!, to!), 'marked', 'docx', at)
  expect(proof?.rejected).toBe(from!.hash)
})

test('a file that cannot say the text is not handed out, and tells why', () => {
  const edition = corpus.editions[0]!
  const [first, second, ...rest] = edition.provisions
  // XML has no such letter, so the file says another.
  const provisions = [first!, { ...second!, text: `\u{1}${second!.text}`, formats: [] }, ...rest]
  const readable = readEdition({ ...edition, provisions })
  const hand = () => exportReadable(readable, 'base', 'docx', at)
  expect(hand).toThrow(UnprovedFile)
  expect(hand).toThrow(/something else than the text: accepted [0-9a-f]{64}, not [0-9a-f]{64};/)
})
