/** The editor with the marks of conflicts and of moves, which follow the list of changes. */
import type { Change } from '@revmark/shared/ledger'
import type { Delegation } from '@revmark/shared/wire'
import { use, useMemo, useSyncExternalStore } from 'react'
import type { ComponentProps } from 'react'
import { DraftEditor, movesIn } from '../editor/index.ts'
import type { Flag } from '../editor/index.ts'
import { conflictWords } from '../panels/conflict-words.ts'
import type { Conflicts, Copy } from '../session/index.ts'
import { Delegations } from '../ui/chip.tsx'

interface FlaggedEditorProps extends Omit<
  ComponentProps<typeof DraftEditor>,
  'copy' | 'flags' | 'moves'
> {
  readonly copy: Copy
  /** Whether the view shows where changes meet. */
  readonly isFlagged: boolean
}

export function FlaggedEditor({ copy, view, isFlagged, ...rest }: FlaggedEditorProps) {
  const delegations = use(Delegations)
  const changes = useSyncExternalStore(copy.changes.subscribe, copy.changes.snapshot)
  const flags = useMemo(
    () => flagsOf(changes, copy.changes.conflicts(), delegations),
    [changes, copy, delegations],
  )
  const moves = useMemo(() => movesIn(changes), [changes])
  return (
    <DraftEditor
      copy={copy}
      view={view}
      {...(isFlagged && { flags })}
      {...(view === 'marked' && { moves })}
      {...rest}
    />
  )
}

/** The conflicts as they are marked in the text. */
const flagsOf = (
  changes: readonly Change[],
  conflicts: Conflicts,
  delegations: ReadonlyMap<string, Delegation>,
): Flag[] => {
  const nameOf = (code: string) => delegations.get(code)?.name ?? code
  return changes.flatMap((change) =>
    (conflicts.get(change.id) ?? []).map((conflict) => ({
      change,
      kind: conflict.kind,
      words: `${nameOf(change.delegation)}: ${conflictWords(change, conflict, nameOf)}`,
    })),
  )
}
