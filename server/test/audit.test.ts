/** The record of who did what: what is in it, what is not, and that nobody changes it unseen. */
import { DatabaseSync } from 'node:sqlite'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { auditEntrySchema, auditPageSchema, madeTokenSchema } from '@revmark/shared/wire'
import type { Act, AuditEntry } from '@revmark/shared/wire'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { pino } from 'pino'
import { record } from '../src/audit.ts'
import { tableOf } from '../src/audit-file.ts'
import { fsck } from '../src/cli/fsck.ts'
import { firstHash, hashAfter } from '../src/store/audit.ts'
import { StoreTrouble } from '../src/store/trouble.ts'
import { openSqliteStore } from '../src/store/sqlite/store.ts'
import { Browser, Editor, failureOf, startTestServer } from './running.ts'
import type { TestServer } from './running.ts'

const meeting = '/api/meetings/wtdc-17'

let folder: string
let server: TestServer
let browser: Browser

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'revmark-audit-'))
  server = await startTestServer(null, folder)
  browser = new Browser(server.url)
  for (const person of ['chair', 'secretariat', 'brazil', 'observer'])
    await browser.join(server.tokenOf(person))
})

afterAll(async () => {
  await server.close()
  await rm(folder, { recursive: true })
})

const recorded = (): Promise<readonly AuditEntry[]> => server.store.audit.all('wtdc-17')

/** What an act adds to the record. */
async function adds(act: () => Promise<unknown>): Promise<readonly AuditEntry[]> {
  const before = (await recorded()).length
  await act()
  return (await recorded()).slice(before)
}

