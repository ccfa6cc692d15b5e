/** A draft's history over HTTP: a real server, its database, a client's socket. */
import { Ledger, changesOf } from '@revmark/shared/ledger'
import { historySchema } from '@revmark/shared/wire'
import type { History } from '@revmark/shared/wire'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import * as Y from 'yjs'
import { Browser, Editor, startTestServer } from './running.ts'
import type { TestServer } from './running.ts'
import { typeInto } from './stage.ts'

let server: TestServer
let brazil: Browser
let editor: Editor

/** Brazil writes two words before the title, ten minutes between them. */
beforeEach(async () => {
  server = await startTestServer()
  brazil = new Browser(server.url)
  const seat = await brazil.join(server.tokenOf('brazil'))
  const client = await brazil.issueClient('res45', 'brazil')
  editor = new Editor(brazil, 'res45', 'brazil', client)
  await editor.synced()
  for (const [k, word] of [' first', ' second'].entries()) {
    server.pass(600_000)
    typeInto(editor.ydoc, seat, 0, word, editor.outbox)
    // The first frame was the state that it asked for.
    await vi.waitUntil(() => editor.acked === k + 2)
  }
})

afterEach(async () => {
  editor.destroy()
  await server.close()
})

const history = async (): Promise<History> => {
  const response = await brazil.request('/api/drafts/res45/history', { seat: 'brazil' })
  return historySchema.parse(await response.json())
}

const read = async (path: string): Promise<Ledger> => {
  const response = await brazil.request(`/api/drafts/res45${path}`, { seat: 'brazil' })
  expect(response.status).toBe(200)
  const ydoc = new Y.Doc({ gc: false })
  Y.applyUpdate(ydoc, new Uint8Array(await response.arrayBuffer()))
  return new Ledger(ydoc)
}

const firstLine = (ledger: Ledger): string => ledger.project('clean').paragraphs[0]!.text

test('any earlier state can be read, and what has changed between two', async () => {
  const { moments } = await history()
  expect(moments.map(({ kind, user }) => [kind, user])).toEqual([
    ['base', 'server'],
    ['edit', 'brazil'],
    ['edit', 'brazil'],
  ])
  const [base, first, second] = moments.map(({ seq }) => seq)
  const name = 'RESOLUTION 45 (Rev. Dubai, 2014)'
  expect(firstLine(await read(`/states/${base}`))).toBe(name)
  expect(firstLine(await read(`/states/${first}`))).toContain(' first')
  expect(firstLine(await read(`/states/${first}`))).not.toContain(' second')
  expect(firstLine(await read(`/states/${second}`))).toContain(' second')

  const since = await read(`/difference?from=${first}&to=${second}`)
  expect(changesOf(since).map(({ inserted, deleted }) => [deleted, inserted.trim()])).toEqual([
    ['', 'second'],
  ])
  const none = await read(`/difference?from=${first}&to=${second}&view=accepted`)
  expect(changesOf(none)).toEqual([])
})

test('a moment is named once, by who may write, and what is not there has no name', async () => {
  const [, first] = (await history()).moments
  const give = (name: string, seq?: number) =>
    brazil.post('/api/drafts/res45/versions', { name, ...(seq && { seq }) }, 'brazil')
  expect((await give('To the plenary', first!.seq)).status).toBe(201)
  expect((await give('As it is')).status).toBe(201)
  const { moments, versions } = await history()
  expect(versions.map(({ name, seq, user }) => [name, seq, user])).toEqual([
    ['To the plenary', first!.seq, 'brazil'],
    ['As it is', moments.at(-1)!.seq, 'brazil'],
  ])
  const refusals = [
    [await give('To the plenary'), 409],
    [await give(' '), 400],
    [await give('Later', 99), 404],
    [await brazil.request('/api/drafts/res45/states/99', { seat: 'brazil' }), 404],
    [await brazil.request('/api/drafts/res45/states/x', { seat: 'brazil' }), 404],
  ] as const
  for (const [response, status] of refusals) expect(response.status).toBe(status)

  const observer = new Browser(server.url)
  await observer.join(server.tokenOf('observer'))
  const refused = await observer.post('/api/drafts/res45/versions', { name: 'Mine' }, 'observer')
  expect(refused.status).toBe(403)
})
