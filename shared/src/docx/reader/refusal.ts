/** Why a file is not read. */

/** What is wrong with a file, in one word for programs. */
export type DocxReason =
  | 'too-large'
  | 'not-zip'
  | 'word-97'
  | 'encrypted'
  | 'too-many-entries'
  | 'damaged'
  | 'not-word'
  | 'macros'
  | 'external'
  | 'missing-part'
  | 'doctype'
  | 'broken-xml'

/** A file that is refused: nothing of it was taken. `message` is a sentence for a person. */
export interface DocxProblem {
  readonly reason: DocxReason
  readonly message: string
}

/** Thrown while reading, and turned into a problem where reading began. */
export class Refusal extends Error {
  readonly reason: DocxReason

  constructor(reason: DocxReason, message: string) {
    super(message)
    this.name = 'Refusal'
    this.reason = reason
  }
}
