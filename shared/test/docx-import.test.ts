/** Word files taken into drafts: what comes back of our own, and what anybody's file does to a base. */
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import * as Y from 'yjs'
import {
  blocksInText,
  exportDocx,
  fileWritings,
  importDocx,
  proposalIn,
  readDocx,
  wholeProposal,
  writtenHash,
} from '../src/docx/index.ts'
import type { Docx, DocxExport, RevisionWritings, Writing } from '../src/docx/index.ts'
import { numberingOf } from '../src/ledger/base.ts'
import { parseIdKey, provisionsOf, signersOf } from '../src/ledger/index.ts'
import type { Id, Paragraph } from '../src/ledger/index.ts'
import type { Provision } from '../src/resolution/index.ts'
import { Play, played, scripts, stage } from '../src/testing/index.ts'
import {
  blocksWithMarks,
  criticMarkup,
  markedViews,
  paragraphMarks,
  plainText,
  untouchedBlock,
} from '../src/text/index.ts'
import type { Block, MarkedViews, Revision } from '../src/text/index.ts'
import { handmade, opened } from './docx-handmade.ts'
import { taken } from './docx-taking.ts'
import type { Taken } from './docx-taking.ts'
import { Draft, provision } from './text-draft.ts'

const numRuns = Number(process.env['FUZZ'] ?? 30)

const facts = { title: 'Resolution 45', language: 'en', delegations: [], at: Date.UTC(2017, 9, 9) }

const exported = (
  views: MarkedViews,
  writings: RevisionWritings | null = null,
  delegations: DocxExport['delegations'] = [],
): Uint8Array => exportDocx({ text: views, ...facts, writings, delegations })

/** Who wrote what when, of all sorts that there are, told from ids; others for every third token. */
const writings: RevisionWritings = {
  insertion: (token) => writingOf(parseIdKey(token)),
  stretch: ({ clock }) => 3 - (clock % 3),
  entry: (_delegation, key) => writingOf(parseIdKey(key)),
}

function writingOf({ client, clock }: Id): Writing | null {
  const nth = Math.floor(clock / 3)
  const at = [
    Date.UTC(2017, 8, 1, 10, client % 60, nth % 60),
    `2017-09-02T10:${10 + (nth % 50)}:00Z`,
    null,
  ]
  return nth % 5 === 4 ? null : { at: at[nth % 3]!, person: nth % 2 === 0 ? null : `P${client}; x` }
}

const read = (bytes: Uint8Array): Docx => opened(bytes)

const isOwn = ({ inserted, deleted }: Revision): boolean =>
  inserted !== null && inserted === deleted

/** What stands in a file and a draft cannot be given again: one's own deletion of an accepted insertion. */
const hasOwn = (blocks: readonly Block[]): boolean =>
  blocks.some(({ revision, runs }) => isOwn(revision) || runs.some((run) => isOwn(run.revision)))

/** Brackets are typed in a file, and a call of other words may ask for other labels. */
const hasBracketedCall = ({ kind, bracket, brackets }: Paragraph): boolean =>
  kind === 'call' && (bracket !== null || brackets.length > 0)

/** Revisions by letter and paragraph mark, labels left out: whose they are is counted. */
const revisionsOf = (blocks: readonly Block[]): string[] => {
  const told = ({ inserted, deleted }: Revision) => `${inserted ?? ''}/${deleted ?? ''}`
  const marks = paragraphMarks([...blocks, untouchedBlock('text')])
  return blocks.map(({ runs }, k) => {
    const letters = runs
      .filter(({ part }) => part === 'text')
      .flatMap(({ text, revision }) => Array.from(text, (letter) => letter + told(revision)))
    return `${letters.join(' ')} ¶${told(marks[k]!)}`
  })
}