describe('the record', () => {
  test('has the links of the start and who has signed in', async () => {
    const known = (await recorded()).map(({ act, person }) => `${act} ${person ?? 'server'}`)
    expect(known.slice(0, 5)).toEqual(Array.from({ length: 5 }, () => 'link-made server'))
    expect(known).toContain('signed-in chair')
  })

  test.each<[Act, string, string, string, unknown, object]>([
    [
      'exported',
      'observer',
      'GET',
      '/api/drafts/res45/export?format=txt',
      null,
      { draft: 'res45' },
    ],
    [
      'exported',
      'observer',
      'POST',
      '/api/drafts/res45/word',
      { view: 'marked', persons: 'named' },
      { details: { format: 'docx', view: 'marked', persons: 'named' } },
    ],
    ['history-read', 'brazil', 'GET', '/api/drafts/res45/history', null, { draft: 'res45' }],
    ['history-read', 'brazil', 'GET', '/api/drafts/res45/states/1', null, { details: { seq: 1 } }],
    ['version-named', 'chair', 'POST', '/api/drafts/res45/versions', { name: 'First' }, {}],
    [
      'draft-begun',
      'chair',
      'POST',
      `${meeting}/drafts`,
      { edition: 'res45-dubai-2014' },
      { details: { edition: 'res45-dubai-2014', compared: null } },
    ],
    [
      'person-changed',
      'secretariat',
      'PATCH',
      `${meeting}/people/canada`,
      { name: 'Jo Roy', email: 'jo@example.org' },
      { subject: 'canada', details: { fields: 'name email', role: 'delegate', delegation: 'CAN' } },
    ],
    [
      'link-made',
      'secretariat',
      'POST',
      `${meeting}/people/canada/links`,
      { once: true, days: 2 },
      { details: { person: 'canada', once: true, days: 2 } },
    ],
    [
      'person-signed-out',
      'secretariat',
      'DELETE',
      `${meeting}/people/canada/browsers`,
      null,
      { subject: 'canada' },
    ],
    [
      'seat-taken-away',
      'secretariat',
      'DELETE',
      `${meeting}/people/canada`,
      null,
      { subject: 'canada' },
    ],
    ['audit-read', 'chair', 'GET', `${meeting}/audit/export?format=csv`, null, {}],
  ])('A7: has %s by %s: %s %s', async (act, seat, method, path, body, more) => {
    const [entry, ...others] = await adds(() =>
      browser.request(path, { method, seat, ...(body !== null && { body: JSON.stringify(body) }) }),
    )
    expect(others).toEqual([])
    expect(entry).toMatchObject({ act, person: seat, token: null, ...more })
  })

  test('has who opened a draft, and the head of its log', async () => {
    const added = await adds(async () => {
      const editor = new Editor(browser, 'res45', 'observer')
      await editor.synced()
      editor.destroy()
    })
    const head = (await server.store.log.head('res45'))!
    const log = { seq: head.seq, hash: Buffer.from(head.hash).toString('hex') }
    expect(added).toMatchObject([{ act: 'draft-opened', person: 'observer', draft: 'res45', log }])
  })

  test('names the token of a script, and what is done to tokens', async () => {
    const made = await adds(async () => {
      const token = { name: 'Nightly', scopes: ['export'], days: 1 }
      const answer = await browser.post(`${meeting}/tokens`, token, 'secretariat')
      const { token: letters } = madeTokenSchema.parse(await answer.json())
      const headers = { authorization: `Bearer ${letters}` }
      await fetch(`${server.url}/api/drafts/res45/export?format=txt`, { headers })
    })
    const id = made[0]?.subject
    expect(made).toMatchObject([
      { act: 'token-made', details: { scopes: 'export', days: 1 } },
      { act: 'exported', person: 'secretariat', token: id },
    ])
    const path = `${meeting}/tokens/${id}`
    const gone = await adds(() => browser.request(path, { method: 'DELETE', seat: 'chair' }))
    expect(gone).toMatchObject([{ act: 'token-revoked', person: 'chair', subject: id }])
  })

  test.each<[Act, number]>([
    ['link-revoked', 1],
    ['decided', 1],
    ['draft-opened', 0],
    ['signed-out', 0],
  ])('is on the disk before %s is answered, or need not be', async (act, times) => {
    let synced = 0
    const log = { ...server.store.log, sync: async () => void synced++ }
    const services = {
      store: { ...server.store, log },
      log: pino({ level: 'silent' }),
      now: () => 1,
    }
    await record(services, 'wtdc-17', { act })
    expect(synced).toBe(times)
  })

  test.each<[Act, boolean]>([
    ['draft-opened', true],
    ['signed-out', true],
    ['link-revoked', false],
    ['exported', true],
    ['decided', false],
  ])('that cannot be written lets %s go on: %s', async (act, goesOn) => {
    const append = () => Promise.reject(new StoreTrouble('the disk is full'))
    const store = { ...server.store, audit: { ...server.store.audit, append } }
    const lines: string[] = []
    const log = pino({}, { write: (line: string) => void lines.push(line) })
    const outcome = await record({ store, log, now: () => 1 }, 'wtdc-17', { act }).then(
      () => true,
      (error: unknown) => error,
    )
    expect(outcome).toEqual(goesOn ? true : new StoreTrouble('the disk is full'))
    expect(lines.join('')).toContain(`"act":"${act}"`)
  })

  test('A7: has links that were refused, and who signed out', async () => {
    const refused = await adds(async () => {
      await server.store.links.revokeOne(
        (await server.store.links.of('wtdc-17')).find(({ person }) => person === 'brazil')!.hash,
        1,
      )
      await new Browser(server.url).post('/api/join', { token: server.tokenOf('brazil') })
      await new Browser(server.url).post('/api/join', { token: 'x'.repeat(43) })
    })
    expect(refused).toMatchObject([
      { act: 'sign-in-refused', person: 'brazil', details: { why: 'revoked' } },
    ])
    const other = new Browser(server.url)
    const left = await adds(async () => {
      await other.join(server.tokenOf('observer'))
      await other.post('/api/sign-out', {})
    })
    expect(left.map(({ act }) => act)).toEqual(['signed-in', 'signed-out'])
    expect(left[0]?.subject).toBe(left[1]?.subject)
  })

  test('A7: has nothing of what was refused, and no name, address or secret', async () => {
    const added = await adds(async () => {
      await browser.request('/api/drafts/res45/export?format=doc', { seat: 'observer' })
      await browser.request(`${meeting}/people/canada`, { method: 'DELETE', seat: 'observer' })
    })
    expect(added).toEqual([])
    const text = JSON.stringify(await recorded())
    for (const secret of ['Jo Roy', 'example.org', 'Delegate of', server.tokenOf('observer')])
      expect(text).not.toContain(secret)
  })

  test.each(['brazil', 'observer'])('is not for %s', async (seat) => {
    for (const path of ['', '/export?format=csv'])
      expect(await failureOf(await browser.request(`${meeting}/audit${path}`, { seat }))).toEqual([
        403,
        'wrong-role',
      ])
  })

  test('is read page by page, the newest first, also one kind of acts alone', async () => {
    for (let i = 0; i < 120; i++)
      await server.store.audit.append('wtdc-17', {
        at: i,
        person: 'chair',
        token: null,
        act: 'exported',
        draft: null,
        log: null,
        subject: null,
        details: {},
      })
    const read = async (query: string) =>
      auditPageSchema.parse(
        await (await browser.request(`${meeting}/audit${query}`, { seat: 'chair' })).json(),
      )
    const first = await read('')
    expect(first.entries).toHaveLength(100)
    const second = await read(`?before=${first.next}`)
    const [latest] = first.entries
    expect(second.entries[0]!.seq).toBe(latest!.seq - 100)
    expect(second.entries.at(-1)?.seq ?? 0).toBeGreaterThanOrEqual(1)
    const rights = await read('?kind=rights')
    expect(new Set(rights.entries.map(({ act }) => act))).toContain('seat-taken-away')
    expect(rights.entries.some(({ act }) => act === 'exported')).toBe(false)
  })

  test('A8: can be proved by whoever has its file alone', async () => {
    const file = await browser.request(`${meeting}/audit/export?format=jsonl`, { seat: 'chair' })
    const lines = (await file.text()).trimEnd().split('\n')
    let hash = firstHash('wtdc-17')
    for (const line of lines) {
      const entry = auditEntrySchema.parse(JSON.parse(line))
      hash = hashAfter(hash, entry)
      expect(entry.hash).toBe(hash)
    }
    expect(lines.length).toBe((await recorded()).length - 1)
  })

  test('as a table gives no spreadsheet a formula', () => {
    const entry: AuditEntry = {
      seq: 1,
      at: 0,
      person: 'p-1',
      token: null,
      act: 'exported',
      draft: null,
      log: null,
      subject: null,
      details: { view: 'a "b", c' },
      hash: 'ab',
    }
    const [, row] = tableOf([entry], new Map([['p-1', '=HYPERLINK("x")']])).split('\r\n')
    expect(row).toBe(
      `1,1970-01-01T00:00:00.000Z,p-1,"'=HYPERLINK(""x"")",,exported,,,,"view=a ""b"", c",ab`,
    )
  })
})

