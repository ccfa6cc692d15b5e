import * as Y from 'yjs'
import { beforeEach, expect, test } from 'vitest'
import type { Sender } from '../src/gate/index.ts'
import { writeNumbering } from '../src/ledger/index.ts'
import { at, baseOf, said, Seat, Server, tokensOf } from './gate-draft.ts'
import { any, embed, filler, forge, gone, letters } from './gate-forge.ts'
import type { Forged } from './gate-forge.ts'

/** A hostile delegate of `B` against a draft in which `CAN` has written words and an entry. */
let server: Server
let hostile: Seat
let victim: Seat

beforeEach(() => {
  server = new Server()
  victim = new Seat(server, 1002, 'CAN')
  victim.write(at.titleLast, ' amended')
  victim.enter(victim.del([1, 7, 2]))
  for (const update of victim.sent) server.take(update, victim)
  hostile = new Seat(server, 1001, 'B')
})

const inTitle = { origin: at.numberEnd, right: at.numberAnchor }
const victims = (clock: number) => ({ client: 1002, clock })

const forged = (structs: readonly Forged[], ...ds: (readonly [number, number, number])[]) =>
  forge(structs.length > 0 ? [{ client: 1001, clock: 0, structs }] : [], ds)

/** Refused with this code, and the draft is as it was. */
function expectRefused(update: Uint8Array, code: string, sender: Sender = hostile): void {
  const before = server.state()
  expect(said(server.take(update, sender))).toBe(code)
  expect(server.state()).toEqual(before)
}

/** What a stock Yjs client writes when it does something to the draft. */
function stock(write: (ydoc: Y.Doc) => void): Uint8Array {
  write(hostile.ydoc)
  return hostile.last
}

test('attack, G13: physical deletion of the base or of foreign text', () => {
  expectRefused(
    stock((ydoc) => ydoc.getText('t').delete(1, 3)),
    'deletes-text',
  )
  expectRefused(forged([], [1, 0, 43]), 'deletes-text')
  expectRefused(forged([], [1002, 0, 8]), 'deletes-text')
})

test('attack, G13: any deletion in the text, of one’s own words too', () => {
  hostile.write(at.numberEnd, 'x')
  server.take(hostile.last, hostile)
  expectRefused(forged([], [1001, 0, 1]), 'deletes-text')
  expectRefused(
    stock((ydoc) => ydoc.getText('t').delete(5, 1)),
    'deletes-text',
  )
})

test('attack, G8: formatting', () => {
  expectRefused(
    stock((ydoc) => ydoc.getText('t').format(1, 4, { bold: true })),
    'forbidden-content',
  )
})

test('attack, G8: an attribute of the text', () => {
  expectRefused(
    stock((ydoc) => ydoc.getText('t').setAttribute('lang', 'fr')),
    'forbidden-content',
  )
})

test('attack, G7: an entry in a foreign ledger', () => {
  expectRefused(
    stock((ydoc) => ydoc.getMap('d:CAN').set('1001:0', hostile.del([1, 7, 1]))),
    'foreign-ledger',
  )
})

test('attack, G7: a foreign entry overwritten', () => {
  expectRefused(
    stock((ydoc) => ydoc.getMap('d:CAN').set('1002:0', victim.del([]))),
    'foreign-ledger',
  )
})

test('attack, G14: removal of a foreign entry, and of one’s own', () => {
  expectRefused(forged([], [1002, 8, 1]), 'deletes-entry')
  const other = new Seat(server, 1001, 'B')
  other.ydoc.getMap('d:CAN').delete('1002:0')
  expectRefused(other.last, 'deletes-entry')
  const own = hostile.enter(hostile.del([1, 7, 1]))
  server.take(hostile.last, hostile)
  hostile.ydoc.getMap('d:B').delete(own)
  expectRefused(hostile.last, 'deletes-entry')
})

test('attack, G3: forged client ids: the base’s, the server’s, a colleague’s, an unregistered one', () => {
  for (const client of [1, 2, 1002, 1003, 0xffffffff, 2 ** 40]) {
    const clock = Y.getState(server.ydoc.store, client)
    const update = forge([{ client, clock, structs: [letters('x', inTitle)] }])
    expectRefused(update, 'foreign-client')
  }
})

test('attack, G3: a client id that has been revoked', () => {
  hostile.write(at.numberEnd, 'x')
  const revoked = { user: hostile.user, delegation: 'B', owns: () => false }
  expectRefused(hostile.last, 'foreign-client', revoked)
})

