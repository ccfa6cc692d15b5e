/** Footnotes in Word files: written as Word's own, proved, and taken in again, also as we wrote them before. */
import { strFromU8, strToU8, unzipSync, zipSync } from 'fflate'
import { describe, expect, test } from 'vitest'
import { documentXml } from '../src/docx/document.ts'
import { exportDocx, proveDocx, reportOf, writtenHash } from '../src/docx/index.ts'
import type { Docx } from '../src/docx/index.ts'
import { packDocx } from '../src/docx/package.ts'
import { Signature } from '../src/docx/signature.ts'
import { hashProperties } from '../src/docx/written.ts'
import { provisionsOf } from '../src/ledger/index.ts'
import type { Ledger } from '../src/ledger/index.ts'
import type { Provision } from '../src/resolution/index.ts'
import { blocksWithMarks, criticMarkup, markedViews, plainText } from '../src/text/index.ts'
import type { MarkedViews } from '../src/text/index.ts'
import { handmade, opened } from './docx-handmade.ts'
import { partOf, readFootnotes } from './docx-reading.ts'
import { taken } from './docx-taking.ts'
import { Draft, noted } from './text-draft.ts'

const facts = { title: 'Resolution 45', language: 'en', delegations: [], at: Date.UTC(2017, 9, 9) }

const base: readonly Provision[] = [
  'number RESOLUTION 45 (Rev. Dubai, 2014)',
  'title Cybersecurity',
  'call recalling',
  'item a) the countries^1^ and others;',
  'item b) the regions^2^,',
  'footnote 1 These include islands.',
  'footnote 2 See the annex.',
].map(noted)

/** What several delegations do to the footnotes of a text and to new ones. */
const everyEdit = (draft: Draft): void => {
  draft.as('A', (pen) => pen.insert(pen.insertNote(draft.at(3, 3), 'A new one.')!, ' More.'))
  draft.as('B', (pen) => pen.insert(draft.at(5, 1), 'B: '))
  draft.as('C', (pen) => pen.erase(draft.at(5, 5), draft.at(5, 8)))
  draft.as('B', (pen) => pen.erase(draft.at(4, 11), draft.at(4, 12)))
  draft.as('A', (pen) => pen.replace(draft.at(6, 14), draft.at(6, 21), 'large islands'))
  draft.as('B', (pen) => pen.insertNote(draft.at(4, 3), 'Struck.'))
  draft.as('A', (pen) => pen.erase(draft.at(4, 3), draft.at(4, 4)))
}

const drafted = (provisions: readonly Provision[], edit: (draft: Draft) => void): Ledger => {
  const draft = new Draft(provisions)
  edit(draft)
  return draft.ledger
}

const exported = (views: MarkedViews): Uint8Array => exportDocx({ text: views, ...facts })

const isProved = (docx: Uint8Array): boolean => {
  const proof = proveDocx(docx)
  if ('reason' in proof) throw new Error(proof.message)
  return proof.isProved
}

/** A part of a file told otherwise. */
function edited(docx: Uint8Array, part: string, change: (xml: string) => string): Uint8Array {
  const parts = unzipSync(docx)
  const xml = change(strFromU8(parts[part]!))
  expect(xml).not.toBe(strFromU8(parts[part]!))
  return zipSync({ ...parts, [part]: strToU8(xml) })
}

