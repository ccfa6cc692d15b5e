/** The laws can fail: each is shown a program with one fault, and has to complain. */
import * as Y from 'yjs'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { baseClient, ledgerOf, peopleOf, sequenceOf } from '../src/ledger/index.ts'
import type { Change, Decision, Entry, Ledger, Projection, View } from '../src/ledger/index.ts'
import { insertAfter } from '../src/ledger/sequence.ts'
import {
  Play,
  act,
  cleanIsWhatEditsSay,
  placeAt,
  scripts,
  soloScripts,
  tried,
} from '../src/testing/index.ts'
import type { Deed, Delegate, Player, Step } from '../src/testing/index.ts'

const script = fc.sample(scripts(60), { numRuns: 12, seed: 47 })

/** The laws that complain about a faulty program, over scripts that an honest one passes. */
function lawsAgainst(Faulty: typeof Play, law: string): string[] {
  for (const { seats, steps } of script) {
    const laws = tried(new Faulty(seats), { steps }).map((complaint) => complaint.split(':')[0]!)
    if (laws.includes(law)) return [law]
  }
  return []
}

/** Does something to every document, once, when the first update comes through. */
abstract class Tampering extends Play {
  private done = false

  abstract tamper(ydoc: Y.Doc): void

  protected override submit(player: Player, update: Uint8Array): void {
    super.submit(player, update)
    if (this.done) return
    this.done = true
    this.tamper(this.meeting.ydoc)
  }
}

class WritesIntoBase extends Tampering {
  tamper(ydoc: Y.Doc): void {
    const { clientID } = ydoc
    ydoc.clientID = baseClient
    sequenceOf(ydoc).insert(3, 'x')
    ydoc.clientID = clientID
  }
}

class ForgesPeople extends Tampering {
  tamper(ydoc: Y.Doc): void {
    for (const client of peopleOf(ydoc).keys()) {
      peopleOf(ydoc).set(client, { user: 'x', delegation: 'Z' })
    }
  }
}

class DropsUpdates extends Play {
  private passed = 0

  protected override passOn(player: Player, update: Uint8Array): void {
    if (++this.passed % 5 > 0) super.passOn(player, update)
  }
}

class StopsFollowing extends Play {
  protected override passOn(player: Player, update: Uint8Array): void {
    player.delegate.ledger.destroy()
    super.passOn(player, update)
  }
}

/** Every decision covers the next token instead of its first. */
class DecidesNext extends Play {
  override decided(decision: Decision): Decision {
    return { ...decision, ins: shifted(decision.ins), del: shifted(decision.del) }
  }
}

const shifted = (ranges: readonly number[]): number[] =>
  ranges.map((value, i) => (i % 3 === 1 ? value + 1 : value))

const lessOne = (ranges: readonly number[]): number[] =>
  (ranges.at(-1) ?? 0) > 1 ? [...ranges.slice(0, -1), ranges.at(-1)! - 1] : [...ranges]

/** An accepted deletion forgets how it treats the paragraphs whose markers it covers. */
class AcceptsWithoutJoins extends Play {
  override decided(decision: Decision): Decision {
    return { ...decision, w: decision.verb === 'accept' ? [] : decision.w, j: [] }
  }
}

/** Accepting a setting counts against it too. */
class SettlesAgainst extends Play {
  override decided(decision: Decision): Decision {
    const { settled } = decision
    const against = settled?.map((part) => ({ ...part, against: part.entries }))
    return against ? { ...decision, settled: against } : decision
  }
}

class ReopensInsertionsOnly extends Play {
  override decided(decision: Decision): Decision {
    return decision.verb === 'reopen' ? { ...decision, del: [] } : decision
  }
}

class RejectsNobody extends Play {
  override decided(decision: Decision): Decision {
    return decision.verb === 'reject' ? { ...decision, entries: [] } : decision
  }
}

/** An undo or redo that takes back an entry but for its last token. */
class UndoesLess extends Play {
  override turn(delegate: Delegate, direction: 'undo' | 'redo'): void {
    const ledger = ledgerOf(delegate.ydoc, delegate.delegation)
    const known = new Set(ledger.keys())
    super.turn(delegate, direction)
    for (const [key, entry] of ledger.entries()) {
      if (!known.has(key) && entry.type === 'keep')
        ledger.set(key, { ...entry, r: lessOne(entry.r) })
    }
  }
}

