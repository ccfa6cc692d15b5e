import type { Person } from '@revmark/shared/wire'
import { useState } from 'react'
import { Button } from '../ui/button.tsx'
import { Dialog } from '../ui/dialog.tsx'
import { roleName } from './roles.ts'
import { whenOf } from '../ui/when.ts'

/** Those whose seat was taken away; their name and address can be erased. */
export function FormerPeople({
  people,
  onErase,
}: {
  readonly people: readonly Person[]
  readonly onErase: (person: Person) => void
}) {
  const [asked, setAsked] = useState<Person | null>(null)
  if (people.length === 0) return null
  return (
    <>
      <h2>Former people</h2>
      <ul className="office-list">
        {people.map((person) => (
          <li key={person.id}>
            <h3>{person.name}</h3>
            <p className="office-note">{wordsOf(person)}</p>
            {person.erased === null && (
              <div className="office-acts">
                <Button
                  aria-label={`Erase the name and address of ${person.name}`}
                  onClick={() => setAsked(person)}
                >
                  Erase name and address
                </Button>
              </div>
            )}
          </li>
        ))}
      </ul>
      {asked && (
        <Dialog title={`Erase ${asked.name}?`} onClose={() => setAsked(null)}>
          <p>
            Name and address are forgotten for good. What was written and decided stays, in the name
            of {asked.delegation === null ? 'the seat' : 'the delegation'}. Files that were sent in,
            and copies of the store made before, still have the name.
          </p>
          <div className="office-acts">
            <Button
              kind="primary"
              onClick={() => {
                onErase(asked)
                setAsked(null)
              }}
            >
              Erase
            </Button>
            <Button onClick={() => setAsked(null)}>Keep</Button>
          </div>
        </Dialog>
      )}
    </>
  )
}

const wordsOf = ({ role, delegation, email, revoked, erased }: Person): string =>
  [
    roleName(role),
    delegation,
    email,
    revoked !== null && `until ${whenOf(revoked)}`,
    erased !== null && `erased ${whenOf(erased)}`,
  ]
    .filter(Boolean)
    .join(' · ')
