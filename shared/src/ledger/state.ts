/** What has become of a token: its aspects, computed from entries and decisions, never stored. */
import type { EntryKey } from './entry.ts'
import type { Settings } from './settings.ts'

export type InsertionState =
  | 'base'
  | 'pending'
  | 'accepted'
  | 'bracketed'
  | 'rejected'
  | 'withdrawn'

export type DeletionState = 'none' | 'pending' | 'accepted' | 'bracketed'

/** One live deletion over a token: which delegation proposes it, by which entry. */
export interface Proposer {
  readonly delegation: string
  readonly entry: EntryKey
}

/** Shared between tokens and immutable: equal states of one client's tokens are mostly the same object. */
export interface TokenState {
  readonly ins: InsertionState
  /** Code of the delegation whose words these are; null for the text in force. */
  readonly author: string | null
  readonly del: DeletionState
  /**
   * Proposals to delete that are live or decided, sorted by delegation, then entry. Withdrawals are
   * not among them.
   */
  readonly proposers: readonly Proposer[]
  /** What `attr` and `fmt` entries make of it; mostly null: nothing. */
  readonly settings: Settings | null
}

/** The four readings of a draft. */
export const views = ['base', 'marked', 'clean', 'accepted'] as const

export type View = (typeof views)[number]

/** Accepted or in brackets: its own delegation's deletion proposes, it withdraws nothing. */
export const endures = (ins: InsertionState): boolean => ins === 'accepted' || ins === 'bracketed'

/** The table "Token states and views" of SPEC.md. */
export function shown(state: TokenState, view: View): boolean {
  if (view === 'base') return state.ins === 'base'
  if (state.ins === 'rejected' || state.ins === 'withdrawn') return false
  if (view === 'marked') return state.ins === 'base' || state.del !== 'accepted'
  if (view === 'clean') return state.del === 'none' || state.del === 'bracketed'
  return (state.ins === 'base' || endures(state.ins)) && state.del !== 'accepted'
}
