/** Who changed something and when, as the attributes of Word's revisions. */
import type { Id } from '../ledger/id.ts'
import type { Signing } from '../text/story.ts'
import { attributes } from '../text/xml.ts'

/** When something was written, and the person's name; null: not to be named. */
export interface Writing {
  /**
   * Milliseconds since 1970; or, of what came in a file, its date where nobody knows in which zone
   * it is; null: the file says none.
   */
  readonly at: number | string | null
  readonly person: string | null
}

/** What is known of each revision's making; null: nothing. */
export interface RevisionWritings {
  /** Of an insertion, by `client:clock` of its first letter. */
  readonly insertion: (token: string) => Writing | null
  /** How many tokens from one on were written with it. */
  readonly stretch: (token: Id) => number
  /** Of a deletion, or of a setting. */
  readonly entry: (delegation: string, entry: string) => Writing | null
}

/** Where nothing is known of any. */
export const unknownWritings: RevisionWritings = {
  insertion: () => null,
  stretch: () => Infinity,
  entry: () => null,
}

/** Parts what is written into one signer: code, date, person, further proposers' codes. */
const separator = '\n'

/** Stands for a date that a file does not have. */
const noDate = '-'

/** Stands before a date of which nobody knows the zone. */
const local = '~'

/**
 * Signs with all that is known, as `Signature` reads it: revisions of different times, persons or
 * proposers are different ones.
 */
export function signingWith({ insertion, stretch, entry }: RevisionWritings): Signing {
  const signed = (delegation: string, by: Writing | null, others: readonly string[]): string =>
    by === null && others.length === 0
      ? delegation
      : [
          delegation,
          by === null ? '' : dateOf(by),
          by?.person?.replaceAll(separator, ' ') ?? '',
          others.join(),
        ].join(separator)
  return {
    insertion: (delegation, token) => signed(delegation, insertion(token), []),
    stretch,
    entry: (delegation, key, others) => signed(delegation, entry(delegation, key), others),
  }
}

/** What a file says is written as it said it, if Word can read it at all. */
const dateOf = ({ at }: Writing): string =>
  typeof at === 'number' ? utc(at) : at !== null && dateTime.test(at) ? local + at : noDate

/** xsd:dateTime. */
const dateTime = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?(?:Z|[+-]\d\d:\d\d)?$/

/** Signs revisions with delegations' names, their times, and numbers that no other revision has. */
export class Signature {
  private readonly names: ReadonlyMap<string, string>
  private readonly date: string
  private last = 0
  /** By a revision's number: its person, and the names of who else proposes the deletion. */
  readonly persons = new Map<number, string>()
  readonly others = new Map<number, string>()

  /** `at`, in milliseconds since 1970, stands where no time is known. Throws a RangeError where that is no time. */
  constructor(delegations: readonly { code: string; name: string }[], at: number) {
    this.names = new Map(delegations.map(({ code, name }) => [code, name]))
    this.date = utc(at)
  }

  /**
   * The attributes of the next revision. Word itself writes local time into `w:date` and calls it
   * UTC; here both dates are UTC, but for what came in a file with such a date alone, which goes out
   * with it alone. A delegation without a name signs with its code.
   */
  next(signer: string): string {
    const [delegation = signer, known = '', person = '', others = ''] = signer.split(separator)
    const isUtc = !known.startsWith(local)
    const at = isUtc ? known || this.date : known.slice(local.length)
    const date = at === noDate ? null : at
    const id = ++this.last
    if (person !== '') this.persons.set(id, person)
    if (others !== '')
      this.others.set(
        id,
        others
          .split(',')
          .map((code) => this.nameOf(code))
          .join(', '),
      )
    return attributes({
      'w:id': id,
      'w:author': this.nameOf(delegation),
      'w:date': date,
      'w16du:dateUtc': isUtc ? date : null,
    })
  }

  private nameOf(code: string): string {
    return this.names.get(code) ?? code
  }
}

/** A time in milliseconds since 1970 as xsd:dateTime in UTC, to the second. */
export const utc = (at: number): string => new Date(at).toISOString().replace(/\.\d+Z$/, 'Z')
