/** What the ledger relies on in Yjs's inside, and what the one module that touches it promises. */
import * as Y from 'yjs'
import { describe, expect, test } from 'vitest'
import {
  changedKeys,
  embedOf,
  findItem,
  firstItem,
  insertAfter,
  itemsOf,
  knownClock,
  lettersOf,
  newItems,
  sequenceOf,
} from '../src/ledger/sequence.ts'
import type { Token } from '../src/ledger/sequence.ts'

function docOf(client: number, state?: Uint8Array): Y.Doc {
  const ydoc = new Y.Doc({ gc: false })
  ydoc.clientID = client
  sequenceOf(ydoc)
  if (state) Y.applyUpdate(ydoc, state)
  return ydoc
}

const write = (ydoc: Y.Doc, after: [number, number] | null, ...tokens: Token[]) =>
  ydoc.transact((transaction) =>
    insertAfter(transaction, after && { client: after[0], clock: after[1] }, tokens),
  )

/** Every item as `client:clock letters`. */
function itemsIn(ydoc: Y.Doc): string[] {
  const out: string[] = []
  for (let item = firstItem(ydoc); item; item = item.right) {
    const embed = embedOf(item)
    const content = embed ? JSON.stringify(embed) : lettersOf(item)
    out.push(`${item.id.client}:${item.id.clock} ${content}`)
  }
  return out
}

const base = (): Uint8Array => {
  const ydoc = docOf(1)
  write(ydoc, null, { b: 'number' }, 'abcdef', { e: 1 }, { b: 'notes' })
  return Y.encodeStateAsUpdate(ydoc)
}

const sync = (a: Y.Doc, b: Y.Doc): void => {
  Y.applyUpdate(a, Y.encodeStateAsUpdate(b))
  Y.applyUpdate(b, Y.encodeStateAsUpdate(a))
}

describe('writing', () => {
  test('S1: puts tokens directly after the one named, with consecutive ids', () => {
    const ydoc = docOf(1001, base())
    expect(write(ydoc, [1, 2], 'xy', { e: 1 }, { b: 'item', s: 1 })).toEqual({
      client: 1001,
      clock: 0,
    })
    expect(itemsIn(ydoc)).toEqual([
      '1:0 {"b":"number"}',
      '1:1 ab',
      '1001:0 xy',
      '1001:2 {"e":1}',
      '1001:3 {"b":"item","s":1}',
      '1:3 cdef',
      '1:7 {"e":1}',
      '1:8 {"b":"notes"}',
    ])
  })

  test('S1: writes nothing for empty text, and only an empty document begins anywhere', () => {
    const ydoc = docOf(1001, base())
    write(ydoc, [1, 2], '')
    expect(knownClock(ydoc, 1001)).toBe(0)
    expect(() => write(ydoc, null, 'x')).toThrow(RangeError)
  })

  test('S2: at one place at the same time: each writer’s tokens stay together, by client id', () => {
    const [a, b] = [docOf(2000, base()), docOf(1001, base())]
    write(a, [1, 2], 'A1', { e: 1 }, { b: 'item', s: 1 }, 'A2')
    write(b, [1, 2], 'B1', { e: 1 }, { b: 'item', s: 1 }, 'B2')
    sync(a, b)
    expect(itemsIn(a)).toEqual(itemsIn(b))
    expect(
      itemsIn(a)
        .map((item) => item.split(' ')[1])
        .join(' '),
    ).toMatch(/ab B1 .* B2 A1 .* A2 cdef/)
  })
})

describe('Yjs', () => {
  test('S3: keeps ids when items of letters are split and merged, and never touches embeds', () => {
    const [a, b] = [docOf(1001, base()), docOf(2000, base())]
    const marker = firstItem(a)
    const anchor = findItem(a, { client: 1, clock: 7 })
    write(a, [1, 3], 'x')
    write(a, [1001, 0], 'y')
    write(b, [1, 3], '-')
    sync(a, b)
    expect(firstItem(a)).toBe(marker)
    expect(findItem(a, { client: 1, clock: 7 })).toBe(anchor)
    expect(itemsIn(a)).toContain('1001:0 xy')
    expect(lettersOf(findItem(a, { client: 1, clock: 4 })!)).toBe('def')
  })

  test('S4: applies what arrives twice or in pieces once', () => {
    const [a, b] = [docOf(1001, base()), docOf(2000, base())]
    const updates: Uint8Array[] = []
    a.on('update', (update: Uint8Array) => updates.push(update))
    write(a, [1, 3], 'x')
    write(a, [1001, 0], '\u{1f600}')
    for (const update of [Y.mergeUpdates(updates), ...updates, ...updates]) Y.applyUpdate(b, update)
    expect(itemsIn(b)).toEqual(itemsIn(a))
    expect(b.store.pendingStructs).toBeNull()
  })

  test('S5: with gc off keeps a deleted item’s letters, so that even a forged deletion loses none', () => {
    const ydoc = docOf(1001, base())
    sequenceOf(ydoc).delete(1, 2)
    expect(itemsIn(docOf(2000, Y.encodeStateAsUpdate(ydoc))).join()).toContain('ab')
  })

  test('S6: tells in a transaction which tokens are new and which keys of a map changed', () => {
    const ydoc = docOf(1001, base())
    const map = ydoc.getMap('d:A')
    const seen: unknown[] = []
    ydoc.on('afterTransaction', (transaction: Y.Transaction) => {
      const items = [...newItems(transaction)].map((item) => `${item.id.client}:${item.id.clock}`)
      const keys = [...(changedKeys(transaction, map) ?? [])]
      seen.push([items, keys, changedKeys(transaction, sequenceOf(ydoc)) !== undefined])
    })
    write(ydoc, [1, 2], 'x', { e: 1 })
    map.set('1001:0', 1)
    expect(seen).toEqual([
      [['1001:0', '1001:1'], [], true],
      [[], ['1001:0'], false],
    ])
  })
})

test('S7: a token is found by its id; what is unknown or stands elsewhere is not', () => {
  const ydoc = docOf(1001, base())
  ydoc.getMap('d:A').set('1001:0', 1)
  expect(findItem(ydoc, { client: 1, clock: 3 })?.id.clock).toBe(1)
  expect(findItem(ydoc, { client: 1, clock: 99 })).toBeNull()
  expect(findItem(ydoc, { client: 7, clock: 0 })).toBeNull()
  expect(findItem(ydoc, { client: 1001, clock: 0 })).toBeNull()
  expect([...itemsOf(ydoc, 1, 3, 5)].map(({ id }) => id.clock)).toEqual([1, 7])
  expect([...itemsOf(ydoc, 1001, 0, 5)]).toEqual([])
})
