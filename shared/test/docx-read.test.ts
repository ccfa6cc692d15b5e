/** What is read in a Word file, whoever wrote it: revisions, what Word counts, what is left out. */
import { describe, expect, test } from 'vitest'
import { paragraphsIn, reportOf, textIn, textsIn } from '../src/docx/reader/index.ts'
import type { Docx, Reading } from '../src/docx/reader/index.ts'
import { handmade, opened } from './docx-handmade.ts'

const linesIn = ({ paragraphs }: Docx, reading: Reading) =>
  paragraphsIn(paragraphs, reading).map((paragraph) => textIn(paragraph, reading))

const both = (docx: Docx) => [linesIn(docx, 'rejected'), linesIn(docx, 'accepted')]

const p = (...content: readonly string[]) => `<w:p>${content.join('')}</w:p>`
const r = (text: string, properties = '') =>
  `<w:r>${properties && `<w:rPr>${properties}</w:rPr>`}<w:t xml:space="preserve">${text}</w:t></w:r>`
const ins = (content: string, by = 'w:id="0" w:author="B"') => `<w:ins ${by}>${content}</w:ins>`
const del = (text: string, by = 'w:id="0" w:author="B"') =>
  `<w:del ${by}><w:r><w:delText xml:space="preserve">${text}</w:delText></w:r></w:del>`
const style = (id: string, more = '') => `<w:pPr><w:pStyle w:val="${id}"/>${more}</w:pPr>`
const mark = (revision: string) => `<w:pPr><w:rPr>${revision}</w:rPr></w:pPr>`
const field = (type: string) => `<w:r><w:fldChar w:fldCharType="${type}"/></w:r>`

const texts: readonly (readonly [string, string, string[], string[]])[] = [
  ['letters', p(r('201'), del('4'), ins(r('7'))), ['2014'], ['2017']],
  [
    'a deletion within an insertion is in neither reading',
    p(r('a'), ins(`${r('b')}<w:del w:id="0">${r('c')}</w:del>`)),
    ['a'],
    ['ab'],
  ],
  [
    'a move is a deletion and an insertion',
    p(`<w:moveFrom w:id="1">${r('here')}</w:moveFrom>`) +
      p(`<w:moveTo w:id="2">${r('there')}</w:moveTo>`),
    ['here', ''],
    ['', 'there'],
  ],
  ['an inserted mark splits', p(mark('<w:ins w:id="1"/>'), r('a')) + p(r('b')), ['ab'], ['a', 'b']],
  ['a deleted mark joins', p(mark('<w:del w:id="1"/>'), r('a')) + p(r('b')), ['a', 'b'], ['ab']],
  [
    'a mark that moved',
    p(mark('<w:moveFrom w:id="1"/>'), `<w:moveFrom w:id="2">${r('a')}</w:moveFrom>`) + p(r('b')),
    ['a', 'b'],
    ['b'],
  ],
  [
    'a mark inserted and deleted',
    p(mark('<w:ins w:id="1"/><w:del w:id="2"/>'), r('a')) + p(r('b')),
    ['ab'],
    ['ab'],
  ],
  [
    'signs',
    p(
      '<w:r><w:t>ITU</w:t><w:noBreakHyphen/><w:t>D</w:t><w:tab/><w:t>x</w:t><w:br/><w:softHyphen/></w:r>',
    ),
    ['ITU\u2011D\tx\n\u00ad'],
    ['ITU\u2011D\tx\n\u00ad'],
  ],
  ['spaces that nobody asked to keep', p('<w:r><w:t> a b </w:t></w:r>'), ['a b'], ['a b']],
  [
    'a field is its result',
    p(
      r('on '),
      field('begin'),
      '<w:r><w:instrText>DATE</w:instrText></w:r>',
      field('begin'),
      r('inner'),
      field('end'),
      field('separate'),
      r('Monday'),
      field('end'),
      `<w:fldSimple w:instr="PAGE">${r(' 3')}</w:fldSimple>`,
    ),
    ['on Monday 3'],
    ['on Monday 3'],
  ],
  [
    'links, bookmarks, content controls and smart tags are looked through',
    `<w:sdt><w:sdtPr><w:rPr><w:b/></w:rPr></w:sdtPr><w:sdtContent>${p(
      '<w:bookmarkStart w:id="1"/>',
      `<w:hyperlink r:id="r9">${r('a')}</w:hyperlink>`,
      `<w:smartTag>${ins(`<w:sdt><w:sdtContent>${r('b')}</w:sdtContent></w:sdt>`)}</w:smartTag>`,
      '<w:bookmarkEnd w:id="1"/>',
    )}</w:sdtContent></w:sdt>`,
    ['a'],
    ['ab'],
  ],
  [
    'what replaces another text is not read twice',
    p(
      `<w:r><mc:AlternateContent><mc:Choice><w:t>a</w:t></mc:Choice><mc:Fallback><w:t>b</w:t></mc:Fallback></mc:AlternateContent></w:r>`,
    ),
    ['a'],
    ['a'],
  ],
  [
    'rows of a table go with their paragraphs, and no paragraph joins over its edge',
    p(mark('<w:del w:id="1"/>'), r('before')) +
      `<w:tbl><w:tr><w:trPr><w:ins w:id="2"/></w:trPr><w:tc>${p(r('new'))}</w:tc></w:tr>` +
      `<w:tr><w:tc>${p(mark('<w:del w:id="3"/>'), r('cell'))}</w:tc></w:tr></w:tbl>${p(r('after'))}`,
    ['before', 'cell', 'after'],
    ['before', 'new', 'cell', 'after'],
  ],
]

