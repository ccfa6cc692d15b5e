/**
 * What LibreOffice (7.4) reads otherwise than ISO/IEC 29500-1, 17.13.5, says, each fault shown by the
 * smallest file that has it, and how a file is told for the comparison so that it does not matter.
 * The file that is handed out is another one, and is not changed.
 */
import { strFromU8, strToU8, unzipSync, zipSync } from 'fflate'
import { namespaces } from '../../src/docx/document.ts'
import { packDocx } from '../../src/docx/package.ts'
import { declaration, element } from '../../src/text/xml.ts'
import { linesIn, savedByLibreOffice } from './libreoffice.ts'

interface Fault {
  readonly what: string
  /** A body that has nothing but this fault, and the lines that it must give. */
  readonly body: string
  readonly accepted: readonly string[]
  readonly rejected: readonly string[]
  /** The same text without what brings the fault about. */
  readonly around: (xml: string) => string
}

const by = (author: string): string => `w:id="1" w:author="${author}" w:date="2017-10-09T00:00:00Z"`

const run = (text: string): string => `<w:r><w:t xml:space="preserve">${text}</w:t></w:r>`

const inserted = (author: string, content: string): string =>
  `<w:ins ${by(author)}>${content}</w:ins>`

export const faults: readonly Fault[] = [
  {
    what: 'insertions of one author at the end of a paragraph and at the start of the next are taken for one, which joins the paragraphs when it is rejected',
    body: `<w:p>${run('one')}${inserted('A', run(' new'))}</w:p><w:p>${inserted('A', run('new '))}${run('two')}</w:p>`,
    accepted: ['one new', 'new two'],
    rejected: ['one', 'two'],
    // Authors are told apart by odd and even paragraphs.
    around: (xml) =>
      paragraphsOf(xml)
        .map((part, i) => part.replaceAll(/(w:author="[^"]*)"/g, `$1#${i % 2}"`))
        .join(''),
  },
  {
    what: 'what its own author deletes within an insertion is taken for text that nobody revised',
    body: `<w:p>${run('one')}<w:ins ${by('A')}><w:del ${by('A')}><w:r><w:delText>new</w:delText></w:r></w:del></w:ins></w:p>`,
    accepted: ['one'],
    rejected: ['one'],
    around: (xml) =>
      xml.replaceAll(/<w:ins [^/>]*>.*?<\/w:ins>/gs, (insertion) =>
        insertion.replaceAll(/(<w:del [^>]*w:author="[^"]*)"/g, '$1#deletes"'),
      ),
  },
  {
    what: 'of a paragraph mark that is inserted and deleted only the deletion is kept',
    body: `<w:p>${run('one')}</w:p><w:p><w:pPr><w:rPr><w:ins ${by('A')}/><w:del ${by('B')}/></w:rPr></w:pPr></w:p><w:p>${run('two')}</w:p>`,
    accepted: ['one', 'two'],
    rejected: ['one', 'two'],
    // In neither reading does the mark part anything, so what stands before it goes to the next paragraph.
    around: (xml) => {
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
    },
  },
]

const paragraphsOf = (xml: string): string[] => xml.split(/(?<=<\/w:p>)/)

/** What precedes a paragraph, its properties with those that it had, its content, its end. */
const paragraph = /^(.*?)<w:p>(<w:pPr>.*?<\/w:pPr>(?:<\/w:pPrChange><\/w:pPr>)?)?(.*)(<\/w:p>)$/s

const passingMark = /<w:rPr><w:ins [^>]*\/><w:del [^>]*\/>/

/** The file for the comparison alone. */
export function aroundFaults(docx: Uint8Array): Uint8Array {
  const parts = unzipSync(docx)
  const path = 'word/document.xml'
  const xml = faults.reduceRight((told, { around }) => around(told), strFromU8(parts[path]!))
  parts[path] = strToU8(xml)
  return zipSync(parts)
}

/** The smallest file that has a fault. */
const fileWith = ({ body }: Fault): Uint8Array =>
  packDocx({
    document: declaration + element('w:document', namespaces, `<w:body>${body}<w:p/></w:body>`),
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
  const saved = savedByLibreOffice(
    [...files, ...files.map(aroundFaults)],
    ['accept:txt', 'reject:txt'],
  )
  const isRight = ({ accepted, rejected }: Fault, forms: (typeof saved)[number]): boolean =>
    [linesIn(forms.get('accept:txt')!), linesIn(forms.get('reject:txt')!)].join('\n') ===
    [
      [...accepted, ''],
      [...rejected, ''],
    ].join('\n')
  return faults.map((fault, i) => ({
    what: fault.what,
    isThere: !isRight(fault, saved[i]!),
    isMended: isRight(fault, saved[faults.length + i]!),
  }))
}
