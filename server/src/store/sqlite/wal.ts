/** Making the WAL survive a power cut: one `fdatasync` serves everybody who waits for one. */
import { open } from 'node:fs/promises'
import type { FileHandle } from 'node:fs/promises'
import { StoreTrouble } from '../trouble.ts'

export class Wal {
  private readonly path: string
  // SQLite keeps one WAL file as long as a connection is open. A handle of our own on it is safe:
  // SQLite's locks are on the database and its -shm file, so closing this one releases none of them.
  private handle: Promise<FileHandle> | null = null
  private current: Promise<void> | null = null
  private next: Promise<void> | null = null
  private broken = false

  /** `path` is the database's. */
  constructor(path: string) {
    this.path = `${path}-wal`
  }

  /**
   * Resolves once everything committed before the call survives a power cut. Once it has rejected it
   * always does, until `mend`: the kernel tells of a failed write once and then takes the pages for
   * written, so that a second fdatasync would lie about them and about whatever follows them.
   */
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

  /** After a failed sync: `carry` brings all that the WAL holds into the database, and syncs that. */
  async mend(carry: () => Promise<void>): Promise<void> {
    if (!this.broken) return
    await carry()
    this.broken = false
  }

  async close(): Promise<void> {
    if (this.handle !== null) await (await this.handle).close()
  }

  private async flush(): Promise<void> {
    try {
      if (this.broken) throw new StoreTrouble('the WAL could not be written to the disk')
      const handle = (this.handle ??= open(this.path, 'r'))
      await (await handle).datasync()
    } catch (error) {
      this.broken = true
      // Opened anew for the next try.
      void this.handle?.then((handle) => handle.close()).catch(() => undefined)
      this.handle = null
      throw error
    } finally {
      if (this.next === null) this.current = null
    }
  }
}
