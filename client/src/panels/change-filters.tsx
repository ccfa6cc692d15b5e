import type { Change } from '@revmark/shared/ledger'
import { use } from 'react'
import { Delegations } from '../ui/chip.tsx'
import { Segments } from '../ui/segments.tsx'
import { countsOf } from './filter.ts'
import type { Filter, Show } from './filter.ts'

interface ChangeFiltersProps {
  readonly changes: readonly Change[]
  readonly filter: Filter
  readonly onChange: (filter: Filter) => void
}

/** The head of the panel: which states and whose changes are listed, with how many there are. */
export function ChangeFilters({ changes, filter, onChange }: ChangeFiltersProps) {
  const delegations = use(Delegations)
  const counts = countsOf(changes, filter.delegation)
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
      <Segments
        label="Which changes"
        value={filter.show}
        options={shows}
        onChange={(show) => onChange({ ...filter, show })}
      />
    </header>
  )
}