describe('a record that somebody has changed', () => {
  let copies = 0
  const copyOf = async (...changes: readonly string[]): Promise<string> => {
    const path = join(folder, `copy-${copies++}.sqlite`)
    const live = new DatabaseSync(join(folder, 'revmark.sqlite'), { readOnly: true })
    live.prepare('VACUUM INTO ?').run(path)
    live.close()
    const database = new DatabaseSync(path)
    database.exec('DROP TRIGGER audit_no_update; DROP TRIGGER audit_no_delete')
    for (const change of changes) database.exec(change)
    database.close()
    return path
  }

  test.each([
    ['who', "UPDATE audit SET person = 'canada' WHERE seq = 7", /audit .* entry 7/],
    ['when', 'UPDATE audit SET at = at + 1 WHERE seq = 7', /audit .* entry 7/],
    ['what', "UPDATE audit SET act = 'signed-out' WHERE seq = 7", /audit .* entry 7/],
    ['to whom', "UPDATE audit SET subject = 'x' WHERE seq = 7", /audit .* entry 7/],
    ['how', `UPDATE audit SET details = '{"a":1}' WHERE seq = 7`, /audit .* entry 7/],
    ['an entry taken away', 'DELETE FROM audit WHERE seq = 7', /audit .* entry 7/],
    ['its own hash', "UPDATE audit SET hash = 'ab' WHERE seq = 7", /audit .* entry 7/],
    [
      'the end of a draft’s log',
      `DROP TRIGGER updates_no_delete; DROP TRIGGER versions_no_delete; PRAGMA foreign_keys = OFF;
       DELETE FROM snapshots; DELETE FROM versions; DELETE FROM updates
       WHERE draft = 'res45-brazil' AND seq = (SELECT max(seq) FROM updates WHERE draft = 'res45-brazil')`,
      /saw entry \d+ of res45-brazil, which is not in its log/,
    ],
  ])('A8: is found by fsck: %s', async (_, change, problem) => {
    await browser.request('/api/drafts/res45-brazil/history', { seat: 'observer' })
    const store = openSqliteStore(await copyOf(change))
    const { text, problems } = await fsck(store)
    expect(text).toMatch(problem)
    expect(problems).toBeGreaterThan(0)
    await store.close()
  })

  test('is sound otherwise, and its last hash is told', async () => {
    const store = openSqliteStore(await copyOf())
    const { text, problems } = await fsck(store)
    const { hash } = (await store.audit.all('wtdc-17')).at(-1)!
    expect(text).toContain(`head ${hash}`)
    expect(problems).toBe(0)
    await store.close()
  })

  test('cannot be changed by a mistake of this program', () => {
    const database = new DatabaseSync(join(folder, 'revmark.sqlite'))
    for (const change of ["UPDATE audit SET person = 'x'", 'DELETE FROM audit'])
      expect(() => database.exec(change)).toThrow('audit is append-only')
    database.close()
  })
})