test(
  'F1: what delegations and a chair do at random comes back: texts, looks, marks, authors, bytes',
  () => {
    let [same, lossy, relabelled] = [0, 0, 0]
    fc.assert(
      // A file does not say whose label was set, or that an item was moved and keeps its list's style.
      fc.property(scripts(60, ['label', 'move']), ({ seats, steps }) => {
        const play = new Play(seats)
        played(play, { steps }, () => [])
        const before = markedViews(play.meeting.ledger)
        if (before.clean.paragraphs.some(hasBracketedCall)) {
          lossy++
          return
        }
        const delegations = seats.map((code) => ({ code, name: `Country ${code}` }))
        const numbering = numberingOf(play.meeting.ydoc)
        const file = exported(before, writings, delegations)
        const {
          ledger,
          views: after,
          differences,
          kinds,
        } = taken(stage, read(file), 'X', { delegations, numbering })
        for (const view of ['base', 'clean'] as const) {
          expect(plainText(after[view])).toBe(plainText(before[view]))
          expect(writtenHash(provisionsOf(after[view]))).toBe(
            writtenHash(provisionsOf(before[view])),
          )
        }
        expect({ differences, kinds }).toEqual({ differences: [], kinds: [] })
        if (hasOwn(blocksWithMarks(before))) {
          lossy++
          return
        }
        expect(criticMarkup(after)).toBe(criticMarkup(before))
        expect(revisionsOf(blocksWithMarks(after))).toEqual(revisionsOf(blocksWithMarks(before)))
        const again = exported(after, fileWritings(ledger.ydoc, delegations), delegations)
        if (Buffer.compare(again, file) === 0) same++
        else relabelled++
      }),
      { numRuns },
    )
    // Who moved a label is told by what changed before it, which decisions that a file lacks can shift.
    expect(relabelled).toBeLessThanOrEqual(Math.ceil(numRuns / 10))
    expect(same + lossy + relabelled).toBe(numRuns)
    expect(same).toBeGreaterThan(numRuns / 4)
  },
  10_000 + 300 * numRuns,
)

const base: readonly Provision[] = [
  'number RESOLUTION 45 (Rev. Dubai, 2014)',
  'title Mechanisms',
  'call recalling',
  'item a) one “two” three;',
  'item b) four five,',
  'call resolves',
  'item 1 six:',
  'item/2 i) seven.',
].map(provision)

const fileOf = (provisions: readonly Provision[], edit: (draft: Draft) => void = () => {}) => {
  const draft = new Draft(provisions)
  edit(draft)
  return read(exported(markedViews(draft.ledger)))
}

const changed = (index: number, change: Partial<Provision>): Provision[] =>
  base.map((each, i) => (i === index ? { ...each, ...change } : each))

describe('a file whose text without its marks is not the edition', () => {
  test('unmarked words are taken as changes of the delegation, marked ones as they are signed', () => {
    const file = fileOf(changed(4, { text: 'four 5 five six,' }), (draft) => {
      draft.as('B', (pen) => pen.replace(draft.at(4, 7), draft.at(4, 11), 'fünf'))
    })
    const { views, differences } = taken(base, file)
    expect(criticMarkup(views).split('\n')[4]).toBe('b)\tfour {++5 ++}{--five--}{++fünf six++},')
    expect(differences).toEqual([
      { paragraph: 5, edition: 'b) four five,', file: 'b) four 5 five six,' },
    ])
    const by = (part: string) =>
      blocksWithMarks(views)[4]!.runs.filter(({ revision }) =>
        [revision.inserted, revision.deleted].includes(part),
      )
    expect(by('X').map(({ text }) => text)).toEqual(['5 ', ' six'])
  })

  test('what the file deletes of its own unmarked words was never there', () => {
    const file = fileOf(changed(4, { text: 'four new five,' }), (draft) => {
      draft.as('B', (pen) => pen.erase(draft.at(4, 5), draft.at(4, 9)))
    })
    expect(criticMarkup(taken(base, file).views).split('\n')[4]).toBe('b)\tfour five,')
  })

  test('unmarked paragraphs come and go', () => {
    const longer = [...base.slice(0, 4), provision('item b) wholly other;'), ...base.slice(4)]
    const inserted = taken(base, fileOf(longer))
    expect(plainText(inserted.views.clean)).toContain('b)\twholly other;\nc)\tfour five,')
    expect(plainText(inserted.views.base)).toBe(plainText(new Draft(base).project('base')))
    expect(inserted.differences).toEqual([
      { paragraph: 5, edition: null, file: 'b) wholly other;' },
    ])
    const shorter = taken(base, fileOf(base.filter((_, i) => i !== 4)))
    expect(plainText(shorter.views.clean)).not.toContain('four')
    expect(shorter.differences).toEqual([{ paragraph: null, edition: 'b) four five,', file: null }])
  })

  test('what is unmarked is told and left aside where that is asked for', () => {
    const file = fileOf(
      [...changed(4, { text: 'four 5 five,' }).slice(0, 6), provision('item 2 none of it.')],
      (draft) => {
        draft.as('B', (pen) => {
          pen.replace(draft.at(4, 7), draft.at(4, 11), 'fünf')
          pen.insert(draft.at(6, 4), ' word')
        })
      },
    )
    const { views, differences } = taken(base, file, null)
    expect(criticMarkup(views).split('\n').slice(4)).toEqual([
      'b)\tfour {--five--}{++fünf++},',
      'resolves',
      '1\tsix:',
      'i)\tseven.',
      '{++2\t word¶++}',
      '',
    ])
    expect(views.marked.paragraphs.map(({ key }) => key)).toHaveLength(9)
    expect(plainText(views.base)).toBe(plainText(new Draft(base).project('base')))
    expect(differences.map(({ paragraph }) => paragraph)).toEqual([5, null, null, 7])
  })

  test('typography, capitals of the number line and other styles are no difference', () => {
    const plain = changed(3, { text: 'one "two" three;' })
    const capitals = plain.map((each, i) =>
      i === 0 ? { ...each, text: each.text.toUpperCase() } : each,
    )
    const leveled = capitals.map((each, i) => (i === 7 ? { ...each, level: 1 } : each))
    const { views, differences } = taken(base, fileOf(leveled))
    expect(differences).toEqual([])
    expect(views.marked.paragraphs.map(({ text }) => text)).toEqual(base.map(({ text }) => text))
    expect(criticMarkup(views)).toBe(plainText(views.base))
  })

  test('a file without a number line keeps that of the edition', () => {
    const { views } = taken(
      base,
      read(
        handmade(
          '<w:p><w:pPr><w:pStyle w:val="Call"/></w:pPr><w:r><w:t>recalling</w:t></w:r></w:p>',
        ),
      ),
    )
    expect(views.clean.paragraphs.map(({ text }) => text)).toEqual([base[0]!.text, 'recalling'])
    expect(plainText(views.base)).toBe(plainText(new Draft(base).project('base')))
  })
})

