/** A draft with some of its changes only, for whoever wants a document of those. */
import * as Y from 'yjs'
import type { Change } from './changes.ts'
import { decide, seenDigest } from './decide.ts'
import type { DecisionRequest } from './decision.ts'
import { writeDecision } from './people.ts'
import { Ledger } from './ledger.ts'
import { toRanges } from './ranges.ts'

/** Where a deletion loses its acceptance, another delegation's comes to light: so often at most. */
const mostRounds = 100

/**
 * A ledger of a copy of the draft in which all changes but the chosen ones are rejected, as by a
 * chair: labels, and words that stood in what is not there, are as they would be then. The draft
 * itself is not touched. The caller destroys the ledger.
 */
export function withChosen(ledger: Ledger, isChosen: (change: Change) => boolean): Ledger {
  const ydoc = new Y.Doc({ gc: false })
  Y.applyUpdate(ydoc, Y.encodeStateAsUpdate(ledger.ydoc))
  const copy = new Ledger(ydoc)
  for (let round = 0; round < mostRounds; round++) {
    const changes = copy.changes().filter((each) => each.state !== 'rejected' && !isChosen(each))
    if (changes.length === 0) break
    const ins = toRanges(changes.flatMap((change) => change.ins))
    const del = toRanges(changes.flatMap((change) => change.del))
    const set = toRanges(changes.flatMap((change) => change.set))
    const entries = changes.flatMap((change) => change.entries)
    const seen = seenDigest(copy, ins, del, set)
    const ranges = { ins: [...ins], del: [...del], set: [...set] }
    const request: DecisionRequest = { verb: 'reject', ...ranges, entries, seen }
    const decided = decide(copy, request, `chosen ${round}`)
    if (!('decision' in decided)) {
      throw new RangeError(`changes that cannot be left out: ${JSON.stringify(decided)}`)
    }
    writeDecision(ydoc, decided.decision)
  }
  return copy
}
