/**
 * A draft being edited: its ydoc, who is connected, and the path of every update from a frame to
 * the log and to the others. It knows no route, no socket and no disk.
 */
import { checkUpdate } from '@revmark/shared/gate'
import type { Verdict } from '@revmark/shared/gate'
import {
  decide,
  enterPerson,
  enterSignatures,
  writeDecision,
  writeNumbering,
} from '@revmark/shared/ledger'
import type { Decided, DecisionRequest, Ledger, Signatures } from '@revmark/shared/ledger'
import type { Numbering } from '@revmark/shared/resolution'
import { closeCode } from '@revmark/shared/wire'
import type { Refusal, Seat } from '@revmark/shared/wire'
import * as Y from 'yjs'
import type { DraftRecord } from '../store/draft.ts'
import type { EntryAct } from '../store/log.ts'
import { Audience } from './audience.ts'
import type { Member } from './audience.ts'
import { ClientIds } from './client-ids.ts'
import type { Issued } from './client-ids.ts'
import { mayWrite } from './connection.ts'
import type { Connection } from './connection.ts'
import { factsFrame, readFrame, step1Frame, step2Frame } from './frame.ts'
import type { Frame } from './frame.ts'
import { Journal } from './journal.ts'
import { RoomState } from './replay.ts'
import { without } from './rewinding.ts'
import type { RoomServices } from './services.ts'
import type { Origin, Step, UpdateStep } from './step.ts'

/** The state vector of who has nothing. */
const noState = Y.encodeStateVector(new Y.Doc())

export class Room {
  readonly draft: DraftRecord
  private state: RoomState
  private readonly services: RoomServices
  private readonly clientIds: ClientIds
  private readonly audience: Audience
  private journal: Journal<Step>
  private seq: number
  /** The last entry that is in the log. */
  private committed: number
  /** The whole state as a frame, kept until the next change: many may join at once. */
  private whole: { readonly seq: number; readonly frame: Uint8Array } | null = null
  private holding: string | null = null
  private isPreserved = false
  private closed = false

  constructor(state: RoomState, services: RoomServices) {
    this.state = state
    this.draft = state.draft
    this.seq = this.committed = state.seq
    this.services = services
    this.audience = new Audience(() => services.now())
    this.clientIds = new ClientIds(state.owners, services)
    this.journal = this.openJournal()
    this.ydoc.on('update', this.record)
  }

  get ydoc(): Y.Doc {
    return this.state.ydoc
  }

  get ledger(): Ledger {
    return this.state.ledger
  }

  /** Whether the room is open, nobody is connected and nothing waits to be written. */
  get idle(): boolean {
    return !this.closed && this.audience.size === 0 && this.journal.idle
  }

  /** The last entry of the log that the room has seen committed. */
  get logged(): number {
    return this.committed
  }

  /** How many connections there are. */
  get size(): number {
    return this.audience.size
  }

  /** Why nothing can be written at present, in words for its people; null: all is well. */
  get held(): string | null {
    return this.holding
  }

  /** From here on people read, and nothing is written: edits are left aside, not refused. */
  hold(reason: string): void {
    this.holding = reason
    this.audience.tell({ held: this.holding, back: null })
  }

  /**
   * The record of the draft is damaged, and the room may hold a part of it only: from here on people
   * read, and what they write is left aside unseen. It is for good; who has mended it closes the room.
   */
  preserve(reason: string): void {
    this.isPreserved = true
    this.hold(reason)
  }

  /** Takes writing up again, and asks for what has been left aside. */
  resume(): void {
    if (this.closed || this.isPreserved || this.holding === null) return
    this.holding = null
    this.audience.tell({ held: this.holding, back: null })
    for (const { connection, owing } of this.audience)
      if (owing) connection.send(step1Frame(Y.encodeStateVector(this.ydoc)))
  }

  /** Takes a connection in. It is shown the draft once it asks for it with a step 1. */
  join(connection: Connection): void {
    if (this.closed) {
      connection.close(closeCode.restart, 'restart')
      return
    }
    this.audience.join(connection)
  }

