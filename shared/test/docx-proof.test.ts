/** Exported files before our own reader: what they say of themselves is what is read in them. */
import fc from 'fast-check'
import { strFromU8, strToU8, unzipSync, zipSync } from 'fflate'
import { describe, expect, test } from 'vitest'
import { exportDocx, proveDocx, remarksOn, writtenHash } from '../src/docx/index.ts'
import type { DocxProof } from '../src/docx/index.ts'
import { decisionsOf, views } from '../src/ledger/index.ts'
import type { Ledger } from '../src/ledger/index.ts'
import { fingerprint } from '../src/resolution/index.ts'
import type { Provision } from '../src/resolution/index.ts'
import { Play, played, scripts } from '../src/testing/index.ts'
import { markedViews } from '../src/text/index.ts'
import { Draft, provision } from './text-draft.ts'

const numRuns = Number(process.env['FUZZ'] ?? 20)

const facts = {
  title: 'Resolution 45 (Rev. Dubai, 2014)',
  language: 'en',
  delegations: [{ code: 'A', name: 'Alpha' }],
  at: Date.UTC(2017, 9, 9),
}

const base: readonly Provision[] = [
  'number RESOLUTION 45 (Rev. Dubai, 2014)',
  'title Mechanisms',
  'call recalling',
  'item a) one two;',
  'item b) three,',
  'call resolves',
  'item 1 four:',
  'item/2 i) five.',
].map(provision)

const marked = (ledger: Ledger) => exportDocx({ text: markedViews(ledger), ...facts })

function proofOf(bytes: Uint8Array): DocxProof {
  const proof = proveDocx(bytes)
  if ('reason' in proof) throw new Error(proof.message)
  return proof
}

const draft = (): Draft => {
  const one = new Draft(base)
  one.as('A', (pen) => pen.replace(one.at(3, 4), one.at(3, 7), 'zwei'))
  one.as('B', (pen) => pen.insert(pen.split(one.at(4, 6)), 'new,'))
  return one
}

test('a marked file is proved, and its rejected text is the text in force', () => {
  const { isProved, said, found } = proofOf(marked(draft().ledger))
  expect(isProved).toBe(true)
  expect(said).toEqual(found)
  expect(found.rejected).toBe(fingerprint(base))
  expect(found.accepted).not.toBe(found.rejected)
})

test('what is set comes as changed properties, signed by who set it', () => {
  const one = new Draft(base)
  const shown = (paragraph: number) =>
    one.paragraphs[paragraph]!.pieces.filter(({ shown: isShown }) => isShown)
  one.as('A', (pen) => pen.shape([{ key: one.paragraphs[4]!.key, level: 2 }]))
  one.as('B', (pen) => pen.format(shown(3), 'bold'))
  const bytes = marked(one.ledger)
  expect(proofOf(bytes).isProved).toBe(true)
  expect(proofOf(bytes).found.rejected).toBe(fingerprint(base))
  const xml = strFromU8(unzipSync(bytes)['word/document.xml']!)
  expect(xml).toMatch(/<w:pPrChange [^>]*w:author="Alpha"[^>]*><w:pPr\/><\/w:pPrChange>/)
  expect(xml).toMatch(/<w:rPrChange [^>]*w:author="B"[^>]*><w:rPr\/><\/w:rPrChange>/)
})

test(
  'whatever delegations and a chair do, every file of the draft is proved',
  () => {
    fc.assert(
      fc.property(scripts(60), ({ seats, steps }) => {
        const play = new Play(seats)
        played(play, { steps }, () => [])
        const { ledger } = play.meeting
        expect(proofOf(marked(ledger)).isProved).toBe(true)
        const remarks = remarksOn(ledger.changes(), decisionsOf(ledger.ydoc).toArray())
        const by = () => ({ at: facts.at, person: 'Ana' })
        const writings = { insertion: by, stretch: () => Infinity, entry: by }
        const commented = exportDocx({ text: markedViews(ledger), ...facts, writings, remarks })
        expect(proofOf(commented).isProved).toBe(true)
        for (const view of views) {
          const { isProved, found } = proofOf(exportDocx({ text: ledger.project(view), ...facts }))
          expect([view, isProved, found.accepted]).toEqual([view, true, found.rejected])
        }
      }),
      { numRuns },
    )
  },
  10_000 + 200 * numRuns,
)

