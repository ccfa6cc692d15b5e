/** A contribution: the document in which a delegation proposes changes to a text in force. */
import type { Source } from '../resolution/edition.ts'
import type { Kind } from '../resolution/provision.ts'
import type { Repair } from '../resolution/repair.ts'
import type { MarkedText } from './marked-text.ts'

/** What a contribution's first page says; an empty string where the document leaves it blank. */
export interface Cover {
  readonly title: string
  readonly summary: string
  readonly expectedResults: string
  readonly references: string
}

/** One contribution with one proposal. Immutable. */
export interface Contribution {
  /** `res45-brazil-2017`: the name in addresses and on the command line. */
  readonly id: string
  /** Short name of the meeting that it was sent to: `WTDC-17`. */
  readonly meeting: string
  /** Full name of the conference; place and year are the meeting's. */
  readonly conference: string
  readonly place: string
  readonly year: number
  readonly language: string
  /** Code of the delegation, as ITU writes it in identifiers: `B` for Brazil. */
  readonly delegation: string
  readonly cover: Cover
  /** What is proposed. A change inside a text in force is always `MOD`. */
  readonly proposal: 'MOD'
  /** Id of the edition that it amends. */
  readonly base: string
  readonly source: Source
  /** Where it differs from its source beyond white space and typography, each with its reason. */
  readonly repairs: readonly Repair[]
  readonly paragraphs: readonly MarkedProvision[]
}

/** One paragraph of a text with revision marks. */
export interface MarkedProvision {
  readonly kind: Kind
  readonly level: number
  /** null: no label, in neither text. */
  readonly label: MarkedText | null
  readonly text: MarkedText
  /** Where its marks are an inference that could be another: why they are as they are. */
  readonly doubts: readonly string[]
}
