/** A Word file as values: its text with revisions, and what it holds beside. */
import { behindRevisions } from '../own-properties.ts'
import { DecodeUTF8 } from 'fflate'
import { sha256Hex } from '../../resolution/sha256.ts'
import { Archive } from './archive.ts'
import { Lists } from './lists.ts'
import { partsOf } from './parts.ts'
import { customProperties } from './properties.ts'
import { Refusal } from './refusal.ts'
import type { DocxProblem } from './refusal.ts'
import { paragraphsIn, textIn } from './reading.ts'
import { StoryReader } from './story-reader.ts'
import type { Finding, Signed, Story, StoryParagraph } from './story.ts'
import { StyleSheet } from './style-sheet.ts'
import { typedOut } from './typing.ts'
import { readXml } from './xml-stream.ts'

export interface Docx {
  /** The document's paragraphs, those of tables where they stand, with automatic numbers as letters. */
  readonly paragraphs: readonly StoryParagraph[]
  /** The paragraphs of each footnote, by its id. */
  readonly footnotes: ReadonlyMap<string, readonly StoryParagraph[]>
  readonly comments: readonly DocxComment[]
  readonly findings: readonly Finding[]
  readonly sheet: StyleSheet
  /** The file's own properties, such as programs add, by name. */
  readonly properties: ReadonlyMap<string, string>
}

export interface DocxComment {
  readonly by: Signed
  readonly text: string
  /** The paragraph of the document at which it stands. */
  readonly paragraph: number
}

/**
 * Reads a .docx from anywhere, of ISO/IEC 29500 transitional or strict. Gives what is in it, or, for
 * a file that is none, is too large, protected, damaged or holds what it must not, the reason.
 * Nothing outside the file is looked up. Its memory is bounded by `limits` of archive.ts.
 */
export function readDocx(bytes: Uint8Array): Docx | DocxProblem {
  try {
    return read(new Archive(bytes))
  } catch (error) {
    if (error instanceof Refusal) return { reason: error.reason, message: error.message }
    throw error
  }
}

function read(archive: Archive): Docx {
  const parts = partsOf(archive)
  const sheet = new StyleSheet(archive, parts.styles)
  const lists = new Lists(archive, parts.numbering)
  const properties = customProperties(archive, parts.properties)
  const behind = behindRevisions(properties, () => hashOf(archive, parts.document))
  const storiesIn = (part: string | null): StoryReader => {
    const reader = new StoryReader(sheet, behind)
    if (part !== null) readXml(archive, part, reader)
    return reader
  }
  const body = storiesIn(parts.document).stories.get('')!
  const notes = storiesIn(parts.footnotes).stories
  const remarks = storiesIn(parts.comments)
  notes.delete('')
  const findings = [...body.findings, ...findingsIn(notes, body.paragraphs)]
  if (parts.external > 0) {
    findings.push({
      paragraph: 1,
      what: `${parts.external} references out of the file, left alone`,
    })
  }
  return {
    paragraphs: typedOut(body.paragraphs, sheet, lists),
    footnotes: new Map([...notes].map(([id, { paragraphs }]) => [id, paragraphs])),
    comments: [...body.comments, ...commentsIn(notes, body.paragraphs)].flatMap((each) => {
      const { id, paragraph } = each
      const remark = remarks.stories.get(id)
      const by = remarks.signers.get(id)
      if (!remark || !by) return []
      const lines = paragraphsIn(remark.paragraphs, 'accepted')
      return [{ by, paragraph, text: lines.map((line) => textIn(line, 'accepted')).join('\n') }]
    }),
    findings,
    sheet,
    properties,
  }
}

/** What footnotes hold, told of the paragraph that refers to them. */
const findingsIn = (notes: Notes, paragraphs: readonly StoryParagraph[]): Finding[] =>
  referred(notes, paragraphs).flatMap(({ paragraph, story }) =>
    story.findings.map(({ what }) => ({ paragraph, what: `${what}, in a footnote` })),
  )

/** Where comments in footnotes stand, told likewise. */
const commentsIn = (notes: Notes, paragraphs: readonly StoryParagraph[]): Story['comments'] =>
  referred(notes, paragraphs).flatMap(({ paragraph, story }) =>
    story.comments.map(({ id }) => ({ id, paragraph })),
  )

type Notes = ReadonlyMap<string, Story>

/** Each footnote once, with the paragraph that refers to it first. */
function referred(notes: Notes, paragraphs: readonly StoryParagraph[]) {
  const found = new Map<string, { readonly paragraph: number; readonly story: Story }>()
  for (const { number, letters } of paragraphs) {
    for (const { note } of letters) {
      const story = note === null || found.has(note) ? undefined : notes.get(note)
      if (story) found.set(note!, { paragraph: number, story })
    }
  }
  return [...found.values()]
}

/** The SHA-256 of a part's text, in hex. */
function hashOf(archive: Archive, part: string): string {
  const pieces: string[] = []
  const decoder = new DecodeUTF8((text) => pieces.push(text))
  archive.read(part, (piece) => decoder.push(piece))
  decoder.push(new Uint8Array(0), true)
  return sha256Hex(pieces.join(''))
}
