/** What a decision would do, tried on a copy: shown before anything is decided in bulk. */
import * as Y from 'yjs'
import { addressesOf } from './address.ts'
import { inBrackets } from './brackets.ts'
import type { Change } from './changes.ts'
import { decide } from './decide.ts'
import type { Verb } from './decision.ts'
import { Ledger } from './ledger.ts'
import { writeDecision } from './people.ts'
import { leftBehindIn, requestFor, suits, within } from './scope.ts'
import { eachRange } from './ranges.ts'
import type { View } from './state.ts'

/** A paragraph that a view would show otherwise; null: it is not there. */
export interface Turn {
  readonly address: string
  readonly before: string | null
  readonly after: string | null
}

export interface Preview {
  /** What would be decided, and whose: by code, most first. */
  readonly decided: readonly Change[]
  readonly delegations: readonly { readonly code: string; readonly count: number }[]
  /** Changes that the verb does not suit: decided already, or set where brackets hold only words. */
  readonly unsuited: number
  /** Words that are left out because their paragraph is to be deleted. */
  readonly leftBehind: readonly Change[]
  /** Insertions that accepted will show and clean will not, since somebody proposes to delete them. */
  readonly struck: readonly Change[]
  /** How the clean and the accepted view would change. */
  readonly turns: { readonly clean: readonly Turn[]; readonly accepted: readonly Turn[] }
  /** Why it cannot be decided; null: it can. */
  readonly problem: string | null
}

/**
 * What deciding some changes would do. Accepting leaves out what is left behind, which belongs to no
 * paragraph that is accepted, unless it `includes` it. The draft itself is not touched.
 */
export function previewOf(
  ledger: Ledger,
  verb: Verb,
  changes: readonly Change[],
  includes = false,
): Preview {
  const suited = changes.filter((change) => suits(verb, change))
  const aside = verb === 'accept' && !includes ? leftBehindIn(ledger) : []
  const leftBehind = within(suited, aside).filter(({ ins }) => ins.length > 0)
  const left = new Set(leftBehind.map(({ id }) => id))
  const decided = suited.filter(({ id }) => !left.has(id))
  const counts = new Map<string, number>()
  for (const { delegation } of decided) counts.set(delegation, (counts.get(delegation) ?? 0) + 1)
  const tried = decided.length > 0 ? tryOut(ledger, verb, decided) : null
  return {
    decided,
    delegations: [...counts]
      .map(([code, count]) => ({ code, count }))
      .toSorted((a, b) => b.count - a.count),
    unsuited: changes.length - suited.length,
    leftBehind,
    struck: tried?.struck ?? [],
    turns: tried?.turns ?? { clean: [], accepted: [] },
    problem: tried?.problem ?? null,
  }
}

const shownViews = ['clean', 'accepted'] as const

/** Decides on a copy, and compares. */
function tryOut(
  ledger: Ledger,
  verb: Verb,
  changes: readonly Change[],
): Pick<Preview, 'struck' | 'turns' | 'problem'> {
  const ydoc = new Y.Doc({ gc: false })
  Y.applyUpdate(ydoc, Y.encodeStateAsUpdate(ledger.ydoc))
  const copy = new Ledger(ydoc)
  try {
    const decided = decide(copy, requestFor(copy, verb, changes), 'preview')
    if (!('decision' in decided)) {
      const problem = 'problem' in decided ? decided.problem : decided.conflict
      return { struck: [], turns: { clean: [], accepted: [] }, problem }
    }
    writeDecision(ydoc, decided.decision)
    const [clean, accepted] = shownViews.map((view) => turnsBetween(ledger, copy, view))
    const struck = verb === 'accept' ? changes.filter((change) => isStruckIn(copy, change)) : []
    return { struck, turns: { clean: clean!, accepted: accepted! }, problem: null }
  } finally {
    copy.destroy()
    ydoc.destroy()
  }
}

/** Whether somebody proposes to delete words of an accepted insertion. */
function isStruckIn(ledger: Ledger, { ins }: Change): boolean {
  let found = false
  eachRange(ins, (client, clock, length) => {
    for (const { aspects } of ledger.states.stretches(client, clock, length)) {
      found ||= aspects.state.ins === 'accepted' && aspects.state.del === 'pending'
    }
  })
  return found
}

function turnsBetween(before: Ledger, after: Ledger, view: View): Turn[] {
  const [was, is] = [linesOf(before, view), linesOf(after, view)]
  const addresses = new Map([
    ...addressesOf(after.project('marked')),
    ...addressesOf(before.project('marked')),
  ])
  return [...new Set([...was.keys(), ...is.keys()])].flatMap((key): Turn[] => {
    const turn = { before: was.get(key) ?? null, after: is.get(key) ?? null }
    return turn.before === turn.after ? [] : [{ address: addresses.get(key) ?? '', ...turn }]
  })
}

/** What a view says, by paragraph. */
const linesOf = (ledger: Ledger, view: View): Map<string, string> =>
  new Map(
    ledger.project(view).paragraphs.map((paragraph) => {
      const text = [...inBrackets(paragraph)].map((one) => one.text).join('')
      const { view: label } = paragraph.label
      return [paragraph.key, label === null ? text : `${label} ${text}`]
    }),
  )
