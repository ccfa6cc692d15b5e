/** A play: a script acted out by delegates and a chair on a meeting in memory. */
import * as Y from 'yjs'
import { decide, requestFor, suits, writeDecision, writeNumbering } from '../ledger/index.ts'
import type { Change, Decision, Ledger, Projection, Verb, View } from '../ledger/index.ts'
import type { FormatSpan, Provision } from '../resolution/index.ts'
import { act, deedOf } from './deed.ts'
import type { Deed } from './deed.ts'
import { Meeting, provision } from './meeting.ts'
import type { Delegate } from './meeting.ts'
import { jumbled, restored, sending } from './traffic.ts'
import { replaced } from './replacing.ts'
import type { Script, Step } from './script.ts'

/** Formats by the line at which they stand: words in italics, and the numbers of footnotes. */
const looks: readonly { readonly at: number; readonly span: FormatSpan }[] = [
  { at: 4, span: { from: 0, to: 3, format: 'italic' } },
  { at: 7, span: { from: 3, to: 4, format: 'superscript' } },
  { at: 13, span: { from: 6, to: 7, format: 'superscript' } },
]

/** The text in force of every play: irregular labels, levels, formats, scripts of all kinds. */
export const stage: readonly Provision[] = [
  'number RESOLUTION 45 (Rev. Dubai, 2014)',
  'title Cybersecurity \u{1f600} \u{20000}\u{2a6d6}',
  'adopting The World Conference (Dubai, 2014),',
  'call recalling',
  'item a) one two three;',
  'item b) \u0627\u0644\u0639\u0631\u0628\u064a\u0629 four;',
  'item b)bis e\u0301te\u0301 five;',
  'item c) six1,',
  'call resolves',
  'item 1 seven \u{1f469}\u200d\u{1f469}\u200d\u{1f467} eight:',
  'item/2 i) nine',
  'item/2 ii) ten;',
  'item 2 eleven.',
  'text twelve2',
  'footnote 1 These include \u{1f600} islands.',
  'footnote 2 See 1.',
].map((line, i) => {
  const made = provision(line)
  if (made.kind === 'footnote') {
    const [label, ...words] = made.text.split(' ')
    return { ...made, label: label!, text: words.join(' ') }
  }
  return { ...made, formats: looks.filter(({ at }) => at === i).map(({ span }) => span) }
})

/** The same text without footnotes, their numbers being plain letters. */
export const unnoted: readonly Provision[] = stage
  .filter(({ kind }) => kind !== 'footnote')
  .map((one) => ({ ...one, formats: one.formats.filter(({ format }) => format === 'italic') }))

/** A delegate with a line to the meeting. */
export interface Player {
  delegate: Delegate
  isOnline: boolean
  /** How much of the meeting's log this delegate has. */
  received: number
  /** What was sent, to be sent again. */
  readonly sent: Uint8Array[]
  /** Some of what was sent has not arrived. */
  hasLost: boolean
  /** Some of what the meeting sent has not arrived, or in another order. */
  isGarbled: boolean
}

/**
 * Acts out steps. The first and the protected methods are the joints at which a test injects a fault; they do what
 * an honest program does.
 */
export class Play {
  readonly meeting: Meeting
  readonly players: Player[]
  /** What went wrong while acting, each beginning with its law. */
  readonly complaints: string[] = []
  /** Updates that the meeting took, decisions among them: what a server stores. */
  readonly log: Uint8Array[] = []
  private decisions = 0

  constructor(seats: readonly string[], provisions: readonly Provision[] = stage) {
    this.meeting = new Meeting(provisions)
    this.log.push(Y.encodeStateAsUpdate(this.meeting.ydoc))
    this.keepLog()
    this.players = seats.map((delegation, i) => ({
      delegate: this.admit(delegation, `person ${i}`),
      isOnline: true,
      received: this.log.length,
      sent: [],
      hasLost: false,
      isGarbled: false,
    }))
  }

  /** What was done so far, for whoever counts. */
  get counts(): { readonly updates: number; readonly decisions: number } {
    return { updates: this.log.length, decisions: this.decisions }
  }

  /** What a play reads of a ledger, here and in its laws. */
  project(ledger: Ledger, view: View): Projection {
    return ledger.project(view)
  }

