/** A draft or an edition as a Word file. */
import type { Projection } from '../ledger/paragraph.ts'
import { blocksOf, blocksWithMarks } from '../text/story.ts'
import type { MarkedViews } from '../text/story.ts'
import { commentsXml } from './comments.ts'
import { documentXml } from './document.ts'
import { footnotesXml, notedBlocks, notesIn } from './footnotes.ts'
import { packDocx } from './package.ts'
import type { NumberLine } from '../text/number-line.ts'
import type { Family } from './families.ts'
import type { Frame } from './frame.ts'
import type { Remarks } from './remarks.ts'
import { Signature, signingWith, unknownWritings } from './signature.ts'
import type { RevisionWritings } from './signature.ts'
import { provisionsOf } from '../ledger/base.ts'
import { propertiesOf } from './own-properties.ts'
import { writtenHash } from './written.ts'

export interface DocxExport {
  /** One view as it reads, without marks; or the three views from which the marks are written. */
  readonly text: Projection | MarkedViews
  /** Names the document in its properties and its page header: "Resolution 45 (Rev. Dubai, 2014)". */
  readonly title: string
  /** The language of the text, a BCP 47 tag. */
  readonly language: string
  /** The names that sign revisions; a delegation that is not among them signs with its code. */
  readonly delegations: readonly { readonly code: string; readonly name: string }[]
  /** When the file is made, in milliseconds since 1970; also of every revision whose time is unknown. */
  readonly at: number
  /** When and by whom what was written; null where nobody knows. A run of letters has its first one's. */
  readonly writings?: RevisionWritings | null
  /** `published` where it is left out. */
  readonly numberLine?: NumberLine
  /** The template whose measures it has; `wtdc` where it is left out. */
  readonly family?: Family
  /** What makes a contribution of it; null or left out: the text stands alone. */
  readonly frame?: Frame | null
  /** Stands over every page but the first, under its number; the title where it is left out. */
  readonly header?: string
  /** The draft's marked view, where `text` is another one: files of both have the same footnote ids. */
  readonly among?: Projection | null
  /** What comments on the changes say, beside persons and further proposers; null or left out: no comments. */
  readonly remarks?: Remarks | null
}

/**
 * Writes a .docx (ISO/IEC 29500 transitional) in ITU's styles. Of three views it writes the marked
 * one, with revision marks by delegation: accepting all of them in Word gives the clean view,
 * rejecting all the base view, paragraph by paragraph with label, TAB and text, and one empty
 * paragraph at the end. Of one view it writes what that shows, the marked one without its marks.
 * The file carries the hashes of both texts, for `proveDocx`, and in further properties what a
 * revision has no place for: persons, and who else proposes a deletion.
 *
 * The same arguments give the same bytes. Letters that XML cannot hold become U+FFFD; a draft has
 * none. Throws a RangeError where `at` is no time.
 */
export function exportDocx({
  text,
  title,
  language,
  delegations,
  at,
  writings = null,
  numberLine = 'published',
  family = 'wtdc',
  frame = null,
  header = title,
  among = null,
  remarks = null,
}: DocxExport): Uint8Array<ArrayBuffer> {
  const isMarked = 'marked' in text
  const blocks = isMarked
    ? blocksWithMarks(text, signingWith(writings ?? unknownWritings, remarks))
    : blocksOf(text)
  const signature = new Signature(delegations, at, remarks)
  const [accepted, rejected] = isMarked ? [text.clean, text.base] : [text, text]
  const all = among === null ? null : notesIn(among)
  const noted = notedBlocks(blocks, accepted, rejected, all)
  const document = documentXml(noted.text, signature, numberLine, frame, noted.names)
  const hasFootnotes = noted.bodies.length > 0 || (all !== null && all.length > 0)
  const footnotes = hasFootnotes ? footnotesXml(noted, signature) : null
  const hashes = { accepted: hashOf(accepted), rejected: hashOf(rejected) }
  const tracksRevisions = isMarked
  const properties = propertiesOf(hashes, signature, document)
  const { comments: said } = signature
  const comments = said.length > 0 ? commentsXml(said) : null
  const parts = { document, footnotes, comments, properties }
  return packDocx({ ...parts, title, header, language, family, tracksRevisions, at })
}

const hashOf = (projection: Projection): string => writtenHash(provisionsOf(projection))
