/** What every store must do, whatever it is made of. */
import type { Provision } from '@revmark/shared/resolution'
import type { ImportReport, Seat } from '@revmark/shared/wire'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import * as Y from 'yjs'
import { hexOf } from '../src/store/chain.ts'
import type { LogEntry } from '../src/store/log.ts'
import { erasedName } from '../src/store/person.ts'
import type { Store } from '../src/store/store.ts'

export interface StoreUnderTest {
  /** Opens the store that the test has; after `store.close()`, the same one again. */
  open(): Promise<Store>
  /** Takes it away. */
  remove(): Promise<void>
}

const meeting = { id: 'm', name: 'A meeting', place: 'Geneva' }
const brazil = { code: 'B', name: 'Brazil', colour: 0 }
const canada = { code: 'CAN', name: 'Canada', colour: 1 }
const ana: Seat = { id: 'ana', name: 'Ana', role: 'delegate', delegation: 'B', meeting: 'm' }
const chair: Seat = { id: 'chair', name: 'Chair', role: 'chair', delegation: null, meeting: 'm' }
const draft = { id: 'd', meeting: 'm', title: 'Resolution 1', edition: 'res1', baseHash: 'abc' }
const base: readonly Provision[] = [
  { kind: 'number', level: 1, label: null, text: 'RESOLUTION 1 \u{1F600}', formats: [] },
  {
    kind: 'item',
    level: 1,
    label: 'a)',
    text: 'one',
    formats: [{ from: 0, to: 3, format: 'italic' }],
  },
]

const entry = (seq: number, more: Partial<LogEntry> = {}): LogEntry => ({
  seq,
  user: 'ana',
  client: 1000,
  at: 1_700_000_000_000 + seq,
  kind: 'edit',
  data: Uint8Array.of(0, 255, seq % 256),
  decision: null,
  ...more,
})

