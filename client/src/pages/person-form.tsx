import type { Delegation, NewPerson, Role } from '@revmark/shared/wire'
import { roles } from '@revmark/shared/wire'
import { useState } from 'react'
import { LineField, OfficeForm } from './office-form.tsx'
import { roleName } from './roles.ts'

/** A form for somebody who is to get a seat; empties itself where `onAdd` resolves with true. */
export function NewPersonForm({
  delegations,
  onAdd,
}: {
  readonly delegations: readonly Delegation[]
  readonly onAdd: (person: NewPerson) => Promise<boolean>
}) {
  const [name, setName] = useState('')
  const [email, setEmail] = useState('')
  const [role, setRole] = useState<Role>('delegate')
  const [delegation, setDelegation] = useState(delegations[0]?.code ?? '')
  const add = async () => {
    const place = { role, delegation: role === 'delegate' ? delegation : null }
    const added = await onAdd({ ...place, name, email: email === '' ? null : email })
    if (!added) return
    setName('')
    setEmail('')
  }
  return (
    <OfficeForm act="Add" onSend={add}>
      <LineField label="Name" required maxLength={80} value={name} onChange={setName} />
      <LineField label="E-mail, may be left out" type="email" value={email} onChange={setEmail} />
      <label>
        Role
        <select
          className="field"
          value={role}
          onChange={(event) => {
            const found = roles.find((each) => each === event.target.value)
            if (found) setRole(found)
          }}
        >
          {roles.map((each) => (
            <option key={each} value={each}>
              {roleName(each)}
            </option>
          ))}
        </select>
      </label>
      {role === 'delegate' && (
        <label>
          Delegation
          <select
            className="field"
            value={delegation}
            onChange={(event) => setDelegation(event.target.value)}
          >
            {delegations.map(({ code, name: called }) => (
              <option key={code} value={code}>
                {called}
              </option>
            ))}
          </select>
        </label>
      )}
    </OfficeForm>
  )
}
