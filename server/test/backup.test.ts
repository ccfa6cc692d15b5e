/** The whole store as one file, taken from a running server and put back. */
import { copyFile, mkdir, mkdtemp, readFile, readdir, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { revmark } from '../src/cli/revmark.ts'
import { replay } from '../src/room/replay.ts'
import { lockFolder } from '../src/store/sqlite/folder-lock.ts'
import { openSqliteStoreReadOnly } from '../src/store/sqlite/store.ts'
import { migrations } from '../src/store/sqlite/schema.ts'
import { startProcess } from './process.ts'
import { Browser, Editor, startTestServer, writeSampleStore } from './running.ts'
import { typeInto } from './stage.ts'

let folder: string
let data: string
let file: string

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'revmark-backup-'))
  data = join(folder, 'data')
  await mkdir(data)
  file = join(folder, 'meeting.backup')
  await writeSampleStore(store())
})

afterEach(() => rm(folder, { recursive: true }))

const run = async (...args: string[]) => {
  let out = ''
  let err = ''
  const code = await revmark(args, {
    data,
    environment: { DATA: data },
    now: () => 0,
    print: (text) => (out += text),
    complain: (text) => (err += text),
  })
  return { code, out, err }
}

/** The third paragraph of a draft as a store's file tells it. */
async function paragraphIn(path: string): Promise<string> {
  const store = openSqliteStoreReadOnly(path)
  const state = (await replay(store, 'res45', 'log'))!
  await store.close()
  return state.ledger.project('marked').paragraphs[2]!.text
}

const store = (): string => join(data, 'revmark.sqlite')

test('R11: a backup beside a server that is being written to holds all that was acknowledged before', async () => {
  const server = await startTestServer(null, data)
  const browser = new Browser(server.url)
  const seat = await browser.join(server.tokenOf('brazil'))
  const editor = new Editor(browser, 'res45', seat.id, await browser.issueClient('res45', seat.id))
  await editor.synced()
  const writing = setInterval(() => typeInto(editor.ydoc, seat, 2, '.', editor.outbox), 2)
  await vi.waitFor(() => expect(editor.acked).toBeGreaterThan(20), 10_000)
  const acknowledged = editor.acked - 1
  const { code, out, err } = await run('backup', file)
  clearInterval(writing)
  editor.destroy()
  await server.close()
  expect(err).toBe('')
  expect(out).toMatch(/2 drafts, \d+ entries, all sound, \d\.\d MB/)
  expect(code).toBe(0)
  expect((await paragraphIn(file)).match(/\.+$/)?.[0].length).toBeGreaterThanOrEqual(acknowledged)
  // One file, for nobody else's eyes, that never overwrites another.
  expect((await stat(file)).mode & 0o777).toBe(0o600)
  expect((await readdir(folder)).toSorted()).toEqual(['data', 'meeting.backup'])
  expect(await run('backup', file)).toMatchObject({
    code: 1,
    err: expect.stringContaining('there already'),
  })
})

describe('restore', () => {
  test('needs a stopped server and --force where there is a store, which it keeps', async () => {
    expect((await run('backup', file)).code).toBe(0)
    expect(await run('restore', file)).toMatchObject({
      code: 1,
      err: expect.stringMatching(/--force/),
    })
    const lock = lockFolder(data)!
    expect(await run('restore', file, '--force')).toMatchObject({
      code: 1,
      err: expect.stringMatching(/a server works with .*stop it first/),
    })
    lock.close()
    const database = new DatabaseSync(store())
    database.exec("UPDATE drafts SET title = 'written after the backup'")
    database.close()
    const { code, out, err } = await run('restore', file, '--force')
    expect(err).toBe('')
    expect(out).toContain('before is')
    expect(code).toBe(0)
    const acts = async (path: string) => {
      const one = openSqliteStoreReadOnly(path)
      const entries = await one.audit.all('wtdc-17')
      const title = (await one.drafts.find('res45'))?.title
      await one.close()
      return { acts: entries.map(({ act }) => act), title }
    }
    expect(await acts(`${store()}.before-1`)).toEqual({
      acts: ['backed-up'],
      title: 'written after the backup',
    })
    expect((await acts(store())).acts).toEqual(['restored'])
    expect((await run('list')).out).not.toContain('written after the backup')
    expect((await run('fsck')).code).toBe(0)
  })

  test('takes a backup of an earlier version, and one from a disk that is gone', async () => {
    await rm(data, { recursive: true })
    const old = new DatabaseSync(file)
    old.exec(`${String(migrations[0])}; PRAGMA user_version = 1`)
    old.close()
    expect(await run('restore', file)).toMatchObject({ code: 0, err: '' })
    const database = new DatabaseSync(store())
    expect(database.prepare('PRAGMA user_version').get()).toEqual({
      user_version: migrations.length,
    })
    database.close()
  })

  test.each([
    ['is no database', 'Resolution 45, by hand', /no store of Revmark/],
    ['is empty', '', /no store of Revmark/],
    ['is damaged', null, /would not be sound; nothing was changed/],
  ])('R11: refuses a file that %s, and leaves the store as it is', async (_, content, reason) => {
    if (content === null) {
      await copyFile(store(), file)
      const database = new DatabaseSync(file)
      database.exec('PRAGMA foreign_keys = OFF; DELETE FROM clients')
      database.close()
    } else await writeFile(file, content)
    const before = await readFile(store())
    const { code, err } = await run('restore', file, '--force')
    expect(err).toMatch(reason)
    expect(code).toBe(1)
    expect(await readFile(store())).toEqual(before)
    expect((await readdir(data)).toSorted()).toEqual(['revmark.lock', 'revmark.sqlite'])
  })
})

test('a second server on the same folder does not start', async () => {
  const lock = lockFolder(data)!
  await expect(startProcess(data)).rejects.toThrow('another Revmark works with')
  lock.close()
})
