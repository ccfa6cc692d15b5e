/**
 * A place where an edition differs from its source file beyond white space. A repair says what was
 * done to the source, so that a program can do it again and compare; lines are the source's, from 1.
 */
export type Repair =
  /** `text`, cut out of line `from`, stands at the end of line `to`. */
  | {
      readonly what: 'moved'
      readonly text: string
      readonly from: number
      readonly to: number
      readonly reason: string
    }
  /** `text` is not in the source; it stands before line `at`. */
  | {
      readonly what: 'restored'
      readonly text: string
      readonly at: number
      readonly reason: string
    }
  /** `text` stands in line `at` of the source and is not part of the edition. */
  | {
      readonly what: 'removed'
      readonly text: string
      readonly at: number
      readonly reason: string
    }