describe('export', () => {
  const file = exported(markedViews(drafted(base, everyEdit)))
  const body = partOf(file, 'word/document.xml')
  const notes = partOf(file, 'word/footnotes.xml')

  test('references and bodies are Word\u2019s, in ITU\u2019s styles, the ids in the order of the text', () => {
    const reference = (id: number) =>
      `<w:r><w:rPr><w:rStyle w:val="FootnoteReference"/></w:rPr><w:footnoteReference w:id="${id}"/></w:r>`
    expect([1, 2, 3, 4].map((id) => body.split(reference(id)).length)).toEqual([2, 2, 2, 2])
    expect([...body.matchAll(/footnoteReference w:id="(\d)"/g)].map(([, id]) => id)).toEqual([
      '1',
      '2',
      '3',
      '4',
    ])
    expect(body).not.toContain('FootnoteText')
    expect(notes).toContain('<w:footnote w:type="separator" w:id="-1">')
    expect(notes).toContain('<w:footnote w:type="continuationSeparator" w:id="0">')
    expect([...notes.matchAll(/<w:pStyle w:val="FootnoteText"\/>/g)]).toHaveLength(4)
    expect([...notes.matchAll(/<w:footnoteRef\/>/g)]).toHaveLength(4)
    expect(partOf(file, 'word/settings.xml')).toContain(
      '<w:footnotePr><w:footnote w:id="-1"/><w:footnote w:id="0"/></w:footnotePr>',
    )
  })

  test('a footnote that is inserted or deleted goes with its reference, its mark included', () => {
    const noteOf = (id: number) =>
      new RegExp(`<w:footnote w:id="${id}">(.*?)</w:footnote>`, 's').exec(notes)![1]!
    expect(noteOf(1)).toMatch(/^<w:p><w:pPr>.*?<w:rPr><w:ins [^>]*w:author="A"/)
    expect(noteOf(1)).toMatch(/<w:ins [^>]*w:author="B"[^>]*><w:r><w:t[^>]*>B: /)
    expect(noteOf(1)).toMatch(/<w:del [^>]*w:author="C"[^>]*><w:r><w:delText/)
    expect(noteOf(2)).toMatch(/^<w:p><w:pPr><w:pStyle w:val="FootnoteText"\/><\/w:pPr>/)
    expect(noteOf(3)).toMatch(/<w:rPr><w:ins [^>]*w:author="B"[^>]*\/><w:del [^>]*w:author="A"/)
    expect(noteOf(4)).toMatch(/^<w:p><w:pPr>.*?<w:rPr><w:del [^>]*w:author="B"/)
    const ids = [...(body + notes).matchAll(/<w:(?:ins|del) w:id="(\d+)"/g)].map(([, id]) => id)
    expect(new Set(ids).size).toBe(ids.length)
  })

  test('a clean file has the footnotes of its view, by the ids of the marked one', () => {
    const ledger = drafted(base, everyEdit)
    const clean = exportDocx({
      text: ledger.project('clean'),
      among: ledger.project('marked'),
      ...facts,
    })
    expect(readFootnotes(clean).map(({ text }) => text)).toEqual(
      plainText(ledger.project('clean')).split('\n').slice(-3, -1),
    )
    expect(partOf(clean, 'word/document.xml')).toMatch(/w:id="1"\/>.*footnoteReference w:id="2"/s)
    expect(isProved(clean)).toBe(true)
  })
})

describe('the proof', () => {
  const file = exported(markedViews(drafted(base, everyEdit)))
  const part = 'word/footnotes.xml'

  test('covers the words of footnotes, their revisions and their order', () => {
    expect(isProved(file)).toBe(true)
    for (const change of [
      (xml: string) => xml.replace('These include', 'Those include'),
      (xml: string) => xml.replace('More', 'Less'),
      (xml: string) =>
        xml.replace(/<w:del [^/>]*w:author="C"[^>]*>(.*?)<\/w:del>/s, (_, inside: string) =>
          inside.replaceAll('w:delText', 'w:t'),
        ),
      (xml: string) =>
        xml
          .replace('w:id="1"><w:p>', 'w:id="9"><w:p>')
          .replace('w:id="2"><w:p>', 'w:id="1"><w:p>')
          .replace('w:id="9"><w:p>', 'w:id="2"><w:p>'),
    ]) {
      expect(isProved(edited(file, part, change))).toBe(false)
    }
  })

  test('covers where they are referred to', () => {
    const swapped = edited(file, 'word/document.xml', (xml) =>
      xml
        .replace('footnoteReference w:id="2"', 'footnoteReference w:id="9"')
        .replace('footnoteReference w:id="4"', 'footnoteReference w:id="2"')
        .replace('footnoteReference w:id="9"', 'footnoteReference w:id="4"'),
    )
    expect(isProved(swapped)).toBe(false)
  })
})

/** A text in force whose footnotes have these marks. */
const markedBy = (...marks: readonly string[]): Provision[] =>
  [
    'number RESOLUTION 45',
    'title T',
    ...marks.map((mark) => `text word^${mark}^ word.`),
    ...marks.map((mark) => `footnote ${mark} Note ${mark}.`),
  ].map(noted)

