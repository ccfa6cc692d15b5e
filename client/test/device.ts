/** A browser that keeps things for as long as a test lasts. */
import type { Edit, Keeping, Kept, Leftover } from '../src/session/index.ts'

export class Device implements Keeping {
  /** What has been written and not confirmed. */
  edits: readonly Edit[] = []
  /** What pages that have gone have left of it. */
  leftovers: readonly Leftover[] = []
  spare: number[] = []
  shelved: Kept | null = null
  /** As a browser that stores nothing, until a test says otherwise. */
  keeps = false

  readonly outbox: Keeping['outbox'] = {
    settled: true,
    takeOver: () => Promise.resolve(this.leftovers),
    keep: (edit) => {
      this.edits = [...this.edits, { draft: '', seat: '', at: 0, ...edit }]
    },
    forget: (client, before = Infinity) => {
      this.edits = this.edits.filter((edit) => edit.client !== client || edit.end > before)
    },
  }

  readonly pool: Keeping['pool'] = {
    take: () => Promise.resolve(this.spare.shift() ?? null),
    claim: () => Promise.resolve(),
    put: (clients) => Promise.resolve(void this.spare.push(...clients)),
    count: () => Promise.resolve(this.spare.length),
    drop: () => Promise.resolve(void this.spare.splice(0)),
  }

  readonly shelf: Keeping['shelf']

  constructor() {
    // A getter's `this` would be the shelf.
    const wantsState = (): boolean => this.shelved === null
    this.shelf = {
      read: () => Promise.resolve(this.shelved),
      get wantsState() {
        return wantsState()
      },
      write: (about, state) => {
        this.shelved = { about, updates: [state], at: 500 }
      },
      append: (updates) => {
        if (this.shelved)
          this.shelved = { ...this.shelved, updates: [...this.shelved.updates, ...updates] }
      },
      drop: () => {
        this.shelved = null
      },
    }
  }

  follow(): () => void {
    return () => undefined
  }

  close(): void {
    // Its locks go with it.
  }
}
