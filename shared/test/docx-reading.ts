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

/** The body's paragraphs; throws where a revision is left among them. */
export function readParagraphs(docx: Uint8Array): ReadParagraph[] {
  const xml = partOf(docx, 'word/document.xml')
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
