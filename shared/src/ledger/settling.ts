/** What a decision on settings covers: from the names in a request to what is for and against. */
import type { EntryRef, Settled, Verb } from './decision.ts'
import { entryName } from './entries.ts'
import type { Ledger } from './ledger.ts'
import { eachRange } from './ranges.ts'
import type { Ranges } from './ranges.ts'
import type { Property, Setting, Settings } from './settings.ts'

/**
 * Settles what is named over some tokens. Accepting a value accepts it for all who propose it, and
 * rejects other values of that property, but for those that supersede it, which stay proposals. Of
 * two values that are named at once the one that the clean view shows is accepted.
 */
export function settledBy(
  ledger: Ledger,
  verb: Verb,
  set: Ranges,
  named: ReadonlySet<string>,
): Settled {
  const chosen = new Map<string, EntryRef>()
  const against = new Map<string, EntryRef>()
  eachSettings(ledger, set, ({ proposed }) => {
    const meant = proposed.filter((one) => named.has(nameOf(one)))
    if (verb !== 'accept') {
      for (const one of meant) chosen.set(nameOf(one), refOf(one))
      return
    }
    const done = new Set<Property>()
    for (const one of meant) {
      // What the clean view shows stands first among those of one property.
      if (done.has(one.property)) continue
      done.add(one.property)
      for (const other of proposed.filter(({ property }) => property === one.property)) {
        if (other.value === one.value) chosen.set(nameOf(other), refOf(other))
        else if (!supersedes(ledger, other, one)) against.set(nameOf(other), refOf(other))
      }
    }
  })
  return { r: set, entries: [...chosen.values()], against: [...against.values()] }
}

/** What their delegations have made of insertions: it is accepted with them. */
export function ownOf(ledger: Ledger, ins: Ranges): EntryRef[] {
  const own = new Map<string, EntryRef>()
  eachSettings(ledger, ins, ({ ownEntries }) => {
    for (const ref of ownEntries) own.set(nameOf(ref), ref)
  })
  return [...own.values()]
}

function eachSettings(ledger: Ledger, set: Ranges, visit: (settings: Settings) => void): void {
  eachRange(set, (client, clock, length) => {
    for (const { aspects } of ledger.states.stretches(client, clock, length)) {
      if (aspects.state.settings) visit(aspects.state.settings)
    }
  })
}

function supersedes(ledger: Ledger, later: Setting, earlier: Setting): boolean {
  const entry = ledger.recordOf(later.delegation, later.entry)?.entry
  return entry?.type === 'attr' && entry.supersedes.includes(earlier.entry)
}

const nameOf = ({ delegation, entry }: EntryRef): string => entryName(delegation, entry)

const refOf = ({ delegation, entry }: EntryRef): EntryRef => ({ delegation, entry })
