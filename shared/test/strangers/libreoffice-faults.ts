/**
 * What LibreOffice (7.4) reads otherwise than ISO/IEC 29500-1, 17.13.5, says, each fault shown by the
 * smallest file that has it, and how a file is told for the comparison so that it does not matter.
 * The file that is handed out is another one, and is not changed.
 */
import { isDeepStrictEqual } from 'node:util'
import { namespaces } from '../../src/docx/namespaces.ts'
import { packDocx } from '../../src/docx/package.ts'
import { declaration, element } from '../../src/text/xml.ts'
import type { Reading } from '../../src/docx/index.ts'
import { readFootnotes } from '../docx-reading.ts'
import { documentPart, joinedAroundNotes, paragraph, paragraphsOf, retold } from './joining.ts'
import { linesIn, savedByLibreOffice } from './libreoffice.ts'

interface Fault {
  readonly what: string
  /** A body that has nothing but this fault, and the words of its footnotes. */
  readonly body: string
  readonly notes?: readonly string[]
  /** The lines that it must give, those of footnotes last. */
  readonly accepted: readonly string[]
  readonly rejected: readonly string[]
  /** The text, or the footnotes, for one reading, without what brings the fault about. */
  readonly around: {
    readonly text?: (xml: string, reading: Reading) => string
    readonly notes?: (xml: string) => string
  }
}

/** What stands for a letter of two code units. */
const stand = '\u{2022}'

const by = (author: string): string => `w:id="1" w:author="${author}" w:date="2017-10-09T00:00:00Z"`

const run = (text: string): string => `<w:r><w:t xml:space="preserve">${text}</w:t></w:r>`

const inserted = (author: string, content: string): string =>
  `<w:ins ${by(author)}>${content}</w:ins>`

/** A paragraph that refers to two footnotes. */
const twoNotes = `<w:p>${[1, 2].map((id) => `<w:r><w:footnoteReference w:id="${id}"/></w:r>`).join('')}</w:p>`

export const faults: readonly Fault[] = [
  {
    what: 'insertions of one author at the end of a paragraph and at the start of the next are taken for one, which joins the paragraphs when it is rejected',
    body: `<w:p>${run('one')}${inserted('A', run(' new'))}</w:p><w:p>${inserted('A', run('new '))}${run('two')}</w:p>`,
    accepted: ['one new', 'new two', ''],
    rejected: ['one', 'two', ''],
    around: { text: alternating, notes: alternating },
  },
  {
    what: 'what its own author deletes within an insertion is taken for text that nobody revised',
    body: `<w:p>${run('one')}<w:ins ${by('A')}><w:del ${by('A')}><w:r><w:delText>new</w:delText></w:r></w:del></w:ins></w:p>`,
    accepted: ['one', ''],
    rejected: ['one', ''],
    around: { text: deletingApart, notes: deletingApart },
  },
  {
    what: 'of a paragraph mark that is inserted and deleted only the deletion is kept',
    body: `<w:p>${run('one')}</w:p><w:p><w:pPr><w:rPr><w:ins ${by('A')}/><w:del ${by('B')}/></w:rPr></w:pPr></w:p><w:p>${run('two')}</w:p>`,
    accepted: ['one', 'two', ''],
    rejected: ['one', 'two', ''],
    around: { text: withoutPassing },
  },
  {
    what: 'of a paragraph that refers to a footnote the mark is taken for one that nobody revised',
    body: `<w:p>${run('one')}</w:p><w:p><w:pPr><w:rPr><w:del ${by('A')}/></w:rPr></w:pPr><w:del ${by('A')}><w:r><w:footnoteReference w:id="1"/></w:r></w:del></w:p><w:p>${run('two')}</w:p>`,
    notes: [run('note')],
    accepted: ['one', 'two', ''],
    rejected: ['one', '1', 'two', '', '1note'],
    around: { text: joinedAroundNotes },
  },
  {
    what: 'in a footnote that is not the first a letter of two code units shifts the revisions after it',
    body: twoNotes,
    notes: [run('one'), run('at\u{1f600}') + inserted('A', run('new')) + run('three')],
    accepted: ['12', '', '1one', `2at${stand}newthree`],
    rejected: ['12', '', '1one', `2at${stand}three`],
    around: { notes: withoutPairs },
  },
  {
    what: 'in a footnote that is not the first only the insertion is kept of what is inserted and deleted',
    body: twoNotes,
    notes: [
      run('one'),
      run('two') + inserted('A', `<w:del ${by('B')}><w:r><w:delText>new</w:delText></w:r></w:del>`),
    ],
    accepted: ['12', '', '1one', '2two'],
    rejected: ['12', '', '1one', '2two'],
    around: { notes: withoutPassingLetters },
  },
]

