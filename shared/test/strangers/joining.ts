/** Word files told so that no engine has to join paragraphs with footnotes, which two of them cannot. */
import { strFromU8, strToU8, unzipSync, zipSync } from 'fflate'
import type { Reading } from '../../src/docx/index.ts'

export const documentPart = 'word/document.xml'

/** A file with some of its parts told otherwise. */
export function retold(docx: Uint8Array, tell: (xml: string, part: string) => string): Uint8Array {
  const parts = unzipSync(docx)
  for (const part of [documentPart, 'word/footnotes.xml']) {
    const content = parts[part]
    if (content) parts[part] = strToU8(tell(strFromU8(content), part))
  }
  return zipSync(parts)
}

/** A body's paragraphs, each with what stands before it. */
export const paragraphsOf = (xml: string): string[] => xml.split(/(?<=<\/w:p>)/)

/** What precedes a paragraph, its properties with those that it had, its content, its end. */
export const paragraph =
  /^(.*?)<w:p>(<w:pPr>.*?<\/w:pPr>(?:<\/w:pPrChange><\/w:pPr>)?)?(.*)(<\/w:p>)$/s

/** How a paragraph begins whose mark is not in a reading. */
const goneIn: Readonly<Record<Reading, RegExp>> = {
  accepted: /<w:rPr>(?:<w:ins [^>]*\/>)?<w:del [^>]*\/>/,
  rejected: /<w:rPr><w:ins [^>]*\/>/,
}

/**
 * Joins the paragraphs that a reading joins, where one of them refers to a footnote, so that only
 * their letters are left to the engine.
 */
export function joinedAroundNotes(xml: string, reading: Reading): string {
  let group: { before: string; content: string }[] = []
  return paragraphsOf(xml)
    .map((part) => {
      const [, before, properties = '', content, end] = paragraph.exec(part) ?? []
      if (before === undefined) return part
      group.push({ before: `${before}<w:p>${properties}`, content: content! })
      if (goneIn[reading].test(properties)) return ''
      const joins = group.some((one) => one.content.includes('<w:footnoteReference '))
      const told = joins
        ? `${before}<w:p>${properties}${group.map((one) => one.content).join('')}${end}`
        : group.map((one) => `${one.before}${one.content}${end}`).join('')
      group = []
      return told
    })
    .join('')
}
