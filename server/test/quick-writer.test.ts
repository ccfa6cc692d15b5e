/** What is committed on the thread that has it, and what is left to the other one. */
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { afterEach, beforeEach, expect, test } from 'vitest'
import type { LogEntry } from '../src/store/log.ts'
import { noLimits } from '../src/store/sqlite/connection.ts'
import { QuickWriter } from '../src/store/sqlite/quick-writer.ts'
import { openSqliteStore } from '../src/store/sqlite/store.ts'
import type { Store } from '../src/store/store.ts'

let folder: string
let path: string
let store: Store
let quick: QuickWriter

const entry = (seq: number, bytes = 10): LogEntry => ({
  seq,
  user: 'c',
  client: 7,
  at: 1,
  kind: seq === 1 ? 'base' : 'edit',
  data: new Uint8Array(bytes),
  decision: null,
})

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'revmark-quick-'))
  path = join(folder, 'revmark.sqlite')
  store = openSqliteStore(path)
  await store.meetings.add({ id: 'm', name: 'A meeting', place: 'Geneva' }, [])
  const draft = { id: 'd', meeting: 'm', title: '', edition: 'e', baseHash: '' }
  await store.drafts.create(draft, [], entry(1))
  quick = new QuickWriter(path, noLimits)
})

afterEach(async () => {
  quick.close()
  await store.close()
  await rm(folder, { recursive: true })
})

const seqs = async (): Promise<number[]> => (await store.log.read('d')).map(({ seq }) => seq)

test('a few entries are committed at once, in turn with those of the other thread', async () => {
  expect(quick.commit('d', [entry(2), entry(3)], 100)).toBe(true)
  await store.log.append(
    'd',
    Array.from({ length: 9 }, (_, n) => entry(4 + n)),
  )
  expect(quick.commit('d', [entry(13)], 105)).toBe(true)
  // A rush is the other thread's.
  expect(quick.commit('d', [entry(14)], 109)).toBe(false)
  expect(quick.commit('d', [entry(14)], 113)).toBe(false)
  expect(await seqs()).toEqual(Array.from({ length: 13 }, (_, n) => n + 1))
})

test.each([
  ['are many', [2, 3, 4, 5, 6].map((seq) => entry(seq))],
  ['are large', [entry(2, 5000)]],
  ['do not follow', [entry(2), entry(4)]],
])('entries that %s are left, and nothing of them is written', async (_, entries) => {
  expect(quick.commit('d', entries)).toBe(false)
  expect(await seqs()).toEqual([1])
})

test('it waits for nobody who writes; the other thread does', async () => {
  const other = new DatabaseSync(path)
  other.exec('BEGIN IMMEDIATE')
  expect(quick.commit('d', [entry(2)])).toBe(false)
  const appended = store.log.append('d', [entry(2)])
  other.exec('COMMIT')
  other.close()
  await appended
  expect(await seqs()).toEqual([1, 2])
})
