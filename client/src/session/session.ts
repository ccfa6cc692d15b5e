/**
 * One person's connection to a draft: a copy of it, whether it is saved, and what was refused. It
 * outlives the copy: after a refusal another one takes its place.
 */
import { closeCode } from '@revmark/shared/wire'
import type { Draft, Seat } from '@revmark/shared/wire'
import { clientFor, refill } from './client-id.ts'
import { Copy } from './copy.ts'
import type { Keeping } from './keeping.ts'
import type { Leftover } from './outbox.ts'
import type { Problem } from './problem.ts'
import type { Refused } from './refused.ts'
import { Resending } from './resending.ts'
import type { SessionServices } from './services.ts'
import type { Kept } from './shelf.ts'

/** Why a line was closed for good. */
export type Closing =
  | 'signedOut'
  | 'forbidden'
  | 'unknownDraft'
  | 'damaged'
  | 'revoked'
  | 'roleChanged'
  | 'ended'

const closings: ReadonlyMap<number, Closing> = new Map([
  [closeCode.signedOut, 'signedOut'],
  [closeCode.forbidden, 'forbidden'],
  [closeCode.unknownDraft, 'unknownDraft'],
  [closeCode.damaged, 'damaged'],
  [closeCode.revoked, 'revoked'],
  [closeCode.roleChanged, 'roleChanged'],
])

/** After these the device may not show the draft any more. */
const withoutDraft: ReadonlySet<Closing> = new Set([
  'signedOut',
  'forbidden',
  'unknownDraft',
  'revoked',
  'roleChanged',
])

export type Connection =
  | { readonly type: 'connecting' }
  | { readonly type: 'online' }
  /** Milliseconds since 1970. */
  | { readonly type: 'offline'; readonly since: number }
  | { readonly type: 'closed'; readonly reason: Closing }

/** `changes` counts the own edits that are not known to be on the server's disk. */
export type Saving =
  | { readonly type: 'saved' }
  | { readonly type: 'saving'; readonly changes: number }
  | { readonly type: 'kept'; readonly changes: number }
  | { readonly type: 'readOnly' }

export interface SessionState {
  /** Key the editor by it: after a refusal it is another one. */
  readonly copy: Copy
  /** The draft has arrived; before that there is nothing to show. */
  readonly arrived: boolean
  /** Whether the person may type now. */
  readonly editable: boolean
  readonly connection: Connection
  readonly saving: Saving
  /**
   * Why the server takes no edits at present, in its words; null where it does or the line is down.
   * One may go on writing: it is kept here and sent when the server asks for it.
   */
  readonly held: string | null
  /** Whether this device keeps what the server does not have, so that the page may be closed. */
  readonly keeps: boolean
  /**
   * When the server was last heard before this page was opened without it, milliseconds since 1970;
   * null where it has answered since.
   */
  readonly keptAt: number | null
  /** Edits that could not be kept, oldest first, until the person dismisses them. */
  readonly refused: readonly Refused[]
  /** Why no client id could be had, so that nothing can be written; null while all is well. */
  readonly problem: Problem | null
}

/** Problems that go by themselves when the server answers and can save. */
const passing: ReadonlySet<string> = new Set(['offline', 'unavailable'])

/** What earlier pages have left. */
export interface Legacy {
  readonly keeping: Keeping
  /** What they did not send. */
  readonly leftovers: readonly Leftover[]
  /** The draft as this device kept it; null: the server has to be asked for it. */
  readonly kept: Kept | null
}

export class Session {
  readonly draft: Draft
  readonly seat: Seat
  private readonly services: SessionServices
  private readonly keeping: Keeping
  private readonly unfollow: () => void
  private kept: Kept | null
  private leftovers: readonly Leftover[]
  private readonly listeners = new Set<() => void>()
  private copy: Copy
  private closing: Closing | null = null
  private replacing = false
  private refused: readonly Refused[] = []
  private problem: Problem | null
  private couldWrite = false
  /** The server began to answer while a client id was being asked for. */
  private isNewsLater = false
  private state: SessionState

  /** Use `openDraft`. `problem`: why a seat that may write has no client id. */
  constructor(
    draft: Draft,
    client: number | null,
    services: SessionServices,
    { keeping, leftovers, kept }: Legacy,
    problem: Problem | null = null,
  ) {
    this.draft = draft
    this.seat = draft.seat
    this.services = services
    this.keeping = keeping
    this.leftovers = leftovers
    this.kept = kept
    this.problem = problem
    this.unfollow = keeping.follow({
      changed: () => this.changed(),
      again: () => {
        this.keeping.shelf.drop()
        this.copy.keepAgain()
      },
    })
    this.copy = this.newCopy(client)
    this.state = this.compute()
    this.copy.connect()
  }

  /** The same object until something changes. */
  readonly snapshot = (): SessionState => this.state