  changes(ledger: Ledger): readonly Change[] {
    return ledger.changes()
  }

  /** A decision as it is written. */
  decided(decision: Decision): Decision {
    return decision
  }

  /** One undo or redo. */
  turn({ pen }: Delegate, direction: 'undo' | 'redo'): void {
    pen[direction]()
  }

  step(step: Step): void {
    const player = this.players[step.who % this.players.length]!
    const deed = deedOf(step, this.project(player.delegate.ledger, step.view))
    if (deed?.does === 'undo' || deed?.does === 'redo') this.turn(player.delegate, deed.does)
    else if (deed?.does === 'replace') {
      const act = () => this.perform(player.delegate, deed, step.view)
      this.complaints.push(...replaced(player.delegate, deed, step.view, act))
    } else if (deed) this.perform(player.delegate, deed, step.view)
    else if (step.does === 'withdraw') this.withdraw(player.delegate, step.a)
    else if (step.does === 'offline') player.isOnline = false
    else if (step.does === 'online') player.isOnline = true
    else if (step.does === 'send') this.send(player, step.a)
    else if (step.does === 'receive') this.receive(player, step.a)
    else if (step.does === 'sync') this.sync()
    else if (step.does === 'reload') this.reload(player, step.a)
    else if (step.does === 'drop') this.drop(player, step.a)
    else if (step.does === 'garble') this.garble(player, step)
    else if (step.does === 'restart') this.restart(step.a)
    else if (step.does === 'number') this.number(step.a)
    else this.chair(step, player.delegate.ledger)
  }

  /** Everybody who is online sends and receives everything. */
  sync(): void {
    for (const [i, player] of this.players.entries()) this.send(player, i)
    for (const player of this.players) this.receive(player, 0)
  }

  /** Everybody comes back and is brought up to date. */
  finish(): void {
    for (const player of this.players) player.isOnline = true
    this.sync()
  }

  /** One decision as the chair asks for it, on the meeting's own document. */
  decide(verb: Verb, changes: readonly Change[], seenBy: Ledger = this.meeting.ledger): boolean {
    const request = requestFor(seenBy, verb, changes)
    const decided = decide(this.meeting.ledger, request, `d${this.decisions++}`)
    if ('decision' in decided) writeDecision(this.meeting.ydoc, this.decided(decided.decision))
    else if (seenBy === this.meeting.ledger) {
      this.complaints.push(`W13: a decision was refused: ${JSON.stringify(decided)}`)
    }
    return 'decision' in decided
  }

  protected perform(delegate: Delegate, deed: Deed, view: View): void {
    act(delegate, deed, view)
  }

  /** An update on its way to the meeting. */
  protected submit({ delegate }: Player, update: Uint8Array): void {
    try {
      this.meeting.receive(delegate, update)
    } catch (error) {
      this.complaints.push(`W13: ${String(error)}`)
    }
  }

  /** An update on its way from the meeting. */
  protected passOn({ delegate }: Player, update: Uint8Array): void {
    Y.applyUpdate(delegate.ydoc, update, 'server')
  }

  /** What a server that starts anew finds on its disk. */
  protected stored(way: number): readonly Uint8Array[] {
    return restored(this.log, way)
  }

  private admit(delegation: string, user: string, state?: Uint8Array): Delegate {
    // Neither rising nor falling: Yjs orders what stands at one place by client id.
    const client = 1000 + ((this.meeting.delegates.length * 37 + 11) % 97)
    return this.meeting.admit(delegation, user, client, state)
  }

  private keepLog(): void {
    this.meeting.ydoc.on('update', (update: Uint8Array) => this.log.push(update))
  }

  /** The server goes down and comes up from its log, or from a snapshot and what followed. */
  private restart(way: number): void {
    this.meeting.restart(this.stored(way))
    this.keepLog()
  }

  /** The chair has what is inserted labelled in the one way or the other. */
  private number(way: number): void {
    writeNumbering(this.meeting.ydoc, way % 2 === 0 ? 'bis' : 'renumber')
  }

  private withdraw({ ledger, delegation, pen }: Delegate, which: number): void {
    const own = this.changes(ledger).filter(
      (change) => change.delegation === delegation && change.state === 'pending',
    )
    const change = own[which % Math.max(own.length, 1)]
    if (change && !pen.withdraw(change)) {
      this.complaints.push(`W10: ${change.id} could not be withdrawn`)
    }
  }

