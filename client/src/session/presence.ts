/** Who is here: the awareness of a draft, read as people and carets. */
import { serverClient } from '@revmark/shared/ledger'
import { presenceSchema, roomPresenceSchema } from '@revmark/shared/wire'
import type { Presence as Identity } from '@revmark/shared/wire'
import type { Awareness } from 'y-protocols/awareness'
import { z } from 'zod'

const idSchema = z.object({ client: z.number().int(), clock: z.number().int() })
const placeSchema = z.object({ paragraph: z.string(), after: idSchema })

/** A selection by places in the ledger (`Place`), so that it survives what others write. */
const caretSchema = z.object({ anchor: placeSchema, head: placeSchema })
export type Caret = z.infer<typeof caretSchema>

const stateSchema = z.object({ user: presenceSchema, caret: caretSchema.nullish().catch(null) })

/** Somebody else in the draft. `client` is null for those who hold no pen, such as the chair. */
export interface Participant extends Identity {
  readonly client: number | null
  readonly caret: Caret | null
}

export interface Company {
  readonly participants: readonly Participant[]
  readonly observers: number
}

const nobody: Company = { participants: [], observers: 0 }

export class Presence {
  private readonly awareness: Awareness
  private readonly self: string
  private readonly hasPen: boolean
  private readonly listeners = new Set<() => void>()
  private company = nobody

  /**
   * `self` is the id of the own seat. Without a pen nothing is said: the server tells the others of
   * those who only read.
   */
  constructor(awareness: Awareness, self: string, hasPen: boolean) {
    this.awareness = awareness
    this.self = self
    this.hasPen = hasPen
    awareness.setLocalState(hasPen ? {} : null)
    awareness.on('change', this.follow)
  }

  /** Shows the others where this hand's caret stands; null hides it. */
  setCaret(caret: Caret | null): void {
    if (this.hasPen) this.awareness.setLocalStateField('caret', caret)
  }

  /** Everybody else. The same object until somebody comes, goes or moves. */
  readonly others = (): Company => this.company

  /** Calls the listener when `others` has changed. Returns the way out. */
  readonly subscribe = (listener: () => void): (() => void) => {
    this.listeners.add(listener)
    return () => this.listeners.delete(listener)
  }

  destroy(): void {
    this.awareness.off('change', this.follow)
    this.listeners.clear()
  }

  private readonly follow = (): void => {
    this.company = companyOf(this.awareness.getStates(), this.awareness.clientID, this.self)
    for (const listener of this.listeners) listener()
  }
}

/**
 * Reads awareness states; what is not in the agreed form is nobody. The own client id and, among
 * those without one, the own seat are left out.
 */
export function companyOf(
  states: ReadonlyMap<number, unknown>,
  own: number,
  self: string,
): Company {
  const participants: Participant[] = []
  let observers = 0
  for (const [client, state] of states) {
    if (client === own) continue
    if (client === serverClient) {
      const room = roomPresenceSchema.safeParse(state)
      if (!room.success) continue
      observers = room.data.room.observers
      for (const person of room.data.room.others) {
        if (person.id === self) continue
        participants.push({ ...person, client: null, caret: null })
      }
      continue
    }
    const parsed = stateSchema.safeParse(state)
    if (!parsed.success) continue
    participants.push({ ...parsed.data.user, client, caret: parsed.data.caret ?? null })
  }
  participants.sort((a, b) => a.name.localeCompare(b.name) || (a.client ?? 0) - (b.client ?? 0))
  return { participants, observers }
}
