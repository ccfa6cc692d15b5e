/** Which changes the panel lists, and how they are grouped. */
import type { Change, ConflictKind } from '@revmark/shared/ledger'
import type { Conflicts } from '../session/index.ts'

export type Show = 'pending' | 'decided' | 'all'

export type Only = ConflictKind | 'bracketed'

export interface Filter {
  readonly show: Show
  /** Code of the only delegation listed; null for all. */
  readonly delegation: string | null
  /** Only changes in such conflicts, or in brackets; null for all. */
  readonly only: Only | null
}

/** As the panel begins. */
export const allPending: Filter = { show: 'pending', delegation: null, only: null }

const showsState = (show: Show, { state }: Change): boolean =>
  show === 'all' || (show === 'pending') === (state === 'pending')

/** Whether a change is in brackets, or in a conflict of a kind. */
export const isOnly = (only: Only, { id, state }: Change, conflicts: Conflicts): boolean =>
  only === 'bracketed'
    ? state === 'bracketed'
    : (conflicts.get(id) ?? []).some(({ kind }) => kind === only)

export const isListed = (
  change: Change,
  { show, delegation, only }: Filter,
  conflicts: Conflicts,
): boolean =>
  showsState(show, change) &&
  (delegation === null || change.delegation === delegation) &&
  (only === null || isOnly(only, change, conflicts))

export const filtered = (
  changes: readonly Change[],
  filter: Filter,
  conflicts: Conflicts,
): Change[] => changes.filter((change) => isListed(change, filter, conflicts))

/** How many changes each choice of `show` would list. */
export function countsOf(
  changes: readonly Change[],
  filter: Filter,
  conflicts: Conflicts,
): Readonly<Record<Show, number>> {
  const all = filtered(changes, { ...filter, show: 'all' }, conflicts).length
  const pending = filtered(changes, { ...filter, show: 'pending' }, conflicts).length
  return { pending, decided: all - pending, all }
}

/** Neighbouring changes of one paragraph. */
export interface Group {
  /** Names the group while changes come and go in it. */
  readonly key: string
  readonly paragraph: string
  readonly address: string
  readonly changes: readonly Change[]
}

export function groupsOf(changes: readonly Change[]): Group[] {
  const seen = new Map<string, number>()
  const groups: (Group & { changes: Change[] })[] = []
  for (const change of changes) {
    const last = groups.at(-1)
    if (last?.paragraph === change.paragraph) last.changes.push(change)
    else {
      const { paragraph, address } = change
      const earlier = seen.get(paragraph) ?? 0
      seen.set(paragraph, earlier + 1)
      groups.push({ key: `${paragraph} ${earlier}`, paragraph, address, changes: [change] })
    }
  }
  return groups
}
