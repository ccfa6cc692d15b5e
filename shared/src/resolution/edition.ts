/** An adopted text, the base that drafts amend, with where it comes from and its fingerprint. */
import { byPlace } from './markup.ts'
import { sha256Hex } from './sha256.ts'
import type { Provision } from './provision.ts'
import type { Repair } from './repair.ts'

/** The file that an edition was made from, by name, and the hash of its bytes in hex. */
export interface Source {
  readonly file: string
  readonly sha256: string
}

/** One adopted text, "Resolution 45 (Rev. Dubai, 2014)". Immutable; a new text is a new edition. */
export interface Edition {
  /** `res45-dubai-2014`: number, place and year; the name in addresses and on the command line. */
  readonly id: string
  /** Short name of the body that adopted it: `WTDC`, `PP`, `WTSA`. */
  readonly organ: string
  /** Full name of that body. */
  readonly conference: string
  readonly place: string
  readonly year: number
  readonly number: number
  /** BCP 47 tag of the text: `en`. */
  readonly language: string
  /** The text of its title provision. */
  readonly title: string
  readonly source: Source
  /** Where the text differs from its source beyond white space, each with its reason. */
  readonly repairs: readonly Repair[]
  /** `fingerprint(provisions)`. */
  readonly hash: string
  readonly provisions: readonly Provision[]
}

/**
 * The base hash: SHA-256, in hex, over one line for each provision, joined by a line feed, in UTF-8.
 * A line is the JSON text, without white space, of
 *
 *     [kind, level, label, text, [[from, to, format], ...]]
 *
 * with the label null where there is none and the formats sorted by `from`, then `to`, then name.
 * JSON is written as ECMAScript's JSON.stringify does: only quotes, backslashes, control characters
 * and lone surrogates are escaped. Equal fingerprints mean equal provisions, and the other way round.
 */
export function fingerprint(provisions: readonly Provision[]): string {
  return sha256Hex(provisions.map(canonicalLine).join('\n'))
}

function canonicalLine({ kind, level, label, text, formats }: Provision): string {
  const spans = formats.toSorted(byPlace).map(({ from, to, format }) => [from, to, format])
  return JSON.stringify([kind, level, label, text, spans])
}

/** What tells editions of one resolution, and their order. */
type Adoption = Pick<Edition, 'organ' | 'number' | 'year'>

/** Whether an edition is one of the same resolution, adopted afterwards. */
export const isLaterEdition = (edition: Adoption, of: Adoption): boolean =>
  edition.organ === of.organ && edition.number === of.number && edition.year > of.year

/** How the edition is cited, "Resolution 45 (Rev. Dubai, 2014)", from its number line. */
export function editionName(edition: Edition): string {
  const numberLine = edition.provisions.find((provision) => provision.kind === 'number')
  if (!numberLine) throw new RangeError(`edition without a number line: ${edition.id}`)
  return numberLine.text.replace(/^\p{Lu}+/u, (word) => word[0]! + word.slice(1).toLowerCase())
}
