/** What is proposed over one token, by delegation and state: the grains of which changes are made. */
import type { Aspects } from './aspect.ts'
import type { ChangeKind, ChangeSetting, ChangeState } from './changes.ts'
import type { EntryRef } from './decision.ts'
import { entryName } from './entries.ts'
import { isOfParagraph } from './settings.ts'
import type { Property, Value } from './settings.ts'
import type { InsertionState } from './state.ts'

/** A delegation's proposal over a token, with its entries. */
export interface Proposal {
  readonly delegation: string
  readonly state: ChangeState
  readonly refs: EntryRef[]
  /** Id of the decision that made the state. */
  readonly decision: string | undefined
}

/** What has become of the insertion that a token is; null where it is none, or is withdrawn. */
export const changeState = (ins: InsertionState): ChangeState | null =>
  ins === 'base' || ins === 'withdrawn' ? null : ins

/** Each delegation's deletion over a token. */
export function deletionsIn({ state, rejected, acceptance, bracketing }: Aspects): Proposal[] {
  const found = new Map<string, Proposal>()
  const add = (ref: EntryRef, as: ChangeState, decision: string | undefined) => {
    const name = `${ref.delegation}/${as}`
    const known = found.get(name)
    if (known) known.refs.push(ref)
    else found.set(name, { delegation: ref.delegation, state: as, refs: [ref], decision })
  }
  const decided = (acceptance ?? bracketing)?.id
  for (const ref of state.proposers) add(ref, state.del === 'none' ? 'pending' : state.del, decided)
  for (const [name, id] of rejected) {
    const cut = name.lastIndexOf('/')
    add({ delegation: name.slice(0, cut), entry: name.slice(cut + 1) }, 'rejected', id)
  }
  return [...found.values()]
}

/** A proposal to set something. */
export interface SettingProposal extends Proposal {
  readonly kind: ChangeKind
  readonly setting: ChangeSetting
}

/** What is set of a token: one for each delegation, property, value and state. */
export function settingsIn({ state, settled: decisions }: Aspects): SettingProposal[] {
  const { proposed = [] } = state.settings ?? {}
  const values = new Map<Property, Set<Value>>()
  for (const { property, value, state: settled } of proposed) {
    if (settled === 'rejected') continue
    values.set(property, (values.get(property) ?? new Set()).add(value))
  }
  const found = new Map<string, SettingProposal>()
  for (const { delegation, entry, property, value, state: settled } of proposed) {
    const name = [delegation, property, value, settled].join('/')
    const known = found.get(name)
    const ref = { delegation, entry }
    const kind = isOfParagraph(property) ? 'shape' : 'format'
    const collides = settled !== 'rejected' && values.get(property)!.size > 1
    const setting = { property, value, former: null, text: '', collides }
    const decision = decisions.get(entryName(delegation, entry))
    if (known) known.refs.push(ref)
    else found.set(name, { kind, delegation, state: settled, refs: [ref], setting, decision })
  }
  return [...found.values()]
}
