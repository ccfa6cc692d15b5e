/** Letters that a paragraph shows, some of them left out, and where each stands. */
import type { Paragraph, TokenState } from '@revmark/shared/ledger'

export interface Letters {
  readonly text: string
  /** Of each letter (UTF-16 code unit) of `text` its offset in all that is shown, ascending. */
  readonly offsets: readonly number[]
}

/** The letters shown whose state is wanted. */
export function lettersOf(
  { pieces }: Paragraph,
  isWanted: (state: TokenState) => boolean,
): Letters {
  let text = ''
  let offset = 0
  const offsets: number[] = []
  for (const piece of pieces) {
    if (!piece.shown) continue
    if (isWanted(piece.state)) {
      text += piece.text
      for (let i = 0; i < piece.length; i++) offsets.push(offset + i)
    }
    offset += piece.length
  }
  return { text, offsets }
}
