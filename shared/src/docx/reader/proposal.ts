/** The line of a proposal, `MOD TAB B/24/1`: what it does with a text, and what it is called. */

/** What a proposal does; `(MOD)` is editorial only. An asterisk: the text comes from, or goes, elsewhere. */
export const symbols = ['ADD', 'ADD*', 'MOD', '(MOD)', 'SUP', 'SUP*', 'NOC'] as const
export type ProposalSymbol = (typeof symbols)[number]

export interface Proposal {
  readonly symbol: ProposalSymbol
  /** `B/24/1`, `ARB/21A15/1`; empty where none has been given. */
  readonly identifier: string
}

const line = /^(\(MOD\)|(?:ADD|SUP)\*?|MOD|NOC)(?=\s|$|[A-Z]+\/)\s*(.*)$/s

/** A line that was read in a file; null where it names no proposal. Some files leave the tab out. */
export function proposalIn(text: string | null): Proposal | null {
  const [, symbol, identifier = ''] = line.exec(text?.trim() ?? '') ?? []
  const known = symbols.find((each) => each === symbol)
  return known ? { symbol: known, identifier: identifier.trim() } : null
}

/** Whether a proposal is of a text as a whole: none of its words are changed. */
export const isOfWhole = ({ symbol }: Proposal): boolean => symbol !== 'MOD' && symbol !== '(MOD)'
