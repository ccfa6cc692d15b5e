/** What SQLite itself finds wrong with a file. */
import type { DatabaseSync } from 'node:sqlite'

/** So many problems are told; a file that has more is not told better by more. */
const most = 100

/**
 * Reads every page of the file: its trees and indexes, and whether what refers to something refers to
 * something that is there. Sentences; none where all is well. Never throws.
 */
export function examine(database: DatabaseSync): readonly string[] {
  try {
    const pages = database
      .prepare(`PRAGMA integrity_check(${most})`)
      .all()
      .map((row) => String(row['integrity_check']))
      .filter((line) => line !== 'ok')
    const references = database
      .prepare('PRAGMA foreign_key_check')
      .all()
      .slice(0, most)
      .map((row) => `a row of ${String(row['table'])} refers to no row of ${String(row['parent'])}`)
    return [...pages, ...references]
  } catch (error) {
    return [error instanceof Error ? error.message : String(error)]
  }
}