test.each(texts)('%s', (_name, body, rejected, accepted) => {
  expect(both(opened(handmade(body)))).toEqual([rejected, accepted])
})

test('properties are those of the mark that stays, the former ones where all is rejected', () => {
  const change = '<w:pPrChange w:id="3"><w:pPr><w:pStyle w:val="enumlev1"/></w:pPr></w:pPrChange>'
  const docx = opened(
    handmade(
      p(`<w:pPr><w:pStyle w:val="Call"/><w:rPr><w:del w:id="1"/></w:rPr></w:pPr>`, r('a')) +
        p(style('Call', change), r('b')),
    ),
  )
  const styles = (reading: Reading) =>
    paragraphsIn(docx.paragraphs, reading).map(({ properties }) => properties.style)
  expect(styles('accepted')).toEqual(['Call'])
  expect(styles('rejected')).toEqual(['Call', 'enumlev1'])
})

test('who and when, as far as the file says', () => {
  const local = 'w:author="A" w:date="2025-09-30T09:22:00Z"'
  const body = p(
    ins(r('a'), `w:id="0" ${local} w16du:dateUtc="2025-09-30T16:22:00Z"`),
    ins(r('b'), `w:id="0" ${local}`),
    ins(r('c'), 'w:id="0" w:author="Author"'),
    ins(r('d'), 'w:id="0"'),
  )
  const { paragraphs } = opened(handmade(body))
  expect(paragraphs[0]!.letters.map(({ text, inserted }) => [text, inserted])).toEqual([
    ['a', { author: 'A', date: '2025-09-30T16:22:00Z', isUtc: true }],
    ['b', { author: 'A', date: '2025-09-30T09:22:00Z', isUtc: false }],
    ['c', { author: 'Author', date: null, isUtc: false }],
    ['d', { author: null, date: null, isUtc: false }],
  ])
})

