/** Who changed something and when, as the attributes of Word's revisions. */
import type { Id } from '../ledger/id.ts'
import type { Signing } from '../text/story.ts'
import type { Remarks } from './remarks.ts'
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

/** Parts what is written into one signer: code, date, person, further proposers' codes, change. */
const separator = '\n'

/** Stands for a date that a file does not have. */
const noDate = '-'

/** Stands before a date of which nobody knows the zone. */
const local = '~'

/**
 * Signs with all that is known, as `Signature` reads it: revisions of different times, persons,
 * proposers or, where there are remarks on them, changes are different ones.
 */
export function signingWith(
  { insertion, stretch, entry }: RevisionWritings,
  remarks: Remarks | null = null,
): Signing {
  const signed = (
    delegation: string,
    by: Writing | null,
    others: readonly string[],
    change: string | null,
  ): string =>
    by === null && others.length === 0 && change === null
      ? delegation
      : [
          delegation,
          by === null ? '' : dateOf(by),
          by?.person?.replaceAll(separator, ' ') ?? '',
          others.join(),
          change ?? '',
        ].join(separator)
  const changeOf = (aspect: 'ins' | 'del', token: string) =>
    remarks?.changeOf(aspect, token) ?? null
  return {
    insertion: (delegation, token) =>
      signed(delegation, insertion(token), [], changeOf('ins', token)),
    stretch,
    entry: (delegation, key, others, token) =>
      signed(
        delegation,
        entry(delegation, key),
        others,
        token === undefined ? null : changeOf('del', token),
      ),
  }
}

/** What a file says is written as it said it, if Word can read it at all. */
const dateOf = ({ at }: Writing): string =>
  typeof at === 'number' ? utc(at) : at !== null && dateTime.test(at) ? local + at : noDate

/** xsd:dateTime. */
const dateTime = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?(?:Z|[+-]\d\d:\d\d)?$/

/** What is said of one change; by the delegation whose it is. */
export interface Comment {
  readonly id: number
  readonly author: string
  readonly initials: string
  readonly date: string | null
  readonly persons: Set<string>
  readonly others: Set<string>
  readonly notes: readonly string[]
}

/** Signs revisions with delegations' names, their times, and numbers that no other revision has. */
export class Signature {
  private readonly names: ReadonlyMap<string, string>
  private readonly date: string
  private readonly remarks: Remarks | null
  private readonly byChange = new Map<string, Comment>()
  private last = 0
  /** By a revision's number: its person, and the names of who else proposes the deletion. */
  readonly persons = new Map<number, string>()
  readonly others = new Map<number, string>()

  /**
   * `at`, in milliseconds since 1970, stands where no time is known; `remarks`: what comments are
   * made of, null for none. Throws a RangeError where `at` is no time.
   */
  constructor(
    delegations: readonly { code: string; name: string }[],
    at: number,
    remarks: Remarks | null = null,
  ) {
    this.names = new Map(delegations.map(({ code, name }) => [code, name]))
    this.date = utc(at)
    this.remarks = remarks
  }

  /** The comments on what was signed so far, in their order. */
  get comments(): readonly Comment[] {
    return [...this.byChange.values()]
  }

  /**
   * The attributes of the next revision. Word itself writes local time into `w:date` and calls it
   * UTC; here both dates are UTC, but for what came in a file with such a date alone, which goes out
   * with it alone. A delegation without a name signs with its code.
   */
  next(signer: string): string {
    const { author, date, isUtc, person, others, change } = this.read(signer)
    const id = ++this.last
    if (person !== '') this.persons.set(id, person)
    if (others.length > 0) this.others.set(id, others.join(', '))
    const comment = this.byChange.get(change)
    if (comment) {
      if (person !== '') comment.persons.add(person)
      for (const other of others) comment.others.add(other)
    }
    return attributes({
      'w:id': id,
      'w:author': author,
      'w:date': date,
      'w16du:dateUtc': isUtc ? date : null,
    })
  }

  /** The id of a comment that is to stand here, on the change of which `signer` signs something; else null. */
  comment(signer: string): number | null {
    const { delegation, author, date, person, others, change } = this.read(signer)
    const notes = change === '' ? [] : (this.remarks?.notesOn(change) ?? [])
    const says = person !== '' || others.length > 0 || notes.length > 0
    if (change === '' || !says || this.byChange.has(change)) return null
    const id = ++this.last
    this.byChange.set(change, {
      id,
      author,
      date,
      notes,
      initials: delegation,
      persons: new Set(person === '' ? [] : [person]),
      others: new Set(others),
    })
    return id
  }

  private read(signer: string) {
    const [delegation = signer, known = '', person = '', codes = '', change = ''] =
      signer.split(separator)
    const isUtc = !known.startsWith(local)
    const at = isUtc ? known || this.date : known.slice(local.length)
    return {
      delegation,
      author: this.nameOf(delegation),
      date: at === noDate ? null : at,
      isUtc,
      person,
      others: codes === '' ? [] : codes.split(',').map((code) => this.nameOf(code)),
      change,
    }
  }

  private nameOf(code: string): string {
    return this.names.get(code) ?? code
  }
}

/** A time in milliseconds since 1970 as xsd:dateTime in UTC, to the second. */
export const utc = (at: number): string => new Date(at).toISOString().replace(/\.\d+Z$/, 'Z')
