/** Word files before engines that we did not write: docxodus and, where it is installed, pandoc. */
import * as docxodus from 'docxodus/core'
import { beforeAll, describe, expect, test } from 'vitest'
import { exportDocx } from '../src/docx/index.ts'
import type { Projection } from '../src/ledger/index.ts'
import { markedViews, plainText } from '../src/text/index.ts'
import { partOf, readParagraphs } from './docx-reading.ts'
import { startDocxodus, doubtsOfDocxodus } from './strangers/docxodus.ts'
import { paragraphsOf } from './strangers/judgement.ts'
import { hasPandoc, readByPandoc } from './strangers/pandoc.ts'
import { Draft, provision } from './text-draft.ts'

const base = [
  'number RESOLUTION 45 (Rev. Dubai, 2014)',
  'title Mechanisms for enhancing cooperation',
  'adopting The World Telecommunication Development Conference (Dubai, 2014),',
  'call recalling',
  'item a) one two;',
  'item b) three four;',
  'item c) five six,',
  'call resolves',
  'item 1 to go on:',
  'item/2 i) here;',
  'item/2 ii) there;',
  'text and everywhere.',
]

const facts = {
  title: 'Resolution 45 (Rev. Dubai, 2014)',
  language: 'en',
  delegations: [
    { code: 'B', name: 'Brazil' },
    { code: 'USA', name: 'United States & others' },
  ],
  at: Date.UTC(2017, 9, 9, 8, 30, 15, 250),
}

const marked = ({ ledger }: Pick<Draft, 'ledger'>) =>
  exportDocx({ text: markedViews(ledger), ...facts })

const drafted = (edit: (draft: Draft) => void): Draft => {
  const draft = new Draft(base.map(provision))
  edit(draft)
  return draft
}

beforeAll(startDocxodus, 30_000)

/** Accepting everything is the clean view, rejecting everything the base view, kinds included. */
async function proves(draft: Pick<Draft, 'ledger'>): Promise<void> {
  const docx = marked(draft)
  const accepted = await docxodus.docxDiffAcceptRevisions(docx)
  expect(readParagraphs(accepted)).toEqual(paragraphsOf(draft.ledger.project('clean')))
  const rejected = await docxodus.docxDiffRejectRevisions(docx)
  expect(readParagraphs(rejected)).toEqual(paragraphsOf(draft.ledger.project('base')))
}

const everyEdit = (draft: Draft): void => {
  draft.as('B', (pen) => pen.replace(draft.at(0, 20), draft.at(0, 25), 'Buenos Aires'))
  draft.as('B', (pen) => pen.insert(pen.split(draft.at(4, 8)), 'new & <x>;'))
  draft.as('USA', (pen) => pen.insert(draft.at(5, 3), ' and newer'))
  draft.as('USA', (pen) => pen.erase(draft.at(5, 0), draft.at(5, 2)))
  draft.as('B', (pen) => pen.split(draft.at(6, 5)))
  draft.as('USA', (pen) => pen.joinBackward(draft.paragraphs[4]!.key))
  draft.as('USA', (pen) => pen.strikeParagraphs([draft.paragraphs[9]!.key]))
  draft.as('B', (pen) => pen.joinBackward(draft.paragraphs.at(-1)!.key))
  draft.as('B', (pen) => pen.insert(pen.split(draft.at(12, 20)), 'the end'))
}

const cases: readonly (readonly [string, (draft: Draft) => void])[] = [
  ['nothing', () => {}],
  ['letters', (draft) => draft.as('B', (pen) => pen.replace(draft.at(4, 0), draft.at(4, 3), 'x'))],
  ['a split', (draft) => draft.as('B', (pen) => pen.split(draft.at(4, 3)))],
  [
    'a call split: its tail is an item',
    (draft) => draft.as('B', (pen) => pen.split(draft.at(3, 4))),
  ],
  [
    'a join of an item into a call',
    (draft) => draft.as('B', (pen) => pen.joinBackward(draft.paragraphs[4]!.key)),
  ],
  [
    'an inserted paragraph',
    (draft) => draft.as('B', (pen) => pen.insert(pen.split(draft.at(4, 8)), 'new;')),
  ],
  [
    'an inserted paragraph at the end',
    (draft) => draft.as('B', (pen) => pen.insert(pen.split(draft.at(11, 15)), 'new.')),
  ],
  [
    'two deleted paragraphs',
    (draft) =>
      draft.as('B', (pen) => pen.strikeParagraphs([4, 5].map((i) => draft.paragraphs[i]!.key))),
  ],
  [
    'the last paragraph deleted',
    (draft) => draft.as('B', (pen) => pen.strikeParagraphs([draft.paragraphs[11]!.key])),
  ],
  ['all of it together', everyEdit],
]