const p = (style: string, text: string, properties = '') =>
  `<w:p><w:pPr><w:pStyle w:val="${style}"/>${properties}</w:pPr><w:r><w:t xml:space="preserve">${text}</w:t></w:r></w:p>`
const head = p('ResNo', base[0]!.text) + p('Restitle', 'Mechanisms') + p('Call', 'recalling')

describe('F2: changes of formatting are settings of whoever signs them', () => {
  const by = (author: string, former: string) =>
    `<w:rPrChange w:id="1" w:author="${author}"><w:rPr>${former}</w:rPr></w:rPrChange>`
  const r = (text: string, look: string) => `<w:r><w:rPr>${look}</w:rPr><w:t>${text}</w:t></w:r>`
  const settingsOf = ({ ledger }: Taken) =>
    ledger
      .changes()
      .flatMap(({ delegation, setting }) =>
        setting === null ? [] : [`${delegation}: ${setting.property} ${setting.value}`],
      )

  test('italic, bold, raised and lowered letters, as the edition has them or not', () => {
    const edition: Provision[] = [
      ...base.slice(0, 3),
      {
        ...provision('text one two three four'),
        formats: [{ from: 4, to: 7, format: 'italic' }],
      },
    ]
    const body =
      head +
      `<w:p>${r('one', `<w:i/>${by('B', '')}`)}<w:r><w:t xml:space="preserve"> </w:t></w:r>` +
      // The edition has these italic and the file only once they are changed: nothing is to be turned.
      `${r('two', `<w:i/>${by('B', '')}`)}<w:r><w:t xml:space="preserve"> </w:t></w:r>` +
      r('three', `<w:b/><w:vertAlign w:val="superscript"/>${by('C', '<w:b/>')}`) +
      `<w:r><w:t xml:space="preserve"> four</w:t></w:r>` +
      `<w:ins w:id="2" w:author="C">${r('five', '<w:vertAlign w:val="subscript"/>')}</w:ins></w:p>`
    const file = taken(edition, read(handmade(body)))
    expect(provisionsOf(file.views.clean)[3]!.formats).toEqual([
      { from: 0, to: 3, format: 'italic' },
      { from: 4, to: 7, format: 'italic' },
      { from: 8, to: 13, format: 'superscript' },
      { from: 18, to: 22, format: 'subscript' },
    ])
    expect(provisionsOf(file.views.base)).toEqual(edition)
    expect(settingsOf(file)).toEqual(['B: italic true', 'C: superscript true'])
  })

  test('a paragraph’s kind and level, where the edition has it otherwise', () => {
    const was = (style: string) =>
      `<w:pPrChange w:id="1" w:author="B"><w:pPr><w:pStyle w:val="${style}"/></w:pPr></w:pPrChange>`
    const body =
      head +
      `<w:p><w:r><w:t>a)</w:t><w:tab/><w:t>one “two” three;</w:t></w:r></w:p>` +
      p('enumlev1', '\t', was('enumlev2')).replace('\t', 'i)</w:t><w:tab/><w:t>four five,') +
      p('Annextitle', 'resolves', was('Call'))
    const file = taken(base.slice(0, 6), read(handmade(body)))
    expect(file.views.clean.paragraphs.map(({ kind, level }) => `${kind} ${level}`)).toEqual([
      'number 1',
      'title 1',
      'call 1',
      'item 1',
      'item 2',
      'annexTitle 1',
    ])
    expect(plainText(file.views.base)).toBe(plainText(new Draft(base.slice(0, 6)).project('base')))
    expect(settingsOf(file)).toEqual(['B: level 2', 'B: kind annexTitle'])
  })
})

