import type { Browser } from '@revmark/shared/wire'
import { useState } from 'react'
import { browsers as session } from '../session/index.ts'
import type { Result } from '../session/index.ts'
import { Button } from '../ui/button.tsx'
import { Waiting } from '../ui/message.tsx'
import { useTitle } from '../ui/title.ts'
import { agentWords } from './agent-words.ts'
import { useAnswer } from './answer.ts'
import { NotShown } from './not-shown.tsx'
import { useActs } from './office-page.tsx'
import { WayBack } from './way-back.tsx'
import { whenOf } from '../ui/when.ts'

/** `/browsers`: where one's seats are taken, to sign out where one should not be any more. */
export function BrowsersPage() {
  useTitle('Where you are signed in')
  const { act, round } = useActs()
  // What was there stays on the screen while it is asked for again.
  const [known, setKnown] = useState<readonly Browser[] | null>(null)
  const answer = useAnswer(String(round), async (): Promise<Result<null>> => {
    const found = await session.list()
    if (!found.ok) return found
    setKnown(found.value.browsers)
    return { ok: true, value: null }
  })
  if (answer.type === 'failed')
    return <NotShown title="Your browsers cannot be shown" problem={answer.problem} />
  if (known === null) return <Waiting>Looking where you are signed in …</Waiting>
  return (
    <main className="home office">
      <WayBack href="/" to="Your meetings" />
      <h1>Where you are signed in</h1>
      <ul className="office-list">
        {known.map((browser) => (
          <li key={browser.id}>
            <h3>{agentWords(browser.agent)}</h3>
            <p className="office-note">{wordsOf(browser)}</p>
            {!browser.isThis && (
              <div className="office-acts">
                <Button
                  aria-label={`Sign out of ${agentWords(browser.agent)}, ${whenOf(browser.at)}`}
                  onClick={() => void act(session.signOut(browser.id), 'You are signed out there')}
                >
                  Sign out there
                </Button>
              </div>
            )}
          </li>
        ))}
      </ul>
      {known.length > 1 && (
        <div className="office-acts">
          <Button
            onClick={() =>
              void act(session.signOutElsewhere(), 'You are signed out everywhere else')
            }
          >
            Sign out everywhere else
          </Button>
        </div>
      )}
    </main>
  )
}

const wordsOf = ({ isThis, seats, at, seen }: Browser): string =>
  [
    isThis && 'this browser',
    seats.map(({ name }) => name).join(', '),
    `since ${whenOf(at)}`,
    `last used ${whenOf(seen)}`,
  ]
    .filter(Boolean)
    .join(' · ')
