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
import { seatOf, textOf, typeInto } from './stage.ts'
import * as Y from 'yjs'

/** Pages of the file, as SQLite numbers them: from 1. */
const pageSize = 4096

/** Who writes in these tests. */
const seat = seatOf('brazil', 'delegate', 'B')

let data: string
let path: string
let template: string
/** A client id that was issued then, and not used. */
let spare: number
let server: TestServer | null = null

/** A store into whose res45 so much is written that its log has pages of its own. */
beforeAll(async () => {
  template = await mkdtemp(join(tmpdir(), 'revmark-damage-'))
  server = await startTestServer(null, template)
  const browser = await signedIn('brazil')
  const client = await browser.issueClient('res45', 'brazil')
  spare = await browser.issueClient('res45', 'brazil')
  const editor = new Editor(browser, 'res45', 'brazil', client)
  await editor.synced()
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

/** The leaf pages of the log's tree that hold entries of res45, which sorts before res45-brazil. */
function pagesOfLog(): number[] {
  const database = new DatabaseSync(path, { readOnly: true })
  const pages = database
    .prepare("SELECT pageno FROM dbstat WHERE name = 'updates' AND pagetype = 'leaf' ORDER BY path")
    .all()
  database.close()
  expect(pages.length).toBeGreaterThan(2)
  return pages.map((row) => Number(row['pageno']))
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
  /** What of res45 a person sees, as words. */
  const wordsOf = ({ ydoc }: Editor): string => textOf(ydoc)[2]!

  /** Whoever comes to res45 in a browser, with a client id where it is given. */
  const open = async (browser: Browser, client?: number): Promise<Editor> => {
    const editor = new Editor(browser, 'res45', 'brazil', client)
    await editor.synced()
    return editor
  }

  /** Overwrites a page as it is in the file, with nothing of it in the WAL; gives what was there. */
  const spoil = async (page: number, at: number, bytes: Uint8Array): Promise<Uint8Array> => {
    sql('PRAGMA wal_checkpoint(TRUNCATE)')
    const sound = (await readFile(path)).subarray((page - 1) * pageSize, page * pageSize)
    await overwrite(page, at, bytes)
    return sound
  }

  test.each([
    ['zeroed', new Uint8Array(pageSize), 0],
    ['with one letter changed', Buffer.from('X'), pageSize - 20],
  ])('R9: %s leaves its draft to be read, as far as it is proved', async (_, bytes, at) => {
    sql('DELETE FROM snapshots')
    const page = pagesOfLog()[1]!
    const sound = await spoil(page, at, bytes)

    const { code, out } = await fsck()
    expect(out).toMatch(/^res45 +DAMAGED/)
    expect(out).toMatch(/^res45-brazil +sound/m)
    expect(code).toBe(1)

    server = await startTestServer(null, data)
    const brazil = await signedIn('brazil')
    const refused = await brazil.post('/api/drafts/res45/clients', {}, 'brazil')
    expect(refused.status).toBe(503)
    expect(await refused.json()).toMatchObject({
      error: { code: 'damaged', message: expect.stringContaining('damaged') },
    })
    const editor = await open(brazil, spare)
    await vi.waitUntil(() => editor.held !== null)
    expect(editor.held).toMatch(/damaged.*keep the page open/)
    expect(wordsOf(editor)).toContain(' word 0')
    expect(wordsOf(editor)).not.toContain(' word 99')
    const acked = editor.acked
    typeInto(editor.ydoc, seat, 2, ' unsaved', editor.outbox)

    // The other draft goes on, and is written.
    const client = await brazil.issueClient('res45-brazil', 'brazil')
    const other = new Editor(brazil, 'res45-brazil', 'brazil', client)
    await other.synced()
    other.destroy()
    const told = server.logged.filter(({ msg }) => msg === 'draft is damaged: it is only read')
    expect(told.map(({ draft }) => draft)).toEqual(['res45'])
    expect(editor.acked).toBe(acked)

    // Whoever mends the file need not stop the server.
    await overwrite(page, 0, sound)
    await vi.waitUntil(() => wordsOf(editor).includes(' word 99'), { timeout: 10_000 })
    await vi.waitUntil(() => editor.acked > 0, { timeout: 10_000 })
    expect(wordsOf(editor)).toContain(' unsaved')
    const reader = await open(brazil)
    expect(wordsOf(reader)).toBe(wordsOf(editor))
    expect(reader.held).toBeNull()
    for (const one of [editor, reader]) one.destroy()
  })

  test('R9: under a running server keeps in the room what was acknowledged', async () => {
    server = await startTestServer(null, data)
    const brazil = await signedIn('brazil')
    const writer = await open(brazil, await brazil.issueClient('res45', 'brazil'))
    const reader = await open(brazil)
    typeInto(writer.ydoc, seat, 2, ' acknowledged', writer.outbox)
    await vi.waitUntil(() => writer.acked === 2)

    const last = pagesOfLog().at(-1)!
    const sound = await spoil(last, 0, new Uint8Array(pageSize))
    // Whatever somebody commits, the others read their pages from the file again.
    sql(
      "UPDATE people SET name = 'Delegate' WHERE id = 'canada'",
      'PRAGMA wal_checkpoint(TRUNCATE)',
    )
    typeInto(writer.ydoc, seat, 2, ' unsaved', writer.outbox)
    await vi.waitUntil(() => writer.held !== null && reader.held !== null)
    expect(writer.acked).toBe(2)
    const late = await open(brazil)
    for (const one of [reader, late]) {
      expect(wordsOf(one)).toContain(' acknowledged')
      expect(wordsOf(one)).not.toContain(' unsaved')
    }

    await overwrite(last, 0, sound)
    await vi.waitUntil(() => wordsOf(reader).includes(' unsaved'), { timeout: 10_000 })
    await vi.waitUntil(() => writer.acked > 0, { timeout: 10_000 })
    expect(wordsOf(reader)).toContain(' acknowledged unsaved')
    for (const one of [writer, reader, late]) one.destroy()
    await server.close()
    server = null
    expect((await fsck()).out).toMatch(/^res45 +sound/)
  })

  test('R9: that holds the beginning of a draft closes its room', async () => {
    sql('DELETE FROM snapshots')
    await spoil(pagesOfLog()[0]!, 0, new Uint8Array(pageSize))
    server = await startTestServer(null, data)
    const brazil = await signedIn('brazil')
    const socket = new RawSocket(brazil, '/res45?seat=brazil')
    expect(await socket.closed).toEqual({ code: closeCode.damaged, reason: 'damaged' })
  })

  test('R9: of its snapshot is made good by the log', async () => {
    const database = new DatabaseSync(path, { readOnly: true })
    const page = database
      .prepare("SELECT pageno FROM dbstat WHERE name = 'snapshots' AND pagetype = 'overflow'")
      .get()
    database.close()
    await spoil(Number(page!['pageno']), 0, new Uint8Array(pageSize))
    server = await startTestServer(null, data)
    const brazil = await signedIn('brazil')
    const editor = await open(brazil, await brazil.issueClient('res45', 'brazil'))
    expect(wordsOf(editor)).toContain(' word 99')
    expect(editor.held).toBeNull()
    editor.destroy()
  })
})
