/** Changes in the making, and how one takes in another. */
import type { Block } from './blocks.ts'
import type { ChangeKind, ChangeSetting, ChangeState } from './changes.ts'
import type { EntryRef } from './decision.ts'

/** A reference that a change inserts or deletes. */
export interface NotedReference {
  /** The footnote's id. */
  readonly id: string
  readonly aspect: 'ins' | 'del'
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
