/** Who is here: what the server itself writes into awareness. */
import { z } from 'zod'
import { roleSchema } from './api.ts'

/** Stamped by the server under `user` into the state of every client id; a client's own is replaced. */
export const presenceSchema = z.object({
  id: z.string(),
  name: z.string(),
  role: roleSchema,
  delegation: z.string().nullable(),
})
export type Presence = z.infer<typeof presenceSchema>

/**
 * The server's own awareness state, under `serverClient`: how many observers are in the room, and
 * who else is there without a client id of their own, such as the chair. Renewed at least every 20 s.
 */
export const roomPresenceSchema = z.object({
  room: z.object({ observers: z.number().int(), others: z.array(presenceSchema) }),
})
export type RoomPresence = z.infer<typeof roomPresenceSchema>

/** A state with a larger JSON than this many UTF-16 code units is not passed on. */
export const awarenessLimit = 2048