/** An undo that takes back what somebody else wrote. */
class UndoesOthers extends Play {
  override turn(delegate: Delegate, direction: 'undo' | 'redo'): void {
    super.turn(delegate, direction)
    const ledger = ledgerOf(delegate.ydoc, delegate.delegation)
    const other = delegate.ledger.changes().find((change) => {
      return change.delegation !== delegate.delegation && change.ins.length > 0
    })
    if (!other) return
    const entry: Entry = { type: 'del', r: other.ins, user: delegate.user }
    ledger.set(`${delegate.client}:999`, entry)
  }
}

/** A view that leaves out the words of hidden blocks. */
class DropsFlowing extends Play {
  override project(ledger: Ledger, view: View): Projection {
    const projection = super.project(ledger, view)
    const paragraphs = projection.paragraphs.map((paragraph) => {
      const hidden = paragraph.pieces.findIndex(({ type }) => type === 'marker')
      if (hidden < 0) return paragraph
      const pieces = paragraph.pieces.slice(0, hidden)
      return { ...paragraph, text: pieces.map((piece) => (piece.shown ? piece.text : '')).join('') }
    })
    return { ...projection, paragraphs }
  }
}

class CountsFromZero extends Play {
  override project(ledger: Ledger, view: View): Projection {
    const { paragraphs, ...projection } = super.project(ledger, view)
    const relabelled = paragraphs.map((paragraph) =>
      paragraph.label.view === 'b)' && view === 'clean'
        ? { ...paragraph, label: { ...paragraph.label, view: 'a)' } }
        : paragraph,
    )
    return { ...projection, paragraphs: relabelled }
  }
}

class ListsLess extends Play {
  override changes(ledger: Ledger): readonly Change[] {
    return super.changes(ledger).filter(({ kind }) => kind !== 'join')
  }
}

/** A list in which a move is an insertion only. */
class ListsHalfOfMoves extends Play {
  override changes(ledger: Ledger): readonly Change[] {
    const changes = super.changes(ledger)
    return changes.map((change) => (change.moves.length > 0 ? { ...change, del: [] } : change))
  }
}

/** A hand that moves down what goes up. */
class MovesTheOtherWay extends Play {
  protected override perform(delegate: Delegate, deed: Deed, view: View): void {
    const isUp = deed.does === 'move' && deed.way === 'up'
    super.perform(delegate, isUp ? { ...deed, way: 'down' } : deed, view)
  }
}

/** A hand that strikes and then writes at the start of the selection, not after what it struck. */
class ReplacesBefore extends Play {
  protected override perform(delegate: Delegate, deed: Deed, view: View): void {
    if (deed.does !== 'replace') return super.perform(delegate, deed, view)
    const { ledger, pen, ydoc } = delegate
    const [from, to] = [deed.from, deed.to].map(({ paragraph, offset }) =>
      placeAt(ledger.project(view), paragraph, offset),
    )
    pen.erase(from!, to!)
    ydoc.transact((transaction) => insertAfter(transaction, from!.after, [deed.text]))
  }
}

/** A hand that joins paragraphs without saying to which. */
class JoinsWithoutNames extends Play {
  protected override perform(delegate: Delegate, deed: Deed, view: View): void {
    super.perform(delegate, deed, view)
    const ledger = ledgerOf(delegate.ydoc, delegate.delegation)
    for (const [key, entry] of ledger.entries()) {
      if (entry.type === 'del' && entry.j) ledger.set(key, { ...entry, j: undefined })
    }
  }
}

/** A hand that deletes what its delegation has just written instead of withdrawing it. */
class DeletesOwn extends Play {
  protected override perform(delegate: Delegate, deed: Deed, view: View): void {
    const before = sequenceOf(delegate.ydoc).length
    act(delegate, deed, view)
    const written = sequenceOf(delegate.ydoc).length - before
    if (written > 0 && deed.does === 'type') {
      for (let item = sequenceOf(delegate.ydoc)._start; item; item = item.right) {
        if (item.id.client !== delegate.client) continue
        return delegate.ydoc.transact((transaction) => item.delete(transaction))
      }
    }
  }