describe('what Word counts', () => {
  const level = (depth: number, format: string, text: string) =>
    `<w:lvl w:ilvl="${depth}"><w:start w:val="1"/><w:numFmt w:val="${format}"/><w:lvlText w:val="${text}"/></w:lvl>`
  const numbering =
    `<w:numbering><w:abstractNum w:abstractNumId="0">${level(0, 'lowerLetter', '%1)')}${level(1, 'lowerRoman', '%2)')}` +
    `${level(2, 'decimal', '%1.%3')}${level(3, 'bullet', 'x')}</w:abstractNum>` +
    '<w:num w:numId="7"><w:abstractNumId w:val="0"/></w:num>' +
    '<w:num w:numId="8"><w:abstractNumId w:val="0"/><w:lvlOverride w:ilvl="0"><w:startOverride w:val="4"/></w:lvlOverride></w:num></w:numbering>'
  const item = (text: string, depth = 0, id = 7, more = '') =>
    p(
      `<w:pPr><w:numPr><w:ilvl w:val="${depth}"/><w:numId w:val="${id}"/></w:numPr>${more}</w:pPr>`,
      r(text),
    )

  test('labels of lists are typed out, with their revisions', () => {
    const inserted = '<w:rPr><w:ins w:id="1" w:author="B"/></w:rPr>'
    const body =
      item('one') +
      item('new', 0, 7, inserted).replace(r('new'), ins(r('new'))) +
      item('two') +
      item('deep', 1) +
      item('deeper', 2) +
      item('sign', 3) +
      item('three') +
      item('other', 0, 8)
    expect(both(opened(handmade(body, { numbering })))).toEqual([
      ['a)\tone', 'b)\ttwo', 'i)\tdeep', 'b.1\tdeeper', '•\tsign', 'c)\tthree', 'd)\tother'],
      [
        'a)\tone',
        'b)\tnew',
        'c)\ttwo',
        'i)\tdeep',
        'c.1\tdeeper',
        '•\tsign',
        'd)\tthree',
        'd)\tother',
      ],
    ])
  })

  test('a list may come with the style, and go with the paragraph', () => {
    const styles =
      '<w:styles><w:style w:type="paragraph" w:default="1" w:styleId="N"><w:name w:val="Normal"/></w:style>' +
      '<w:style w:type="paragraph" w:styleId="L"><w:name w:val="List"/><w:basedOn w:val="K"/></w:style>' +
      '<w:style w:type="paragraph" w:styleId="K"><w:name w:val="Kist"/><w:basedOn w:val="L"/><w:pPr><w:numPr><w:numId w:val="7"/></w:numPr></w:pPr></w:style></w:styles>'
    const body =
      p(style('L'), r('one')) +
      p(style('L', '<w:numPr><w:numId w:val="0"/></w:numPr>'), r('none')) +
      p(style('L'), r('two'))
    expect(linesIn(opened(handmade(body, { numbering, styles })), 'accepted')).toEqual([
      'a)\tone',
      'none',
      'b)\ttwo',
    ])
  })

  test('footnotes: counted marks and typed ones', () => {
    const note = (id: number, ...content: string[]) =>
      `<w:footnote w:id="${id}">${p(style('FootnoteText'), ...content)}</w:footnote>`
    const footnotes =
      `<w:footnotes><w:footnote w:type="separator" w:id="-1">${p()}</w:footnote>` +
      note(1, '<w:r><w:footnoteRef/></w:r>', r(' These include.')) +
      note(2, '<w:r><w:footnoteRef/></w:r>', r(' New.')) +
      note(3, r('1bis'), '<w:r><w:tab/></w:r>', r('Typed.')) +
      '</w:footnotes>'
    const reference = (id: number) => `<w:r><w:footnoteReference w:id="${id}"/></w:r>`
    const body =
      p(style('ResNo'), r('RESOLUTION 45')) +
      p(r('a'), ins(reference(2)), r('b'), reference(1)) +
      p(
        r('c'),
        '<w:r><w:footnoteReference w:id="3" w:customMarkFollows="1"/><w:t>1bis</w:t></w:r>',
      ) +
      p(style('Reasons'))
    const docx = opened(handmade(body, { footnotes }))
    const read = (reading: Reading) =>
      textsIn(docx, reading).texts[0]!.paragraphs.map(
        ({ role, label, text }) => `${role} ${label ?? '-'} ${text}`,
      )
    expect(read('rejected')).toEqual([
      'number - RESOLUTION 45',
      'text - ab1',
      'text - c1bis',
      'footnote 1 These include.',
      'footnote 1bis Typed.',
    ])
    expect(read('accepted')).toEqual([
      'number - RESOLUTION 45',
      'text - a1b2',
      'text - c1bis',
      'footnote 1 New.',
      'footnote 2 These include.',
      'footnote 1bis Typed.',
    ])
    expect(textsIn(docx, 'accepted').texts[0]!.paragraphs[1]!.formats).toEqual([
      { from: 1, to: 2, format: 'superscript' },
      { from: 3, to: 4, format: 'superscript' },
    ])
  })
})

