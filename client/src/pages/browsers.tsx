import type { Browser } from '@revmark/shared/wire'
import { browsers as session } from '../session/index.ts'
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
  const answer = useAnswer('browsers', session.list, round)
  if (answer.type === 'failed')
    return <NotShown title="Your browsers cannot be shown" problem={answer.problem} />
  if (answer.type === 'waiting') return <Waiting>Looking where you are signed in …</Waiting>
  const { browsers: known } = answer.value
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
