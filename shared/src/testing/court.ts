/** A copy of a draft in which a chair tries things out, and the laws of deciding that it shows. */
import * as Y from 'yjs'
import {
  Ledger,
  decide,
  decisionsOf,
  eachRange,
  holdersOf,
  previewOf,
  requestFor,
  shown,
  suits,
  writeDecision,
} from '../ledger/index.ts'
import type { Change, Decided, Verb, View } from '../ledger/index.ts'
import type { Aspects } from '../ledger/aspect.ts'
import { difference, linesIn, pictureOf } from './laws.ts'
import type { Law } from './laws.ts'
import type { Play } from './play.ts'

export class Court {
  readonly ledger: Ledger
  private readonly play: Play
  private decisions = 0

  constructor(play: Play) {
    this.play = play
    const ydoc = new Y.Doc({ gc: false })
    Y.applyUpdate(ydoc, Y.encodeStateAsUpdate(play.meeting.ydoc))
    this.ledger = new Ledger(ydoc)
  }

  /** One decision over all of some changes. */
  decide(verb: Verb, changes: readonly Change[]): Decided {
    const request = requestFor(this.ledger, verb, changes)
    const decided = decide(this.ledger, request, `court ${this.decisions++}`)
    if ('decision' in decided) {
      writeDecision(this.ledger.ydoc, this.play.decided(decided.decision))
    }
    return decided
  }

  changes(...states: readonly Change['state'][]): Change[] {
    return this.play.changes(this.ledger).filter(({ state }) => states.includes(state))
  }

  lines(view: View): string[] {
    return linesIn(this.play.project(this.ledger, view))
  }

  /**
   * Decides all changes of some states, at once or one by one, and what comes to light then: where a
   * deletion loses its acceptance, another delegation's is pending again.
   */
  all(verb: Verb, way: 'at once' | 'one by one', ...states: readonly Change['state'][]): void {
    for (let times = 3 * this.changes(...states).length; times > 0; times--) {
      const changes = this.changes(...states)
      if (changes.length > 0) this.decide(verb, way === 'at once' ? changes : changes.slice(0, 1))
    }
  }
}

const ways = ['at once', 'one by one'] as const

/**
 * Accepting all, what is left behind included, gives what was clean, and leaves clean as it was: of a
 * text without brackets, which say two things at once.
 */
export const acceptingAllIsClean: Law = function* acceptingAllIsClean(play) {
  for (const way of ways) {
    const court = new Court(play)
    court.all('reopen', 'at once', 'bracketed')
    const clean = court.lines('clean')
    court.all('accept', way, 'pending')
    for (const view of ['accepted', 'clean'] as const) {
      const differs = difference(clean, court.lines(view))
      if (differs) yield `W6: accepting all ${way}: ${view} ${differs}`
    }
    if (court.changes('pending').length > 0) yield `W6: accepting all ${way} leaves changes pending`
  }
}

/** Rejecting all, what was accepted included, gives the text in force, labels included. */
export const rejectingAllIsBase: Law = function* rejectingAllIsBase(play) {
  for (const way of ways) {
    const court = new Court(play)
    court.all('reject', way, 'pending', 'accepted', 'bracketed')
    const differs = difference(court.lines('base'), court.lines('accepted'))
    if (differs) yield `W7: rejecting all ${way}: ${differs}`
    const left = court.changes('pending', 'accepted', 'bracketed').length
    if (left > 0) yield `W7: rejecting all ${way} leaves ${left} changes`
  }
}