  /** The connection is gone, whoever ended it. */
  leave(connection: Connection): void {
    if (!this.audience.leave(connection)) return
    if (this.audience.size === 0) this.services.empty()
  }

  /** Takes one frame. What is wrong with it is answered on the connection; nobody else notices. */
  receive(connection: Connection, bytes: Uint8Array): void {
    const member = this.audience.find(connection)
    if (!member || member.deaf) return
    const frame = readFrame(bytes)
    if (!frame) {
      this.audience.dismiss(member, closeCode.malformed, 'malformed')
      return
    }
    try {
      this.handle(member, frame)
    } catch (error) {
      // What the gate let through and Yjs or the ledger then choked on: the ydoc cannot be trusted.
      this.fail(error, [], 'fault')
    }
  }

  /** See `ClientIds.issue`. */
  issue(seat: Seat): Promise<Issued> {
    return this.clientIds.issue(seat)
  }

  /** See `ClientIds.issueSpare`. */
  issueSpare(seat: Seat, count: number): Promise<number[]> {
    return this.clientIds.issueSpare(seat, count, this.ydoc)
  }

  /**
   * Decides for the chair, and records it in the same commit; resolves when it is on disk, or with the
   * reason why nothing was decided. `token`: by which script's token. Whether the seat may decide is
   * the caller's to check.
   */
  async decide(
    seat: Seat,
    request: DecisionRequest,
    id: string,
    token: string | null = null,
  ): Promise<Decided> {
    const result = decide(this.ledger, request, id)
    if (!('decision' in result)) return result
    const decision = { id, note: request.note ?? '' }
    const act = this.decided(seat, token, id, { verb: result.decision.verb })
    this.transact({ kind: 'decision', user: seat.id, decision, act }, () =>
      writeDecision(this.ydoc, result.decision),
    )
    await this.settled()
    return result
  }

  /**
   * Makes the draft label in another way, as a decision of the chair's with a note that says so,
   * recorded in the same commit; resolves when it is on disk. Whether the seat may is the caller's to
   * check.
   */
  async number(
    seat: Seat,
    numbering: Numbering,
    id: string,
    token: string | null = null,
  ): Promise<void> {
    if (this.ledger.numbering !== numbering) {
      const note = numbering === 'bis' ? 'Labels by bis, ter' : 'Labels renumbered'
      const act = this.decided(seat, token, id, { numbering })
      this.transact({ kind: 'decision', user: seat.id, decision: { id, note }, act }, () =>
        writeNumbering(this.ydoc, numbering),
      )
    }
    await this.settled()
  }

  /**
   * Keeps who signed, in a file, what is to come from it under a client id; in front of that update.
   * Nothing is kept where the room is held, and so takes no update.
   */
  sign({ id }: Seat, client: number, signatures: Signatures): void {
    if (this.holding !== null) return
    this.transact({ kind: 'person', user: id, decision: null, act: null }, () =>
      enterSignatures(this.ydoc, client, signatures),
    )
  }

  /** Resolves when everything so far is on disk; rejects where that failed. */
  settled(): Promise<void> {
    return new Promise((resolve, reject) =>
      this.journal.add({ type: 'waiter', entry: null, resolve, reject }),
    )
  }

  /** Closes the connections that `which` picks. */
  dismissWhere(which: (connection: Connection) => boolean, code: number, reason: string): void {
    for (const member of this.audience)
      if (which(member.connection)) this.audience.dismiss(member, code, reason)
  }

  /**
   * Lets everything be written and acknowledged, closes all connections, and ends the room. `back`:
   * within how many milliseconds its people should come back; null: as they like. Rejects, ended all
   * the same, where it could not be written.
   */
  async close(code: number, reason: string, back: number | null = null): Promise<void> {
    // Deaf from here: what is not taken now will be sent again after the restart.
    for (const member of this.audience) member.deaf = true
    try {
      if (!this.closed) await this.settled()
      if (back !== null) this.audience.tell({ held: this.holding, back })
    } finally {
      this.end(code, reason)
    }
  }