/** Authors told apart by odd and even paragraphs. */
function alternating(xml: string): string {
  return paragraphsOf(xml)
    .map((part, i) => part.replaceAll(/(w:author="[^"]*)"/g, `$1#${i % 2}"`))
    .join('')
}

/** An insertion of letters. */
const insertion = /<w:ins [^/>]*>.*?<\/w:ins>/gs

function deletingApart(xml: string): string {
  return xml.replaceAll(insertion, (whole) =>
    whole.replaceAll(/(<w:del [^>]*w:author="[^"]*)"/g, '$1#deletes"'),
  )
}

/** In neither reading does such a mark part anything, so what stands before it goes to the next paragraph. */
function withoutPassing(xml: string): string {
  let before = ''
  return paragraphsOf(xml)
    .map((part) => {
      const [, start, properties = '', content, end] = paragraph.exec(part) ?? []
      if (start === undefined) return part
      const all = before + content
      before = passingMark.test(properties) ? all : ''
      return passingMark.test(properties) ? start : `${start}<w:p>${properties}${all}${end}`
    })
    .join('')
}

const passingMark = /<w:rPr><w:ins [^>]*\/><w:del [^>]*\/>/

function withoutPairs(text: string): string {
  return text.replaceAll(/[\u{10000}-\u{10ffff}]/gu, stand)
}

/** In neither reading is anything left of such letters; the first footnote is read right. */
function withoutPassingLetters(xml: string): string {
  return xml.replace(/(?<=<w:footnote w:id="1">.*?<\/w:footnote>).*/s, (others) =>
    others.replaceAll(insertion, (whole) => whole.replaceAll(/<w:del [^>]*>.*?<\/w:del>/gs, '')),
  )
}

/** A footnote's line as it is compared: LibreOffice leaves out the tab of one without words. */
export const comparedNote = (line: string): string => withoutPairs(line).replace(/\t$/, '')

/** The file for the comparison of one reading alone. */
export const aroundFaults = (docx: Uint8Array, reading: Reading): Uint8Array =>
  retold(docx, (xml, part) =>
    faults.reduceRight(
      (told, { around: { text, notes } }) =>
        (part === documentPart ? text?.(told, reading) : notes?.(told)) ?? told,
      xml,
    ),
  )

const noteOf = (words: string, i: number): string =>
  `<w:footnote w:id="${i + 1}"><w:p><w:r><w:footnoteRef/></w:r>${words}</w:p></w:footnote>`

/** The smallest file that has a fault. */
const fileWith = ({ body, notes }: Fault): Uint8Array =>
  packDocx({
    document: declaration + element('w:document', namespaces, `<w:body>${body}<w:p/></w:body>`),
    footnotes: notes
      ? declaration + element('w:footnotes', namespaces, notes.map(noteOf).join(''))
      : null,
    comments: null,
    title: 'x',
    header: 'x',
    language: 'en',
    family: 'wtdc',
    tracksRevisions: true,
    at: 0,
    properties: [],
  })

/** For each fault whether this LibreOffice has it, and whether it is right about the file told around it. */
export function judgedFaults(): { what: string; isThere: boolean; isMended: boolean }[] {
  const files = faults.map(fileWith)
  const [accepted, rejected] = (['accepted', 'rejected'] as const).map((reading) =>
    settledLines([...files, ...files.map((file) => aroundFaults(file, reading))], reading),
  )
  return faults.map((fault, i) => {
    const isRight = (at: number) =>
      isDeepStrictEqual([accepted![at], rejected![at]], [fault.accepted, fault.rejected])
    return { what: fault.what, isThere: !isRight(i), isMended: isRight(faults.length + i) }
  })
}

/** The lines of files once they are settled, those of footnotes, which text files leave out, last. */
export function settledLines(files: readonly Uint8Array[], reading: Reading): string[][] {
  const verb = reading === 'accepted' ? 'accept' : 'reject'
  return savedByLibreOffice(files, [`${verb}:txt`, `${verb}:docx`]).map((forms) => [
    ...linesIn(forms.get(`${verb}:txt`)!),
    ...readFootnotes(forms.get(`${verb}:docx`)!).map(({ text }) => comparedNote(text)),
  ])
}