  private send(player: Player, way: number): void {
    const { delegate, sent } = player
    if (!player.isOnline || (delegate.outbox.length === 0 && !player.hasLost)) return
    const fresh = delegate.outbox.splice(0)
    for (const update of sending(player, fresh, this.meeting, way)) this.submit(player, update)
    sent.push(...fresh)
    player.hasLost = false
  }

  /** The line breaks while a client sends: what it sent first arrives, the rest is lost. */
  private drop(player: Player, how: number): void {
    if (!player.isOnline || player.hasLost) return
    const fresh = player.delegate.outbox.splice(0)
    for (const update of fresh.slice(0, how % (fresh.length + 1))) this.submit(player, update)
    player.sent.push(...fresh)
    player.hasLost = true
    player.isOnline = false
  }

  /** The line breaks while a client receives: it will receive all of it again. */
  private garble(player: Player, { a, b }: Step): void {
    if (!player.isOnline) return
    const missing = this.log.slice(player.received)
    if (missing.length === 0) return
    for (const update of jumbled(missing, a, b)) this.passOn(player, update)
    player.isGarbled = true
  }

  private receive(player: Player, way: number): void {
    if (!player.isOnline) return
    const missing = this.log.slice(player.received)
    if (missing.length === 0) return
    const some = way % 4 === 1 ? missing.slice(0, Math.ceil(missing.length / 2)) : missing
    player.received += some.length
    if (way % 4 === 2) this.passOn(player, Y.mergeUpdates(some))
    else if (way % 4 === 3) {
      const { ydoc } = player.delegate
      this.passOn(player, Y.encodeStateAsUpdate(this.meeting.ydoc, Y.encodeStateVector(ydoc)))
    } else for (const update of some) this.passOn(player, update)
    if (some.length === missing.length) player.isGarbled = false
  }

  /**
   * A page loaded anew: a new document, a new client id, an empty history. With a line it is the
   * meeting's state, without one what the browser has stored, unsent words included.
   */
  private reload(player: Player, way: number): void {
    const { delegation, user, ledger, ydoc, outbox } = player.delegate
    ledger.destroy()
    if (player.isOnline) {
      this.send(player, 0)
      player.delegate = this.admit(delegation, user)
      player.received = this.log.length
      player.isGarbled = false
    } else {
      const stored = Y.encodeStateAsUpdate(ydoc)
      player.delegate = this.admit(delegation, user, stored)
      if (way % 2 === 0) player.delegate.outbox.push(...outbox)
      else player.hasLost = true
    }
  }

  private chair({ does, a, b, c }: Step, delegates: Ledger): void {
    const all = does.endsWith('All')
    const verb = all ? (does.slice(0, -3) as Verb) : (does as Verb)
    // Sometimes the chair has not seen what the meeting has.
    const seen = b % 3 === 0 ? delegates : this.meeting.ledger
    const fitting = this.changes(seen).filter((change) => suits(verb, change))
    if (fitting.length === 0) return
    this.decide(verb, all ? fitting : [partOf(fitting[a % fitting.length]!, c)], seen)
  }
}

/** What a chair decides of a change: mostly all of it, else one aspect, or the first of its ranges. */
function partOf(change: Change, which: number): Change {
  const { ins, del, set } = change
  if (which % 5 === 1 && del.length > 0) return { ...change, ins: [] }
  if (which % 5 === 2 && ins.length > 0) return { ...change, del: [] }
  if (which % 5 === 3) {
    return { ...change, ins: ins.slice(0, 3), del: del.slice(0, 3), set: set.slice(0, 3) }
  }
  return change
}

/** Acts out a script, and checks after every sync and at the end. */
export function played(
  play: Play,
  { steps }: Pick<Script, 'steps'>,
  check: (play: Play) => Iterable<string>,
): string[] {
  const found: string[] = []
  for (const step of steps) {
    play.step(step)
    if (step.does === 'sync') found.push(...check(play))
    if (found.length + play.complaints.length > 0) return [...play.complaints, ...found]
  }
  play.finish()
  return [...play.complaints, ...check(play)]
}
