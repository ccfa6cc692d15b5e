/** Who changed something and when, as the attributes of Word's revisions. */
import { attributes } from './xml.ts'

/** Signs revisions with delegations' names, one time, and numbers that no other revision has. */
export class Signature {
  private readonly names: ReadonlyMap<string, string>
  private readonly date: string
  private last = 0

  /** `at` is in milliseconds since 1970. Throws a RangeError where that is no time. */
  constructor(delegations: readonly { code: string; name: string }[], at: number) {
    this.names = new Map(delegations.map(({ code, name }) => [code, name]))
    this.date = utc(at)
  }

  /**
   * The attributes of the next revision. Word itself writes local time into `w:date` and calls it
   * UTC; here both dates are UTC. A delegation without a name signs with its code.
   */
  next(delegation: string): string {
    return attributes({
      'w:id': ++this.last,
      'w:author': this.names.get(delegation) ?? delegation,
      'w:date': this.date,
      'w16du:dateUtc': this.date,
    })
  }
}

/** A time in milliseconds since 1970 as xsd:dateTime in UTC, to the second. */
export const utc = (at: number): string => new Date(at).toISOString().replace(/\.\d+Z$/, 'Z')
