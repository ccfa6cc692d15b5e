/** From what covers a token to its state: SPEC.md, "Token states". */
import { recordsIn } from './coverage.ts'
import type { Cover } from './coverage.ts'
import type { Decision } from './decision.ts'
import type { Join } from './entry.ts'
import { effective, entryName } from './entries.ts'
import type { EntryRecord } from './entries.ts'
import { covers } from './ranges.ts'
import { settingsOf, unset } from './settings.ts'
import type { SettingAspects } from './settings.ts'
import { endures, shown, views } from './state.ts'
import type { DeletionState, InsertionState, Proposer, TokenState } from './state.ts'
import { compareText } from './text-order.ts'

/** A token's state and the entries and the decision behind it. */
export interface Aspects extends Omit<SettingAspects, 'settings'> {
  readonly state: TokenState
  /** The views that show a token in this state, one bit per view, in the order of `views`. */
  readonly shownIn: number
  /** Own-delegation deletions that withdraw the token. */
  readonly withdrawals: readonly EntryRecord[]
  /** Deletions that are pending proposals over it. */
  readonly proposals: readonly EntryRecord[]
  /** The decision that accepted its deletion. */
  readonly acceptance: Decision | null
  /** The decision that put its deletion in brackets. */
  readonly bracketing: Decision | null
  /** The decision on its insertion that is in force: null where there is none, or it was reopened. */
  readonly insDecision: Decision | null
  /** Names of entries rejected over it, each with the id of the decision. */
  readonly rejected: ReadonlyMap<string, string>
}

const nobody: readonly Proposer[] = []
const noRecords: readonly EntryRecord[] = []
const noNames: ReadonlyMap<string, string> = new Map()

/** The state of a token that no entry and no decision covers. */
export function untouched(author: string | null): Aspects {
  const ins: InsertionState = author === null ? 'base' : 'pending'
  const state = { ins, author, del: 'none', proposers: nobody, settings: null } as const
  return undecided(state, noRecords, noRecords)
}

function undecided(
  state: TokenState,
  withdrawals: readonly EntryRecord[],
  proposals: readonly EntryRecord[],
): Aspects {
  return {
    state,
    shownIn: shownIn(state),
    withdrawals,
    proposals,
    setters: unset.setters,
    settled: unset.settled,
    acceptance: null,
    bracketing: null,
    insDecision: null,
    rejected: noNames,
  }
}

function shownIn(state: TokenState): number {
  let bits = 0
  for (let i = 0; i < views.length; i++) if (shown(state, views[i]!)) bits |= 1 << i
  return bits
}

/** `author` is null for the text in force. */
export function aspectsOf(cover: Cover<Aspects>, author: string | null): Aspects {
  return (cover.computed ??= loneDeletion(cover, author) ?? compute(cover, author))
}

/** What nearly all covers are, at a tenth of the cost: one deletion of which nothing was decided. */
function loneDeletion(cover: Cover<Aspects>, author: string | null): Aspects | null {
  const { entries } = cover
  if (!entries || entries.rest || entries.last.entry.type !== 'del') return null
  if (cover.ins.length + cover.del.length + cover.set.length > 0) return null
  const { delegation, key } = entries.last
  const records = [entries.last]
  if (delegation === author) {
    const state = {
      ins: 'withdrawn',
      author,
      del: 'none',
      proposers: nobody,
      settings: null,
    } as const
    return undecided(state, records, noRecords)
  }
  const ins = author === null ? 'base' : 'pending'
  const proposers = [{ delegation, entry: key }]
  return undecided({ ins, author, del: 'pending', proposers, settings: null }, noRecords, records)
}

