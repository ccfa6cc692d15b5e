import type { DatabaseSync } from 'node:sqlite'
import { z } from 'zod'
import type { Clients } from '../client.ts'

const ownerRow = z.object({
  client: z.number(),
  user: z.string(),
  delegation: z.string(),
  at: z.number(),
})

/** Issued client ids in SQLite. */
export function sqliteClients(database: DatabaseSync): Clients {
  const insert = database.prepare(
    `INSERT INTO clients (draft, client, user, delegation, at) VALUES (?, ?, ?, ?, ?)
     ON CONFLICT DO NOTHING`,
  )
  const of = database.prepare('SELECT client, user, delegation, at FROM clients WHERE draft = ?')
  return {
    async register(draft, { client, user, delegation }, at) {
      return insert.run(draft, client, user, delegation, at).changes > 0
    },
    async of(draft) {
      return of.all(draft).map((row) => ownerRow.parse(row))
    },
  }
}
