import { roles } from '@revmark/shared/wire'
import type { Delegation, Link as SignInLink, Membership, Person, Role } from '@revmark/shared/wire'
import { useState } from 'react'
import { api, people, success, together } from '../session/index.ts'
import type { Office, Result } from '../session/index.ts'
import { Button } from '../ui/button.tsx'
import { Waiting } from '../ui/message.tsx'
import { useTitle } from '../ui/title.ts'
import { ToldOnce } from '../ui/told-once.tsx'
import { useAnswer } from './answer.ts'
import { FormerPeople } from './former-people.tsx'
import { NotShown } from './not-shown.tsx'
import { OfficePage, useActs, useOffice } from './office-page.tsx'
import { NewPersonForm } from './person-form.tsx'
import { roleName } from './roles.ts'
import { whenOf } from '../ui/when.ts'

interface Known extends Membership {
  readonly name: string
  readonly delegations: readonly Delegation[]
}

async function ask(office: Office): Promise<Result<Known>> {
  const found = await together([api.meeting(office.meeting), people.membership(office)])
  if (!found.ok) return found
  const [{ name, delegations }, membership] = found.value
  return success({ ...membership, name, delegations })
}

/** `/m/:meeting/people`: who has a seat and by which links, for the secretariat. */
export function PeoplePage({ meeting }: { readonly meeting: string }) {
  useTitle('People and links')
  const office = useOffice(meeting)
  const { act, round } = useActs()
  const [fresh, setFresh] = useState<string | null>(null)
  const answer = useAnswer(`${meeting} ${office.seat}`, () => ask(office), round)
  if (answer.type === 'waiting') return <Waiting>Looking who is invited …</Waiting>
  if (answer.type === 'failed')
    return <NotShown title="The people of this meeting cannot be shown" problem={answer.problem} />
  const { people: everyone, links, name, delegations } = answer.value
  const standing = everyone.filter(({ revoked }) => revoked === null)

  const invite = async (person: Person, once: boolean): Promise<void> => {
    const days = once ? 7 : 30
    const link = await act(people.invite(office, person.id, { once, days }), 'The link is made')
    if (link) setFresh(`${window.location.origin}/join#${link.token}`)
  }

  return (
    <OfficePage office={office} meetingName={name} title="People and links">
      {fresh !== null && (
        <ToldOnce words="Hand this link to its person now; it is not shown again." value={fresh} />
      )}
      <h2>People</h2>
      <ul className="office-list">
        {standing.map((person) => (
          <li key={person.id}>
            <h3>{person.name}</h3>
            <p className="office-note">
              {[roleName(person.role), person.delegation, person.email, inBrowsers(person)]
                .filter(Boolean)
                .join(' · ')}
            </p>
            <div className="office-acts">
              <Button onClick={() => void invite(person, true)}>Link for one browser</Button>
              <Button onClick={() => void invite(person, false)}>Link for several</Button>
              {person.id !== office.seat && (
                <>
                  <RoleChoice
                    person={person}
                    delegations={delegations}
                    onChoice={(place) =>
                      void act(people.change(office, person.id, place), 'The seat is changed')
                    }
                  />
                  <Button
                    onClick={() =>
                      void act(people.signOut(office, person.id), `${person.name} is signed out`)
                    }
                  >
                    Sign out everywhere
                  </Button>
                  <Button
                    onClick={() =>
                      void act(people.revoke(office, person.id), 'The seat is taken away')
                    }
                  >
                    Take the seat away
                  </Button>
                </>
              )}
            </div>
          </li>
        ))}
      </ul>
      <FormerPeople
        people={everyone.filter(({ revoked }) => revoked !== null)}
        onErase={(person) =>
          void act(people.erase(office, person.id), 'Name and address are erased')
        }
      />
      <h2>Add a person</h2>
      <NewPersonForm
        delegations={delegations}
        onAdd={async (person) =>
          (await act(people.add(office, person), `${person.name} is added`)) !== null
        }
      />
      <h2>Links</h2>
      {links.length === 0 && <p className="home-none">Nobody has a link yet.</p>}
      <ul className="office-list">
        {links.map((link) => (
          <li key={link.id}>
            <p>
              {everyone.find(({ id }) => id === link.person)?.name} · {wordsOf(link)}
            </p>
            {link.revoked === null && (
              <Button
                onClick={() => void act(people.revokeLink(office, link.id), 'The link is revoked')}
              >
                Revoke
              </Button>
            )}
          </li>
        ))}
      </ul>
    </OfficePage>
  )
}

function RoleChoice({
  person,
  delegations,
  onChoice,
}: {
  readonly person: Person
  readonly delegations: readonly Delegation[]
  readonly onChoice: (place: { role: Role; delegation: string | null }) => void
}) {
  return (
    <select
      className="field"
      aria-label={`Role of ${person.name}`}
      value={`${person.role} ${person.delegation ?? ''}`}
      onChange={(event) => {
        const [role, delegation] = event.target.value.split(' ')
        const found = roles.find((each) => each === role)
        if (found) onChoice({ role: found, delegation: delegation || null })
      }}
    >
      {roles
        .filter((role) => role !== 'delegate')
        .map((role) => (
          <option key={role} value={`${role} `}>
            {roleName(role)}
          </option>
        ))}
      {delegations.map(({ code, name }) => (
        <option key={code} value={`delegate ${code}`}>
          Delegate of {name}
        </option>
      ))}
    </select>
  )
}

const inBrowsers = ({ browsers }: Person): string =>
  browsers === 0
    ? 'not signed in'
    : `signed in in ${browsers === 1 ? '1 browser' : `${browsers} browsers`}`

function wordsOf({ uses, used, expires, revoked }: SignInLink): string {
  const kind = uses === null ? 'for several browsers' : 'for one browser'
  const use = used === 0 ? 'not used' : used === 1 ? 'used once' : `used ${used} times`
  const end = revoked === null ? `until ${whenOf(expires)}` : `revoked ${whenOf(revoked)}`
  return `${kind}, ${use}, ${end}`
}
