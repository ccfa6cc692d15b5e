import type { Change } from '@revmark/shared/ledger'
import { expect, test } from 'vitest'
import { ConflictMarks } from '../src/editor/conflict-marks.ts'

const change: Change = {
  id: 'i/B/pending/5000:0',
  kind: 'insertion',
  delegation: 'B',
  state: 'pending',
  paragraph: '1:0',
  address: 'recalling b)',
  inserted: 'new',
  deleted: '',
  setting: null,
  moves: [],
  ins: [],
  del: [],
  set: [],
  entries: [],
  decisions: [],
}

test('marks serve again for a list made anew of the same flags, and for no other', () => {
  const open = () => undefined
  const flag = { change, kind: 'collision', words: 'Collides with Canada' } as const
  const marks = new ConflictMarks([flag, { ...flag, kind: 'edit' }], open)
  const same = [{ ...flag }, { ...flag, kind: 'edit' }] as const
  expect(marks.isFor(same, open)).toBe(true)
  expect(marks.isFor(same, () => undefined)).toBe(false)
  expect(marks.isFor(same.slice(0, 1), open)).toBe(false)
  for (const other of [
    { ...flag, change: { ...change } },
    { ...flag, kind: 'agreement' as const },
    { ...flag, words: 'Collides with Chad' },
  ]) {
    expect(marks.isFor([other, same[1]], open)).toBe(false)
  }
  expect(new ConflictMarks([], open).isFor([], () => undefined)).toBe(true)
})
