/** What the server acknowledged is there after the process was killed at any moment. */
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Ledger, provisionsOf } from '@revmark/shared/ledger'
import { fingerprint } from '@revmark/shared/resolution'
import type { Seat } from '@revmark/shared/wire'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { replay } from '../src/room/replay.ts'
import { openSqliteStoreReadOnly } from '../src/store/sqlite/store.ts'
import { Door, startProcess } from './process.ts'
import type { ServerProcess } from './process.ts'
import { Browser, Editor } from './running.ts'
import { typeInto } from './stage.ts'

/** How many edits each delegate writes before the kill; every one a frame of its own. */
const edits = 60

let data: string
let door: Door
let running: ServerProcess | null = null

const start = async (): Promise<ServerProcess> => {
  running = await startProcess(data)
  door.server = running
  return running
}

beforeEach(async () => {
  data = await mkdtemp(join(tmpdir(), 'revmark-crash-'))
  door = new Door()
  await door.open()
})

afterEach(async () => {
  if (running?.child.exitCode === null && running.child.signalCode === null)
    await running.end('SIGKILL')
  door.close()
  await rm(data, { recursive: true })
})

const until = (check: () => void): Promise<void> =>
  vi.waitFor(check, { timeout: 20_000, interval: 5 })

/** A delegate who counts: edit n is the n-th content frame after the sync's own. */
class Typist {
  readonly editor: Editor
  readonly seat: Seat
  written = 0

  constructor(editor: Editor, seat: Seat) {
    this.editor = editor
    this.seat = seat
  }

  /** `<name of the edit>` into a paragraph. */
  write(): void {
    const { editor, seat } = this
    typeInto(editor.ydoc, seat, 2, `<${seat.id} ${this.written++}>`, editor.outbox)
  }

  /** Edits known to be on disk. */
  get safe(): number {
    return Math.max(0, this.editor.acked - 1)
  }
}

async function typist(name: string): Promise<Typist> {
  const browser = new Browser(door.url)
  const seat = await browser.join(door.server!.links.get(name)!)
  const client = await browser.issueClient('res45', seat.id)
  const editor = new Editor(browser, 'res45', seat.id, client)
  await editor.synced()
  await until(() => expect(editor.acked).toBe(1))
  return new Typist(editor, seat)
}

test('after kill -9 in the middle of typing, and the clients send the rest', async () => {
  const first = await start()
  const typists = [await typist('Delegate of Brazil'), await typist('Delegate of Canada')]
  for (let n = 0; n < edits; n++) {
    for (const typist of typists) typist.write()
    await new Promise((resolve) => setImmediate(resolve))
    if (typists.some(({ safe }) => safe > edits / 3)) break
  }
  await until(() => expect(Math.max(...typists.map(({ safe }) => safe))).toBeGreaterThan(0))
  door.server = null
  const killed = first.end('SIGKILL')
  const acknowledged = typists.map(({ safe }) => safe)
  await killed
  // What came while the signal was on its way was acknowledged too.
  const safe = typists.map((typist, index) => Math.max(typist.safe, acknowledged[index]!))

  const store = openSqliteStoreReadOnly(join(data, 'revmark.sqlite'))
  const state = (await replay(store, 'res45'))!
  const text = state.ledger.project('marked').paragraphs[2]!.text
  for (const [index, { seat }] of typists.entries())
    for (let n = 0; n < safe[index]!; n++) expect(text).toContain(`<${seat.id} ${n}>`)
  expect(fingerprint(provisionsOf(state.ledger.project('base')))).toBe(state.draft.baseHash)
  await store.close()

  const second = await start()
  const reader = await typist('Delegate of Brazil')
  await until(() => {
    const ledger = new Ledger(reader.editor.ydoc)
    const whole = ledger.project('marked').paragraphs[2]!.text
    ledger.destroy()
    for (const { seat, written } of typists)
      for (let n = 0; n < written; n++) expect(whole).toContain(`<${seat.id} ${n}>`)
  })
  for (const { editor } of [...typists, reader]) editor.destroy()
  expect(await second.end('SIGTERM')).toBe(0)
}, 60_000)

test('a session outlives a restart, its links do not', async () => {
  const first = await start()
  const browser = new Browser(door.url)
  const token = first.links.get('Observer')!
  await browser.join(token)
  expect(await first.end('SIGTERM')).toBe(0)
  await start()
  expect((await browser.request('/api/drafts/res45', { seat: 'observer' })).status).toBe(200)
  expect((await browser.post('/api/join', { token })).status).toBe(410)
}, 30_000)
