/** Names that people give to a draft as it was at one place of its log. */
import type { Told } from './audit.ts'

export interface Version {
  readonly name: string
  /** The last entry of the log that is in it. */
  readonly seq: number
  /** Id of the person who named it. */
  readonly user: string
  /** Milliseconds since 1970. */
  readonly at: number
}

export interface Versions {
  /** Adds a name; false where the draft has a version of that name. Names are never taken away. */
  add(draft: string, version: Version, told?: Told): Promise<boolean>

  /** A draft's versions by their seq, then by when they were named. */
  of(draft: string): Promise<readonly Version[]>
}