describe('marks that Word would not count', () => {
  test.each([
    ['a star among numbers', markedBy('1', '*', '2'), 1],
    ['numbers that begin later', markedBy('3', '4'), 2],
    ['nothing but signs', markedBy('*', '**'), 2],
  ])('%s', (_name, provisions, typed) => {
    const ledger = drafted(provisions, (draft) => {
      draft.as('A', (pen) => pen.insert(draft.at(2, 4), 's'))
      draft.as('B', (pen) => pen.erase(draft.at(3, 0), draft.at(3, 8)))
    })
    const file = exported(markedViews(ledger))
    const xml = partOf(file, 'word/document.xml')
    expect([...xml.matchAll(/<w:footnoteReference w:customMarkFollows="1"/g)]).toHaveLength(typed)
    expect(isProved(file)).toBe(true)
    const { views, differences } = taken(provisions, opened(file))
    expect(differences).toEqual([])
    expect(criticMarkup(views)).toBe(criticMarkup(markedViews(ledger)))
    expect(Buffer.compare(exported(views), file)).toBe(0)
  })

  test('a typed mark that moves is revised behind its reference', () => {
    const provisions = markedBy('3', '4')
    const ledger = drafted(provisions, (draft) => {
      draft.as('A', (pen) => pen.insertNote(draft.at(2, 1), 'New.'))
    })
    const file = exported(markedViews(ledger))
    expect(partOf(file, 'word/document.xml')).toMatch(
      /<w:footnoteReference w:customMarkFollows="1" w:id="2"\/><\/w:r><w:del [^>]*><w:r><w:rPr><w:rStyle w:val="FootnoteReference"\/><\/w:rPr><w:delText[^>]*>3</,
    )
    expect(isProved(file)).toBe(true)
    const { views, differences } = taken(provisions, opened(file))
    expect(differences).toEqual([])
    expect(criticMarkup(views)).toBe(criticMarkup(markedViews(ledger)))
    expect(Buffer.compare(exported(views), file)).toBe(0)
  })
})

test('two references to one footnote: the one that stays is Word\u2019s', () => {
  const provisions = [
    'number RESOLUTION 45',
    'title T',
    'text one^1^ and^1^ more^2^.',
    'footnote 1 Twice.',
    'footnote 2 Once.',
  ].map(noted)
  const ledger = drafted(provisions, (draft) => {
    draft.as('A', (pen) => pen.erase(draft.at(2, 3), draft.at(2, 4)))
  })
  const file = exported(markedViews(ledger))
  expect(isProved(file)).toBe(true)
  const xml = partOf(file, 'word/document.xml')
  expect([...xml.matchAll(/<w:footnoteReference /g)]).toHaveLength(2)
  const { views, differences } = taken(provisions, opened(file))
  expect(differences).toEqual([])
  expect(criticMarkup(views)).toBe(criticMarkup(markedViews(ledger)))
})

test('where Word\u2019s footnotes cannot have the numbers of a view they are typed as paragraphs', () => {
  const file = exportDocx({ text: drafted(base, everyEdit).project('marked'), ...facts })
  expect(isProved(file)).toBe(true)
  expect(partOf(file, 'word/document.xml')).toContain('"FootnoteText"')
  expect(unzipSync(file)['word/footnotes.xml']).toBe(undefined)
})

/** A file as it was written before footnotes were Word's: superscript numbers, and paragraphs at the end. */
function formerFile(views: MarkedViews): Uint8Array {
  const blocks = blocksWithMarks(views).map((block) => ({
    ...block,
    runs: block.runs.map((run) => ({ ...run, reference: undefined })),
  }))
  const signature = new Signature([], facts.at)
  const hash = (view: 'clean' | 'base') => writtenHash(provisionsOf(views[view]))
  return packDocx({
    document: documentXml(blocks, signature, 'published', null, new Map()),
    footnotes: null,
    comments: null,
    title: 'x',
    header: 'x',
    language: 'en',
    family: 'wtdc',
    tracksRevisions: true,
    at: facts.at,
    properties: [
      [hashProperties.accepted, hash('clean')],
      [hashProperties.rejected, hash('base')],
    ],
  })
}

test('files from before, with typed footnotes, are proved and taken in like those of now', () => {
  const ledger = drafted(base, (draft) => {
    draft.as('A', (pen) => pen.insertNote(draft.at(3, 3), 'A new one.'))
    draft.as('B', (pen) => pen.erase(draft.at(4, 11), draft.at(4, 12)))
    draft.as('A', (pen) => pen.insert(draft.at(6, 5), ' also'))
  })
  const before = markedViews(ledger)
  const file = formerFile(before)
  expect(isProved(file)).toBe(true)
  const { views, differences } = taken(base, opened(file))
  expect(differences).toEqual([])
  expect(criticMarkup(views)).toBe(criticMarkup(before))
  expect(Buffer.compare(exported(views), exported(before))).toBe(0)
})

