/** Copies of a whole store: taken while it is in use, and put in its place. */
import {
  chmodSync,
  closeSync,
  copyFileSync,
  existsSync,
  fsyncSync,
  openSync,
  renameSync,
  rmSync,
} from 'node:fs'
import { dirname } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { openDatabase, openDatabaseReadOnly } from './database.ts'
import { noLimits } from './connection.ts'

/** Where a copy lies until it is whole and proved. */
const unfinished = (file: string): string => `${file}.part`

/**
 * Copies the store at `path` as it is at this moment, whoever writes to it meanwhile, into one file
 * that needs no other beside it. `prove` is given its path and throws where it is not good. Either the
 * file is there afterwards, whole and on the disk, or nothing is.
 */
export async function copyStore(
  path: string,
  file: string,
  prove: (path: string) => Promise<void>,
): Promise<void> {
  const part = unfinished(file)
  rmSync(part, { force: true })
  try {
    const database = openDatabaseReadOnly(path)
    try {
      // One read transaction; pages that hold nothing are left out.
      database.prepare('VACUUM INTO ?').run(part)
    } finally {
      database.close()
    }
    // It holds who may sign in.
    chmodSync(part, 0o600)
    await prove(part)
    settle(part)
    renameSync(part, file)
    settle(dirname(file))
  } catch (error) {
    rmSync(part, { force: true })
    throw error
  }
}

/**
 * Puts the copy `file` in the place of the store at `path`, brought up to this version of the program
 * and proved before anything is replaced. What was there stays beside it, under the name that is
 * returned; null where nothing was. No other process may use the store.
 */
export async function replaceStore(
  path: string,
  file: string,
  prove: (path: string) => Promise<void>,
): Promise<string | null> {
  const part = unfinished(path)
  const drop = (): void => sideFiles(part).forEach((one) => rmSync(one, { force: true }))
  drop()
  try {
    copyFileSync(file, part)
    if (!isStore(part)) throw new Error(`${file} is no store of Revmark`)
    openDatabase(part, noLimits).close()
    await prove(part)
    settle(part)
    const former = existsSync(path) ? setAside(path) : null
    renameSync(part, path)
    settle(dirname(path))
    return former
  } catch (error) {
    drop()
    throw error
  }
}

/** A database, and what SQLite keeps beside it. */
const sideFiles = (path: string): string[] => [path, `${path}-wal`, `${path}-shm`]

/** Whether a file is a store of this or an earlier version, and no other database. */
function isStore(file: string): boolean {
  const database = new DatabaseSync(file, { readOnly: true })
  try {
    const tables = database.prepare("SELECT count(*) AS n FROM sqlite_schema WHERE name = 'drafts'")
    return tables.get()?.['n'] === 1
  } catch {
    return false
  } finally {
    database.close()
  }
}

/** Gives a store another name that is free; its WAL belongs to it. */
function setAside(path: string): string {
  let n = 1
  while (existsSync(`${path}.before-${n}`)) n++
  const former = `${path}.before-${n}`
  const from = sideFiles(path)
  for (const [index, to] of sideFiles(former).entries())
    if (existsSync(from[index]!)) renameSync(from[index]!, to)
  return former
}

/** What is in a file, or in a folder, survives a power cut from here on. */
function settle(path: string): void {
  const handle = openSync(path, 'r')
  try {
    fsyncSync(handle)
  } finally {
    closeSync(handle)
  }
}
