import type { Seat } from '@revmark/shared/wire'
import { Popover } from 'radix-ui'
import { useSyncExternalStore } from 'react'
import type { Company, Presence } from '../session/index.ts'
import { Chip } from '../ui/chip.tsx'

/** As many different delegations are shown in the bar; the rest are counted. */
const shownInBar = 4

interface Here {
  readonly id: string
  readonly name: string
  readonly role: Seat['role']
  readonly delegation: string | null
}

/** Who is in the draft now, oneself first; opens into a list with names. */
export function People({ presence, seat }: { readonly presence: Presence; readonly seat: Seat }) {
  const company = useSyncExternalStore(presence.subscribe, presence.others)
  const people = peopleIn(company, seat)
  const codes = [...new Set(people.map(({ delegation, role }) => delegation ?? role))]
  return (
    <Popover.Root>
      <Popover.Trigger className="button people-button" data-kind="quiet">
        {codes.slice(0, shownInBar).map((code) => (
          <Who key={code} code={code} own={code === (seat.delegation ?? seat.role)} />
        ))}
        {codes.length > shownInBar && <span>+{codes.length - shownInBar}</span>}
        <span className="visually-hidden">
          {people.length + company.observers} here: show names
        </span>
      </Popover.Trigger>
      <Popover.Portal>
        <Popover.Content className="menu people" align="end" sideOffset={6} collisionPadding={12}>
          <h2>Here now</h2>
          <ul>
            {people.map((person) => (
              <li key={person.id}>
                <span className="people-code">
                  <Who code={person.delegation ?? person.role} />
                </span>
                <span>
                  {person.name}
                  {person.id === seat.id && <span className="people-you"> (you)</span>}
                </span>
              </li>
            ))}
          </ul>
          {company.observers > 0 && seat.role !== 'observer' && (
            <p className="people-observers">
              {company.observers === 1 ? '1 observer' : `${company.observers} observers`}
            </p>
          )}
        </Popover.Content>
      </Popover.Portal>
    </Popover.Root>
  )
}

const Who = ({ code, own = false }: { readonly code: string; readonly own?: boolean }) =>
  code === 'chair' || code === 'secretariat' || code === 'observer' ? (
    <span className="chip" data-own={own || undefined}>
      {code === 'chair' ? 'Chair' : code === 'observer' ? 'Observer' : 'Secr.'}
    </span>
  ) : (
    <Chip code={code} own={own} />
  )

/** Each person once, however many pages they have open; oneself first. */
function peopleIn({ participants }: Company, seat: Seat): readonly Here[] {
  const people = new Map<string, Here>([[seat.id, seat]])
  for (const person of participants) if (!people.has(person.id)) people.set(person.id, person)
  return [...people.values()]
}
