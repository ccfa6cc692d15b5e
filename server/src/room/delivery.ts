/** What somebody sends into a room in one piece, without staying: it goes the way of every edit. */
import { messageAck, messageRefused } from '@revmark/shared/wire'
import type { Refusal } from '@revmark/shared/wire'
import * as decoding from 'lib0/decoding'
import type { Session } from './connection.ts'
import { updateFrames } from './frame.ts'
import type { Room } from './room.ts'

/**
 * Brings an update into a room as by a connection of `session`, whose seat must own its client id:
 * through the gate, into the log, to everybody there. Resolves when it is on disk with null, or with
 * the reason why nothing of it was taken; rejects where the room ended before it was.
 */
export function deliver(room: Room, session: Session, update: Uint8Array): Promise<Refusal | null> {
  const { promise, resolve, reject } = Promise.withResolvers<Refusal | null>()
  const connection = {
    session,
    send(frame: Uint8Array): void {
      const decoder = decoding.createDecoder(frame)
      const type = decoding.readVarUint(decoder)
      if (type === messageAck) resolve(null)
      if (type !== messageRefused) return
      decoding.readVarUint(decoder)
      resolve(JSON.parse(decoding.readVarString(decoder)) as Refusal)
    },
    close(code: number, reason: string): void {
      reject(new Error(`the room ended before the update was on disk: ${code} ${reason}`))
    },
  }
  room.join(connection)
  for (const frame of updateFrames([update])) room.receive(connection, frame)
  // A room that is held leaves edits aside until their client sends them again, and this one is gone by then.
  if (room.held !== null) resolve({ code: 'held', message: room.held })
  return promise.finally(() => room.leave(connection))
}
