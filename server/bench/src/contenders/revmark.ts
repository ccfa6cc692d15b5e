/** Our own server on its SQLite store, with the people of the benchmark signed in. */
import { join } from 'node:path'
import { loadContributions, loadCorpus } from '@revmark/corpus'
import { enterPerson, serverClient } from '@revmark/shared/ledger'
import { pino } from 'pino'
import * as Y from 'yjs'
import { createDraft } from '../../../src/draft-creation.ts'
import { dice, hashOf } from '../../../src/secret.ts'
import { noLimits } from '../../../src/allowance.ts'
import { startServer } from '../../../src/server.ts'
import type { LogEntry } from '../../../src/store/log.ts'
import { openSqliteStore } from '../../../src/store/sqlite/store.ts'
import type { Store } from '../../../src/store/store.ts'
import { readSetting, tellPort } from '../contender.ts'
import { draftName, tokenOf } from '../address.ts'
import { baseDoc, benchEdition, handOf } from '../drafting.ts'
import { longDraft, longDraftWriters } from '../long-draft.ts'

const meeting = 'bench'
const now = (): number => Date.now()

/** Entries of the log that are committed together. */
const chunk = 5000

async function fill(store: Store, people: number, drafts: number): Promise<void> {
  await store.meetings.add({ id: meeting, name: 'Benchmark', place: 'loopback' }, [
    { code: 'B', name: 'Brazil', colour: 0 },
    { code: 'CAN', name: 'Canada', colour: 1 },
    { code: 'EGY', name: 'Egypt', colour: 2 },
    { code: 'J', name: 'Japan', colour: 3 },
  ])
  for (let n = 0; n < people; n++) {
    const { user, delegation } = handOf(n)
    await store.people.add({ id: user, name: user, role: 'delegate', delegation, meeting })
    const session = hashOf(tokenOf(n))
    await store.sessions.open(session, now(), now() + 86_400_000)
    await store.sessions.sit(session, user, now())
  }
  for (let draft = 0; draft <= drafts; draft++)
    await createDraft(store, draftName(draft), meeting, benchEdition(), now())
  for (let n = 0; n < people; n++) await store.clients.register(draftName(0), handOf(n), now())
}

/** Puts letters into the log of the first draft, as if they had been typed. */
async function write(store: Store, count: number): Promise<void> {
  const draft = draftName(0)
  const hands = Array.from({ length: longDraftWriters }, (_, n) => handOf(n))
  const entryOf = (seq: number, kind: LogEntry['kind'], data: Uint8Array): LogEntry => ({
    seq,
    user: hands[0]!.user,
    client: kind === 'person' ? serverClient : hands[0]!.client,
    at: now(),
    kind,
    data,
    decision: null,
  })
  const ydoc = baseDoc()
  ydoc.clientID = serverClient
  const before = Y.encodeStateVector(ydoc)
  for (const hand of hands) enterPerson(ydoc, hand.client, hand)
  await store.log.append(draft, [entryOf(2, 'person', Y.encodeStateAsUpdate(ydoc, before))])
  let seq = 3
  let batch: LogEntry[] = []
  for (const data of longDraft(count)) {
    batch.push(entryOf(seq++, 'edit', data))
    if (batch.length < chunk) continue
    await store.log.append(draft, batch)
    batch = []
  }
  await store.log.append(draft, batch)
  await store.snapshots.take(draft)
}

const { folder, setting } = readSetting()
const store = openSqliteStore(join(folder, 'revmark.sqlite'))
await fill(store, setting.people, setting.drafts)
if (setting.written > 0) await write(store, setting.written)
const corpus = loadCorpus()
const server = await startServer({
  store,
  corpus,
  contributions: loadContributions(corpus),
  dice,
  log: pino({ level: 'silent' }),
  now,
  host: '127.0.0.1',
  port: 0,
  publicUrl: null,
  limits: noLimits,
  metricsToken: null,
  clientFolder: folder,
})
tellPort(server.port)
