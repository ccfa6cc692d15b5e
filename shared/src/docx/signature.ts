/** Who changed something and when, as the attributes of Word's revisions. */
import type { Signing } from '../text/story.ts'
import { attributes } from '../text/xml.ts'

/** When something was written, in milliseconds since 1970, and the person's name; null: not to be named. */
export interface Writing {
  readonly at: number
  readonly person: string | null
}

/** What is known of each revision's making; null: nothing. */
export interface RevisionWritings {
  /** Of an insertion, by `client:clock` of its first letter. */
  readonly insertion: (token: string) => Writing | null
  /** Of a deletion entry. */
  readonly deletion: (delegation: string, entry: string) => Writing | null
}

/** Parts what is written into one signer: code, time in seconds, person, further proposers' codes. */
const separator = '\n'

/**
 * Signs with all that is known, as `Signature` reads it: revisions of different times, persons or
 * proposers are different ones.
 */
export function signingWith({ insertion, deletion }: RevisionWritings): Signing {
  const signed = (delegation: string, by: Writing | null, others: readonly string[]): string =>
    by === null && others.length === 0
      ? delegation
      : [
          delegation,
          by === null ? '' : Math.floor(by.at / 1000),
          by?.person?.replaceAll(separator, ' ') ?? '',
          others.join(),
        ].join(separator)
  return {
    insertion: (delegation, token) => signed(delegation, insertion(token), []),
    deletion: (delegation, entry, others) =>
      signed(delegation, deletion(delegation, entry), others),
  }
}

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
   * UTC; here both dates are UTC. A delegation without a name signs with its code.
   */
  next(signer: string): string {
    const [delegation = signer, seconds = '', person = '', others = ''] = signer.split(separator)
    const date = seconds === '' ? this.date : utc(Number(seconds) * 1000)
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
      'w16du:dateUtc': date,
    })
  }

  private nameOf(code: string): string {
    return this.names.get(code) ?? code
  }
}

/** A time in milliseconds since 1970 as xsd:dateTime in UTC, to the second. */
export const utc = (at: number): string => new Date(at).toISOString().replace(/\.\d+Z$/, 'Z')
