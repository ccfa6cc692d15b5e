/** All open rooms: each draft's is opened once for any number of callers, and let go when nobody is left. */
import { clientDays, closeCode } from '@revmark/shared/wire'
import type { BaseLogger } from 'pino'
import type { Store } from '../store/store.ts'
import { DraftDamaged, isDamage } from '../damage.ts'
import { glanceAt } from '../inspection.ts'
import { day } from '../secret.ts'
import type { Connection } from './connection.ts'
import { DiskWatch } from './disk-watch.ts'
import { replay, salvage, withoutExpired } from './replay.ts'
import type { RoomState } from './replay.ts'
import { Room } from './room.ts'
import type { Census, RoomMeters } from './services.ts'
import { SnapshotKeeping } from './snapshot-keeping.ts'

/** What people read while the disk takes no writes. */
const heldMessage =
  'The server cannot save at present. What it said was saved is safe. What you write now stays ' +
  'in this page and is sent by itself when the server can save again: keep the page open.'

/** What people read while a draft's record is damaged. */
const damagedMessage =
  'What the server has of this draft on its disk is damaged, and the operator has to mend it. What ' +
  'can still be proved is shown and can be read. What you write now stays in this page and is sent ' +
  'by itself when the draft is mended: keep the page open.'

/** How long an empty room stays open, since people reload pages; milliseconds. */
const grace = 30_000

/** After a stop people come back one every so often, the first at once; milliseconds. */
const returnPace = 10
const shortestReturn = 1000
const longestReturn = 10_000

export interface RoomsServices {
  readonly store: Store
  readonly log: BaseLogger
  /** Milliseconds since 1970. */
  readonly now: () => number
  /** A random integer, `from` included, `to` excluded. */
  readonly randomInt: (from: number, to: number) => number
  readonly meters: RoomMeters
}

export class Rooms {
  private readonly services: RoomsServices
  private readonly open = new Map<string, Promise<Room | null>>()
  private readonly keeping = new WeakMap<Room, SnapshotKeeping>()
  /** The commit that a draft's room, open or dropped, has under way. */
  private readonly committing = new Map<string, Promise<void>>()
  /** What is wrong with the record of a draft, which is only read, or not even that. */
  private readonly damages = new Map<string, DraftDamaged>()
  private readonly disk: DiskWatch
  /** Damaged drafts that people read, which may be mended meanwhile. */
  private readonly mending: DiskWatch
  private closing = false

  constructor(services: RoomsServices) {
    this.services = services
    const { store, log } = services
    this.disk = new DiskWatch(
      () => store.log.probe(),
      (id) => {
        log.info({ draft: id }, 'the disk takes writes again')
        void this.open.get(id)?.then((room) => room?.resume())
      },
    )
    this.mending = new DiskWatch(
      (id) => this.proved(id),
      (id) => void this.reopen(id),
    )
  }

  /** Drafts whose rooms only read, since their last updates could not be written. */
  get held(): readonly string[] {
    return this.disk.waiting
  }

  /** Drafts whose record in the store is damaged, as far as anybody has looked. */
  get damaged(): readonly DraftDamaged[] {
    return [...this.damages.values()]
  }

  /** Whether the record of a draft is damaged, as far as anybody has looked. */
  isDamaged(id: string): boolean {
    return this.damages.has(id)
  }

  /** Whether no room opens any more. */
  get isClosing(): boolean {
    return this.closing
  }

  /** Counts what is open, and what is in trouble. */
  async census(): Promise<Census> {
    const rooms = await this.all()
    return {
      rooms: rooms.length,
      clients: rooms.reduce((sum, room) => sum + room.size, 0),
      held: this.held.length,
      damaged: this.damages.size,
    }
  }

  /** Looks at every draft as at a start: a damage is told before somebody comes for it. */
  async glance(): Promise<void> {
    const { store, log } = this.services
    try {
      for (const { id } of await store.drafts.all()) {
        if (this.closing) return
        await this.watched(id, () => glanceAt(store, id)).catch((error: unknown) => {
          if (!(error instanceof DraftDamaged)) throw error
        })
        // Requests go between.
        await new Promise((resolve) => setImmediate(resolve))
      }
    } catch (error) {
      if (!this.closing) log.error({ err: error }, 'the drafts could not be looked at')
    }
  }

  /**
   * The room of a draft, opened where it is not; null for an unknown draft. Rejects where the draft
   * cannot be read, with DraftDamaged where nothing of it can be proved. Use it before the next
   * `await`: an idle room may be let go after that.
   */
  async enter(id: string): Promise<Room | null> {
    if (this.closing) throw new Error('the server is stopping')
    let room = this.open.get(id)
    if (!room) {
      room = this.load(id)
      this.open.set(id, room)
      // A draft that is unknown or unreadable is looked for again at the next call.
      const forget = (): boolean => this.open.get(id) === room && this.open.delete(id)
      room.then((found) => found ?? forget(), forget)
    }
    return room
  }

  /** Closes the connections that `which` picks, in every room. */
  async dismissWhere(
    which: (connection: Connection) => boolean,
    code: number,
    reason: string,
  ): Promise<void> {
    for (const room of await this.all()) room.dismissWhere(which, code, reason)
  }

  /** Writes and acknowledges what is under way, closes all connections; no room opens after it. */
  async close(): Promise<void> {
    this.closing = true
    this.disk.close()
    this.mending.close()
    const rooms = await this.all()
    const people = rooms.reduce((sum, room) => sum + room.size, 0)
    const back = Math.min(shortestReturn + people * returnPace, longestReturn)
    await Promise.allSettled(rooms.map((room) => this.end(room, 'restart', back)))
    this.open.clear()
  }

