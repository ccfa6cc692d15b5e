/** Meetings and the delegations admitted to them. */
import type { Delegation } from '@revmark/shared/wire'

export interface MeetingRecord {
  readonly id: string
  readonly name: string
  readonly place: string
}

export interface Meetings {
  /** Adds a meeting with its delegations, in one transaction. */
  add(meeting: MeetingRecord, delegations: readonly Delegation[]): Promise<void>

  find(id: string): Promise<MeetingRecord | null>

  /** Every meeting, by id. */
  all(): Promise<readonly MeetingRecord[]>

  /** In the order of admission, which is the order of their colours. */
  delegations(meeting: string): Promise<readonly Delegation[]>
}