describe('what stands where', () => {
  const styles =
    '<w:styles>' +
    [
      ['a1', 'Res_No'],
      ['a2', 'Res_title'],
      ['a3', 'Normal_after_title'],
      ['a4', 'call'],
      ['a5', 'enumlev 1'],
      ['a6', 'Proposal'],
      ['a7', 'Reasons'],
      ['a8', 'Source'],
    ]
      .map(
        ([id, name]) =>
          `<w:style w:type="paragraph" w:styleId="${id}"><w:name w:val="${name}"/></w:style>`,
      )
      .join('') +
    '</w:styles>'

  const tabbed = (label: string, text: string, look = '') =>
    r(label, look) + '<w:r><w:tab/></w:r>' + r(text)

  const contribution =
    `<w:tbl><w:tr><w:tc>${p(r('PLENARY MEETING'))}</w:tc></w:tr></w:tbl>` +
    p(style('a8'), r('Brazil')) +
    p(style('a6'), tabbed('MOD', 'B/24/1')) +
    p(style('a1'), r('RESOLUTION 45 (REV. DUBAI, 2014)')) +
    p(style('a2'), r('Mechanisms')) +
    p(style('a3'), r('The Conference (Dubai, 2014),')) +
    p(style('a4'), r('recalling')) +
    p(tabbed('a)', 'one:', '<w:i/>')) +
    p(style('a5'), tabbed('i)', 'two,')) +
    p(style('a7'), tabbed('Reasons:', 'it is time.')) +
    p(style('a1')) +
    p(style('a6'), tabbed('SUP', 'B/24/2')) +
    p(style('a1'), r('RESOLUTION 46'))

  test('a contribution: cover, proposals, texts, reasons', () => {
    const { cover, texts: read } = textsIn(opened(handmade(contribution, { styles })), 'accepted')
    expect(cover).toEqual(['PLENARY MEETING', 'Brazil'])
    expect(read.map(({ proposal, reasons }) => [proposal, reasons])).toEqual([
      ['MOD B/24/1', 'it is time.'],
      ['SUP B/24/2', ''],
    ])
    expect(
      read[0]!.paragraphs.map(({ role, level, label, text }) => [role, level, label, text]),
    ).toEqual([
      ['number', 1, null, 'RESOLUTION 45 (REV. DUBAI, 2014)'],
      ['title', 1, null, 'Mechanisms'],
      ['adopting', 1, null, 'The Conference (Dubai, 2014),'],
      ['call', 1, null, 'recalling'],
      ['item', 1, 'a)', 'one:'],
      ['item', 2, 'i)', 'two,'],
    ])
  })

  test('a text without styles is told by its words', () => {
    const lines = [
      'Brazil',
      'MOD\tB/24/1',
      'RESOLUTION 45 (Rev. Dubai, 2014)',
      'Mechanisms for enhancing cooperation',
      'The World Telecommunication Development Conference (Dubai, 2014),',
      'recalling',
      'a) one;',
      'b)  two:',
      'i) deep',
      'resolves to instruct the Director',
      '1 three:',
      'a) deep too',
      'Reasons: it is time.',
    ]
    const docx = opened(handmade(lines.map((line) => p(r(line))).join('')))
    const { cover, texts: read } = textsIn(docx, 'accepted')
    expect(cover).toEqual(['Brazil'])
    expect(read[0]!.reasons).toBe('it is time.')
    expect(
      read[0]!.paragraphs.map(({ role, level, label, text }) =>
        [role, level, label, text.slice(0, 10)].join(' '),
      ),
    ).toEqual([
      'number 1  RESOLUTION',
      'title 1  Mechanisms',
      'adopting 1  The World ',
      'call 1  recalling',
      'item 1 a) one;',
      'item 1 b) two:',
      'item 2 i) deep',
      'call 1  resolves t',
      'item 1 1 three:',
      'item 2 a) deep too',
    ])
  })

  test('other prefixes and the strict namespaces say the same', () => {
    const strict = handmade(contribution, { styles })
    const docx = opened(strict)
    const other = handmade(
      contribution
        .replaceAll('<w:', '<x:')
        .replaceAll('</w:', '</x:')
        .replaceAll(' w:', ' x:')
        .replace('<x:tbl>', '<x:tbl xmlns:x="http://purl.oclc.org/ooxml/wordprocessingml/main">')
        .replaceAll('<x:p>', '<x:p xmlns:x="http://purl.oclc.org/ooxml/wordprocessingml/main">'),
      { styles },
    )
    expect(textsIn(opened(other), 'accepted')).toEqual(textsIn(docx, 'accepted'))
  })
})

test('the report names what is not taken, and the paragraph', () => {
  const comments = `<w:comments><w:comment w:id="5" w:author="Chair">${p(r('Why?'))}</w:comment></w:comments>`
  const body =
    p(r('first')) +
    `<w:tbl><w:tr><w:tc>${p(r('a cell with more words in it than a line of the report has room for'))}</w:tc></w:tr></w:tbl>` +
    p(r('last'), '<w:r><w:drawing><w:txbxContent><w:p/></w:txbxContent></w:drawing></w:r>') +
    p(
      r(
        'remark',
        '<w:b/><w:color w:val="FF0000"/><w:rPrChange w:id="1"><w:rPr><w:b/></w:rPr></w:rPrChange>',
      ),
      '<w:r><w:commentReference w:id="5"/></w:r>',
      '<w:r><w:sym w:font="Wingdings" w:char="F0E0"/></w:r>',
    )
  expect(reportOf(opened(handmade(body, { comments })))).toEqual([
    {
      paragraph: 2,
      words: 'a cell with more words in it than a line …',
      what: 'a table',
    },
    { paragraph: 3, words: 'last', what: 'a drawing' },
    { paragraph: 3, words: 'last', what: 'a text box, whose text is not taken' },
    { paragraph: 4, words: 'remark\u{FFFD}', what: 'a change of formatting' },
    { paragraph: 4, words: 'remark\u{FFFD}', what: 'a sign of the font Wingdings' },
    { paragraph: 4, words: 'remark\u{FFFD}', what: 'a comment of Chair: Why?' },
  ])
})
