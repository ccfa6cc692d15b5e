/** What a decision on settings covers: from the names in a request to what is for and against. */
import type { EntryRef, Own, Settled, Verb } from './decision.ts'
import { entryName } from './entries.ts'
import type { Ledger } from './ledger.ts'
import type { Id } from './id.ts'
import { partitionPoint } from './partition-point.ts'
import { covers, eachRange, toRanges } from './ranges.ts'
import type { Ranges } from './ranges.ts'
import type { Property, Setting, Settings } from './settings.ts'

/**
 * Settles what is named over some tokens. Accepting a value accepts it for all who propose it, and
 * rejects other values of that property, but for those that supersede it, which stay proposals. What
 * the clean view shows is superseded by nothing but, where entries are forged, by a circle. Of
 * two values that are named at once the one that the clean view shows is accepted.
 */
export function settledBy(ledger: Ledger, verb: Verb, set: Ranges, named: Named): Settled[] {
  return partsOf(ledger, set, cutsIn(named), ({ proposed }, at) => {
    const meant = proposed.filter((one) => isNamed(named, one, at))
    if (verb !== 'accept')
      return meant.length > 0 ? { entries: meant.map(refOf), against: [] } : null
    const entries: EntryRef[] = []
    const against: EntryRef[] = []
    const done = new Set<Property>()
    // What was rejected is reopened before it is accepted.
    for (const one of meant.filter(({ state }) => state !== 'rejected')) {
      // What the clean view shows stands first among those of one property.
      if (done.has(one.property)) continue
      done.add(one.property)
      for (const other of proposed.filter(({ property }) => property === one.property)) {
        if (other.value === one.value) entries.push(refOf(other))
        else if (one.shows || !supersedes(ledger, other, one)) against.push(refOf(other))
      }
    }
    return entries.length > 0 ? { entries, against } : null
  })
}

/** Entries by their full names, each with the tokens for which it is meant; null: for all. */
export type Named = ReadonlyMap<string, Ranges | null>

const isNamed = (named: Named, one: Setting, { client, clock }: Id): boolean => {
  const r = named.get(nameOf(one))
  return r === null || (r !== undefined && covers(r, client, clock))
}

/** By client, the clocks, ascending, at which the tokens meant begin and end. */
type Cuts = ReadonlyMap<number, readonly number[]>

const noCuts: Cuts = new Map()

function cutsIn(named: Named): Cuts {
  const cuts = new Map<number, number[]>()
  for (const r of named.values()) {
    eachRange(r ?? [], (client, clock, length) => {
      const known = cuts.get(client)
      if (known) known.push(clock, clock + length)
      else cuts.set(client, [clock, clock + length])
    })
  }
  for (const clocks of cuts.values()) clocks.sort((a, b) => a - b)
  return cuts
}

/** A stretch in the pieces into which it is cut, each from one clock to another. */
function cut(
  { clock, length }: { readonly clock: number; readonly length: number },
  cuts: readonly number[],
): [from: number, to: number][] {
  const first = partitionPoint(cuts.length, (i) => cuts[i]! <= clock)
  const pieces: [from: number, to: number][] = []
  let from = clock
  for (let i = first; i < cuts.length && cuts[i]! < clock + length; i++) {
    if (cuts[i] === from) continue
    pieces.push([from, cuts[i]!])
    from = cuts[i]!
  }
  return [...pieces, [from, clock + length]]
}

/** What their delegations have made of insertions: it is accepted with them. */
export const ownOf = (ledger: Ledger, ins: Ranges): Own[] =>
  partsOf(ledger, ins, noCuts, ({ ownEntries }) =>
    ownEntries.length > 0 ? { entries: ownEntries } : null,
  )

/**
 * What is said of the settings of some tokens, those of which the same is said together: an entry
 * that a decision names has covered each of its tokens, and been in force there.
 */
function partsOf<T extends object>(
  ledger: Ledger,
  set: Ranges,
  cuts: Cuts,
  say: (settings: Settings, at: Id) => T | null,
): (T & { r: Ranges })[] {
  const parts = new Map<string, { said: T; r: number[] }>()
  eachRange(set, (client, clock, length) => {
    for (const stretch of ledger.states.stretches(client, clock, length)) {
      const { settings } = stretch.aspects.state
      if (!settings) continue
      for (const [from, to] of cut(stretch, cuts.get(client) ?? [])) {
        const said = say(settings, { client, clock: from })
        if (!said) continue
        const name = JSON.stringify(said)
        const part = parts.get(name) ?? { said, r: [] }
        part.r.push(client, from, to - from)
        parts.set(name, part)
      }
    }
  })
  return [...parts.values()].map(({ said, r }) => ({ r: toRanges(r), ...said }))
}

function supersedes(ledger: Ledger, later: Setting, earlier: Setting): boolean {
  const entry = ledger.recordOf(later.delegation, later.entry)?.entry
  return entry?.type === 'attr' && entry.supersedes.includes(earlier.entry)
}

const nameOf = ({ delegation, entry }: EntryRef): string => entryName(delegation, entry)

const refOf = ({ delegation, entry }: EntryRef): EntryRef => ({ delegation, entry })