  /** Behind the gate, so that it is not the gate that finds it. */
  protected override submit({ delegate }: Player, update: Uint8Array): void {
    Y.applyUpdate(this.meeting.ydoc, update, delegate)
  }
}

/** A client that does not send again what was lost on a broken line. */
class ForgetsLost extends Play {
  override step(step: Step): void {
    super.step(step)
    for (const player of this.players) player.hasLost = false
  }
}

/** A server that comes up without the last thing that it took. */
class RestartsWithLess extends Play {
  protected override stored(way: number): readonly Uint8Array[] {
    return super.stored(way).slice(0, -1)
  }
}

/** A client that sends only the second half of what it wrote. */
class SkipsUpdates extends Play {
  private sent = 0

  protected override submit(player: Player, update: Uint8Array): void {
    if (++this.sent % 3 > 0) super.submit(player, update)
  }
}

/** A view that draws a pair of brackets too few. */
class DrawsLess extends Play {
  override project(ledger: Ledger, view: View): Projection {
    const shown = super.project(ledger, view)
    const paragraphs = shown.paragraphs.map((one) => ({ ...one, brackets: one.brackets.slice(1) }))
    return { ...shown, paragraphs }
  }
}

const timeout = 60_000

test(
  'an honest program passes the same scripts',
  () => {
    for (const { seats, steps } of script) expect(tried(new Play(seats), { steps })).toEqual([])
  },
  timeout,
)

describe('is caught', () => {
  test.each<[string, string, typeof Play]>([
    ['W1 mutation: a letter is written into the base behind the gate', 'W1', WritesIntoBase],
    ['W2 mutation: an update is lost on its way to a client', 'W2', DropsUpdates],
    ['W2 mutation: what was lost is not sent again', 'W2', ForgetsLost],
    ['W2 mutation: a restarted server lacks what it took', 'W2', RestartsWithLess],
    ['W3 mutation: a ledger stops following its document', 'W3', StopsFollowing],
    ['W6 mutation: the ranges of a decision are shifted by one', 'W6', DecidesNext],
    ['W6 mutation: an accepted deletion forgets whole and joined', 'W6', AcceptsWithoutJoins],
    ['W6 mutation: what is accepted of settings is rejected', 'W6', SettlesAgainst],
    ['W7 mutation: a rejection names no entry', 'W7', RejectsNobody],
    ['W8 mutation: reopening forgets the deletion', 'W8', ReopensInsertionsOnly],
    ['W9 mutation: people are forged', 'W9', ForgesPeople],
    ['W10 mutation: undo leaves a token out', 'W10', UndoesLess],
    ["W10 mutation: undo strikes others' words", 'W10', UndoesOthers],
    ['W11 mutation: a view drops the words of hidden blocks', 'W11', DropsFlowing],
    ['W12 mutation: the list of changes leaves out joins', 'W12', ListsLess],
    ['W12 mutation: the list of changes has half of a move', 'W12', ListsHalfOfMoves],
    ['W13 mutation: a client skips an update', 'W13', SkipsUpdates],
    ['W14 mutation: own words are deleted instead of withdrawn', 'W14', DeletesOwn],
    ['W15 mutation: a label is counted twice', 'W15', CountsFromZero],
    ['W16 mutation: a pair of brackets is missing', 'W16', DrawsLess],
    ['W5 mutation: a replacement stands before what it replaces', 'W5', ReplacesBefore],
  ])(
    '%s',
    (_name, law, Faulty) => {
      expect(lawsAgainst(Faulty, law)).toEqual([law])
    },
    timeout,
  )

  test.each([
    ['W4 mutation: joined paragraphs do not say to which', JoinsWithoutNames],
    ['W4 mutation: a paragraph is moved the other way', MovesTheOtherWay],
  ])('%s', (_name, Faulty) => {
    const complaints = fc
      .sample(soloScripts(50), { numRuns: 12, seed: 47 })
      .flatMap(({ seats, steps }) => cleanIsWhatEditsSay(new Faulty(seats), steps))
    expect(complaints[0]).toMatch(/^W4: /)
  })
})
