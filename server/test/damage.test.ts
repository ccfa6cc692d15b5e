/** A store whose file is damaged: what is told, and what goes on. */
import { copyFile, mkdtemp, open, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { enterPerson } from '@revmark/shared/ledger'
import { closeCode } from '@revmark/shared/wire'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest'
import { revmark } from '../src/cli/revmark.ts'
import { replay } from '../src/room/replay.ts'
import { digestOf } from '../src/store/chain.ts'
import { openSqliteStore } from '../src/store/sqlite/store.ts'
import { Browser, Editor, RawSocket, startTestServer } from './running.ts'
import type { TestServer } from './running.ts'
import { typeInto } from './stage.ts'
import * as Y from 'yjs'

/** Pages of the file, as SQLite numbers them: from 1. */
const pageSize = 4096

let data: string
let path: string
let template: string
let server: TestServer | null = null

/** A store into whose res45 so much is written that its log has pages of its own. */
beforeAll(async () => {
  template = await mkdtemp(join(tmpdir(), 'revmark-damage-'))
  server = await startTestServer(null, template)
  const browser = await signedIn('brazil')
  const client = await browser.issueClient('res45', 'brazil')
  const editor = new Editor(browser, 'res45', 'brazil', client)
  await editor.synced()
  const seat = { id: 'brazil', name: '', role: 'delegate', delegation: 'B', meeting: '' } as const
  for (let n = 0; n < 100; n++) typeInto(editor.ydoc, seat, 2, ` word ${n}`, editor.outbox)
  await vi.waitUntil(() => editor.acked > 100, { timeout: 10_000 })
  editor.destroy()
  await server.close()
  server = null
})

afterAll(() => rm(template, { recursive: true }))

beforeEach(async () => {
  data = await mkdtemp(join(tmpdir(), 'revmark-damage-'))
  path = join(data, 'revmark.sqlite')
  await copyFile(join(template, 'revmark.sqlite'), path)
})

afterEach(async () => {
  await server?.close()
  server = null
  await rm(data, { recursive: true })
})

const signedIn = async (person: string): Promise<Browser> => {
  const browser = new Browser(server!.url)
  await browser.join(server!.tokenOf(person))
  return browser
}

const sql = (...statements: string[]): void => {
  const database = new DatabaseSync(path)
  for (const statement of statements) database.exec(statement)
  database.close()
}

/** A leaf page of the log's tree that holds entries of res45 alone, which sorts before res45-brazil. */
function pageOfLog(): number {
  const database = new DatabaseSync(path, { readOnly: true })
  const pages = database
    .prepare("SELECT pageno FROM dbstat WHERE name = 'updates' AND pagetype = 'leaf' ORDER BY path")
    .all()
  database.close()
  expect(pages.length).toBeGreaterThan(2)
  return Number(pages[1]!['pageno'])
}

/** Writes bytes over a page of the file, as a bad disk does. */
async function overwrite(page: number, at: number, bytes: Uint8Array): Promise<void> {
  const file = await open(path, 'r+')
  await file.write(bytes, 0, bytes.length, (page - 1) * pageSize + at)
  await file.close()
}

const fsck = async (...args: string[]) => {
  let out = ''
  let err = ''
  const terminal = {
    data,
    environment: { DATA: data },
    now: () => 0,
    print: (text: string) => (out += text),
    complain: (text: string) => (err += text),
  }
  const code = await revmark(['fsck', ...args], terminal)
  return { code, out, err }
}

describe('revmark fsck', () => {
  test('R4: finds nothing in a sound store, and says the head of each log', async () => {
    const { code, out, err } = await fsck()
    expect(err).toBe('')
    expect(out).toMatch(/^res45 +sound +10\d entries {2}head [0-9a-f]{64}\nres45-brazil +sound/)
    expect(code).toBe(0)
    expect((await fsck('res45')).out.split('\n')).toHaveLength(2)
    expect((await fsck('res99')).out).toContain('there is no draft res99')
  })

  test.each([
    [
      'a reference to nothing',
      "DELETE FROM people WHERE id = 'brazil'",
      'refers to no row of people',
    ],
    [
      'an author who was changed',
      "UPDATE clients SET user = 'canada' WHERE draft = 'res45'",
      "canada's",
    ],
    ['a client id that nobody was issued', "DELETE FROM clients WHERE draft = 'res45'", "nobody's"],
    ['the base', "UPDATE drafts SET base = replace(base, 'spam', 'ham')", 'base of draft res45'],
    [
      'an entry that is missing',
      "DROP TRIGGER updates_no_delete; DELETE FROM updates WHERE draft = 'res45' AND seq = 50",
      'damaged at entry 50',
    ],
    [
      'a decision nobody took',
      `INSERT INTO decisions (id, draft, seq, user, at, note) VALUES ('x', 'res45', 50, 'chair', 1, '')`,
      'damaged at entry 50',
    ],
  ])('R4: tells %s', async (_, change, problem) => {
    sql('PRAGMA foreign_keys = OFF', change)
    const { code, out, err } = await fsck()
    expect(out).toContain(problem)
    expect(err).toMatch(/problems? found, nothing changed/)
    expect(code).toBe(1)
  })

  test('R6: tells a snapshot that is not what the log says, though it fits its place', async () => {
    const store = openSqliteStore(path)
    const { seq, hash } = (await store.log.head('res45'))!
    const state = (await replay(store, 'res45'))!
    enterPerson(state.ydoc, 77, { user: 'canada', delegation: 'CAN' })
    const forged = Y.encodeStateAsUpdateV2(state.ydoc)
    await store.close()
    const database = new DatabaseSync(path)
    database
      .prepare("UPDATE snapshots SET data = ?, digest = ? WHERE draft = 'res45'")
      .run(forged, digestOf('res45', seq, hash, forged))
    database.close()
    const { code, out } = await fsck()
    expect(out).toContain('is not what the log tells')
    expect(code).toBe(1)
  })
})

describe('a damaged page', () => {
  test.each([
    ['zeroed', new Uint8Array(pageSize), 0],
    ['with one letter changed', Buffer.from('X'), pageSize - 20],
  ])('R9: %s closes the rooms of its draft only, which is named', async (_, bytes, at) => {
    sql('DELETE FROM snapshots', 'PRAGMA wal_checkpoint(TRUNCATE)')
    const page = pageOfLog()
    const sound = (await readFile(path)).subarray((page - 1) * pageSize, page * pageSize)
    await overwrite(page, at, bytes)

    const { code, out } = await fsck()
    expect(out).toMatch(/^res45 +DAMAGED/)
    expect(out).toMatch(/^res45-brazil +sound/m)
    expect(code).toBe(1)

    server = await startTestServer(null, data)
    const brazil = await signedIn('brazil')
    const refused = await brazil.post('/api/drafts/res45/clients', {}, 'brazil')
    expect(refused.status).toBe(503)
    expect(await refused.json()).toMatchObject({ error: { code: 'damaged' } })
    const socket = new RawSocket(brazil, '/res45?seat=brazil')
    expect(await socket.closed).toEqual({ code: closeCode.damaged, reason: 'damaged' })

    // The other draft goes on, and is written.
    const client = await brazil.issueClient('res45-brazil', 'brazil')
    const editor = new Editor(brazil, 'res45-brazil', 'brazil', client)
    await editor.synced()
    editor.destroy()
    const told = server.logged.filter(
      ({ msg }) => msg === 'draft is damaged: its room stays closed',
    )
    expect(told.map(({ draft }) => draft)).toEqual(['res45'])

    // Whoever mends the file need not stop the server.
    await overwrite(page, 0, sound)
    const mended = new Editor(
      brazil,
      'res45',
      'brazil',
      await brazil.issueClient('res45', 'brazil'),
    )
    await mended.synced()
    mended.destroy()
  })
})
