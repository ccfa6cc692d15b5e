/** What stands in a Word file without revisions, read as simply as can be. */
import { strFromU8, unzipSync } from 'fflate'

export interface ReadParagraph {
  /** The id of its style. */
  readonly style: string
  readonly text: string
}

export function partOf(docx: Uint8Array, path: string): string {
  const part = unzipSync(docx)[path]
  if (!part) throw new Error(`the package has no ${path}`)
  return strFromU8(part)
}

/**
 * The body's paragraphs, numbers of footnotes typed out; throws where a revision is left among them.
 */
export const readParagraphs = (docx: Uint8Array): ReadParagraph[] =>
  paragraphsOf(withMarks(docx).body)

/** The footnotes' paragraphs in the order of their references, each with its number and a tab. */
export function readFootnotes(docx: Uint8Array): ReadParagraph[] {
  const { marks } = withMarks(docx)
  const xml = marks.size > 0 ? partOf(docx, 'word/footnotes.xml') : ''
  const bodies = new Map(
    [...xml.matchAll(/<w:footnote (?:[^>]* )?w:id="(\d+)"[^>]*>(.*?)<\/w:footnote>/gs)].map(
      ([, id, body]) => [id, body!],
    ),
  )
  return [...marks].flatMap(([id, mark]) =>
    paragraphsOf(bodies.get(id)!.replaceAll(/<w:footnoteRef\s?\/>/g, `<w:t>${mark}</w:t>`)),
  )
}

/** The body with the footnotes' numbers as letters, and those numbers by the footnotes' ids. */
function withMarks(docx: Uint8Array): { body: string; marks: ReadonlyMap<string, string> } {
  const marks = new Map<string, string>()
  let count = 0
  const body = partOf(docx, 'word/document.xml').replaceAll(
    /<w:footnoteReference\b([^>]*?)\s?\/>(?:<w:t\b[^>]*>([^<]*)<\/w:t>)?/g,
    (_, attributes: string, typed = '') => {
      const isTyped = /customMarkFollows="(?:1|true)"/.test(attributes)
      const mark = isTyped ? typed : `${++count}`
      marks.set(/w:id="(\d+)"/.exec(attributes)![1]!, mark)
      return `<w:t>${isTyped ? mark : mark + typed}</w:t>`
    },
  )
  return { body, marks }
}

function paragraphsOf(xml: string): ReadParagraph[] {
  const left = /<w:(?:ins|del|delText|pPrChange)\b[^>]*>/.exec(xml)
  if (left) throw new Error(`a revision is left: ${left[0]}`)
  return [...xml.matchAll(/<w:p(?:\s[^>]*?)?(?:\/>|>(.*?)<\/w:p>)/gs)].map(([, inside = '']) => ({
    style: /<w:pStyle w:val="(\w+)"/.exec(inside)?.[1] ?? 'Normal',
    text: [...inside.matchAll(/<w:tab\s?\/>|<w:t(?:\s[^>]*)?>([^<]*)<\/w:t>/g)]
      .map(([tag, letters]) => (letters === undefined && tag.startsWith('<w:tab') ? '\t' : letters))
      .join('')
      .replace(/&(lt|gt|quot|amp);/g, (_, name: string) => entities[name]!),
  }))
}

const entities: Readonly<Record<string, string>> = { lt: '<', gt: '>', quot: '"', amp: '&' }