  private openJournal(): Journal<Step> {
    return new Journal<Step>({
      append: (entries) => this.services.append(entries),
      sync: () => this.services.sync(),
      committed: (batch) => this.show(batch),
      synced: (batch) => this.acknowledge(batch),
      failed: (error, lost) => this.fail(error, lost, 'disk'),
    })
  }

  private handle(member: Member, frame: Frame): void {
    const { connection } = member
    switch (frame.type) {
      case 'step1':
        this.journal.add({
          type: 'reply',
          entry: null,
          to: member,
          frame: this.stateBeyond(frame.stateVector),
        })
        return
      case 'content':
        this.take(member, frame)
        return
      case 'awareness':
        this.audience.hear(connection, frame.states, (client) => this.owns(connection, client))
        return
      case 'queryAwareness':
        this.audience.introduce(connection)
    }
  }

  private take(member: Member, { update, whole }: Extract<Frame, { type: 'content' }>): void {
    const { connection } = member
    const { seat } = connection.session
    const count = ++member.count
    if (this.isPreserved) return
    // What follows an edit that was left aside would seem to have a gap before it.
    if (member.owing && !(whole && this.holding === null)) return
    member.owing = false
    const verdict = this.judge(connection, update)
    // A stock client sends what is typed at the moment of its return before it is asked for what was
    // typed before: the answer to that holds both.
    if (!verdict.ok && verdict.code === 'gap' && !whole && !member.answered) {
      member.owing = true
      return
    }
    member.answered ||= whole
    const refusal = refusalFor(seat, verdict)
    if (refusal) {
      member.deaf = true
      this.services.refused(refusal.code, seat.id)
      this.journal.add({ type: 'refusal', entry: null, to: member, count, refusal })
      return
    }
    if (this.holding !== null && verdict.ok && !verdict.empty) {
      member.owing = true
      return
    }
    if (verdict.ok && !verdict.empty) this.apply(connection, update, verdict.clients)
    this.journal.add({ type: 'ack', entry: null, to: member, count })
  }

  /** Nothing has been applied yet, so that even a fault of the gate is one connection's affair. */
  private judge(connection: Connection, update: Uint8Array): Verdict {
    const { id: user, delegation } = connection.session.seat
    const owns = (client: number): boolean => this.owns(connection, client)
    try {
      return checkUpdate(this.ydoc, update, { user, delegation: delegation ?? '', owns })
    } catch (error) {
      this.services.puzzled(error)
      return { ok: false, code: 'malformed', message: 'This edit could not be read.' }
    }
  }

  private apply(from: Connection, update: Uint8Array, clients: readonly number[]): void {
    const { id: user, delegation } = from.session.seat
    if (delegation === null) throw new RangeError(`a writer without a delegation: ${user}`)
    // In front of the first edit, so that whoever receives the edit knows whose it is.
    this.transact({ kind: 'person', user, decision: null, act: null }, () => {
      for (const client of clients) enterPerson(this.ydoc, client, { user, delegation })
    })
    const origin: Origin = {
      kind: 'edit',
      user,
      client: clients[0] ?? this.ydoc.clientID,
      from,
      decision: null,
      act: null,
    }
    Y.applyUpdate(this.ydoc, update, origin)
  }

  /** Changes the ydoc in the server's own name. */
  private transact(because: Omit<Origin, 'client' | 'from'>, work: () => void): void {
    const origin: Origin = { ...because, client: this.ydoc.clientID, from: null }
    this.ydoc.transact(work, origin)
  }

  /** The act of a chair who decides. */
  private decided(
    { id: person, meeting }: Seat,
    token: string | null,
    subject: string,
    details: EntryAct['deed']['details'],
  ): EntryAct {
    const at = this.services.now()
    const draft = this.draft.id
    return { meeting, deed: { at, person, token, act: 'decided', draft, subject, details } }
  }

  /** Every change of the ydoc goes into the log, encoded by this server, never a client's bytes. */
  private readonly record = (data: Uint8Array, origin: Origin): void => {
    const { kind, user, client, from, decision, act } = origin
    const written = { seq: ++this.seq, user, client, at: this.services.now(), kind, data, decision }
    const entry = act ? { ...written, act } : written
    this.journal.add({ type: 'update', entry, from })
  }

