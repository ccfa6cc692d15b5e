/** From the `attr` and `fmt` entries over a token to what it is in each view: SPEC.md, "Settings". */
import { formats } from '../resolution/provision.ts'
import type { Format } from '../resolution/provision.ts'
import type { Cover } from './coverage.ts'
import type { Decision, EntryRef } from './decision.ts'
import { entryName } from './entries.ts'
import type { EntryRecord } from './entries.ts'
import type { Attr, EntryKey, Fmt } from './entry.ts'
import { endures } from './state.ts'
import type { InsertionState, View } from './state.ts'
import { compareText } from './text-order.ts'

export type Property = Attr['property'] | Format

/** Whether a property is a paragraph's, not that of letters. */
export const isOfParagraph = (property: Property): property is Attr['property'] =>
  property === 'kind' || property === 'level' || property === 'label'

/** What a property is set to; a format is only ever turned into its opposite. */
export type Value = string | number | true

/** One live proposal to set a property of a token. */
export interface Setting extends EntryRef {
  readonly property: Property
  readonly value: Value
  readonly state: 'pending' | 'accepted' | 'rejected'
  /** Whether it is the one that the clean view shows. */
  readonly shows: boolean
}

/** Values by property, the properties in alphabetical order. */
export type Values = Readonly<Partial<Record<Property, Value>>>

/** What entries make of a token's properties; nothing here is what the token has of itself. */
export interface Settings {
  /** What its own delegation made of its insertion: no proposal, simply what it is. */
  readonly own: Values
  readonly ownEntries: readonly EntryRef[]
  /** What the accepted and the clean view show, `own` included. */
  readonly accepted: Values
  readonly clean: Values
  /** By property; what the clean view shows comes first, then by key. */
  readonly proposed: readonly Setting[]
}

interface SettingRecord extends EntryRecord {
  readonly entry: Attr | Fmt
}

const isSetting = (record: EntryRecord): record is SettingRecord =>
  record.entry.type === 'attr' || record.entry.type === 'fmt'

const propertyOf = ({ entry }: SettingRecord): Property =>
  entry.type === 'attr' ? entry.property : entry.format

const valueOf = ({ entry }: SettingRecord): Value => (entry.type === 'attr' ? entry.value : true)

/** An entry's full name. */
export const nameOf = ({ delegation, key }: EntryRecord): string => entryName(delegation, key)

const namesOf = (refs: readonly EntryRef[]): Set<string> =>
  new Set(refs.map(({ delegation, entry }) => entryName(delegation, entry)))

/** The settings of a token with the entries behind them. */
export interface SettingAspects {
  /** null where nothing sets anything. */
  readonly settings: Settings | null
  /** The entries that are in force: not taken back, or decided. */
  readonly setters: readonly EntryRecord[]
  /** Full names of those that the chair has decided, alone or with the insertion; the decisions' ids. */
  readonly settled: ReadonlyMap<string, string>
}

const noNames: ReadonlyMap<string, string> = new Map()

/** What no entry sets. */
export const unset: SettingAspects = { settings: null, setters: [], settled: noNames }

/**
 * The settings of a token. `entries` are all that cover it, `live` those of them that are not taken
 * back.
 */
export function settingsOf(
  entries: readonly EntryRecord[],
  live: ReadonlySet<EntryRecord>,
  author: string | null,
  ins: InsertionState,
  cover: Pick<Cover<unknown>, 'ins' | 'set' | 'own'>,
): SettingAspects {
  const covering = entries.filter(isSetting)
  if (covering.length === 0) return unset
  const verdicts = verdictsIn(covering, cover.set)
  // What the chair has decided cannot be taken back, only reopened.
  const standing = covering.filter((one) => live.has(one) || verdicts.has(nameOf(one)))
  const decided = endures(ins) ? cover.ins.at(-1) : undefined
  const accepted = decided ? namesOf(keptOf(cover, decided)) : null
  // What was decided with the insertion is part of it, also where it was taken back meanwhile.
  const own = accepted
    ? covering.filter((record) => accepted.has(nameOf(record)))
    : standing.filter(({ delegation }) => delegation === author)
  const isOwn = new Set(own)
  const proposals = standing.filter((record) => !isOwn.has(record))
  const settled = (record: SettingRecord) => verdicts.get(nameOf(record))?.state ?? 'pending'
  const made: Record<'own' | 'accepted' | 'clean', [Property, Value][]> = {
    own: [],
    accepted: [],
    clean: [],
  }
  const ownEntries: EntryRef[] = []
  const proposed: Setting[] = []
  const ofOwn = groupedBy(own, propertyOf)
  const ofProposals = groupedBy(proposals, propertyOf)
  const properties = new Set([...ofOwn.keys(), ...ofProposals.keys()])
  for (const property of [...properties].toSorted(compareText)) {
    const mine = ofOwn.get(property) ?? []
    const theirs = notOutdone(ofProposals.get(property) ?? [], mine, settled)
    const counted = theirs.filter((record) => settled(record) !== 'rejected')
    const isAccepted = (record: SettingRecord) => settled(record) === 'accepted'
    const ownOne = first(unsuperseded(mine))
    const acceptedOne = first(unsuperseded(counted.filter(isAccepted))) ?? ownOne
    const byOwn = supersededBy(mine)
    const open = unsuperseded(counted.filter(({ key }) => !byOwn.has(key)))
    // As if all that is pending were accepted: a proposal goes before what was accepted without it.
    const cleanOne = first(open.filter((one) => !isAccepted(one))) ?? first(open) ?? ownOne
    // What is outdone is part of it too: accepted with it, nothing of it is left to propose.
    for (const { delegation, key } of sorted(mine)) ownEntries.push({ delegation, entry: key })
    if (ownOne) made.own.push([property, valueOf(ownOne)])
    if (acceptedOne) made.accepted.push([property, valueOf(acceptedOne)])
    if (cleanOne) made.clean.push([property, valueOf(cleanOne)])
    const listed = theirs.map((record): Setting => ({
      delegation: record.delegation,
      entry: record.key,
      property,
      value: valueOf(record),
      state: settled(record),
      shows: record === cleanOne,
    }))
    proposed.push(...listed.toSorted(byPrecedence))
  }
  const settings: Settings = {
    own: Object.fromEntries(made.own),
    ownEntries,
    accepted: Object.fromEntries(made.accepted),
    clean: Object.fromEntries(made.clean),
    proposed,
  }
  return {
    settings: ownEntries.length + proposed.length > 0 ? settings : null,
    setters: standing,
    settled: new Map([
      ...[...verdicts].map(([name, { id }]) => [name, id] as const),
      ...[...(accepted ?? [])].map((name) => [name, decided!.id] as const),
    ]),
  }
}

