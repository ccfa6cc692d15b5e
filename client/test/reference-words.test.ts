/** References and labels in the words of the panel. */
import type { StaleReference } from '@revmark/shared/ledger'
import { automaticLabel, noLabel } from '@revmark/shared/resolution'
import { expect, test } from 'vitest'
import { isMendable, referenceWords } from '../src/panels/reference-words.ts'
import { settingWords } from '../src/ui/setting-words.ts'

const stale = (fate: StaleReference['fate']): StaleReference => ({
  r: [1001, 7, 2],
  paragraph: '1:4',
  address: 'resolves 1',
  from: 12,
  to: 14,
  said: 'considering e)',
  path: 'e)',
  target: '1:9',
  fate,
})

const names = new Map([
  ['B', 'Brazil'],
  ['CAN', 'Canada'],
])

const words = (fate: StaleReference['fate']): string =>
  referenceWords(stale(fate), (code) => names.get(code) ?? code)

test('a reference says what it means now, or who wants that away', () => {
  const moved = { type: 'moved', path: 'f)', now: 'considering f)', isMendable: true } as const
  expect(words(moved)).toBe('considering e) is now considering f)')
  expect(isMendable(stale(moved))).toBe(true)
  expect(isMendable(stale({ ...moved, isMendable: false }))).toBe(false)
  const deleted = { type: 'deleted', by: ['B'], isAccepted: false } as const
  expect(words(deleted)).toBe('considering e), which Brazil proposes to delete')
  expect(words({ ...deleted, by: ['B', 'CAN'] })).toBe(
    'considering e), which Brazil, Canada propose to delete',
  )
  expect(words({ ...deleted, isAccepted: true })).toBe('considering e) has been deleted')
  expect(words({ ...deleted, by: [] })).toBe(
    'considering e) is not in the text any more, or has no label',
  )
  expect(isMendable(stale(deleted))).toBe(false)
})

test('a label that is set says what it was', () => {
  expect(settingWords('label', 'c bis)', 'c)')).toBe('Label c) → c bis)')
  expect(settingWords('label', 'c bis)', null)).toBe('Label c bis)')
  expect(settingWords('label', 'c)', 'c)')).toBe('Label c)')
  expect(settingWords('label', noLabel, 'c)')).toBe('Label c) taken away')
  expect(settingWords('label', noLabel, noLabel)).toBe('No label')
  expect(settingWords('label', automaticLabel, 'c bis)')).toBe('Label c bis) → as counted')
})