test('F3: a change says who signed it in the file, one of another delegation too', () => {
  const mark = (name: string, author: string, text: string) =>
    `<w:${name} w:id="1"${author}><w:r><w:${name === 'del' ? 'delText' : 't'}>${text}</w:${name === 'del' ? 'delText' : 't'}></w:r></w:${name}>`
  const body =
    head.replace('>recalling<', '>recall<').replace(/<\/w:p>$/, '') +
    mark('del', ' w:author="Ana" w:date="2017-09-25T16:22:00Z"', 'ing') +
    mark('ins', ' w:author="Bo"', 's') +
    mark('ins', ' w:author="Ana"', 'all') +
    '</w:p>'
  const { ledger } = taken(base.slice(0, 3), read(handmade(body)))
  const told = ledger
    .changes()
    .map((change) => [change.deleted, change.inserted, signersOf(ledger.ydoc, change)])
  const by = (author: string, date: string | null = null) => ({ author, date, isUtc: false })
  expect(told).toEqual([
    ['ing', 'all', [by('Ana'), by('Ana', '2017-09-25T16:22:00Z')]],
    ['', 's', [by('Bo')]],
  ])
})

describe('what a draft does not hold is told', () => {
  test('a change to a kind that is nobody’s to give, and a label that is typed otherwise', () => {
    const was = '<w:pPrChange w:id="1" w:author="B"><w:pPr/></w:pPrChange>'
    const body =
      head +
      `<w:p><w:r><w:t>a)</w:t><w:tab/><w:t>one “two” three;</w:t></w:r></w:p>` +
      `<w:p><w:del w:id="1" w:author="B"><w:r><w:delText>b</w:delText></w:r></w:del><w:ins w:id="2" w:author="B"><w:r><w:t>x</w:t></w:r></w:ins><w:r><w:t>)</w:t><w:tab/><w:t>four five,</w:t></w:r></w:p>` +
      p('Call', 'resolves') +
      p('FootnoteText', '1', was).replace('1</w:t>', '1</w:t><w:tab/><w:t>six:</w:t>')
    const { kinds, labels, views } = taken(base.slice(0, 7), read(handmade(body)))
    expect(labels).toEqual([{ paragraph: 5, file: 'x)', draft: 'b)' }])
    expect(kinds).toEqual([7])
    expect(criticMarkup(views)).toBe(plainText(views.base))
  })

  test('an empty line with which somebody splits a paragraph is none between paragraphs', () => {
    const edition = [...base, provision('text eight.')]
    const draft = new Draft(edition)
    draft.as('B', (pen) => pen.split(draft.at(8, 0)))
    draft.as('B', (pen) => pen.shape([{ key: draft.paragraphs[9]!.key, kind: 'title' }]))
    const before = markedViews(draft.ledger)
    const { views, differences } = taken(edition, read(exported(before)))
    expect(differences).toEqual([])
    expect(plainText(views.clean)).toBe(plainText(before.clean))
  })

  test('empty lines between paragraphs are left out', () => {
    const { views, differences } = taken(
      base.slice(0, 3),
      read(handmade(head.replaceAll('</w:p>', '</w:p><w:p/>'))),
    )
    expect(differences).toEqual([])
    expect(views.clean.paragraphs).toHaveLength(3)
  })
})

