/** Who is connected to a room, and what is told to all of them: updates, acknowledgements, presence. */
import type { RoomFacts } from '@revmark/shared/wire'
import type { Connection } from './connection.ts'
import { ackFrame, factsFrame, refusalFrame, updateFrames } from './frame.ts'
import type { AwarenessEntry } from './frame.ts'
import { Presence } from './presence.ts'
import type { AckStep, RefusalStep, UpdateStep } from './step.ts'

/** How often the room speaks when nobody else does; a stock provider gives up after 30 s of silence. */
const beatInterval = 15_000

/** Presence is passed on at most this often; milliseconds. */
const presenceInterval = 50

export interface Member {
  readonly connection: Connection
  /** Content frames received. */
  count: number
  /** Whether it has been sent the state, and so can follow updates. */
  following: boolean
  /** Whether nothing more is heard from it, since it has been refused. */
  deaf: boolean
  /** Whether it has once sent all that the room lacked. */
  answered: boolean
  /** Whether edits of it have been left aside, so that nothing is taken before it sends the whole again. */
  owing: boolean
}

export class Audience {
  private readonly members = new Map<Connection, Member>()
  private readonly presence: Presence
  private readonly beat: NodeJS.Timeout
  private presenceTimer: NodeJS.Timeout | null = null
  private ended = false

  /** `now` gives milliseconds since 1970. */
  constructor(now: () => number) {
    this.presence = new Presence(now)
    this.beat = setInterval(() => this.renewPresence(), beatInterval)
    this.beat.unref()
  }

  get size(): number {
    return this.members.size
  }

  [Symbol.iterator](): Iterator<Member> {
    return this.members.values()
  }

  find(connection: Connection): Member | undefined {
    return this.members.get(connection)
  }

  join(connection: Connection): void {
    this.members.set(connection, {
      connection,
      count: 0,
      following: false,
      deaf: false,
      answered: false,
      owing: false,
    })
    this.renewPresence()
  }

  /** Returns whether it was here. */
  leave(connection: Connection): boolean {
    if (!this.members.delete(connection)) return false
    this.presence.leave(connection)
    this.renewPresence()
    return true
  }

  /** Takes what a connection says of itself; see `Presence.hear`. */
  hear(
    connection: Connection,
    states: readonly AwarenessEntry[],
    owns: (client: number) => boolean,
  ): void {
    if (this.presence.hear(connection, states, owns)) this.renewPresence()
  }

  /** Tells one connection who else is here. */
  introduce(connection: Connection): void {
    connection.send(this.presence.others(connection))
  }

  /**
   * Shows updates to all who follow. Everybody gets the same frames, made once, those who wrote a part
   * of them too, whose Yjs knows it already; only who wrote all of them gets none.
   */
  show(updates: readonly UpdateStep[]): void {
    const [first] = updates
    if (first === undefined) return
    const author = updates.every(({ from }) => from === first.from) ? first.from : null
    const frames = updateFrames(updates.map(({ entry }) => entry.data))
    for (const { connection, following } of this.members.values())
      if (following && connection !== author) for (const frame of frames) connection.send(frame)
  }

  /** Tells each how many of its content frames are on disk; the last one of a connection counts. */
  acknowledge(steps: readonly AckStep[]): void {
    const counts = new Map(steps.map(({ to, count }) => [to, count]))
    for (const [{ connection }, count] of counts) connection.send(ackFrame(count))
  }

  /** Tells one why its content frame was refused, and ends its connection. */
  refuse({ to, count, refusal }: RefusalStep, code: number): void {
    to.connection.send(refusalFrame(count, refusal))
    this.dismiss(to, code, refusal.code)
  }

  /** Tells all who follow what they should know of the room. */
  tell(facts: RoomFacts): void {
    const frame = factsFrame(facts)
    for (const { connection, following } of this.members.values())
      if (following) connection.send(frame)
  }

  /** Ends one connection, from which nothing more is heard. */
  dismiss(member: Member, code: number, reason: string): void {
    member.deaf = true
    member.connection.close(code, reason)
  }

  /** Ends all connections; nobody is told anything after it. */
  end(code: number, reason: string): void {
    this.ended = true
    clearInterval(this.beat)
    if (this.presenceTimer !== null) clearTimeout(this.presenceTimer)
    for (const member of this.members.values()) this.dismiss(member, code, reason)
    this.members.clear()
  }

  private renewPresence(): void {
    if (this.ended || this.presenceTimer !== null) return
    this.presenceTimer = setTimeout(() => {
      this.presenceTimer = null
      this.presence.beat(this.members.keys())
      this.presence.tell(this.members.keys(), (to, frame) => to.send(frame))
    }, presenceInterval)
    this.presenceTimer.unref()
  }
}
