/** Drafts that pass the gate and are made to be dear: what they cost grows with their size, no faster. */
import * as Y from 'yjs'
import { expect, test } from 'vitest'
import { Ledger, ledgerOf, writeBase } from '../src/ledger/index.ts'
import type { Block } from '../src/ledger/blocks.ts'
import { layOut } from '../src/ledger/layout.ts'
import { toRanges } from '../src/ledger/ranges.ts'
import { provision } from '../src/testing/index.ts'
import { checkUpdate } from '../src/gate/index.ts'

const client = 5000
const user = 'brazil'
const sender = { user, delegation: 'B', owns: (asked: number) => asked === client }

const draftOf = (paragraphs: number): Y.Doc => {
  const ydoc = new Y.Doc({ gc: false })
  const lines = Array.from({ length: paragraphs }, (_, i) => (i === 0 ? 'number one' : 'text two'))
  writeBase(ydoc, 'test', lines.map(provision))
  ydoc.clientID = client
  return ydoc
}

/** Writes as a hostile client would; the gate must have nothing against it. */
function enter(ydoc: Y.Doc, write: () => void): void {
  const before = new Y.Doc({ gc: false })
  Y.applyUpdate(before, Y.encodeStateAsUpdate(ydoc))
  ydoc.transact(write)
  const update = Y.encodeStateAsUpdate(ydoc, Y.encodeStateVector(before))
  expect(checkUpdate(before, update, sender)).toMatchObject({ ok: true })
}

/**
 * How often a layout looks at a block, where half of the blocks are joined to the third one and
 * half, without a letter left, to the first, so that each asks of all in that paragraph.
 */
function looks(paragraphs: number): number {
  const ydoc = draftOf(paragraphs)
  const markers = new Ledger(ydoc).freshBlocks().map(({ clock }) => clock)
  const entries = ledgerOf(ydoc, 'B')
  enter(ydoc, () => {
    for (let from = 3; from < paragraphs; from += 300) {
      const part = markers.slice(from, from + 300)
      const isLate = (i: number) => from + i >= paragraphs / 2
      entries.set(`${client}:${from}`, {
        type: 'del',
        r: toRanges(part.flatMap((clock, i) => [1, clock, isLate(i) ? 4 : 1])),
        j: part.map((clock, i) => [1, clock, 1, markers[isLate(i) ? 0 : 2]!] as const),
        user,
      })
    }
  })
  const blocks = new Ledger(ydoc).freshBlocks()
  let count = 0
  const counted = new Proxy(blocks, {
    get: (list, key) => {
      if (typeof key === 'string' && /^\d+$/.test(key)) count++
      return Reflect.get(list, key) as Block
    },
  })
  const index = new Map(blocks.map(({ clock }, i) => [clock, i]))
  const groups = layOut(
    counted,
    'clean',
    () => -1,
    (_, clock) => index.get(clock) ?? -1,
  )
  expect(groups.length).toBe(3)
  return count
}

test('V4: thousands of joined blocks that ask for each other are laid out in linear time', () => {
  expect(looks(2000) / looks(500)).toBeLessThan(4.5)
})

test('E5: a draft with a chain of sixty thousand keeps of one word is read, and goes on', () => {
  const ydoc = draftOf(3)
  const entries = ledgerOf(ydoc, 'B')
  const r = [1, 1, 3]
  const keep = (n: number) =>
    entries.set(`${client}:${n}`, { type: 'keep', of: `${client}:${n - 1}`, r, user })
  enter(ydoc, () => {
    entries.set(`${client}:0`, { type: 'del', r, user })
    for (let n = 1; n < 30_000; n++) keep(n)
  })
  enter(ydoc, () => {
    for (let n = 30_000; n < 60_000; n++) keep(n)
  })
  const start = performance.now()
  const ledger = new Ledger(ydoc)
  const clean = () => ledger.project('clean').paragraphs[0]!.text
  expect(clean()).toBe('one')
  keep(60_000)
  expect(clean()).toBe('')
  // Where every keep copied the list of those before it this took a quarter of a minute.
  expect(performance.now() - start).toBeLessThan(5000)
})
