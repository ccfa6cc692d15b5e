/** What is wrong with a text that a person wrote, and where: line and column from 1, in UTF-16 code units. */
export interface Problem {
  readonly line: number
  readonly column: number
  readonly message: string
}