function compute(cover: Cover<Aspects>, author: string | null): Aspects {
  const entries = recordsIn(cover.entries)
  const lastOnIns = cover.ins.at(-1)
  const insDecision = lastOnIns && lastOnIns.verb !== 'reopen' ? lastOnIns : null
  const insVerb = insDecision?.verb
  let acceptance: Decision | null = null
  let bracketing: Decision | null = null
  const rejected = new Map<string, string>()
  for (const decision of cover.del) {
    acceptance = decision.verb === 'accept' ? decision : null
    bracketing = decision.verb === 'bracket' ? decision : null
    if (decision.verb === 'reopen') rejected.clear()
    if (decision.verb === 'reject') {
      for (const { delegation, entry } of decision.entries)
        rejected.set(entryName(delegation, entry), decision.id)
    }
  }
  const standing = effective(entries)
  const live = [...standing].filter(
    ({ entry, delegation, key }) =>
      entry.type === 'del' && !rejected.has(entryName(delegation, key)),
  )
  const isOwn = ({ delegation }: EntryRecord) => delegation === author
  const ins: InsertionState =
    author === null
      ? 'base'
      : insVerb === 'accept'
        ? 'accepted'
        : insVerb === 'bracket'
          ? 'bracketed'
          : insVerb === 'reject'
            ? 'rejected'
            : live.some(isOwn)
              ? 'withdrawn'
              : 'pending'
  // A withdrawal that did not see the acceptance or the brackets loses to it and is a proposal like any other; of
  // what the chair has rejected there is nothing left that its own delegation could delete.
  const proposals = endures(ins) ? live : live.filter((record) => !isOwn(record))
  const withdrawals = endures(ins) ? noRecords : live.filter(isOwn)
  const del: DeletionState = acceptance
    ? 'accepted'
    : bracketing
      ? 'bracketed'
      : proposals.length > 0
        ? 'pending'
        : 'none'
  const proposing = proposals.map(({ delegation, key }) => ({ delegation, entry: key }))
  const proposers = acceptance
    ? decidedOf(acceptance, entries)
    : bracketing
      ? united(decidedOf(bracketing, entries), proposing)
      : proposing
  const { settings, setters, settled } = settingsOf(entries, standing, author, ins, cover)
  const state: TokenState = {
    ins,
    author,
    del,
    proposers: proposers.length > 0 ? sorted(proposers) : nobody,
    settings,
  }
  return {
    state,
    shownIn: shownIn(state),
    withdrawals,
    proposals,
    setters,
    settled,
    acceptance,
    bracketing,
    insDecision,
    rejected: rejected.size > 0 ? rejected : noNames,
  }
}

/**
 * Whose deletion of this token a decision accepted or put in brackets: those of its entries that cover
 * the token, and if some of them were taken back here, the others.
 */
function decidedOf({ entries }: Decision, covering: readonly EntryRecord[]): readonly Proposer[] {
  const among = (records: Iterable<EntryRecord>) => {
    const names = new Set([...records].map(({ delegation, key }) => entryName(delegation, key)))
    return entries.filter(({ delegation, entry }) => names.has(entryName(delegation, entry)))
  }
  const standing = among(effective(covering))
  return standing.length > 0 ? standing : among(covering)
}

/** Who proposes the same deletion after it was put in brackets is one of its holders. */
const united = (holders: readonly Proposer[], later: readonly Proposer[]): Proposer[] => [
  ...new Map(
    [...holders, ...later].map((one) => [entryName(one.delegation, one.entry), one]),
  ).values(),
]

const sorted = (proposers: readonly Proposer[]): Proposer[] =>
  proposers.toSorted(
    (a, b) => compareText(a.delegation, b.delegation) || compareText(a.entry, b.entry),
  )

/** How a marker's block goes; one that stays, whole. */
interface Removal {
  readonly whole: boolean
  readonly joins: readonly Join[]
}

const stays: Removal = { whole: true, joins: [] }

/**
 * How the deletions that count over a marker treat its block: `whole` when every one of them takes
 * the block with its words, else the joins, each naming the block its words flow to. In `clean` and
 * in `accepted` those in brackets do not count; among all that are `proposed` they do.
 */
export function removalOf(
  aspects: Aspects,
  client: number,
  clock: number,
  counted: 'clean' | 'accepted' | 'proposed',
): Removal {
  const { withdrawals, acceptance, bracketing, proposals } = aspects
  if (withdrawals.length === 0 && proposals.length === 0 && !acceptance && !bracketing) return stays
  const sources: { w?: readonly number[] | undefined; j?: readonly Join[] | undefined }[] = []
  const take = (records: readonly EntryRecord[]) => {
    for (const { entry } of records) if (entry.type === 'del') sources.push(entry)
  }
  take(withdrawals)
  if (acceptance) sources.push(acceptance)
  else if (counted === 'proposed') {
    if (bracketing) sources.push(bracketing)
    take(proposals)
  } else if (counted === 'clean' && !bracketing) take(proposals)
  const joining = sources.filter(({ w }) => !w || !covers(w, client, clock))
  return {
    whole: joining.length === 0,
    joins: joining.flatMap(({ j }) => (j ?? []).filter(([c, k]) => c === client && k === clock)),
  }
}
