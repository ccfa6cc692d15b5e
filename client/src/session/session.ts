/**
 * One person's connection to a draft: a copy of it, whether it is saved, and what was refused. It
 * outlives the copy: after a refusal another one takes its place.
 */
import { closeCode } from '@revmark/shared/wire'
import type { Draft, Seat } from '@revmark/shared/wire'
import { issueClient } from './api.ts'
import { Copy } from './copy.ts'
import type { Line } from './copy.ts'
import { openOutbox } from './outbox.ts'
import type { Leftover, Outbox } from './outbox.ts'
import { failure, success } from './problem.ts'
import type { Problem, Result } from './problem.ts'
import type { Refused } from './refused.ts'
import { Resending } from './resending.ts'

/** What a session needs of the server. */
export interface SessionServices {
  /** Asked once for every copy. */
  readonly line: () => Line
  /** Issues a client id to a seat in a draft. */
  readonly issue: (draft: string, seat: string) => Promise<Result<{ readonly client: number }>>
  /** Where a seat's edits in a draft outlive the page. */
  readonly outbox: (draft: string, seat: string) => Outbox
}

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

export type Connection =
  | { readonly type: 'connecting' }
  | { readonly type: 'online' }
  | { readonly type: 'offline' }
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
  /** Edits that could not be kept, oldest first, until the person dismisses them. */
  readonly refused: readonly Refused[]
  /** Why no client id could be had, so that nothing can be written; null while all is well. */
  readonly problem: Problem | null
}

export class Session {
  readonly draft: Draft
  readonly seat: Seat
  private readonly services: SessionServices
  private readonly outbox: Outbox
  private leftovers: readonly Leftover[]
  private readonly listeners = new Set<() => void>()
  private copy: Copy
  private closing: Closing | null = null
  private replacing = false
  private refused: readonly Refused[] = []
  private problem: Problem | null
  private couldWrite = false
  private state: SessionState

  /**
   * Use `openDraft`. `leftovers`: what pages that have gone did not send, for the first copy that may
   * write. `problem`: why a seat that may write has no client id.
   */
  constructor(
    draft: Draft,
    client: number | null,
    services: SessionServices,
    kept: { readonly outbox: Outbox; readonly leftovers: readonly Leftover[] },
    problem: Problem | null = null,
  ) {
    this.draft = draft
    this.seat = draft.seat
    this.services = services
    this.outbox = kept.outbox
    this.leftovers = kept.leftovers
    this.problem = problem
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
    return this.copy.unsaved > 0
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
    this.copy.destroy()
    this.outbox.close()
  }

  private newCopy(client: number | null): Copy {
    const resending = new Resending(client === null ? [] : this.leftovers)
    if (client !== null) this.leftovers = []
    const { outbox } = this
    return new Copy(
      this.draft,
      client,
      this.services.line(),
      { outbox, resending },
      {
        changed: () => {
          this.changed()
          this.askAgain()
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
    }
    this.changed()
    const client = await clientFor(this.draft, this.services, this.outbox)
    this.replacing = false
    this.problem = client.ok ? null : client.problem
    if (client.ok) {
      old.destroy()
      this.copy = this.newCopy(client.value)
      this.copy.connect()
    }
    this.changed()
  }

  /** Once the server can save again, it can also issue the client id that it could not. */
  private askAgain(): void {
    const canWrite = this.copy.online && this.copy.held === null
    const isNews = canWrite && !this.couldWrite
    this.couldWrite = canWrite
    if (isNews && this.problem?.code === 'unavailable') void this.replace(null)
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
      refused: this.refused,
      problem: this.problem,
    }
  }
}

function connectionOf(copy: Copy, closing: Closing | null): Connection {
  if (closing) return { type: 'closed', reason: closing }
  if (copy.online) return { type: 'online' }
  return { type: copy.arrived || copy.interrupted ? 'offline' : 'connecting' }
}

function savingOf(copy: Copy): Saving {
  if (!copy.pen) return { type: 'readOnly' }
  if (copy.saved) return { type: 'saved' }
  const isUnderWay = !copy.arrived || (copy.online && copy.held === null)
  return { type: isUnderWay ? 'saving' : 'kept', changes: copy.unsaved }
}

/** A client id where the seat may write; null where it may only read. */
async function clientFor(
  { id, seat }: Draft,
  { issue }: SessionServices,
  outbox: Outbox,
): Promise<Result<number | null>> {
  if (seat.role !== 'delegate' || seat.delegation === null) return success(null)
  const issued = await issue(id, seat.id)
  if (!issued.ok) return issued
  await outbox.claim(issued.value.client)
  return success(issued.value.client)
}

/**
 * Opens a draft for a seat: takes a client id where the seat may write, and connects. Where the server
 * cannot save at present the draft can be read, and a client id is taken when it can.
 */
export async function openDraft(draft: Draft, services: SessionServices): Promise<Result<Session>> {
  const outbox = services.outbox(draft.id, draft.seat.id)
  const client = await clientFor(draft, services, outbox)
  if (!client.ok && client.problem.code !== 'unavailable') {
    outbox.close()
    return failure(client.problem)
  }
  const kept = { outbox, leftovers: await outbox.takeOver() }
  if (client.ok) return success(new Session(draft, client.value, services, kept))
  return success(new Session(draft, null, services, kept, client.problem))
}

/** The server that a browser page came from. */
export const servicesOf = ({ protocol, host }: Location): SessionServices => ({
  line: () => ({
    url: `${protocol === 'https:' ? 'wss:' : 'ws:'}//${host}/socket`,
    Socket: WebSocket,
    maxBackoffTime: 5000,
    draw: () => Math.random(),
  }),
  issue: issueClient,
  outbox: openOutbox,
})