export function storeContract(name: string, create: () => Promise<StoreUnderTest>): void {
  describe(`the store contract: ${name}`, () => {
    let under: StoreUnderTest
    let store: Store

    beforeEach(async () => {
      under = await create()
      store = await under.open()
      await store.meetings.add(meeting, [canada, brazil])
      await store.people.add(ana)
      await store.people.add(chair)
      await store.drafts.create(draft, base, entry(1, { user: 'server', kind: 'base' }))
    })

    afterEach(async () => {
      await store.close()
      await under.remove()
    })

    const reopen = async (): Promise<void> => {
      await store.close()
      store = await under.open()
    }

    test('meetings keep their delegations in the order of admission', async () => {
      await reopen()
      expect(await store.meetings.find('m')).toEqual(meeting)
      expect(await store.meetings.find('other')).toBeNull()
      expect(await store.meetings.all()).toEqual([meeting])
      expect(await store.meetings.delegations('m')).toEqual([brazil, canada])
    })

    test('a meeting that is there already is refused, and nothing of it is added', async () => {
      const third = { code: 'EGY', name: 'Egypt', colour: 2 }
      await expect(store.meetings.add(meeting, [third])).rejects.toThrow(Error)
      expect(await store.meetings.delegations('m')).toEqual([brazil, canada])
    })

    test('people are found until they are revoked', async () => {
      expect(await store.people.find('ana')).toEqual(ana)
      expect(await store.people.of('m')).toEqual([ana, chair])
      await store.people.revoke('ana', 5)
      expect(await store.people.find('ana')).toBeNull()
      expect(await store.people.of('m')).toEqual([chair])
    })

    test('nobody sits for a delegation that was not admitted', async () => {
      await expect(store.people.add({ ...ana, id: 'x', delegation: 'XXX' })).rejects.toThrow(Error)
      expect(await store.people.find('x')).toBeNull()
    })

    test('links are found by hash and revoked by purpose', async () => {
      const link = { person: 'ana', at: 1, expires: 10, uses: null } as const
      await store.links.add({ ...link, hash: 'h1', purpose: 'start' })
      await store.links.add({ ...link, hash: 'h2', purpose: 'invitation' })
      await store.links.revoke('start', 7)
      await store.links.revoke('start', 8)
      await reopen()
      const one = { ...link, hash: 'h1', purpose: 'start', used: 0, revoked: 7 }
      expect(await store.links.find('h1')).toEqual(one)
      expect((await store.links.find('h2'))?.revoked).toBeNull()
      expect(await store.links.find('h3')).toBeNull()
    })

    test('a session holds its seats in the order of taking, each once', async () => {
      await store.sessions.open('s', 1, 100)
      expect(await store.sessions.seats('s', 1)).toEqual([])
      await store.sessions.sit('s', 'chair', 2)
      await store.sessions.sit('s', 'ana', 3)
      await store.sessions.sit('s', 'chair', 4)
      await reopen()
      expect(await store.sessions.seats('s', 99)).toEqual([chair, ana])
    })

    test('a session ends by its time, by sign-out, and for revoked people', async () => {
      await store.sessions.open('s', 1, 100)
      await store.sessions.sit('s', 'chair', 2)
      await store.sessions.sit('s', 'ana', 2)
      await store.people.revoke('chair', 3)
      expect(await store.sessions.seats('s', 4)).toEqual([ana])
      expect(await store.sessions.seats('s', 100)).toBeNull()
      await store.sessions.end('s')
      expect(await store.sessions.seats('s', 4)).toBeNull()
      await store.sessions.end('s')
    })

    test('a token opens its person’s seat until it expires or is revoked, or the person is', async () => {
      const token = { person: 'chair', name: 'Nightly', scopes: ['read'], at: 1 } as const
      await store.tokens.add({ ...token, hash: 't1', expires: 100 })
      await store.tokens.add({ ...token, hash: 't2', at: 2, expires: 900_000 })
      await reopen()
      expect(await store.tokens.find('t1', 99)).toEqual({ seat: chair, scopes: ['read'] })
      expect(await store.tokens.find('t1', 100)).toBeNull()
      expect(await store.tokens.find('t3', 1)).toBeNull()
      await store.tokens.touch('t2', 5)
      await store.tokens.touch('t2', 6)
      await store.tokens.revoke('t2', 7)
      await store.tokens.revoke('t2', 8)
      expect(await store.tokens.find('t2', 9)).toBeNull()
      expect(await store.tokens.of('m')).toEqual([
        { ...token, hash: 't2', at: 2, expires: 900_000, revoked: 7, seen: 5 },
        { ...token, hash: 't1', expires: 100, revoked: null, seen: null },
      ])
      await store.people.revoke('chair', 10)
      expect(await store.tokens.find('t1', 11)).toBeNull()
    })

    test('a person who is erased leaves no name behind, and the id stays', async () => {
      await store.people.change('ana', { email: 'ana@example.org' })
      await store.sessions.open('own', 1, 100, 'Firefox of Ana')
      await store.sessions.open('shared', 1, 100, 'Of both')
      for (const session of ['own', 'shared']) await store.sessions.sit(session, 'ana', 1)
      await store.sessions.sit('shared', 'chair', 1)
      await store.people.erase('ana', 7)
      await store.people.erase('ana', 8)
      await reopen()
      const erased = { ...ana, name: erasedName, email: null, revoked: 7, erased: 7 }
      expect(await store.people.everyone('m')).toContainEqual(erased)
      expect(await store.people.find('ana')).toBeNull()
      expect(await store.sessions.seats('own', 2)).toBeNull()
      expect(await store.sessions.seats('shared', 2)).toEqual([chair])
    })

    test('a draft keeps its base letter by letter', async () => {
      await reopen()
      expect(await store.drafts.find('d')).toEqual(draft)
      expect(await store.drafts.base('d')).toEqual(base)
      expect(await store.drafts.of('m')).toEqual([draft])
      expect(await store.drafts.of('other')).toEqual([])
      expect(await store.drafts.all()).toEqual([draft])
      expect(await store.drafts.find('x')).toBeNull()
      expect(await store.drafts.base('x')).toBeNull()
    })

    test('a draft that is there already is refused, and its log is untouched', async () => {
      await expect(store.drafts.create(draft, [], entry(2))).rejects.toThrow(Error)
      expect(await store.log.read('d')).toHaveLength(1)
    })

    test('a client id is registered once in a draft', async () => {
      const owner = { client: 4_294_967_295, user: 'ana', delegation: 'B' }
      expect(await store.clients.register('d', owner, 1)).toBe(true)
      expect(await store.clients.register('d', { ...owner, user: 'chair' }, 2)).toBe(false)
      await reopen()
      expect(await store.clients.of('d')).toEqual([{ ...owner, at: 1 }])
      expect(await store.clients.of('x')).toEqual([])
    })

    test('the log gives back what was appended, byte for byte and in order', async () => {
      await store.log.append('d', [entry(2), entry(3, { data: new Uint8Array(100_000).fill(7) })])
      await store.log.append('d', [entry(4, { kind: 'person', client: 2 })])
      await store.log.sync()
      await reopen()
      const log = await store.log.read('d')
      expect(log.map(({ seq }) => seq)).toEqual([1, 2, 3, 4])
      expect(log[1]).toEqual(entry(2))
      expect(log[2]?.data).toEqual(new Uint8Array(100_000).fill(7))
      expect(log[3]).toEqual(entry(4, { kind: 'person', client: 2 }))
      expect(await store.log.read('x')).toEqual([])
    })

    test('a batch with a seq that is taken, or that leaves a gap, is refused whole', async () => {
      await store.log.append('d', [entry(2)])
      await expect(store.log.append('d', [entry(3), entry(2)])).rejects.toThrow(/entry 2/)
      await expect(store.log.append('d', [entry(3), entry(5)])).rejects.toThrow(/entry 5/)
      expect((await store.log.read('d')).map(({ seq }) => seq)).toEqual([1, 2])
      await store.log.append('d', [entry(3)])
    })

    test('what is appended at once is committed in order, a refusal by itself', async () => {
      const results = await Promise.allSettled(
        [2, 3, 3, 4, 9, 5].map((seq) => store.log.append('d', [entry(seq)])),
      )
      expect(results.map(({ status }) => status === 'fulfilled')).toEqual([
        true,
        true,
        false,
        true,
        false,
        true,
      ])
      expect((await store.log.read('d')).map(({ seq }) => seq)).toEqual([1, 2, 3, 4, 5])
    })

    test('the log is read from any place on', async () => {
      await store.log.append('d', [entry(2), entry(3), entry(4)])
      expect((await store.log.read('d', 2)).map(({ seq }) => seq)).toEqual([3, 4])
      expect(await store.log.read('d', 4)).toEqual([])
    })

    test('the head of a log changes with every entry, and is the same after a restart', async () => {
      const first = await store.log.head('d')
      expect(first).toMatchObject({ seq: 1 })
      await store.log.append('d', [entry(2)])
      const second = await store.log.head('d')
      expect(second?.seq).toBe(2)
      expect(second?.hash).not.toEqual(first?.hash)
      await reopen()
      expect(await store.log.head('d')).toEqual(second)
      expect(await store.log.head('x')).toBeNull()
    })

    test('attachments keep their bytes, the first first, until they are dropped', async () => {
      const report: ImportReport = {
        edition: 'res1',
        editionName: 'Resolution 1',
        text: 1,
        proposals: ['MOD B/1/1', null],
        whole: null,
        cover: [],
        reasons: '',
        signed: [],
        changes: [],
        differences: [],
        tookDifferences: false,
        labels: [],
        left: [],
      }
      const facts = { name: 'é.docx', user: 'ana', delegation: 'B', hash: 'h', report }
      const one = { ...facts, id: 'z', at: 5, size: 3 }
      await store.attachments.add('d', one, Uint8Array.of(0, 255, 1))
      await store.attachments.add('d', { ...one, id: 'a', at: 6, size: 0 }, new Uint8Array(0))
      await expect(store.attachments.add('d', one, Uint8Array.of(1))).rejects.toThrow(Error)
      await expect(store.attachments.add('x', one, Uint8Array.of(1))).rejects.toThrow(Error)
      await reopen()
      expect(await store.attachments.of('d')).toEqual([one, { ...one, id: 'a', at: 6, size: 0 }])
      expect(await store.attachments.of('x')).toEqual([])
      expect(await store.attachments.bytes('d', 'z')).toEqual(Uint8Array.of(0, 255, 1))
      expect(await store.attachments.bytes('x', 'z')).toBeNull()
      await store.attachments.drop('d', 'z')
      expect(await store.attachments.bytes('d', 'z')).toBeNull()
      expect(await store.attachments.of('d')).toHaveLength(1)
    })

    test('R6: a snapshot holds what the log held, and stays behind while that grows', async () => {
      const ydoc = new Y.Doc({ gc: false })
      const updates: Uint8Array[] = []
      ydoc.on('update', (update: Uint8Array) => updates.push(update))
      for (const word of ['one', ' two', ' three']) ydoc.getText('t').insert(0, word)
      const draftOf = { ...draft, id: 'y' }
      await store.drafts.create(draftOf, base, entry(1, { kind: 'base', data: updates[0]! }))
      await store.log.append('y', [entry(2, { data: updates[1]! })])
      expect(await store.snapshots.newest('y')).toBeNull()
      await store.snapshots.take('y')
      await store.log.append('y', [entry(3, { data: updates[2]! })])
      const read = async (): Promise<string> => {
        const snapshot = (await store.snapshots.newest('y'))!
        const copy = new Y.Doc({ gc: false })
        Y.applyUpdateV2(copy, snapshot.data)
        return `${snapshot.seq}:${copy.getText('t').toJSON()}`
      }
      expect(await read()).toBe('2: twoone')
      await reopen()
      expect(await read()).toBe('2: twoone')
      await store.snapshots.take('y')
      expect(await read()).toBe('3: three twoone')
    })

    test('a log is read from one entry to another', async () => {
      await store.log.append('d', [entry(2), entry(3), entry(4)])
      const read = async (after: number, until?: number) =>
        (await store.log.read('d', after, until)).map(({ seq }) => seq)
      expect(await read(1, 3)).toEqual([2, 3])
      expect(await read(0, 1)).toEqual([1])
      expect(await read(2)).toEqual([3, 4])
    })

    test('a snapshot of an unknown draft is none', async () => {
      await store.snapshots.take('x')
      expect(await store.snapshots.newest('x')).toBeNull()
    })

    test('a probe writes, and leaves nothing in a log', async () => {
      await store.log.probe()
      expect(await store.log.read('d')).toHaveLength(1)
    })

    test('a decision stands in the log and in the list of decisions, or in neither', async () => {
      const decision = { id: 'x1', note: 'agreed in the corridor' }
      const decided = entry(2, { user: 'chair', client: 2, kind: 'decision', decision })
      await store.log.append('d', [decided])
      await expect(store.log.append('d', [{ ...decided, seq: 3 }])).rejects.toThrow(Error)
      await reopen()
      expect((await store.log.read('d'))[1]).toEqual(decided)
      expect(await store.log.read('d')).toHaveLength(2)
      expect(await store.log.decisions('d')).toEqual([
        { ...decision, user: 'chair', at: decided.at },
      ])
    })

    test('A8: an act stands in the record and its entry in the log, or neither does', async () => {
      const act = 'decided' as const
      const deed = { at: 5, person: 'chair', token: 't', act, draft: 'd', subject: 'x2' }
      const acting = {
        ...entry(2, { user: 'chair', client: 2, kind: 'decision' }),
        act: { meeting: 'm', deed: { ...deed, details: { verb: 'x' } } },
      }
      const many = Array.from({ length: 6 }, (_, n) => entry(n + 3))
      await expect(store.log.append('d', [acting, entry(4)])).rejects.toThrow(Error)
      expect(await store.audit.all('m')).toEqual([])
      await store.log.append('d', [acting, ...many])
      await store.log.append('d', [{ ...acting, seq: 9 }])
      await reopen()
      const [first, second] = await store.audit.all('m')
      const hash = hexOf((await store.log.hashAt('d', 2))!)
      expect(first).toMatchObject({ ...deed, log: { seq: 2, hash }, details: { verb: 'x' } })
      expect(second?.log?.seq).toBe(9)
      expect(await store.log.read('d')).toHaveLength(9)
    })

    test('A8: what changes rights stands there with its entry of the record, or not at all', async () => {
      const toldTo = (meeting: string, subject: string) => {
        const deed = { at: 5, person: 'chair', token: null, draft: null, log: null, details: {} }
        return { meeting, deed: { ...deed, act: 'person-added' as const, subject } }
      }
      const newcomer = { ...ana, id: 'eva' }
      await expect(store.people.add(newcomer, null, toldTo('nowhere', 'eva'))).rejects.toThrow(
        Error,
      )
      expect(await store.people.find('eva')).toBeNull()
      expect(await store.people.change('eva', { name: 'E' }, toldTo('m', 'eva'))).toBe(false)
      expect(await store.audit.all('m')).toEqual([])
      await store.people.add(newcomer, null, toldTo('m', 'eva'))
      const link = { hash: 'h', person: 'eva', purpose: 'invitation', at: 1 } as const
      await store.links.add({ ...link, expires: 9, uses: 1 }, toldTo('m', 'link'))
      await store.sessions.leave(null, 'eva', toldTo('m', 'browsers'))
      await store.people.erase('eva', 6, toldTo('m', 'gone'))
      const subjects = (await store.audit.all('m')).map(({ subject }) => subject)
      expect(subjects).toEqual(['eva', 'link', 'browsers', 'gone'])
    })

    test('a closed store does nothing', async () => {
      await store.close()
      await expect(store.log.append('d', [entry(2)])).rejects.toThrow(Error)
      store = await under.open()
      expect(await store.log.read('d')).toHaveLength(1)
    })
  })
}