describe('docxodus accepts and rejects', () => {
  test.each(cases)('%s', async (_name, edit) => {
    await proves(drafted(edit))
  })
})

test('the Open XML SDK finds the files valid', async () => {
  const draft = drafted(everyEdit)
  for (const docx of [
    marked(draft),
    ...(['base', 'clean', 'accepted'] as const).map((view) =>
      exportDocx({ text: draft.project(view), ...facts }),
    ),
  ]) {
    const { decision, findings } = await docxodus.verifyDeliverable(docx)
    expect(findings).toEqual([])
    expect(decision).toBe('passed')
  }
})

/** Accepted and rejected, the marked file says what the clean and the base file say. */
async function isProved(draft: Pick<Draft, 'ledger'>): Promise<void> {
  const [before, after] = (['base', 'clean'] as const).map((view) =>
    exportDocx({ text: draft.ledger.project(view), ...facts }),
  )
  const doubts = await doubtsOfDocxodus(before!, after!, marked(draft))
  expect(doubts).toEqual({ accepted: null, rejected: null })
}

test('docxodus proves the marked file against the base and the clean file', async () => {
  await isProved(drafted(everyEdit))
})

test('the look of a label is a revision where another level changes it', async () => {
  const draft = drafted((one) =>
    one.as('B', (pen) => pen.shape([{ key: one.paragraphs[6]!.key, level: 2 }])),
  )
  await proves(draft)
  await isProved(draft)
})

test('formats of the number line are a revision where a split or a bracket changes them', async () => {
  const split = drafted((draft) => draft.as('B', (pen) => pen.split(draft.at(0, 10))))
  const bracket = drafted((draft) =>
    draft.as('B', (pen) => pen.erase(draft.at(0, 14), draft.at(0, 16))),
  )
  for (const draft of [split, bracket]) {
    expect(partOf(marked(draft), 'word/document.xml')).toMatch(
      /<w:rPrChange [^>]*w:author="Brazil"[^>]*><w:rPr><w:caps w:val="0"\/>/,
    )
    await proves(draft)
    await isProved(draft)
  }
})

test.skipIf(!hasPandoc)('pandoc, where it is installed, accepts and rejects', () => {
  const draft = drafted(everyEdit)
  const docx = marked(draft)
  const bare = (projection: Projection) => plainText(projection).replaceAll(/\s/g, '')
  expect(readByPandoc(docx, 'accepted')).toBe(bare(draft.project('clean')))
  expect(readByPandoc(docx, 'rejected')).toBe(bare(draft.project('base')))
})