describe('a text that Word says in one way only', () => {
  const odd: readonly (readonly [string, Provision, Partial<Provision>])[] = [
    [
      'an item without a label',
      { ...provision('item one'), formats: [{ from: 0, to: 1, format: 'bold' }] },
      { kind: 'text' },
    ],
    [
      'a text that begins with a label and a tab',
      { ...provision('text x'), text: 'a)\tone', formats: [{ from: 1, to: 5, format: 'bold' }] },
      { kind: 'item', label: 'a)', text: 'one', formats: [{ from: 0, to: 2, format: 'bold' }] },
    ],
    [
      'a label that is none',
      { ...provision('item one'), label: 'Note' },
      {
        kind: 'text',
        label: null,
        text: 'Note\tone',
        formats: [{ from: 0, to: 4, format: 'italic' }],
      },
    ],
    ['the fifth level', { ...provision('item a) one'), level: 5 }, { level: 4 }],
    ['a call on a level', { ...provision('call deep'), level: 2 }, { level: 1 }],
    [
      'letters raised and lowered',
      {
        ...provision('text one'),
        formats: [
          { from: 0, to: 2, format: 'superscript' },
          { from: 0, to: 2, format: 'subscript' },
        ],
      },
      { formats: [{ from: 0, to: 2, format: 'superscript' }] },
    ],
    [
      'lowered letters of which some are raised',
      {
        ...provision('text one two'),
        formats: [
          { from: 0, to: 7, format: 'subscript' },
          { from: 2, to: 4, format: 'superscript' },
        ],
      },
      {
        formats: [
          { from: 0, to: 2, format: 'subscript' },
          { from: 2, to: 4, format: 'superscript' },
          { from: 4, to: 7, format: 'subscript' },
        ],
      },
    ],
  ]

  test.each(odd)('%s', (_name, one, difference) => {
    const provisions = [...base, one]
    const file = exportDocx({ text: new Draft(provisions).project('base'), ...facts })
    expect(proofOf(file).isProved).toBe(true)
    expect(proofOf(file).found.accepted).toBe(writtenHash(provisions))
    expect(writtenHash(provisions)).toBe(fingerprint([...base, { ...one, ...difference }]))
  })
})

describe('no proof', () => {
  const file = marked(draft().ledger)
  const edited = (change: (xml: string) => string) => {
    const parts = unzipSync(file)
    const part = 'word/document.xml'
    parts[part] = strToU8(change(strFromU8(parts[part]!)))
    return proofOf(zipSync(parts))
  }

  test.each<[string, (xml: string) => string]>([
    ['a letter', (xml) => xml.replace('three', 'thrEe')],
    ['an inserted letter', (xml) => xml.replace('zwei', 'drei')],
    [
      'an insertion that lost its mark',
      (xml) => xml.replace(/<w:ins [^>]*>(<w:r>.*?)<\/w:ins>/, '$1'),
    ],
    ['a style', (xml) => xml.replace('"Call"', '"enumlev1"')],
    [
      'a format',
      (xml) => xml.replace('<w:t xml:space="preserve">three', '<w:rPr><w:b/></w:rPr>$&'),
    ],
    [
      'a paragraph',
      (xml) =>
        xml
          .replace('<w:sectPr>', '<w:p><w:pPr><w:pStyle w:val="Call"/></w:pPr></w:p><w:sectPr>')
          .replace('<w:pStyle w:val="Reasons"/>', ''),
    ],
  ])('where %s was changed', (_name, change) => {
    expect(edited((xml) => xml).isProved).toBe(true)
    expect(edited(change).isProved).toBe(false)
  })

  test('of a file that says nothing of itself', () => {
    const parts = unzipSync(file)
    delete parts['docProps/custom.xml']
    parts['_rels/.rels'] = strToU8(
      strFromU8(parts['_rels/.rels']!).replace(/<Relationship [^>]*custom\.xml"\/>/, ''),
    )
    const { isProved, said } = proofOf(zipSync(parts))
    expect(isProved).toBe(false)
    expect(said).toEqual({ accepted: null, rejected: null })
  })

  test('of what is no Word file', () => {
    expect(proveDocx(strToU8('no'))).toMatchObject({ reason: 'not-zip' })
  })
})
