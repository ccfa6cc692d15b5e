import { expect, test } from 'vitest'
import { statusOf } from '../src/panels/status.ts'
import type { Connection, Saving } from '../src/session/index.ts'

const online: Connection = { type: 'online' }
const offline: Connection = { type: 'offline', since: 0 }

test.each<[Connection, Saving, string]>([
  [online, { type: 'saved' }, 'Saved'],
  [online, { type: 'saving', changes: 0 }, 'Saving …'],
  [online, { type: 'saving', changes: 1 }, 'Saving 1 change …'],
  [online, { type: 'saving', changes: 12 }, 'Saving 12 changes …'],
  [offline, { type: 'kept', changes: 0 }, 'Offline: trying again'],
  [offline, { type: 'kept', changes: 1 }, 'Offline: 1 change kept here'],
  [offline, { type: 'kept', changes: 3 }, 'Offline: 3 changes kept here'],
  [offline, { type: 'readOnly' }, 'Offline: trying again'],
  [{ type: 'connecting' }, { type: 'saving', changes: 0 }, 'Connecting …'],
  [{ type: 'closed', reason: 'signedOut' }, { type: 'kept', changes: 2 }, 'Signed out'],
  [{ type: 'closed', reason: 'forbidden' }, { type: 'readOnly' }, 'No access'],
])('%o and %o is "%s"', (connection, saving, text) => {
  expect(statusOf({ connection, saving, held: null, keeps: true }, 'delegate').text).toBe(text)
})

test('who decides reads along live, who observes is told that it is read-only', () => {
  const state = {
    connection: online,
    saving: { type: 'readOnly' },
    held: null,
    keeps: true,
  } as const
  expect(statusOf(state, 'chair').text).toBe('Live')
  expect(statusOf(state, 'observer').text).toBe('Read-only')
})

test('a closed line says how many changes are not saved', () => {
  const closed = { type: 'closed', reason: 'ended' } as const
  const state = {
    connection: closed,
    saving: { type: 'kept', changes: 2 },
    held: null,
    keeps: true,
  } as const
  expect(statusOf(state, 'delegate').detail).toContain('2 changes not saved')
})

test('only bad news is said aloud at once', () => {
  const urgent = (connection: Connection, saving: Saving) =>
    statusOf({ connection, saving, held: null, keeps: true }, 'delegate').isUrgent
  expect(urgent(online, { type: 'saving', changes: 1 })).toBe(false)
  expect(urgent(online, { type: 'saved' })).toBe(false)
  expect(urgent(offline, { type: 'kept', changes: 1 })).toBe(true)
})

test('a server that cannot save says so aloud, and how much is kept here', () => {
  const held = 'The server cannot save.'
  const told = (saving: Saving) =>
    statusOf({ connection: online, saving, held, keeps: true }, 'delegate')
  expect(told({ type: 'saved' })).toMatchObject({ text: 'The server cannot save', detail: held })
  expect(told({ type: 'kept', changes: 2 }).text).toBe('Not saved: 2 changes kept here')
  expect(told({ type: 'readOnly' }).isUrgent).toBe(true)
  expect(
    statusOf({ connection: offline, saving: { type: 'saved' }, held, keeps: true }, 'chair').text,
  ).toBe('Offline: trying again')
})

test('O5: offline it says since when, and whether the page may be closed', () => {
  const told = (keeps: boolean) =>
    statusOf(
      { connection: offline, saving: { type: 'kept', changes: 1 }, held: null, keeps },
      'delegate',
    ).detail
  expect(told(true)).toMatch(/^Offline since .*\d.* kept on this device, also when you close/)
  expect(told(false)).toMatch(/^Offline since .*\d.* keep the page open/)
})