  private show(batch: readonly Step[]): void {
    // Replies hold what was applied before them, so a reply goes before its batch's updates.
    for (const step of batch) if (step.type === 'reply') this.reply(step.to, step.frame)
    const updates = batch.filter((step) => step.type === 'update')
    this.committed = updates.at(-1)?.entry.seq ?? this.committed
    this.audience.show(updates)
  }

  private reply(member: Member, frame: Uint8Array): void {
    const { connection } = member
    connection.send(frame)
    connection.send(step1Frame(Y.encodeStateVector(this.ydoc)))
    this.audience.introduce(connection)
    if (this.holding !== null) connection.send(factsFrame({ held: this.holding, back: null }))
    member.following = true
  }

  private acknowledge(batch: readonly Step[]): void {
    for (const step of batch) if (step.type === 'waiter') step.resolve()
    this.audience.acknowledge(batch.filter((step) => step.type === 'ack'))
    for (const step of batch)
      if (step.type === 'refusal') this.audience.refuse(step, closeCode.refused)
  }

  /** A SyncStep2 with what a client with this state vector lacks. */
  private stateBeyond(stateVector: Uint8Array): Uint8Array {
    if (Y.decodeStateVector(stateVector).size > 0)
      return step2Frame(Y.encodeStateAsUpdate(this.ydoc, stateVector))
    if (this.whole?.seq !== this.seq)
      this.whole = { seq: this.seq, frame: step2Frame(Y.encodeStateAsUpdate(this.ydoc)) }
    return this.whole.frame
  }

  private owns({ session: { seat } }: Connection, client: number): boolean {
    return this.clientIds.owns(seat, client)
  }

  private fail(error: unknown, lost: readonly Step[], because: 'disk' | 'fault'): void {
    const damage = because === 'disk' && !this.closed ? this.services.damaged(error) : null
    if (damage !== null) return this.freeze(damage, error, lost)
    for (const step of lost) if (step.type === 'waiter') step.reject(error)
    if (this.closed) return
    // The ydoc may be ahead of the log. Clients keep what was not acknowledged and send it again.
    this.end(closeCode.overload, 'reload')
    this.services.broken(error, because)
  }

  /**
   * The log takes no more, and trying again will not mend it: people read on what is in it, without
   * what could not be written, which nobody but its writer has seen and which stays with its writer.
   */
  private freeze(reason: string, error: unknown, lost: readonly Step[]): void {
    const isUnwritten = (step: Step): step is UpdateStep =>
      step.type === 'update' && step.entry.seq > this.committed
    const unwritten = lost.filter(isUnwritten).map(({ entry }) => entry.data)
    const ydoc = without(this.ydoc, unwritten)
    ydoc.clientID = this.ydoc.clientID
    this.ydoc.off('update', this.record)
    this.state.destroy()
    const { draft, snapshot, owners } = this.state
    this.seq = this.committed
    this.state = new RoomState({ draft, ydoc, seq: this.seq, snapshot, owners })
    this.ydoc.on('update', this.record)
    this.whole = null
    this.journal = this.openJournal()
    const first = lost.findIndex(isUnwritten)
    for (const [place, step] of lost.entries()) {
      const isIn = first === -1 || place < first
      if (step.type === 'reply') this.journal.add({ ...step, frame: this.stateBeyond(noState) })
      else if (step.type === 'refusal' || (step.type !== 'update' && isIn)) this.journal.add(step)
      else if (step.type === 'waiter') step.reject(error)
    }
    this.preserve(reason)
  }

  private end(code: number, reason: string): void {
    if (this.closed) return
    this.closed = true
    this.audience.end(code, reason)
    this.ydoc.off('update', this.record)
    this.state.destroy()
  }
}

/** Why what was judged so is not taken from this seat; null: it is. Who only reads may say what is known. */
function refusalFor(seat: Seat, verdict: Verdict): Refusal | null {
  if (mayWrite(seat)) return verdict.ok ? null : { code: verdict.code, message: verdict.message }
  if (verdict.ok && verdict.empty) return null
  return { code: 'read-only', message: `As ${seat.role} you can read this draft, not change it.` }
}