  private async all(): Promise<Room[]> {
    const settled = await Promise.allSettled(this.open.values())
    return settled.flatMap((result) =>
      result.status === 'fulfilled' && result.value ? [result.value] : [],
    )
  }

  private async load(id: string): Promise<Room | null> {
    const { store, log, now, randomInt, meters } = this.services
    // A room that failed may have left a commit behind: the log is not to be read before it ends.
    await this.committing.get(id)?.catch(() => undefined)
    const read = await this.watched(id, () => replay(store, id)).catch(async (error: unknown) => {
      const rest = error instanceof DraftDamaged ? await this.salvaged(id) : null
      if (rest) return rest
      throw error
    })
    if (!read) return null
    const state = withoutExpired(read, now() - clientDays.sent * day)
    const keeping = new SnapshotKeeping(
      id,
      { taken: state.snapshot, last: state.seq },
      store.snapshots,
      (error) => log.warn({ err: error, draft: id }, 'snapshot not taken'),
    )
    const room: Room = new Room(state, {
      append: async (entries) => {
        const commit = store.log.append(id, entries)
        this.committing.set(id, commit)
        const begun = performance.now()
        await commit.finally(() => this.committing.delete(id))
        meters.committed(entries.length, (performance.now() - begun) / 1000)
        this.disk.worked(id)
        keeping.grown(entries.at(-1)?.seq ?? 0)
      },
      sync: async () => {
        const begun = performance.now()
        await store.log.sync()
        meters.synced((performance.now() - begun) / 1000)
      },
      register: async (owner) => {
        try {
          return await store.clients.register(id, owner, now())
        } catch (error) {
          log.error({ err: error, draft: id }, 'a client id could not be written')
          this.disk.failed(id)
          room.hold(heldMessage)
          throw error
        }
      },
      now,
      randomInt,
      refused: (code, seat) => {
        meters.refused(code)
        log.info({ draft: id, seat, code }, 'update refused')
      },
      puzzled: (error) => log.error({ err: error, draft: id }, 'an update could not be judged'),
      broken: (error, because) => {
        log.error({ err: error, draft: id }, 'room dropped: it will be read anew from the log')
        this.open.delete(id)
        if (because === 'disk') this.disk.failed(id)
      },
      damaged: (error) => {
        if (!isDamage(error)) return null
        this.note(id, error)
        this.mending.failed(id)
        return damagedMessage
      },
      empty: () => this.letGoLater(id, room),
    })
    this.keeping.set(room, keeping)
    if (this.damages.has(id)) {
      room.preserve(damagedMessage)
      this.mending.failed(id)
    } else {
      this.mending.worked(id)
      if (this.disk.isWaiting(id)) room.hold(heldMessage)
    }
    log.info({ draft: id, seq: state.seq, snapshot: state.snapshot }, 'room opened')
    this.letGoLater(id, room)
    return room
  }

  /**
   * Reads a draft, from the disk itself where it was damaged before. A damage is told once, and others
   * than this draft are not held by it.
   */
  private async watched<T>(id: string, read: () => Promise<T>): Promise<T> {
    try {
      if (this.damages.has(id)) await this.services.store.reread()
      const result = await read()
      this.damages.delete(id)
      return result
    } catch (error) {
      if (!isDamage(error)) throw error
      throw this.note(id, error)
    }
  }

  /** Notes that a draft is damaged; told in the log once. */
  private note(id: string, error: unknown): DraftDamaged {
    const damage = new DraftDamaged(id, error)
    if (!this.damages.has(id))
      this.services.log.error({ err: error, draft: id }, 'draft is damaged: it is only read')
    this.damages.set(id, damage)
    return damage
  }

  /** What of a damaged draft can be read; null where that is nothing. */
  private async salvaged(id: string): Promise<RoomState | null> {
    try {
      const state = await salvage(this.services.store, id)
      if (state) this.services.log.warn({ draft: id, seq: state.seq }, 'the proved part is shown')
      return state
    } catch (error) {
      if (isDamage(error)) return null
      throw error
    }
  }

  /** Resolves where a damaged draft is sound again, and has all that people were told is saved. */
  private async proved(id: string): Promise<void> {
    const { store } = this.services
    await store.reread()
    await glanceAt(store, id)
    const [head, room] = [await store.log.head(id), await this.open.get(id)]
    const logged = room?.logged ?? 0
    if ((head?.seq ?? 0) < logged)
      throw new RangeError(`the log of draft ${id} ends before its entry ${logged}`)
  }

  /** A damaged draft can be read again: its people come back to it, and bring what they have written. */
  private async reopen(id: string): Promise<void> {
    this.services.log.info({ draft: id }, 'draft is mended')
    const room = await this.open.get(id)
    this.damages.delete(id)
    this.open.delete(id)
    await room?.close(closeCode.overload, 'mended').catch((error: unknown) => {
      this.services.log.warn({ err: error, draft: id }, 'closed before all was acknowledged')
    })
  }

  private letGoLater(id: string, room: Room): void {
    setTimeout(() => {
      if (!room.idle || this.closing) return
      this.open.delete(id)
      void this.end(room, 'idle')
      this.services.log.info({ draft: id }, 'room let go')
    }, grace).unref()
  }

  private async end(room: Room, reason: string, back: number | null = null): Promise<void> {
    await room.close(closeCode.restart, reason, back)
    await this.keeping.get(room)?.finish()
  }
}