test('a footnote that a Word file inserts is a reference with its words, in whatever order', () => {
  const note = (id: number, text: string) =>
    `<w:footnote w:id="${id}"><w:p><w:r><w:footnoteRef/></w:r><w:r><w:t xml:space="preserve"> ${text}</w:t></w:r></w:p></w:footnote>`
  const reference = (id: number) => `<w:r><w:footnoteReference w:id="${id}"/></w:r>`
  const body =
    `<w:p><w:pPr><w:pStyle w:val="ResNo"/></w:pPr><w:r><w:t>RESOLUTION 45</w:t></w:r></w:p>` +
    `<w:p><w:r><w:t>one</w:t></w:r>${reference(1)}<w:ins w:id="1" w:author="B">${reference(2)}</w:ins></w:p>`
  const docx = read(
    handmade(body, {
      footnotes: `<w:footnotes>${note(1, 'Old.')}${note(2, 'New.')}</w:footnotes>`,
    }),
  )
  const old: Provision[] = [
    provision('number RESOLUTION 45'),
    { ...provision('text one1'), formats: [{ from: 3, to: 4, format: 'superscript' }] },
    { ...provision('footnote Old.'), label: '1' },
  ]
  const { views, differences } = taken(old, docx)
  expect(differences).toEqual([])
  expect(criticMarkup(views).split('\n').slice(1)).toEqual([
    'one1{++2++}',
    '1\tOld.',
    '{++2\tNew.¶++}',
    '',
  ])
})

test('one of several texts is named by its number', () => {
  const p = (style: string, text: string) =>
    `<w:p><w:pPr><w:pStyle w:val="${style}"/></w:pPr><w:r><w:t>${text}</w:t></w:r></w:p>`
  const docx = read(
    handmade(
      p('ResNo', 'RESOLUTION 1') + p('Reasons', 'Reasons: so.') + p('ResNo', 'RESOLUTION 2'),
    ),
  )
  const texts = [0, 1, 2].map((index) =>
    blocksInText(docx, index, () => '?').map(({ runs }) => runs[0]?.text),
  )
  expect(texts).toEqual([['RESOLUTION 1'], ['RESOLUTION 2'], []])
  const ydoc = new Y.Doc()
  const options = {
    index: 2,
    codeOf: () => '?',
    unmarkedBy: '?',
    handOf: () => {
      throw new Error()
    },
  }
  expect(importDocx(ydoc, base, docx, options)).toBe(null)
})

test('a file that is refused is not taken', () => {
  expect(readDocx(new Uint8Array(4))).toMatchObject({ reason: 'not-zip' })
})

describe('F4: a proposal is recognised by its symbol and identifier', () => {
  test.each([
    ['MOD\tB/24/1', 'MOD', 'B/24/1'],
    ['(MOD) ARB/21A15/2', '(MOD)', 'ARB/21A15/2'],
    ['MODZZZ/2222/1', 'MOD', 'ZZZ/2222/1'],
    ['SUP', 'SUP', ''],
    ['SUP*\tEUR/44A7/3', 'SUP*', 'EUR/44A7/3'],
    ['ADD B/CAN/USA/3/1', 'ADD', 'B/CAN/USA/3/1'],
    ['NOC', 'NOC', ''],
  ])('%j', (line, symbol, identifier) => {
    expect(proposalIn(line)).toEqual({ symbol, identifier })
  })

  test.each([null, '', 'Modified', 'MODERN TIMES', 'ADDIS ABABA', 'NOCTURNE', 'B/24/1'])(
    'none in %j',
    (line) => expect(proposalIn(line)).toBe(null),
  )

  test('of several in a file each is taken as what it is: what is of a whole text changes no words', () => {
    const body =
      p('Proposal', 'MOD\tB/24/1').replace('MOD\t', 'MOD</w:t><w:tab/><w:t>') +
      head.replace('>recalling<', '>noting<') +
      p('Reasons', 'Reasons: so.') +
      p('Proposal', 'SUP B/24/2') +
      p('ResNo', base[0]!.text) +
      p('Reasons', 'Reasons: done.') +
      p('Proposal', 'ADD B/24/3') +
      p('ResNo', 'DRAFT NEW RESOLUTION [B-1]') +
      p('Restitle', 'Something new')
    const docx = read(handmade(body))
    const wholes = [0, 1, 2].map((index) => wholeProposal(docx, index))
    expect(wholes).toEqual([
      null,
      { symbol: 'SUP', identifier: 'B/24/2', text: [base[0]!.text] },
      {
        symbol: 'ADD',
        identifier: 'B/24/3',
        text: ['DRAFT NEW RESOLUTION [B-1]', 'Something new'],
      },
    ])
    const of = (index: number) => taken(base.slice(0, 3), docx, 'X', { index })
    expect(of(0).differences).not.toEqual([])
    for (const index of [1, 2]) {
      const { ledger, whole, reasons, differences } = of(index)
      expect(whole).toEqual(wholes[index])
      expect(reasons).toBe(index === 1 ? 'done.' : '')
      expect(differences).toEqual([])
      expect(ledger.changes()).toEqual([])
    }
  })
})
