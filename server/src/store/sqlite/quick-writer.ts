/**
 * Commits a few entries of a log on the thread that has them. To wake the thread that commits, and be
 * woken by it, costs more than such a commit, which writes a page or two into the memory of the system.
 */
import type { DatabaseSync } from 'node:sqlite'
import type { NewEntry } from '../log.ts'
import { connect, transaction } from './connection.ts'
import type { StoreLimits } from './connection.ts'
import { logWriter } from './log-writer.ts'
import type { LogWriter } from './log-writer.ts'

/** More entries, or bytes, than this are a rush, which the other thread takes as one. */
const mostEntries = 4
const mostBytes = 4096

/** Commits that follow each other faster than this are a rush too; milliseconds. */
const pause = 5

/** A commit that takes longer says that the disk is busy; milliseconds. */
const slow = 5

/** How long the other thread commits everything then; milliseconds. */
const rest = 10_000

export class QuickWriter {
  private readonly database: DatabaseSync
  private readonly log: LogWriter
  /** When it is tried again, and when it was asked last; milliseconds of one clock. */
  private from = 0
  private asked = -pause

  constructor(path: string, limits: StoreLimits) {
    // It waits for nobody: who else writes is done before the other thread is.
    this.database = connect(path, limits, 0)
    this.log = logWriter(this.database)
  }

  /**
   * Whether it has committed the entries. false: nothing is done, and the thread that commits has to
   * do it, since there is much, somebody else writes, or the disk is slow or in trouble. Never throws.
   */
  commit(draft: string, entries: readonly NewEntry[], begun = performance.now()): boolean {
    const isRush = begun - this.asked < pause || entries.length > mostEntries
    this.asked = begun
    if (isRush || begun < this.from) return false
    if (entries.reduce((sum, { data }) => sum + data.length, 0) > mostBytes) return false
    const started = performance.now()
    try {
      transaction(this.database, () => this.log.write(draft, entries))
      const ended = performance.now()
      if (ended - started > slow) this.from = begun + rest
      return true
    } catch {
      return false
    }
  }

  close(): void {
    this.database.close()
  }
}