describe('files of others', () => {
  const reference = (id: number, more = '') =>
    `<w:r><w:footnoteReference${more} w:id="${id}"/></w:r>`
  const note = (id: number, ...paragraphs: readonly string[]) =>
    `<w:footnote w:id="${id}">${paragraphs.map((content) => `<w:p>${content}</w:p>`).join('')}</w:footnote>`
  const text = (letters: string) => `<w:r><w:t xml:space="preserve">${letters}</w:t></w:r>`
  const ref = '<w:r><w:footnoteRef/></w:r>'
  const ins = (author: string, content: string) =>
    `<w:ins w:id="1" w:author="${author}">${content}</w:ins>`
  const del = (author: string, content: string) =>
    `<w:del w:id="1" w:author="${author}">${content.replaceAll('w:t>', 'w:delText>').replaceAll('<w:t ', '<w:delText ')}</w:del>`
  const p = (style: string, content: string) =>
    `<w:p><w:pPr><w:pStyle w:val="${style}"/></w:pPr>${content}</w:p>`
  const fileWith = (body: string, ...notes: readonly string[]): Docx =>
    opened(
      handmade(p('ResNo', text('RESOLUTION 45')) + p('Restitle', text('T')) + body, {
        footnotes: `<w:footnotes>${notes.join('')}</w:footnotes>`,
        styles:
          '<w:styles><w:style w:type="character" w:styleId="FR"><w:name w:val="footnote reference"/></w:style></w:styles>',
      }),
    )
  const edition = markedBy('1')
  const lines = (docx: Docx, by: string | null = 'X') => {
    const { views, differences } = taken(edition, docx, by)
    return { told: criticMarkup(views).split('\n').slice(2, -1), differences }
  }
  const word = text('word')
  const rest = text(' word.')

  test('several delegations write in a new footnote, of several paragraphs', () => {
    const docx = fileWith(
      p('Normal', word + ins('A', reference(7)) + reference(3) + rest),
      note(3, ref + text(' Note 1.')),
      note(
        7,
        ins('A', ref + text(' New')) + ins('B', text(' and')) + del('C', ins('A', text(' old'))),
        ins('A', text('more.')),
      ),
    )
    expect(lines(docx)).toEqual({
      told: [
        'word{++1++}{--1--}{++2++} word.{++¶++}',
        '{++1\tNew and{-- old--} more.++}',
        '{--1--}{++2++}\tNote 1.',
      ],
      differences: [],
    })
  })

  test('a footnote without a mark of revision is a change of the delegation', () => {
    const docx = fileWith(
      p('Normal', word + reference(1) + rest) + p('Normal', text('new') + reference(2)),
      note(1, ref + text(' Note 1.')),
      note(2, ref + text(' Unmarked.')),
    )
    const { told, differences } = lines(docx)
    expect(told).toEqual(['word1 word.', '{++new2¶++}', '1\tNote 1.', '{++2\tUnmarked.¶++}'])
    expect(differences).toHaveLength(2)
    expect(lines(docx, null).told).toEqual(['word1 word.', '1\tNote 1.'])
  })

  test('a custom mark of several runs, and what a footnote or its mark lacks', () => {
    const styled = (content: string) => `<w:r><w:rPr><w:rStyle w:val="FR"/></w:rPr>${content}</w:r>`
    const custom = ' w:customMarkFollows="1"'
    const docx = fileWith(
      p(
        'Normal',
        `${word}${styled(`<w:footnoteReference${custom} w:id="1"/><w:t>1</w:t>`)}${styled('<w:t>bis</w:t>')}${rest}`,
      ) + p('Normal', reference(2, custom) + text('none')),
      note(1, styled('<w:t>1bis</w:t>') + text(' Note 1bis.') + '<w:r><w:drawing/></w:r>'),
      note(2, text('Lost.')),
    )
    expect(taken(markedBy('1bis'), docx).differences.map(({ file }) => file)).toEqual(['none'])
    expect(reportOf(docx).map(({ paragraph, what }) => `${paragraph} ${what}`)).toEqual([
      '3 a drawing, in a footnote',
      '4 a footnote without a mark, which is not taken',
    ])
  })

  test('words that begin like the number stay whole', () => {
    const docx = fileWith(p('Normal', word + reference(1) + rest), note(1, ref + text('1990 was.')))
    const { told } = lines(docx)
    expect(told.join('\n')).toContain('1990 was.')
  })

  test('endnotes are told of', () => {
    const docx = fileWith(p('Normal', word + '<w:r><w:endnoteReference w:id="1"/></w:r>' + rest))
    expect(reportOf(docx).map(({ what }) => what)).toEqual(['an endnote, which is not taken'])
  })
})
