/** A text of a Word file as it was written: paragraphs, letters, and who did what to them. */
import type { Signed as SignedInFile } from '../../ledger/signatures.ts'
import type { Format } from '../../resolution/provision.ts'
import type { Behind } from '../own-properties.ts'
import type { ListPlace } from './style-sheet.ts'

/** Who revised something and when, and who stands behind it where a file of ours says so. */
export interface Signed extends SignedInFile, Behind {}

/** Null: nobody inserted, or nobody deleted it. */
export interface Trace {
  readonly inserted: Signed | null
  readonly deleted: Signed | null
}

export const untouched: Trace = { inserted: null, deleted: null }

export interface FormerLook {
  readonly formats: readonly Format[]
  readonly by: Signed
}

/** Letters with one trace and one look. A tab is `\t`, a line break `\n`. */
export interface Letters extends Trace {
  readonly text: string
  readonly formats: readonly Format[]
  /** What they looked like before, and who changed that; null where it is not revised. */
  readonly former: FormerLook | null
  /** The footnote of which this is the mark; without text, the number that Word counts. */
  readonly note: string | null
}

export interface Properties {
  /** The id of the style; null: the sheet's own. */
  readonly style: string | null
  /** Its own place in a list; `none` takes the one of its style away. */
  readonly list: ListPlace | 'none' | null
}

export interface StoryParagraph {
  /** Which paragraph of its story, from 1. */
  readonly number: number
  /** The cell of a table in which it stands; 0 for none. Paragraphs join only within one. */
  readonly cell: number
  /** Whether a table lies between it and the next paragraph of its cell. */
  readonly endsBeforeTable: boolean
  /** What happened to its row or cell: it goes with it. */
  readonly row: Trace
  readonly properties: Properties
  readonly former: { readonly properties: Properties; readonly by: Signed } | null
  /** What happened to the mark at its end. */
  readonly mark: Trace
  readonly letters: readonly Letters[]
}

/** Something that the model does not hold, and the paragraph in or before which it stands. */
export interface Finding {
  readonly paragraph: number
  readonly what: string
}

export interface Story {
  readonly paragraphs: readonly StoryParagraph[]
  readonly findings: readonly Finding[]
  /** Where comments stand: their ids, and the paragraph. */
  readonly comments: readonly { readonly id: string; readonly paragraph: number }[]
}

export type Reading = 'accepted' | 'rejected'

/** Whether something is there once all revisions are accepted, or rejected. */
export const stands = ({ inserted, deleted }: Trace, reading: Reading): boolean =>
  reading === 'accepted' ? deleted === null : inserted === null
