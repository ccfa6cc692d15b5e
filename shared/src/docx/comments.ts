/** The part word/comments.xml, and what stands in the text for each of its comments. */
import { attributes, declaration, element, escapeXml } from '../text/xml.ts'
import { namespaces } from './namespaces.ts'
import type { Comment, Signature } from './signature.ts'
import { commentReferenceStyle, commentStyle } from './styles.ts'

const styled = (content: string): string =>
  `<w:r><w:rPr><w:rStyle w:val="${commentReferenceStyle}"/></w:rPr>${content}</w:r>`

/** Where a comment is shown; without letters, it goes with what it stands in. */
export const commentSign = (id: number): string =>
  styled(element('w:commentReference', { 'w:id': id }))

/** The comments on changes that are signed within something which is no revision itself. */
export const signsOf = (signers: readonly (string | null)[], signature: Signature): string =>
  signers
    .map((signer) => (signer === null ? null : signature.comment(signer)))
    .map((id) => (id === null ? '' : commentSign(id)))
    .join('')

/** What a comment is on: `content` within the marks of its beginning and end. */
export const commented = (id: number, content: string): string =>
  element('w:commentRangeStart', { 'w:id': id }) +
  content +
  element('w:commentRangeEnd', { 'w:id': id })

/** One paragraph for all persons, one for all further proposers, one for each note. */
export function commentsXml(comments: readonly Comment[]): string {
  const paragraph = (line: string, i: number): string =>
    `<w:p><w:pPr><w:pStyle w:val="${commentStyle}"/></w:pPr>` +
    (i === 0 ? styled('<w:annotationRef/>') : '') +
    `<w:r><w:t xml:space="preserve">${escapeXml(line)}</w:t></w:r></w:p>`
  const all = comments.map(({ id, author, initials, date, persons, others, notes }) => {
    const lines = [
      ...(persons.size > 0 ? [`Written by ${[...persons].join(', ')}`] : []),
      ...(others.size > 0 ? [`Also proposed by ${[...others].join(', ')}`] : []),
      ...notes,
    ]
    const facts = { 'w:id': id, 'w:author': author, 'w:date': date, 'w:initials': initials }
    return `<w:comment${attributes(facts)}>${lines.map(paragraph).join('')}</w:comment>`
  })
  return declaration + element('w:comments', namespaces, all.join(''))
}
