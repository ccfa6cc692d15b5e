/** A draft with some of its changes only, for whoever wants a document of those. */
import * as Y from 'yjs'
import type { Change } from './changes.ts'
import { decide } from './decide.ts'
import { writeDecision } from './people.ts'
import { Ledger } from './ledger.ts'
import { requestFor } from './scope.ts'

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
    const decided = decide(copy, requestFor(copy, 'reject', changes), `chosen ${round}`)
    if (!('decision' in decided)) {
      throw new RangeError(`changes that cannot be left out: ${JSON.stringify(decided)}`)
    }
    writeDecision(ydoc, decided.decision)
  }
  return copy
}
