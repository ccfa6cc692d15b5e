/** The world around a room, so that it knows no disk, no clock and no chance itself. */
import type { ClientOwner } from '../store/client.ts'
import type { NewEntry } from '../store/log.ts'

/** What is measured of all rooms; times are seconds. */
export interface RoomMeters {
  committed(entries: number, seconds: number): void
  synced(seconds: number): void
  /** An update was refused, with a code of the gate or `read-only`. */
  refused(code: string): void
}

/** What is counted at the moment of being asked. */
export interface Census {
  /** Rooms that are open. */
  readonly rooms: number
  /** Connections in them. */
  readonly clients: number
  /** Drafts of which nothing can be written at present. */
  readonly held: number
  /** Drafts whose record is damaged. */
  readonly damaged: number
}

export interface RoomServices {
  append(entries: readonly NewEntry[]): Promise<void>
  sync(): Promise<void>
  /** Registers a client id; false where it is taken. */
  register(owner: ClientOwner): Promise<boolean>
  /** Milliseconds since 1970. */
  readonly now: () => number
  /** A random integer, `from` included, `to` excluded. */
  readonly randomInt: (from: number, to: number) => number
  /** An update of a seat's connection was refused. */
  refused(code: string, seat: string): void
  /** Something unforeseen went wrong with one connection; nobody else was harmed. */
  puzzled(error: unknown): void
  /**
   * The room cannot go on: it has closed its connections and must be opened anew from the log.
   * `disk`: its updates could not be written.
   */
  broken(error: unknown, because: 'disk' | 'fault'): void
  /**
   * A commit failed with `error`. Where that says that the draft's record is damaged, what its people
   * should read of it: the room stays, only to be read, until it is closed. null: it is another error.
   */
  damaged(error: unknown): string | null
  /** The last connection has left. */
  empty(): void
}