test('attack, G7, L10: the server’s own maps and lists', () => {
  const write = (name: string, act: (ydoc: Y.Doc) => void) => {
    hostile = new Seat(server, 1001, 'B')
    expectRefused(stock(act), name)
  }
  write('server-only', (ydoc) =>
    ydoc.getMap('people').set('1001', { user: 'x', delegation: 'CAN' }),
  )
  write('server-only', (ydoc) => ydoc.getMap('base').set('motto', 'x'))
  write('server-only', (ydoc) => writeNumbering(ydoc, 'bis'))
  write('bad-key', (ydoc) => ydoc.getArray('d:B').push([hostile.del([])]))
  write('server-only', (ydoc) => ydoc.getArray('decisions').push([{ verb: 'accept' }]))
})

test('attack, G7: roots that drafts do not have', () => {
  expectRefused(
    stock((ydoc) => ydoc.getText('other').insert(0, 'x')),
    'unknown-root',
  )
  expect(server.ydoc.share.has('other')).toBe(false)
})

test('attack, G8: nested types and documents', () => {
  expectRefused(
    stock((ydoc) => ydoc.getMap('d:B').set('1001:0', new Y.Map())),
    'forbidden-content',
  )
  hostile = new Seat(server, 1001, 'B')
  expectRefused(
    stock((ydoc) => ydoc.getMap('d:B').set('1001:0', new Y.Doc())),
    'forbidden-content',
  )
  hostile = new Seat(server, 1001, 'B')
  expectRefused(
    stock((ydoc) => ydoc.getText('t').insertEmbed(3, new Y.Text('x'))),
    'forbidden-content',
  )
})

test('attack, G4: gaps, before the first struct, inside, and as a Skip', () => {
  const section = (clock: number, ...structs: Forged[]) => ({ client: 1001, clock, structs })
  expectRefused(forge([section(5, letters('x', inTitle))]), 'gap')
  expectRefused(
    forge([section(0, letters('x', inTitle)), section(5, letters('y', inTitle))]),
    'malformed',
  )
  const skip = [letters('x', inTitle), filler(10, 2), letters('y', inTitle)]
  expectRefused(forge([section(0, ...skip)]), 'gap')
})

test('attack, G6: structs smuggled in to wait for others', () => {
  expectRefused(forged([letters('x', { ...inTitle, origin: victims(99) })]), 'unknown-origin')
  expectRefused(
    forged([letters('x', { ...inTitle, origin: { client: 3000, clock: 0 } })]),
    'unknown-origin',
  )
  expectRefused(forged([letters('x', { parent: { client: 3000, clock: 0 } })]), 'forbidden-content')
})

test('attack, G2: a section that Yjs would drop in silence, so that the next one waits', () => {
  const first = { client: 1001, clock: 0, structs: [letters('x', inTitle)] }
  const second = {
    client: 1001,
    clock: 1,
    structs: [letters('y', { ...inTitle, origin: { client: 1001, clock: 0 } })],
  }
  const update = forge([first, second])
  const naive = new Server()
  Y.applyUpdate(naive.ydoc, update)
  expect(naive.ydoc.store.pendingStructs).not.toBeNull()
  expectRefused(update, 'malformed')
})

test('attack, G15: pre-emptive deletes of what others will write', () => {
  expectRefused(forged([], [1002, 9, 1000]), 'deletes-unknown')
  expectRefused(forged([], [5555, 0, 1]), 'deletes-unknown')
  expectRefused(forged([], [1001, 0, 1]), 'deletes-unknown')
})

test('attack, G26: an update of good and bad parts is refused whole', () => {
  const good = letters('x', inTitle)
  const own = (clock: number) => ({ client: 1001, clock })
  expectRefused(forged([good], [1, 7, 1]), 'deletes-text')
  expectRefused(forged([good, letters('y', { parent: 'people', key: '1' })]), 'server-only')
  expectRefused(forged([good, letters('y', { origin: own(0), right: at.root })]), 'before-root')
  expectRefused(
    forged([good, any([{ ...hostile.del([]), user: 'u1002' }], { parent: 'd:B', key: '1001:0' })]),
    'foreign-signature',
  )
})

test('attack, G18: another person’s signature, of the same or of another delegation', () => {
  for (const user of ['u1002', 'u9', '']) {
    const update = stock((ydoc) =>
      ydoc.getMap('d:B').set('1001:0', { ...hostile.del([1, 7, 1]), user }),
    )
    expectRefused(update, user === '' ? 'bad-entry' : 'foreign-signature')
    hostile = new Seat(server, 1001, 'B')
  }
})

