import type { Change } from '@revmark/shared/ledger'
import { use } from 'react'
import { Delegations } from '../ui/chip.tsx'
import { Segments } from '../ui/segments.tsx'
import { conflictNames } from './conflict-words.ts'
import { countsOf, isOnly } from './filter.ts'
import type { Filter, Only, Show } from './filter.ts'
import type { Conflicts } from '../session/index.ts'

interface ChangeFiltersProps {
  readonly changes: readonly Change[]
  readonly conflicts: Conflicts
  readonly filter: Filter
  readonly onChange: (filter: Filter) => void
}

const onlies = ['collision', 'agreement', 'edit', 'bracketed'] as const satisfies readonly Only[]

const onlyNames: Readonly<Record<Only, string>> = { ...conflictNames, bracketed: 'In brackets' }

/** The head of the panel: which states and whose changes are listed, with how many there are. */
export function ChangeFilters({ changes, conflicts, filter, onChange }: ChangeFiltersProps) {
  const delegations = use(Delegations)
  const counts = countsOf(changes, filter, conflicts)
  const shows: readonly { value: Show; text: string; hint: string }[] = [
    { value: 'pending', text: `Pending ${counts.pending}`, hint: 'Not decided yet' },
    {
      value: 'decided',
      text: `Decided ${counts.decided}`,
      hint: 'Accepted, rejected or in square brackets',
    },
    { value: 'all', text: `All ${counts.all}`, hint: 'Every change' },
  ]
  const authors = [...new Set(changes.map(({ delegation }) => delegation))].toSorted()
  const kinds = onlies
    .map((only) => ({ only, count: changes.filter((one) => isOnly(only, one, conflicts)).length }))
    .filter(({ only, count }) => count > 0 || only === filter.only)
  return (
    <header className="panel-head">
      <h2>Changes</h2>
      <label className="panel-delegation">
        <span className="visually-hidden">Delegation</span>
        <select
          value={filter.delegation ?? ''}
          onChange={(event) => onChange({ ...filter, delegation: event.target.value || null })}
        >
          <option value="">All delegations</option>
          {authors.map((code) => (
            <option key={code} value={code}>
              {delegations.get(code)?.name ?? code}
            </option>
          ))}
        </select>
      </label>
      {kinds.length > 0 && (
        <label className="panel-only">
          <span>Only</span>
          <select
            value={filter.only ?? ''}
            onChange={(event) => {
              const only = onlies.find((one) => one === event.target.value) ?? null
              // What is in brackets is no longer pending.
              onChange({ ...filter, only, show: only === 'bracketed' ? 'all' : filter.show })
            }}
          >
            <option value="">Everything</option>
            {kinds.map(({ only, count }) => (
              <option key={only} value={only}>
                {onlyNames[only]} ({count})
              </option>
            ))}
          </select>
        </label>
      )}
      <Segments
        label="Which changes"
        value={filter.show}
        options={shows}
        onChange={(show) => onChange({ ...filter, show })}
      />
    </header>
  )
}
