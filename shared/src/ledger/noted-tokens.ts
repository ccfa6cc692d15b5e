/** Texts with footnotes written into the sequence: each reference, and at once its body. */
import type * as Y from 'yjs'
import { referenceLetter } from '../resolution/notes.ts'
import { idKey } from './id.ts'
import type { Id } from './id.ts'
import { insertAfter, knownClock, sentinelOf } from './sequence.ts'
import type { Token } from './sequence.ts'

/** The first and the last token of the text that was written, bodies of footnotes not counted. */
export interface Written {
  readonly first: Id
  readonly last: Id
}

/**
 * Writes tokens as `insertAfter` does, and for each `referenceLetter` in them a reference with a
 * body that has the next of the words `notes`, or none once they are used up. A body's marker is the
 * next token of the client after its reference, so the clocks of the text are not consecutive then.
 * Throws a RangeError where the draft has no place for bodies.
 */
export function insertNoted(
  transaction: Y.Transaction,
  after: Id,
  tokens: readonly Token[],
  notes: readonly string[],
): Written {
  const { doc } = transaction
  const client = doc.clientID
  const first = { client, clock: knownClock(doc, client) }
  let last = after
  let note = 0
  const write = (plain: readonly Token[]): void => {
    const clock = knownClock(doc, client)
    insertAfter(transaction, last, plain)
    const end = knownClock(doc, client)
    if (end > clock) last = { client, clock: end - 1 }
  }
  let plain: Token[] = []
  for (const token of tokens) {
    const [head, ...tails] = typeof token === 'string' ? token.split(referenceLetter) : [token]
    plain.push(head)
    for (const tail of tails) {
      write(plain)
      const f = idKey(client, knownClock(doc, client))
      write([{ f }])
      const sentinel = sentinelOf(doc)
      if (!sentinel?.right) throw new RangeError('a draft without a place for footnotes')
      insertAfter(transaction, sentinel.lastId, [
        { b: 'footnote', n: f },
        notes[note++] ?? '',
        { e: 1 },
      ])
      plain = [tail]
    }
  }
  write(plain)
  return { first, last }
}
