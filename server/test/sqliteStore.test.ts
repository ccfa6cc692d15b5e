import { statSync } from 'node:fs'
import { mkdtemp, rm, writeFile, readFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { LogDamaged } from '../src/store/log.ts'
import type { LogEntry, LogHead } from '../src/store/log.ts'
import { migrations } from '../src/store/sqlite/schema.ts'
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

  /** A store with a log of three entries, one of them a decision, and what it says of itself. */
  const filled = async (): Promise<LogHead | null> => {
    const store = openSqliteStore(path)
    await store.meetings.add({ id: 'm', name: 'A meeting', place: 'Geneva' }, [])
    const chair = { id: 'c', name: 'Chair', role: 'chair', delegation: null, meeting: 'm' } as const
    await store.people.add(chair)
    const draft = { id: 'd', meeting: 'm', title: 'D', edition: 'e', baseHash: 'h' }
    const entry = (seq: number, more: Partial<LogEntry> = {}): LogEntry => ({
      seq,
      user: 'c',
      client: 7,
      at: 1000 + seq,
      kind: 'edit',
      data: Uint8Array.of(1, 2, seq),
      decision: null,
      ...more,
    })
    await store.drafts.create(draft, [], entry(1))
    const decision = { id: 'x', note: 'agreed' }
    await store.log.append('d', [entry(2, { kind: 'decision', decision }), entry(3)])
    const head = await store.log.head('d')
    await store.close()
    return head
  }

  const change = (sql: string): void => {
    const database = new DatabaseSync(path)
    database.exec(sql)
    database.close()
  }

  test.each([
    ['a user', "UPDATE updates SET user = 'other' WHERE seq = 2", 2],
    ['a client', 'UPDATE updates SET client = 8 WHERE seq = 1', 1],
    ['a time', 'UPDATE updates SET at = at + 1 WHERE seq = 3', 3],
    ['a kind', "UPDATE updates SET kind = 'edit' WHERE seq = 2", 2],
    ['an update', "UPDATE updates SET data = x'0102FF' WHERE seq = 2", 2],
    ['a hash', 'UPDATE updates SET hash = zeroblob(32) WHERE seq = 1', 1],
    ['the reason of a decision', "UPDATE decisions SET note = 'refused'", 2],
    ['a decision taken away', 'DELETE FROM decisions', 2],
    ['an entry taken away', 'DELETE FROM decisions; DELETE FROM updates WHERE seq = 2', 2],
    ['the beginning taken away', 'DELETE FROM updates WHERE seq = 1', 1],
  ])('finds by the chain of hashes: %s', async (_, sql, seq) => {
    await filled()
    const triggers = ['updates', 'decisions'].flatMap((table) =>
      ['update', 'delete'].map((verb) => `DROP TRIGGER ${table}_no_${verb};`),
    )
    change(`${triggers.join('')} ${sql}`)
    const store = openSqliteStoreReadOnly(path)
    await expect(store.log.read('d')).rejects.toThrow(new LogDamaged('d', seq))
    await store.close()
  })

  test('R4: lets nobody change or delete what is in the log by mistake', async () => {
    await filled()
    for (const sql of ["UPDATE updates SET user = 'x'", 'DELETE FROM updates'])
      expect(() => change(sql)).toThrow('updates is append-only')
    for (const sql of ["UPDATE decisions SET note = 'x'", 'DELETE FROM decisions'])
      expect(() => change(sql)).toThrow('decisions is append-only')
  })

  test('gives the log of an older store its chain', async () => {
    const head = await filled()
    const older = join(folder, 'older.sqlite')
    const database = new DatabaseSync(older)
    database.exec(`PRAGMA foreign_keys = OFF; ${String(migrations[0])}; ATTACH '${path}' AS now`)
    for (const row of database
      .prepare("SELECT name FROM main.sqlite_schema WHERE sql > ''")
      .all()) {
      const table = String(row['name'])
      const info = database.prepare('SELECT name FROM pragma_table_info(?)').all(table)
      const columns = info.map(({ name }) => String(name)).join()
      database.exec(`INSERT INTO main.${table} (${columns}) SELECT ${columns} FROM now.${table}`)
    }
    database.exec('PRAGMA user_version = 1')
    database.close()
    const store = openSqliteStore(older)
    expect(await store.log.head('d')).toEqual(head)
    expect(await store.log.read('d')).toHaveLength(3)
    await store.close()
  })

  test('A9: holds no letter of an erased name or address, and every entry of the log', async () => {
    const head = await filled()
    const names = ['Ana Qualquer', 'Ana Souza Qualquer', 'qualquer@example.org', 'Browser of Ana']
    const store = openSqliteStore(path)
    const place = { role: 'observer', delegation: null, meeting: 'm' } as const
    for (let i = 0; i < 20; i++)
      await store.people.add({ ...place, id: `p-${i}`, name: `${names[0]} ${i}` })
    for (let i = 0; i < 20; i++)
      await store.people.change(`p-${i}`, { name: `${names[1]} ${i}`, email: names[2]! })
    await store.sessions.open('s', 1, 1000, names[3])
    await store.sessions.sit('s', 'p-7', 1)
    await store.people.erase('c', 3)
    for (let i = 0; i < 20; i++) await store.people.erase(`p-${i}`, 3)
    expect(await store.log.head('d')).toEqual(head)
    expect((await store.log.read('d')).map(({ user }) => user)).toEqual(['c', 'c', 'c'])
    await store.close()
    const file = await readFile(path)
    for (const name of names) expect(file.includes(name)).toBe(false)
  })

  test('grows no further than it may, and goes on when there is room again', async () => {
    await filled()
    change('CREATE TABLE ballast (data BLOB); INSERT INTO ballast VALUES (zeroblob(500000))')
    const { size } = statSync(path)
    const store = openSqliteStore(path, { mostBytes: size + 8192 })
    const large: LogEntry = {
      seq: 4,
      user: 'c',
      client: 7,
      at: 1,
      kind: 'edit',
      data: new Uint8Array(100_000),
      decision: null,
    }
    await expect(store.log.append('d', [large])).rejects.toThrow(/full/)
    await expect(store.log.probe()).rejects.toThrow(/full/)
    expect(await store.log.read('d')).toHaveLength(3)
    change('DELETE FROM ballast')
    await store.log.probe()
    await store.log.append('d', [large])
    await store.log.sync()
    expect(await store.log.read('d')).toHaveLength(4)
    await store.close()
  })
})
