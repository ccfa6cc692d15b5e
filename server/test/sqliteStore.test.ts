import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { openSqliteStore, openSqliteStoreReadOnly } from '../src/store/sqlite/store.ts'
import { storeContract } from './storeContract.ts'

const inFolder = (folder: string): string => join(folder, 'revmark.sqlite')

storeContract('SQLite', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'revmark-store-'))
  return {
    open: async () => openSqliteStore(inFolder(folder)),
    remove: () => rm(folder, { recursive: true }),
  }
})

describe('the SQLite store', () => {
  let folder: string
  let path: string

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'revmark-store-'))
    path = inFolder(folder)
  })

  afterEach(() => rm(folder, { recursive: true }))

  test('is read by another connection while it is open, and written by none', async () => {
    const store = openSqliteStore(path)
    await store.meetings.add({ id: 'm', name: 'A meeting', place: 'Geneva' }, [])
    const reader = openSqliteStoreReadOnly(path)
    expect(await reader.meetings.all()).toHaveLength(1)
    await store.meetings.add({ id: 'n', name: 'Another', place: 'Geneva' }, [])
    expect(await reader.meetings.all()).toHaveLength(2)
    const third = { id: 'o', name: 'A third', place: 'Geneva' }
    await expect(reader.meetings.add(third, [])).rejects.toThrow(/readonly/)
    await reader.close()
    await store.close()
    const alone = openSqliteStoreReadOnly(path)
    expect(await alone.meetings.all()).toHaveLength(2)
    await alone.close()
  })

  test('uses a WAL, so that a commit needs no fsync of its own', async () => {
    const store = openSqliteStore(path)
    const database = new DatabaseSync(path)
    expect(database.prepare('PRAGMA journal_mode').get()).toEqual({ journal_mode: 'wal' })
    database.close()
    await store.close()
  })

  test('refuses a store of a later version, and leaves it as it is', async () => {
    await openSqliteStore(path).close()
    const database = new DatabaseSync(path)
    database.exec('PRAGMA user_version = 99')
    database.close()
    expect(() => openSqliteStore(path)).toThrow(/version 99.*later version of Revmark/)
    expect(() => openSqliteStoreReadOnly(path)).toThrow(/version 99/)
  })

  test('refuses a file that is no database', async () => {
    await writeFile(path, 'Resolution 45, by hand')
    expect(() => openSqliteStore(path)).toThrow(/not a database/)
  })

  test('is not created by whoever only reads', () => {
    expect(() => openSqliteStoreReadOnly(path)).toThrow(/unable to open/)
  })
})
