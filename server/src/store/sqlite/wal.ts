/** Making the WAL survive a power cut: one `fdatasync` serves everybody who waits for one. */
import { open } from 'node:fs/promises'
import type { FileHandle } from 'node:fs/promises'

export class Wal {
  private readonly path: string
  // SQLite keeps one WAL file as long as a connection is open. A handle of our own on it is safe:
  // SQLite's locks are on the database and its -shm file, so closing this one releases none of them.
  private handle: Promise<FileHandle> | null = null
  private current: Promise<void> | null = null
  private next: Promise<void> | null = null

  /** `path` is the database's. */
  constructor(path: string) {
    this.path = `${path}-wal`
  }

  /** Resolves once everything committed before the call survives a power cut. */
  sync(): Promise<void> {
    if (this.current === null) {
      this.current = this.flush()
      return this.current
    }
    // The one under way may have begun too early for this caller.
    this.next ??= this.current
      .catch(() => undefined)
      .then(() => {
        this.next = null
        this.current = this.flush()
        return this.current
      })
    return this.next
  }

  async close(): Promise<void> {
    if (this.handle !== null) await (await this.handle).close()
  }

  private async flush(): Promise<void> {
    try {
      const handle = (this.handle ??= open(this.path, 'r'))
      handle.catch(() => (this.handle = null))
      await (await handle).datasync()
    } finally {
      if (this.next === null) this.current = null
    }
  }
}
