/** The edits of pages that have gone, on their way to the server through a copy. */
import * as Y from 'yjs'
import { framesOf } from './frames.ts'
import type { Leftover, Outbox } from './outbox.ts'

export class Resending {
  private leftovers: readonly Leftover[]
  private written = false
  /** How many edits the frame holds that is being written: it is the origin of its transaction. */
  inFrame = 0

  constructor(leftovers: readonly Leftover[]) {
    this.leftovers = leftovers
  }

  /** Where each client's edits begin. */
  get starts(): readonly { readonly client: number; readonly from: number }[] {
    return this.leftovers.map(({ client, edits }) => ({ client, from: edits[0]!.start }))
  }

  /** Writes every edit into a document that has the draft, a frame a transaction, once. */
  into(ydoc: Y.Doc): void {
    if (this.written) return
    this.written = true
    for (const { edits } of this.leftovers) {
      for (const frame of framesOf(edits)) {
        this.inFrame = frame.length
        ydoc.transact(() => {
          for (const { update } of frame) Y.applyUpdate(ydoc, update, this)
        }, this)
      }
    }
  }

  /** Every edit has found its place in a document, none waits for others that nobody has. */
  isIn(ydoc: Y.Doc): boolean {
    return (
      this.written &&
      this.leftovers.every(
        ({ client, edits }) => Y.getState(ydoc.store, client) >= edits.at(-1)!.end,
      )
    )
  }

  /** Keeps them anew, where the browser has lost them. */
  keepAgain(outbox: Outbox): void {
    for (const { edits } of this.leftovers) for (const edit of edits) outbox.keep(edit)
  }

  /** They are saved, or can never be: the browser need not keep them. */
  forget(outbox: Outbox): void {
    for (const { client } of this.leftovers) outbox.forget(client)
    this.leftovers = []
  }
}
