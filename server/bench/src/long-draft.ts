/** A draft with a long history: ten writers in turn, one letter in five struck out again. */
import * as Y from 'yjs'
import { Typist, baseDoc } from './drafting.ts'

export const longDraftWriters = 10

/** How many letters one writer types before the next one does. */
const stretch = 200

/** The updates of the draft, in an order in which they can be applied on the text in force. */
export function* longDraft(count: number): Generator<Uint8Array> {
  const writers = Array.from({ length: longDraftWriters }, (_, n) => new Typist(n, 0.2))
  for (let made = 0; made < count;) {
    const writer = writers[Math.floor(made / stretch) % writers.length]!
    for (let left = Math.min(stretch, count - made); left > 0; left--, made++) yield writer.type()
  }
  for (const writer of writers) writer.destroy()
}

/** The whole draft as one state, for servers that know no log. */
export function longState(count: number): Uint8Array {
  const ydoc = baseDoc()
  ydoc.transact(() => {
    for (const update of longDraft(count)) Y.applyUpdate(ydoc, update)
  })
  const state = Y.encodeStateAsUpdate(ydoc)
  ydoc.destroy()
  return state
}