  /** Calls the listener after every change of `snapshot`. Returns the way out. */
  readonly subscribe = (listener: () => void): (() => void) => {
    this.listeners.add(listener)
    return () => this.listeners.delete(listener)
  }

  /** Whether closing the page now would lose something. */
  get wouldLose(): boolean {
    const { keeps, outbox } = this.keeping
    return this.copy.unsaved > 0 && !(keeps && outbox.settled)
  }

  /** Whether another page of this browser could go on where this one is, without a loss. */
  get isKept(): boolean {
    return this.keeping.keeps && !this.wouldLose
  }

  /** Tries the line again at once, also after it was closed for good. */
  reconnect(): void {
    this.closing = null
    if (this.problem) void this.replace(null)
    else this.copy.connect()
    this.changed()
  }

  /** The person has copied the refused words, or does not want them. */
  dismissRefused(): void {
    this.refused = []
    this.changed()
  }

  destroy(): void {
    this.listeners.clear()
    this.unfollow()
    this.copy.destroy()
    this.keeping.close()
  }

  private newCopy(client: number | null): Copy {
    const resending = new Resending(this.leftovers)
    const { keeping } = this
    return new Copy(
      this.draft,
      client,
      this.services.line(),
      { keeping, resending, kept: this.kept?.updates ?? null },
      {
        changed: () => {
          if (this.copy.online) this.kept = null
          this.changed()
          this.nowOnline()
        },
        refused: (message) => void this.replace(message),
        closed: (code) => this.closed(code),
        displaced: () =>
          void this.replace('This page lost its place in the draft: another page took it.'),
      },
    )
  }

  private closed(code: number): void {
    if (this.replacing) return
    if (code === closeCode.refused && this.copy.unsaved > 0) {
      void this.replace('The server did not accept the last edit.')
    } else {
      this.closing = closings.get(code) ?? 'ended'
      if (this.closing === 'revoked') this.copy.discard()
      if (withoutDraft.has(this.closing)) this.keeping.shelf.drop()
      this.changed()
    }
  }

  /** Keeps the words that the server does not have, and takes a fresh copy under a fresh client id. */
  private async replace(message: string | null): Promise<void> {
    if (this.replacing) return
    this.replacing = true
    const old = this.copy
    if (message !== null) {
      const refused = { message, text: old.unsavedText(), edits: old.unsaved }
      if (refused.edits > 0) this.refused = [...this.refused, refused]
      old.discard()
      this.kept = null
      this.leftovers = []
    }
    this.changed()
    // Perhaps the server no longer knows its own client ids, as after a restored backup.
    if (message !== null) await this.keeping.pool.drop()
    const client = await clientFor(this.draft, this.services, this.keeping)
    this.replacing = false
    this.problem = client.ok ? null : client.problem
    if (client.ok) {
      old.destroy()
      this.copy = this.newCopy(client.value)
      this.copy.connect()
    }
    this.changed()
    if (this.isNewsLater) this.askForClients()
  }

  /** Once the server answers and can save, it can also issue the client ids that it could not. */
  private nowOnline(): void {
    const canWrite = this.copy.online && this.copy.held === null
    const isNews = canWrite && !this.couldWrite
    this.couldWrite = canWrite
    if (isNews) this.askForClients()
  }

  private askForClients(): void {
    this.isNewsLater = this.replacing
    if (this.replacing) return
    if (this.problem && passing.has(this.problem.code)) void this.replace(null)
    else void refill(this.draft, this.services, this.keeping)
  }

  private changed(): void {
    this.state = this.compute()
    for (const listener of this.listeners) listener()
  }

  private compute(): SessionState {
    const { copy } = this
    const stopped = this.closing !== null || this.replacing || this.problem !== null
    return {
      copy,
      arrived: copy.arrived,
      editable: copy.pen !== null && copy.arrived && !stopped,
      connection: connectionOf(copy, this.closing),
      saving: savingOf(copy),
      held: copy.held,
      keeps: this.keeping.keeps,
      keptAt: this.kept?.at ?? null,
      refused: this.refused,
      problem: this.problem,
    }
  }
}

function connectionOf(copy: Copy, closing: Closing | null): Connection {
  if (closing) return { type: 'closed', reason: closing }
  if (copy.online) return { type: 'online' }
  if (copy.arrived || copy.interrupted) return { type: 'offline', since: copy.offlineSince }
  return { type: 'connecting' }
}

function savingOf(copy: Copy): Saving {
  if (!copy.pen && copy.unsaved === 0) return { type: 'readOnly' }
  if (copy.saved) return { type: 'saved' }
  const isUnderWay = !copy.arrived || (copy.online && copy.held === null)
  return { type: isUnderWay ? 'saving' : 'kept', changes: copy.unsaved }
}
