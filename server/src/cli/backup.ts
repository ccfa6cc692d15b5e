/** `revmark backup` and `revmark restore`: the whole store as one file, proved on either way. */
import { existsSync, mkdirSync, statSync } from 'node:fs'
import { databasePath } from '../config.ts'
import { copyStore, replaceStore } from '../store/sqlite/copying.ts'
import { lockFolder } from '../store/sqlite/folder-lock.ts'
import { openSqliteStoreReadOnly } from '../store/sqlite/store.ts'
import { fsck } from './fsck.ts'
import type { Findings } from './fsck.ts'

/** Writes the store of the folder `data` into a new file, while the server runs or not. */
export async function backup(data: string, file: string): Promise<string> {
  const path = databasePath({ data })
  if (!existsSync(path)) throw new Error(`there is no store in ${data}`)
  if (existsSync(file)) throw new Error(`${file} is there already; nothing was written`)
  const proved = new Proof()
  await copyStore(path, file, (copy) => proved.prove(copy, file))
  return `${file}: ${proved.inWords(file)}\n`
}

/**
 * Puts a backup in the place of the store of the folder `data`, the former one beside it. Throws, and
 * changes nothing, where the backup is not sound, a server runs, or there is a store and no `force`.
 */
export async function restore(data: string, file: string, force: boolean): Promise<string> {
  if (!existsSync(file)) throw new Error(`there is no file ${file}`)
  const path = databasePath({ data })
  if (existsSync(path) && !force)
    throw new Error(`there is a store in ${data}; --force puts the backup in its place`)
  mkdirSync(data, { recursive: true })
  const lock = lockFolder(data)
  if (!lock) throw new Error(`a server works with ${data}; stop it first. Nothing was changed`)
  try {
    const proved = new Proof()
    const former = await replaceStore(path, file, (copy) => proved.prove(copy, file))
    const kept = former === null ? '' : `what was there before is ${former}\n`
    return `${path}: ${proved.inWords(path)}\n${kept}`
  } finally {
    lock.close()
  }
}

/** The examination of a copy, kept to be told. */
class Proof {
  private findings: Findings | null = null

  /** Throws where the copy at `path` is not sound; it is told as `name`. */
  async prove(path: string, name: string): Promise<void> {
    const store = openSqliteStoreReadOnly(path)
    try {
      this.findings = await fsck(store)
    } finally {
      await store.close()
    }
    const { problems, text } = this.findings
    if (problems > 0) throw new Error(`${name} would not be sound; nothing was changed\n${text}`)
  }

  inWords(file: string): string {
    const { drafts, entries } = this.findings ?? { drafts: 0, entries: 0 }
    const megabytes = (statSync(file).size / 1_048_576).toFixed(1)
    return `${drafts} drafts, ${entries} entries, all sound, ${megabytes} MB`
  }
}