/** Deciding twice changes nothing, and reopening a first decision restores exactly what was. */
export const decidingIsReversible: Law = function* decidingIsReversible(play) {
  const court = new Court(play)
  const before = [...pictureOf(play, court.ledger), JSON.stringify(play.changes(court.ledger))]
  const decided = decidedIn(court.ledger)
  const fresh = court.changes('pending').filter((change) => !touches(decided, change))
  for (const change of fresh.slice(0, 6)) {
    for (const verb of ['accept', 'reject', 'bracket'] as const) {
      if (!suits(verb, change)) continue
      const first = court.decide(verb, [change])
      if (!('decision' in first)) yield `W8: ${verb} of ${change.id}: ${JSON.stringify(first)}`
      const once = pictureOf(play, court.ledger)
      court.decide(verb, [change])
      const twice = difference(once, pictureOf(play, court.ledger))
      if (twice) yield `W8: ${verb} of ${change.id}, twice: ${twice}`
      court.decide('reopen', [change])
      const after = [...pictureOf(play, court.ledger), JSON.stringify(play.changes(court.ledger))]
      const reopened = difference(before, after)
      if (reopened) yield `W8: ${verb} of ${change.id}, reopened: ${reopened}`
    }
  }
}

/** Accepting in bulk, without what is left behind, leaves clean as it was, and does what was foretold. */
export const bulkLeavesClean: Law = function* bulkLeavesClean(play) {
  const court = new Court(play)
  const clean = court.lines('clean')
  const { decided, turns, problem } = previewOf(court.ledger, 'accept', court.changes('pending'))
  if (problem !== null) yield `W17: accepting in bulk: ${problem}`
  if (turns.clean.length > 0) yield `W17: foretold of clean: ${JSON.stringify(turns.clean)}`
  if (decided.length === 0) return
  court.decide('accept', decided)
  const differs = difference(clean, court.lines('clean'))
  if (differs) yield `W17: accepting in bulk: ${differs}`
}

const isOpen = ({ aspects: { state } }: { readonly aspects: Pick<Aspects, 'state'> }): boolean =>
  shown(state, 'marked') && state.del !== 'accepted'

/** Bracketing all words that are pending leaves out none of them, in clean as in accepted. */
export const bracketsLeaveOpen: Law = function* bracketsLeaveOpen(play) {
  const court = new Court(play)
  for (let times = 3; times > 0; times--) {
    const words = court.changes('pending').filter((change) => suits('bracket', change))
    if (words.length > 0) court.decide('bracket', words)
  }
  const open = [...court.ledger.freshBlocks(), ...court.ledger.freshNotes(isOpen)]
    .flatMap(({ runs }) => runs)
    .filter(isOpen)
  const expected = open.map(({ text }) => text).join('')
  for (const view of ['clean', 'accepted'] as const) {
    const { paragraphs } = play.project(court.ledger, view)
    const letters = paragraphs.map(({ text }) => text).join('')
    if (letters !== expected) yield `W16: all in brackets: ${view} has ${letters} <> ${expected}`
    for (const { brackets, pieces } of paragraphs) {
      const inside = brackets.reduce((sum, { from, to }) => sum + to - from, 0)
      const letterCount = pieces
        .filter((piece) => piece.shown && holdersOf(piece.state))
        .reduce((sum, { text }) => sum + text.length, 0)
      if (inside !== letterCount) yield `W16: ${view} has ${inside} of ${letterCount} in brackets`
    }
  }
}

const aspects = ['ins', 'del', 'set'] as const

/** Every aspect that a decision ever covered, by token. */
function decidedIn({ ydoc }: Ledger): Record<(typeof aspects)[number], Set<string>> {
  const out = { ins: new Set<string>(), del: new Set<string>(), set: new Set<string>() }
  for (const decision of decisionsOf(ydoc)) {
    for (const aspect of aspects) {
      const ranges =
        aspect === 'set' ? (decision.settled ?? []).flatMap(({ r }) => r) : decision[aspect]
      eachRange(ranges, (client, clock, length) => {
        for (let i = 0; i < length; i++) out[aspect].add(`${client}:${clock + i}`)
      })
    }
  }
  return out
}

function touches(decided: ReturnType<typeof decidedIn>, change: Change): boolean {
  let found = false
  for (const aspect of aspects) {
    eachRange(change[aspect], (client, clock, length) => {
      for (let i = 0; i < length; i++) found ||= decided[aspect].has(`${client}:${clock + i}`)
    })
  }
  return found
}

export const lawsOfDeciding: readonly Law[] = [
  acceptingAllIsClean,
  rejectingAllIsBase,
  decidingIsReversible,
  bracketsLeaveOpen,
  bulkLeavesClean,
]
