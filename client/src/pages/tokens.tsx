import type { Meeting, Person, Role, Scope, Token } from '@revmark/shared/wire'
import { scopesOf } from '@revmark/shared/wire'
import { useState } from 'react'
import { api, success, together, tokens as session } from '../session/index.ts'
import type { Office, Result } from '../session/index.ts'
import { Button } from '../ui/button.tsx'
import { Waiting } from '../ui/message.tsx'
import { useTitle } from '../ui/title.ts'
import { ToldOnce } from '../ui/told-once.tsx'
import { useAnswer } from './answer.ts'
import { NotShown } from './not-shown.tsx'
import { OfficePage, useActs, useOffice } from './office-page.tsx'
import { NewTokenForm, scopeWords } from './token-form.tsx'
import { whenOf } from '../ui/when.ts'

interface Known {
  readonly meeting: Meeting
  readonly role: Role | null
  readonly tokens: readonly Token[]
}

async function ask(office: Office): Promise<Result<Known>> {
  const found = await together([api.meeting(office.meeting), api.seats(), session.list(office)])
  if (!found.ok) return found
  const [meeting, { seats }, { tokens }] = found.value
  return success({
    meeting,
    role: seats.find(({ id }) => id === office.seat)?.role ?? null,
    tokens,
  })
}

/** `/m/:meeting/tokens`: by which scripts use the meeting, for the chair and the secretariat. */
export function TokensPage({ meeting }: { readonly meeting: string }) {
  useTitle('Tokens for scripts')
  const office = useOffice(meeting)
  const { act, round } = useActs()
  const [fresh, setFresh] = useState<string | null>(null)
  const answer = useAnswer(`${meeting} ${office.seat}`, () => ask(office), round)
  if (answer.type === 'waiting') return <Waiting>Looking which tokens there are …</Waiting>
  if (answer.type === 'failed')
    return <NotShown title="The tokens cannot be shown" problem={answer.problem} />
  const { meeting: known, role, tokens } = answer.value
  return (
    <OfficePage office={office} meetingName={known.name} title="Tokens for scripts">
      <p className="office-note">
        A script sends its token with each request and acts in your seat, as far as you allow it
        here. <a href="/api/reference">What scripts can do</a>
      </p>
      {fresh !== null && (
        <ToldOnce
          words="Put this token into your script now; it is not shown again."
          value={fresh}
        />
      )}
      <h2>Make a token</h2>
      <NewTokenForm
        scopes={(role && scopesOf[role]) ?? []}
        onMake={async (wanted) => {
          const made = await act(session.make(office, wanted), 'The token is made')
          setFresh(made?.token ?? null)
          return made !== null
        }}
      />
      <h2>Tokens</h2>
      {tokens.length === 0 && <p className="home-none">No script has a token yet.</p>}
      <ul className="office-list">
        {tokens.map((token) => (
          <li key={token.id}>
            <h3>{token.name}</h3>
            <p className="office-note">{wordsOf(token, office.seat)}</p>
            {token.revoked === null && (
              <div className="office-acts">
                <Button
                  aria-label={`Revoke ${token.name}`}
                  onClick={() => void act(session.revoke(office, token.id), 'The token is revoked')}
                >
                  Revoke
                </Button>
              </div>
            )}
          </li>
        ))}
      </ul>
    </OfficePage>
  )
}

function wordsOf({ person, scopes, expires, revoked, seen }: Token, own: Person['id']): string {
  const use = seen === null ? 'not used' : `last used ${whenOf(seen)}`
  const end = revoked === null ? `until ${whenOf(expires)}` : `revoked ${whenOf(revoked)}`
  const whose = person === own ? 'in your seat' : `in the seat ${person}`
  return [scopes.map((scope: Scope) => scopeWords[scope]).join(', '), whose, use, end].join(' · ')
}
