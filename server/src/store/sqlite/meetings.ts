import type { DatabaseSync } from 'node:sqlite'
import { delegationSchema } from '@revmark/shared/wire'
import { z } from 'zod'
import type { Meetings } from '../meeting.ts'
import { transaction } from './connection.ts'

const meetingRow = z.object({ id: z.string(), name: z.string(), place: z.string() })

/** Meetings and delegations in SQLite. */
export function sqliteMeetings(database: DatabaseSync): Meetings {
  const insert = database.prepare('INSERT INTO meetings (id, name, place) VALUES (?, ?, ?)')
  const admit = database.prepare(
    'INSERT INTO delegations (meeting, code, name, colour) VALUES (?, ?, ?, ?)',
  )
  const find = database.prepare('SELECT id, name, place FROM meetings WHERE id = ?')
  const all = database.prepare('SELECT id, name, place FROM meetings ORDER BY id')
  const delegations = database.prepare(
    'SELECT code, name, colour FROM delegations WHERE meeting = ? ORDER BY colour',
  )
  return {
    async add(meeting, admitted) {
      transaction(database, () => {
        insert.run(meeting.id, meeting.name, meeting.place)
        for (const { code, name, colour } of admitted) admit.run(meeting.id, code, name, colour)
      })
    },
    async find(id) {
      const row = find.get(id)
      return row === undefined ? null : meetingRow.parse(row)
    },
    async all() {
      return all.all().map((row) => meetingRow.parse(row))
    },
    async delegations(meeting) {
      return delegations.all(meeting).map((row) => delegationSchema.parse(row))
    },
  }
}
