/** Changes in the making, and how one takes in another. */
import type { Block } from './blocks.ts'
import type { ChangeKind, ChangeSetting, ChangeState } from './changes.ts'
import type { EntryRef } from './decision.ts'
import type { Move } from './moves.ts'

/** A reference that a change inserts or deletes. */
export interface NotedReference {
  /** The footnote's id. */
  readonly id: string
  readonly aspect: 'ins' | 'del'
}

/** A paragraph that a change moves. */
export interface DraftMove extends Pick<Move, 'copy' | 'origin'> {
  readonly inserted: string
  readonly deleted: string
}

/** A change in the making. */
export interface Draft {
  kind: ChangeKind
  readonly delegation: string
  readonly state: ChangeState
  readonly block: Block
  readonly first: string
  inserted: string
  deleted: string
  setting: ChangeSetting | null
  /** The copy of a moved paragraph with which its letters were written. */
  readonly copy: Block | null
  /** The paragraphs that it moves, in order, with the words that each has and had. */
  readonly moves: DraftMove[]
  /** The footnotes to which it inserts or deletes references, in the order of those. */
  readonly references: NotedReference[]
  readonly ins: number[]
  readonly del: number[]
  readonly set: number[]
  readonly entries: Map<string, EntryRef>
  readonly decisions: Set<string>
}

/** Lets a change cover what another one covers; how both read is the caller's. */
export function takeIn(change: Draft, other: Draft): void {
  change.ins.push(...other.ins)
  change.del.push(...other.del)
  for (const [name, ref] of other.entries) change.entries.set(name, ref)
  for (const id of other.decisions) change.decisions.add(id)
}
