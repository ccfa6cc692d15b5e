/** What of a Word file a draft does not hold, and where it stands: nothing disappears in silence. */
import type { Docx } from './read-docx.ts'
import type { Signed } from './story.ts'

export interface ReportLine {
  /** Which paragraph of the document, from 1, those of tables counted. */
  readonly paragraph: number
  /** The first words of that paragraph, its revisions included; empty where it has none. */
  readonly words: string
  /** `a drawing`, `a change of formatting`. */
  readonly what: string
}

const longest = 40

/** One line for each thing and paragraph, in the order of the document. */
export function reportOf({ findings, paragraphs, comments }: Docx): ReportLine[] {
  const remarks = comments.map(({ paragraph, by, text }) => ({
    paragraph,
    what: `a comment of ${by.author ?? 'somebody'}${writtenAt(by)}: ${text}`,
  }))
  return [...findings, ...remarks]
    .toSorted((a, b) => a.paragraph - b.paragraph)
    .map(({ paragraph, what }) => ({ paragraph, what, words: wordsOf(paragraphs[paragraph - 1]) }))
}

/** As the file tells it: local time, unless it says that it is UTC. */
const writtenAt = ({ date, isUtc }: Signed): string => {
  const [, day, time] = /^(\d{4}-\d\d-\d\d)T(\d\d:\d\d)/.exec(date ?? '') ?? []
  return day === undefined ? '' : `, ${day} ${time}${isUtc ? ' UTC' : ''}`
}

function wordsOf(paragraph: Docx['paragraphs'][number] | undefined): string {
  let words = ''
  for (const { text } of paragraph?.letters ?? []) {
    words += text
    if (words.length > longest) return `${words.slice(0, longest).trim()} …`
  }
  return words.trim()
}
