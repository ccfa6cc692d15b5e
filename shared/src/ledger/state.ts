/** What has become of a token: its aspects, computed from entries and decisions, never stored. */
import type { EntryKey } from './entry.ts'
import type { Settings } from './settings.ts'

export type InsertionState = 'base' | 'pending' | 'accepted' | 'rejected' | 'withdrawn'

export type DeletionState = 'none' | 'pending' | 'accepted'

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
  /** Live proposals to delete, sorted by delegation, then entry. Withdrawals are not among them. */
  readonly proposers: readonly Proposer[]
  /** What `attr` and `fmt` entries make of it; mostly null: nothing. */
  readonly settings: Settings | null
}

/** The four readings of a draft. */
export const views = ['base', 'marked', 'clean', 'accepted'] as const

export type View = (typeof views)[number]

/** The table "Token states and views" of SPEC.md. */
export function shown(state: TokenState, view: View): boolean {
  if (view === 'base') return state.ins === 'base'
  if (state.ins === 'rejected' || state.ins === 'withdrawn') return false
  if (view === 'marked') return state.ins === 'base' || state.del !== 'accepted'
  if (view === 'clean') return state.del === 'none'
  return (state.ins === 'base' || state.ins === 'accepted') && state.del !== 'accepted'
}