/** What a decision on an insertion keeps of what its delegation had made of it. */
const keptOf = ({ own }: Pick<Cover<unknown>, 'own'>, by: Decision): readonly EntryRef[] =>
  own.findLast(({ decision }) => decision === by)?.part.entries ?? []

/** The settings of one property among entries that are in force. */
export const settersOf = (records: readonly EntryRecord[], property: Property) =>
  records.filter(isSetting).filter((record) => propertyOf(record) === property)

const byPrecedence = (a: Setting, b: Setting): number =>
  Number(b.shows) - Number(a.shows) || compareText(a.entry, b.entry)

/** What the chair decided of an entry, and by which decision. */
interface Verdict {
  readonly state: 'accepted' | 'rejected'
  readonly id: string
}

/** What was decided of each entry, by full name; reopening a property voids what was before. */
function verdictsIn(
  covering: readonly SettingRecord[],
  decisions: Cover<unknown>['set'],
): Map<string, Verdict> {
  const verdicts = new Map<string, Verdict>()
  for (const {
    decision: { id, verb },
    part,
  } of decisions) {
    const named = namesOf(part.entries)
    if (verb === 'reopen') {
      const ofNamed = covering.filter((record) => named.has(nameOf(record)))
      const reopened = new Set(ofNamed.map(propertyOf))
      for (const record of covering) {
        if (reopened.has(propertyOf(record))) verdicts.delete(nameOf(record))
      }
      continue
    }
    const state = verb === 'accept' ? 'accepted' : 'rejected'
    for (const name of named) verdicts.set(name, { state, id })
    for (const name of namesOf(part.against)) verdicts.set(name, { state: 'rejected', id })
  }
  return verdicts
}

function groupedBy<K>(
  records: readonly SettingRecord[],
  of: (record: SettingRecord) => K,
): Map<K, SettingRecord[]> {
  const out = new Map<K, SettingRecord[]>()
  for (const record of records) {
    const list = out.get(of(record))
    if (list) list.push(record)
    else out.set(of(record), [record])
  }
  return out
}

/** The keys that some entries supersede; none supersedes itself. */
function supersededBy(records: readonly SettingRecord[]): Set<EntryKey> {
  const keys = new Set<EntryKey>()
  for (const { key, entry } of records) {
    if (entry.type !== 'attr') continue
    for (const superseded of entry.supersedes) if (superseded !== key) keys.add(superseded)
  }
  return keys
}

/** Without a delegation's proposals that the same delegation has replaced, unless they are accepted. */
function notOutdone(
  proposals: readonly SettingRecord[],
  own: readonly SettingRecord[],
  settled: (record: SettingRecord) => Setting['state'],
): SettingRecord[] {
  const outdone = new Map<string, Set<EntryKey>>()
  for (const [delegation, records] of groupedBy([...proposals, ...own], (one) => one.delegation)) {
    outdone.set(delegation, supersededBy(records))
  }
  return proposals.filter(
    (record) => settled(record) === 'accepted' || !outdone.get(record.delegation)!.has(record.key),
  )
}

/** Those that none of the others supersedes; where they go in a circle, all. */
function unsuperseded(records: readonly SettingRecord[]): readonly SettingRecord[] {
  const superseded = supersededBy(records)
  const open = records.filter(({ key }) => !superseded.has(key))
  return open.length > 0 ? open : records
}

/** By key: the same on every client. */
const sorted = (records: readonly SettingRecord[]): SettingRecord[] =>
  records.toSorted((a, b) => compareText(a.key, b.key))

/** The one with the smallest key. */
const first = (records: readonly SettingRecord[]): SettingRecord | undefined => sorted(records)[0]

const none: Values = {}

/** The values that entries give a token in a view, beside what it has of itself. */
export function valuesIn(settings: Settings | null, view: View): Values {
  if (!settings || view === 'base') return none
  return view === 'accepted' ? settings.accepted : settings.clean
}

const sortedFormats: readonly Format[] = formats.toSorted(compareText)

/** A letter's formats in a view, sorted by name: its own, some of them turned into their opposite. */
export function formatsIn(
  own: readonly Format[],
  settings: Settings | null,
  view: View,
): readonly Format[] {
  return formatsOf(own, settings && view !== 'base' ? valuesIn(settings, view) : undefined)
}

/** Formats, some of them turned into their opposite. */
export const formatsOf = (own: readonly Format[], turned: Values | undefined): readonly Format[] =>
  turned
    ? sortedFormats.filter((format) => own.includes(format) !== (turned[format] === true))
    : own

export const sameSettings = (a: Settings | null, b: Settings | null): boolean =>
  a === b || (a !== null && b !== null && JSON.stringify(a) === JSON.stringify(b))
