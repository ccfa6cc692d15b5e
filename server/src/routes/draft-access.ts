/** Drafts as far as a seat reaches them: those of its own meeting. */
import type { Seat } from '@revmark/shared/wire'
import type { Room } from '../room/room.ts'
import type { DraftRecord } from '../store/draft.ts'
import { Failure } from './failure.ts'
import type { Services } from './services.ts'

export const unknownDraft = (id: string): Failure =>
  new Failure('unknown-draft', `There is no draft ${JSON.stringify(id)} for you here.`)

/** Looks drafts up for a seat; each throws a Failure where that cannot be. */
export const draftAccess = ({ store, rooms }: Pick<Services, 'store' | 'rooms'>) => {
  /** Who has no seat in a draft's meeting does not learn whether there is one. */
  const find = async (id: string, seat: Seat): Promise<DraftRecord> => {
    const draft = await store.drafts.find(id)
    if (draft?.meeting === seat.meeting) return draft
    throw unknownDraft(id)
  }

  const enter = async (id: string, seat: Seat): Promise<Room> => {
    await find(id, seat)
    const room = await rooms.enter(id)
    if (room) return room
    throw unknownDraft(id)
  }

  /** For what writes: a room that can. */
  const enterToWrite = async (id: string, seat: Seat): Promise<Room> => {
    const room = await enter(id, seat)
    if (room.held !== null)
      throw new Failure(rooms.isDamaged(id) ? 'damaged' : 'unavailable', room.held)
    return room
  }

  return { find, enter, enterToWrite }
}
