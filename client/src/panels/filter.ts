/** Which changes the panel lists, and how they are grouped. */
import type { Change } from '@revmark/shared/ledger'

export type Show = 'pending' | 'decided' | 'all'

export interface Filter {
  readonly show: Show
  /** Code of the only delegation listed; null for all. */
  readonly delegation: string | null
}

const showsState = (show: Show, { state }: Change): boolean =>
  show === 'all' || (show === 'pending') === (state === 'pending')

export const filtered = (changes: readonly Change[], { show, delegation }: Filter): Change[] =>
  changes.filter(
    (change) =>
      showsState(show, change) && (delegation === null || change.delegation === delegation),
  )

/** How many changes each choice of `show` would list for a delegation. */
export function countsOf(
  changes: readonly Change[],
  delegation: string | null,
): Readonly<Record<Show, number>> {
  const all = filtered(changes, { show: 'all', delegation }).length
  const pending = filtered(changes, { show: 'pending', delegation }).length
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