describe('what stands in the file', () => {
  const xmlOf = (edit: (draft: Draft) => void) => partOf(marked(drafted(edit)), 'word/document.xml')

  test('equal arguments give equal bytes', () => {
    expect(marked(drafted(everyEdit))).toEqual(marked(drafted(everyEdit)))
  })

  test('a delegation signs with its name, in UTC, every revision with its own number', () => {
    const xml = xmlOf(everyEdit)
    const date = '2017-10-09T08:30:15Z'
    const signed = [...xml.matchAll(/<w:(?:ins|del|pPrChange) ([^>]*?)\/?>/g)].map(([, by]) => by!)
    expect(signed.length).toBeGreaterThan(15)
    signed.forEach((by) => {
      expect(by).toMatch(
        new RegExp(
          `^w:id="\\d+" w:author="(Brazil|United States &amp; others)" w:date="${date}" w16du:dateUtc="${date}"$`,
        ),
      )
    })
    expect(new Set(signed.map((by) => by.split(' ')[0])).size).toBe(signed.length)
  })

  test('a delegation without a name signs with its code', () => {
    const xml = xmlOf((draft) => draft.as('CAN', (pen) => pen.insert(draft.at(4, 3), 'x')))
    expect(xml).toContain('w:author="CAN"')
  })

  test('a label that moves is a revision of its letters, in italics, the tab untouched', () => {
    const xml = xmlOf((draft) => draft.as('B', (pen) => pen.split(draft.at(4, 8))))
    expect(xml.replaceAll(/ w:(id|author|date)="[^"]*"| w16du:\w+="[^"]*"/g, '')).toContain(
      '<w:del><w:r><w:rPr><w:i/><w:iCs/></w:rPr><w:delText xml:space="preserve">b</w:delText></w:r></w:del>' +
        '<w:ins><w:r><w:rPr><w:i/><w:iCs/></w:rPr><w:t xml:space="preserve">c</w:t></w:r></w:ins>' +
        '<w:r><w:rPr><w:i/><w:iCs/></w:rPr><w:t xml:space="preserve">)</w:t></w:r><w:r><w:tab/></w:r>',
    )
  })

  test('the labels of operative paragraphs are roman', () => {
    const xml = xmlOf(() => {})
    expect(xml).toContain('<w:r><w:t xml:space="preserve">1</w:t></w:r><w:r><w:tab/></w:r>')
    expect(xml).toContain('<w:r><w:t xml:space="preserve">ii)</w:t></w:r><w:r><w:tab/></w:r>')
  })

  test("another's deletion of an insertion stands within it", () => {
    const xml = xmlOf((draft) => {
      draft.as('B', (pen) => pen.insert(draft.at(4, 3), ' and more'))
      draft.as('USA', (pen) => pen.erase(draft.at(4, 4), draft.at(4, 7)))
    })
    expect(xml).toMatch(
      /<w:ins [^>]*"Brazil"[^>]*><w:r>.*?<\/w:r><w:del [^>]*"United States[^>]*><w:r><w:delText [^>]*>and<\/w:delText><\/w:r><\/w:del><w:r>.*?<\/w:r><\/w:ins>/,
    )
  })

  test('the number line is in capitals up to its bracket, or all of it', () => {
    const capitals = /<w:caps w:val="0"\/><\/w:rPr><w:t [^>]*>\(Rev. Dubai, 2014</
    const text = new Draft(base.map(provision)).project('base')
    const published = exportDocx({ text, ...facts })
    expect(partOf(published, 'word/document.xml')).toMatch(capitals)
    const proposed = exportDocx({ text, ...facts, numberLine: 'capitals' })
    expect(partOf(proposed, 'word/document.xml')).not.toContain('w:caps')
  })

  test('only the marked file goes on tracking', () => {
    const draft = drafted(() => {})
    const tracks = '<w:trackRevisions/>'
    expect(partOf(marked(draft), 'word/settings.xml')).toContain(tracks)
    const clean = exportDocx({ text: draft.project('clean'), ...facts })
    expect(partOf(clean, 'word/settings.xml')).not.toContain(tracks)
  })

  test('letters that XML cannot hold become U+FFFD, hard spaces and tabs stay', () => {
    const draft = new Draft(
      ['number 1', 'title a\u{0}b\u{1F}c\u{FFFF}d\u{A0}e\u{2011}f\tg]]>😀'].map(provision),
    )
    const docx = exportDocx({ text: draft.project('base'), ...facts })
    expect(readParagraphs(docx)[1]).toEqual({
      style: 'Restitle',
      text: 'a\u{FFFD}b\u{FFFD}c\u{FFFD}d\u{A0}e\u{2011}f\tg]]>😀',
    })
  })

  test('a time that is none throws', () => {
    const { ledger } = drafted(() => {})
    const text = ledger.project('base')
    expect(() => exportDocx({ text, ...facts, at: Number.NaN })).toThrow(RangeError)
  })
})
