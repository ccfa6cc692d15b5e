/** Conflicts in words that a chair understands, and the ways out of them. */
import type { Change, Conflict, ConflictKind, Verb } from '@revmark/shared/ledger'

const isMove = ({ moves }: Change): boolean => moves.length > 0

/** Whether something stands no longer where it stood. */
const isDeletion = (change: Change): boolean =>
  change.kind === 'deletion' ||
  change.kind === 'paragraph deleted' ||
  change.kind === 'join' ||
  isMove(change)

/** What a change meets, seen from its row: "Collides with Canada: other words for the same words". */
export function conflictWords(
  change: Change,
  { kind, changes }: Conflict,
  nameOf: (delegation: string) => string,
): string {
  const names = [...new Set(changes.map(({ delegation }) => nameOf(delegation)))]
  const who = names.join(', ')
  const s = names.length === 1 ? 's' : ''
  if (kind === 'collision') {
    const what = change.setting
      ? 'another value'
      : isMove(change)
        ? 'another place for the same paragraph'
        : 'other words for the same words'
    return `Collides with ${who}: ${what}`
  }
  if (kind === 'agreement') return `${who} propose${s} the same`
  if (isMove(change)) {
    const what = changes.every(isDeletion) ? `propose${s} to delete` : `edit${s}`
    return `${who} ${what} what this moves`
  }
  if (changes.every(isMove))
    return `${who} propose${s} to move what this ${isDeletion(change) ? 'deletes' : 'edits'}`
  return isDeletion(change)
    ? `${who} edit${s} what this deletes`
    : `${who} propose${s} to delete what this edits`
}

/** Decisions, one after the other, that end a conflict. */
export interface Way {
  readonly words: string
  readonly steps: readonly (readonly [Verb, readonly Change[]])[]
}

/** What the chair may do about a conflict of a change. */
export function waysOut(change: Change, { kind, changes }: Conflict): readonly Way[] {
  const all = [change, ...changes]
  const take: Way['steps'] = [
    ['reject', changes],
    ['accept', [change]],
  ]
  if (kind === 'collision') {
    if (change.setting) return [{ words: 'Accept this value', steps: [['accept', [change]]] }]
    const mayBracket = all.every(({ state }) => state === 'pending')
    return [
      ...(mayBracket ? [{ words: 'Bracket all', steps: [['bracket', all]] } as const] : []),
      { words: 'Accept this, reject the others', steps: take },
    ]
  }
  if (kind === 'agreement') {
    return (isDeletion(change) && !isMove(change)) || change.setting
      ? [{ words: 'Accept for all', steps: [['accept', all]] }]
      : [{ words: 'Accept this, reject its doubles', steps: take }]
  }
  const moving = all.find(isMove)
  if (moving) {
    const rest = all.filter((one) => one !== moving)
    return [
      {
        words: 'Move, without the other',
        steps: [
          ['reject', rest],
          ['accept', [moving]],
        ],
      },
      { words: 'Leave it: reject the move', steps: [['reject', [moving]]] },
    ]
  }
  return isDeletion(change)
    ? [
        { words: 'Delete, with the edits', steps: take },
        { words: 'Keep: reject the deletion', steps: [['reject', [change]]] },
      ]
    : [
        { words: 'Keep: reject the deletion', steps: [['reject', changes]] },
        {
          words: 'Delete, with this',
          steps: [
            ['reject', [change]],
            ['accept', changes],
          ],
        },
      ]
}

export const conflictNames: Readonly<Record<ConflictKind, string>> = {
  collision: 'Collisions',
  agreement: 'Agreements',
  edit: 'Edits in deletions',
}

/** The ways out of all conflicts of a change, in the order of the keys 1, 2, 3 ... */
export const waysOfAll = (change: Change, conflicts: readonly Conflict[]): readonly Way[] =>
  conflicts.flatMap((conflict) => waysOut(change, conflict))
