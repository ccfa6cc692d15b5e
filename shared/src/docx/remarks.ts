/** What a Word file can say of a change in a comment: persons, further proposers, notes of decisions. */
import type { Change } from '../ledger/changes.ts'
import type { Decision } from '../ledger/decision.ts'
import type { Verb } from '../ledger/decision.ts'
import { parseIdKey } from '../ledger/id.ts'
import { partitionPoint } from '../ledger/partition-point.ts'
import { eachRange } from '../ledger/ranges.ts'

/** Changes by what they cover, and what their decisions say. */
export interface Remarks {
  /** The id of the change that inserted a token, `client:clock`, or deletes it; null: none. */
  readonly changeOf: (aspect: 'ins' | 'del', token: string) => string | null
  /** A line for each decision with a note that made the change what it is. */
  readonly notesOn: (change: string) => readonly string[]
}

const done: Readonly<Record<Verb, string>> = {
  accept: 'Accepted',
  reject: 'Rejected',
  bracket: 'In brackets',
  reopen: 'Reopened',
}

/** Stretches of one client's tokens, by their first clock, and whose they are. */
type Stretches = Map<number, { from: number; to: number; change: string }[]>

/** The remarks on the changes of a draft, of which `decisions` has all decisions in order. */
export function remarksOn(changes: readonly Change[], decisions: readonly Decision[]): Remarks {
  const noted = new Map(
    decisions.flatMap(({ id, verb, note }) => (note ? [[id, `${done[verb]}: ${note}`]] : [])),
  )
  const notes = new Map(
    changes.map((change) => [change.id, change.decisions.flatMap((id) => noted.get(id) ?? [])]),
  )
  const covers = { ins: stretchesOf(changes, 'ins'), del: stretchesOf(changes, 'del') }
  return {
    changeOf: (aspect, token) => {
      const { client, clock } = parseIdKey(token)
      const own = covers[aspect].get(client) ?? []
      // The last stretch that does not begin behind the token.
      const stretch = own[partitionPoint(own.length, (i) => own[i]!.from <= clock) - 1]
      return stretch && clock < stretch.to ? stretch.change : null
    },
    notesOn: (change) => notes.get(change) ?? [],
  }
}

function stretchesOf(changes: readonly Change[], aspect: 'ins' | 'del'): Stretches {
  const stretches: Stretches = new Map()
  for (const { id, [aspect]: ranges } of changes) {
    eachRange(ranges, (client, from, length) => {
      const own = stretches.get(client) ?? []
      own.push({ from, to: from + length, change: id })
      stretches.set(client, own)
    })
  }
  for (const own of stretches.values()) own.sort((a, b) => a.from - b.from)
  return stretches
}
