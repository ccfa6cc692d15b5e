import { Ledger } from '@revmark/shared/ledger'
import { Meeting, provision } from '@revmark/shared/testing'
import { expect, test } from 'vitest'
import * as Y from 'yjs'
import { differenceOf } from '../src/readable.ts'

const labels = (ledger: Ledger): (string | null)[] =>
  ledger.project('clean').paragraphs.map(({ label }) => label.view)

test('L10: the difference of two moments of a draft labels by bis, ter as the draft does', () => {
  const lines = ['number RESOLUTION 45', 'call recalling', 'item a) one', 'item b) two']
  const room = new Meeting(lines.map(provision), 'bis')
  const a = room.admit('A')
  const add = (index: number, after: string, text: string): void => {
    a.pen.insert(a.pen.split(a.at(index, after.length)), text)
    room.sync()
  }
  const moment = (): Ledger => {
    const ydoc = new Y.Doc({ gc: false })
    Y.applyUpdate(ydoc, Y.encodeStateAsUpdate(room.ydoc))
    return new Ledger(ydoc)
  }
  add(2, 'one', 'first')
  const before = moment()
  add(3, 'first', 'second')
  const difference = new Ledger(differenceOf('test', before, moment(), 'clean'))
  expect(labels(difference)).toEqual(labels(room.ledger))
  expect(labels(difference)).toEqual([null, null, 'a)', 'a bis)', 'a ter)', 'b)'])
})
