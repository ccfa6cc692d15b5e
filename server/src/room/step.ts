/** What waits in a room's journal, in the order in which it happened, and why a room's ydoc changes. */
import type { Refusal } from '@revmark/shared/wire'
import type { DecisionNote, EntryAct, EntryKind, NewEntry } from '../store/log.ts'
import type { Member } from './audience.ts'
import type { Connection } from './connection.ts'

/** Why an update happens; the origin of its Yjs transaction. */
export interface Origin {
  readonly kind: EntryKind
  readonly user: string
  readonly client: number
  readonly from: Connection | null
  readonly decision: DecisionNote | null
  /** The act that it is; null: none that the record tells. */
  readonly act: EntryAct | null
}

/** An entry of the log that is to be shown to the others. */
export interface UpdateStep {
  readonly type: 'update'
  readonly entry: NewEntry
  readonly from: Connection | null
}

/** The state for somebody who has asked for it; it holds what was applied before it. */
export interface ReplyStep {
  readonly type: 'reply'
  readonly entry: null
  readonly to: Member
  /** A whole frame, which many joiners may share. */
  readonly frame: Uint8Array
}

/** A content frame that holds nothing new, or whose update stands before it. */
export interface AckStep {
  readonly type: 'ack'
  readonly entry: null
  readonly to: Member
  readonly count: number
}

/** In its place in the order, so that what came before it is acknowledged first. */
export interface RefusalStep {
  readonly type: 'refusal'
  readonly entry: null
  readonly to: Member
  readonly count: number
  readonly refusal: Refusal
}

/** Somebody inside the server who waits until everything so far is on disk. */
export interface WaiterStep {
  readonly type: 'waiter'
  readonly entry: null
  resolve(): void
  reject(error: unknown): void
}

export type Step = UpdateStep | ReplyStep | AckStep | RefusalStep | WaiterStep
