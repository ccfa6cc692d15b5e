/** Who changed something and when, as the attributes of Word's revisions. */
import type { Signing } from '../text/story.ts'
import { attributes } from './xml.ts'

/** When something was written, in milliseconds since 1970; null: nobody knows. */
export interface RevisionTimes {
  /** Of an insertion, by `client:clock` of its first letter. */
  readonly insertion: (token: string) => number | null
  /** Of a deletion entry. */
  readonly deletion: (delegation: string, entry: string) => number | null
}

/** Parts a delegation's code from a time, in the names by which `timed` tells revisions apart. */
const separator = '\n'

/** Signs with delegation and time, to the second, as `Signature` reads it. */
export function timed({ insertion, deletion }: RevisionTimes): Signing {
  const signed = (delegation: string, at: number | null): string =>
    at === null ? delegation : `${delegation}${separator}${Math.floor(at / 1000)}`
  return {
    insertion: (delegation, token) => signed(delegation, insertion(token)),
    deletion: (delegation, entry) => signed(delegation, deletion(delegation, entry)),
  }
}

/** Signs revisions with delegations' names, their times, and numbers that no other revision has. */
export class Signature {
  private readonly names: ReadonlyMap<string, string>
  private readonly date: string
  private last = 0

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
    const [delegation = signer, seconds] = signer.split(separator)
    const date = seconds === undefined ? this.date : utc(Number(seconds) * 1000)
    return attributes({
      'w:id': ++this.last,
      'w:author': this.names.get(delegation) ?? delegation,
      'w:date': date,
      'w16du:dateUtc': date,
    })
  }
}

/** A time in milliseconds since 1970 as xsd:dateTime in UTC, to the second. */
export const utc = (at: number): string => new Date(at).toISOString().replace(/\.\d+Z$/, 'Z')