test('attack, G2: garbage', () => {
  expectRefused(new Uint8Array(1000).fill(255), 'malformed')
  expectRefused(new TextEncoder().encode('GET / HTTP/1.1'), 'forbidden-content')
  expectRefused(Y.encodeStateAsUpdateV2(server.ydoc), 'malformed')
})

test('attack, G1: oversize', () => {
  expectRefused(new Uint8Array(3_000_000), 'too-big')
})

test('attack, G8: two megabytes of documents, which Yjs would build while it decodes', () => {
  const document: Forged = {
    ref: 9,
    ...inTitle,
    content: (encoder) => [1, 120, 118, 0].forEach((byte) => (encoder.cbuf[encoder.cpos++] = byte)),
  }
  expectRefused(forged([document]), 'forbidden-content')
})

test('attack, G12: a letter between the halves of a surrogate pair', () => {
  const update = forged([letters('x', { origin: at.high, right: at.low })])
  const naive = new Server()
  Y.applyUpdate(naive.ydoc, update)
  expect(baseOf(naive.ydoc)).toContain('\ufffd')
  expectRefused(update, 'split-letter')
  expectRefused(
    stock((ydoc) => ydoc.getMap('d:B').set('1001:0', hostile.del([1, 28, 1]))),
    'split-letter',
  )
})

test('attack, G21: entries over ids that do not exist yet, and over huge ranges', () => {
  const over = (...r: number[]) => forged([any([hostile.del(r)], { parent: 'd:B', key: '1001:0' })])
  expectRefused(over(1002, 9, 100), 'unknown-ranges')
  expectRefused(over(1001, 0, 1), 'unknown-ranges')
  expectRefused(over(4000, 0, 1), 'unknown-ranges')
  expectRefused(over(1, 7, 0xffffffff), 'unknown-ranges')
  expectRefused(over(0, 0, 0xffffffff), 'unknown-ranges')
  expectRefused(over(1002, 0, 2 ** 53), 'bad-entry')
})

test('attack, G5: one client id in two documents', () => {
  const twin = new Seat(server, 1001, 'B')
  hostile.write(at.numberEnd, 'x')
  twin.write(at.itemB, 'x')
  expect(said(server.take(hostile.last, hostile))).toBe('ok')
  expectRefused(twin.last, 'id-used-twice')
  twin.write(at.itemB, 'y')
  expectRefused(Y.mergeUpdates(twin.sent), 'id-used-twice')
  expectRefused(Y.encodeStateAsUpdate(twin.ydoc), 'id-used-twice')
})

test('attack, G5: a known struct sent again with other content', () => {
  expectRefused(
    forge([
      {
        client: 1002,
        clock: 0,
        structs: [letters(' changed', { origin: at.titleLast, right: at.titleAnchor })],
      },
    ]),
    'id-used-twice',
  )
  expectRefused(
    forge([{ client: 1, clock: 0, structs: [embed({ b: 'title' }, { parent: 't' })] }]),
    'id-used-twice',
  )
  expectRefused(
    forge([
      {
        client: 1002,
        clock: 0,
        structs: [gone(8, { origin: at.titleLast, right: at.titleAnchor })],
      },
    ]),
    'deletes-text',
  )
})

test('attack, G11: anything before the root or after the sentinel', () => {
  expectRefused(
    stock((ydoc) => ydoc.getText('t').insert(0, 'x')),
    'before-root',
  )
  hostile = new Seat(server, 1001, 'B')
  expectRefused(
    stock((ydoc) => ydoc.getText('t').insert(ydoc.getText('t').length, 'x')),
    'outside-body',
  )
  const carried = forged([letters('x', { origin: at.itemB, right: at.titleLast })])
  const naive = new Server()
  Y.applyUpdate(naive.ydoc, carried)
  expect(tokensOf(naive.ydoc).at(-1)).toMatchObject({ client: 1001 })
  expectRefused(carried, 'bad-place')
})

test('attack, G24: keeps in a circle, which would have no end to compute', () => {
  const keep = (n: number, of: number) =>
    any([hostile.keep(`1001:${of}`, [])], { parent: 'd:B', key: `1001:${n}` })
  expectRefused(forged([keep(0, 1), keep(1, 0)]), 'unknown-entry')
  expectRefused(forged([keep(0, 0)]), 'unknown-entry')
})

test('attack, G2: deletions said a hundred thousand times, each over all that is deleted', () => {
  const many = forge(
    [],
    Array.from({ length: 1000 }, () => [1002, 0, 9] as const),
  )
  expectRefused(many, 'malformed')
})
