/**
 * `pnpm -F @revmark/server cold --updates 100000`: how long a room takes to open from a long log, with
 * a snapshot and without, each time through a store that has just been opened.
 */
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { createDraft } from '../src/draft-creation.ts'
import { replay } from '../src/room/replay.ts'
import type { LogEntry } from '../src/store/log.ts'
import { openSqliteStore, openSqliteStoreReadOnly } from '../src/store/sqlite/store.ts'
import { benchEdition, handOf } from './src/drafting.ts'
import { longDraft } from './src/long-draft.ts'
import { median } from './src/statistics.ts'

const { values } = parseArgs({ options: { updates: { type: 'string', default: '100000' } } })
const updates = Number(values.updates)
if (!Number.isInteger(updates) || updates < 1)
  throw new RangeError(`not a count: ${values.updates}`)

/** Rounds; the median is told. */
const rounds = 7

/** Entries that are committed together. */
const chunk = 5000

const draft = 'long'
const folder = await mkdtemp(join(tmpdir(), 'revmark-cold-'))
const path = join(folder, 'revmark.sqlite')
const store = openSqliteStore(path)
await store.meetings.add({ id: 'm', name: 'Benchmark', place: 'here' }, [])
await createDraft(store, draft, 'm', benchEdition(), 0)
const { user, client } = handOf(0)
let batch: LogEntry[] = []
let seq = 2
for (const data of longDraft(updates)) {
  batch.push({ seq: seq++, user, client, at: 0, kind: 'edit', data, decision: null })
  if (batch.length < chunk) continue
  await store.log.append(draft, batch)
  batch = []
}
await store.log.append(draft, batch)
await store.snapshots.take(draft)
await store.close()

process.stdout.write(`a draft of ${updates} updates, medians of ${rounds}\n`)
for (const from of ['snapshot', 'log'] as const) {
  const times: number[] = []
  for (let round = 0; round < rounds; round++) {
    const reader = openSqliteStoreReadOnly(path)
    const begun = performance.now()
    const state = await replay(reader, draft, from)
    times.push(performance.now() - begun)
    if (state?.seq !== updates + 1) throw new Error(`read up to ${state?.seq} only`)
    state.destroy()
    await reader.close()
  }
  process.stdout.write(
    `opened from the ${from}: ${median(times).toFixed(0)} ms (first, cold code: ${times[0]!.toFixed(0)})\n`,
  )
}
await rm(folder, { recursive: true })
