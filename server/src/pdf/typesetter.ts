/** Makes PDF files, one at a time and beside everything else that the server does. */
import { Thread } from '../thread.ts'
import type { Sheet } from './sheet.ts'
import type { Typeset, TypesetterTask } from './typesetter-thread.ts'

/** So many may wait; a further one is told to come back. */
const mostWaiting = 16

/** Thrown where too many wait already. */
export class TypesetterBusy extends Error {}

export class Typesetter {
  private readonly thread = new Thread<TypesetterTask, Typeset>(
    new URL('./typesetter-thread.ts', import.meta.url),
    null,
  )
  private waiting = 0

  /**
   * A text as PDF. `at`, in milliseconds since 1970, is the time that the file tells; the same
   * arguments give the same bytes. Rejects with a TypesetterBusy where too many wait.
   */
  async typeset(sheet: Sheet, at: number): Promise<Uint8Array<ArrayBuffer>> {
    if (this.waiting >= mostWaiting)
      throw new TypesetterBusy(`${this.waiting} PDF files are being made already`)
    this.waiting++
    try {
      const made = await this.thread.ask({ sheet, at })
      if ('problem' in made) throw new Error(`the typesetter failed: ${made.problem}`)
      return made.bytes
    } finally {
      this.waiting--
    }
  }

  close(): Promise<void> {
    return this.thread.close()
  }
}
