import { longestToken } from '@revmark/shared/wire'
import type { NewToken, Scope } from '@revmark/shared/wire'
import { useState } from 'react'
import { LineField, OfficeForm } from './office-form.tsx'

/** What each scope allows, in words. */
export const scopeWords: Readonly<Record<Scope, string>> = {
  read: 'read drafts and their history',
  export: 'export files',
  import: 'begin drafts and take Word files in',
  decide: 'decide changes',
  people: 'manage people and links, so let in anybody',
  audit: 'read who did what',
}

/** A form for a token of some of these scopes; empties itself where `onMake` resolves with true. */
export function NewTokenForm({
  scopes,
  onMake,
}: {
  readonly scopes: readonly Scope[]
  readonly onMake: (token: NewToken) => Promise<boolean>
}) {
  const [name, setName] = useState('')
  const [days, setDays] = useState('90')
  const [chosen, setChosen] = useState<readonly Scope[]>(['read'])
  const make = async () => {
    const made = await onMake({ name, scopes: [...chosen], days: Number(days) })
    if (!made) return
    setName('')
    setChosen(['read'])
  }
  return (
    <OfficeForm act="Make" disabled={chosen.length === 0} onSend={make}>
      <LineField label="What it is for" required maxLength={80} value={name} onChange={setName} />
      <LineField
        label="Days"
        type="number"
        required
        min={1}
        max={longestToken}
        value={days}
        onChange={setDays}
      />
      <fieldset className="office-choice">
        <legend>It may</legend>
        {scopes.map((scope) => (
          <label key={scope}>
            <input
              type="checkbox"
              checked={chosen.includes(scope)}
              onChange={(event) =>
                setChosen(
                  scopes.filter((each) =>
                    each === scope ? event.target.checked : chosen.includes(each),
                  ),
                )
              }
            />
            {scopeWords[scope]}
          </label>
        ))}
      </fieldset>
    </OfficeForm>
  )
}
