/** The laws of undo and redo, tried by each delegate of a play while all the others stand still. */
import { decisionsOf, views } from '../ledger/index.ts'
import type { Ledger, TokenState } from '../ledger/index.ts'
import { difference, idsIn, linesIn } from './laws.ts'
import type { Law } from './laws.ts'
import type { Delegate } from './meeting.ts'
import type { Play } from './play.ts'

/** Undo of all, redo of all: the same way back and forth, and nothing of it touches the others. */
export const undoIsOnesOwn: Law = function* undoIsOnesOwn(play) {
  for (const { delegate } of play.players) {
    const { pen, ledger } = delegate
    const others = statesOfOthers(delegate)
    const way: string[][] = [sightsOf(play, ledger)]
    while (pen.canUndo) {
      play.turn(delegate, 'undo')
      way.push(sightsOf(play, ledger))
    }
    for (const [id, state] of statesOfOthers(delegate)) {
      if (others.get(id) !== state) yield `W10: undo made ${others.get(id)} of ${id} ${state}`
    }
    yield* leftOf(delegate)
    for (const before of way.slice(0, -1).toReversed()) {
      play.turn(delegate, 'redo')
      const differs = difference(before, sightsOf(play, ledger))
      if (differs) yield `W10: redo: ${differs}`
    }
  }
}

/** What all views show; what they hide may grow. */
const sightsOf = (play: Play, ledger: Ledger): string[] =>
  views.map((view) => linesIn(play.project(ledger, view)).join('\n'))

/** The states of all tokens of other delegations, without what one's own proposes about them. */
function statesOfOthers({ ledger, delegation }: Delegate): Map<string, string> {
  const out = new Map<string, string>()
  eachToken(ledger, (id, { author, ins, proposers, settings }) => {
    if (author === delegation) return
    const theirs = [...proposers, ...(settings?.proposed ?? []), ...(settings?.ownEntries ?? [])]
      .filter((by) => by.delegation !== delegation)
      .map((by) => `${by.delegation}/${by.entry}`)
    out.set(id, [ins, ...theirs.toSorted()].join(' '))
  })
  return out
}

/** What is left of a delegate after everything was undone, but for what the chair ever decided. */
function* leftOf({ ledger, client }: Delegate): Generator<string> {
  const decided = new Set<string>()
  for (const { ins, del, settled } of decisionsOf(ledger.ydoc)) {
    for (const id of [
      ...idsIn(ins),
      ...idsIn(del),
      ...idsIn((settled ?? []).flatMap(({ r }) => r)),
    ])
      decided.add(id)
  }
  const left: string[] = []
  eachToken(ledger, (id, { ins, proposers, settings }) => {
    if (decided.has(id)) return
    if (id.startsWith(`${client}:`) && ins === 'pending') left.push(`${id} is still there`)
    for (const { entry } of proposers) {
      if (entry.startsWith(`${client}:`)) left.push(`${entry} still strikes ${id}`)
    }
    for (const { entry } of [...(settings?.proposed ?? []), ...(settings?.ownEntries ?? [])]) {
      if (entry.startsWith(`${client}:`)) left.push(`${entry} still sets ${id}`)
    }
  })
  for (const what of left) yield `W10: after undoing all ${what}`
}

function eachToken(ledger: Ledger, visit: (id: string, state: TokenState) => void): void {
  const blocks = [...ledger.freshBlocks(), ...ledger.freshNotes()]
  for (const { client, clock, aspects, runs, marker } of blocks) {
    if (marker.n === undefined) visit(`${client}:${clock}`, aspects.state)
    for (const run of runs) {
      if (run.type !== 'text') continue
      for (let i = 0; i < run.length; i++) {
        visit(`${run.client}:${run.clock + i}`, run.aspects.state)
      }
    }
  }
}
