/** What stands between the bar and the sheet when something needs the person's attention. */
import { useEffect, useState, useSyncExternalStore } from 'react'
import { Link } from 'wouter'
import { RefusedEdits } from '../panels/refused.tsx'
import type { Closing, Session, SessionState } from '../session/index.ts'
import { Button } from '../ui/button.tsx'
import { counted } from '../ui/counted.ts'
import { OwnWords } from '../ui/own-words.tsx'
import { timeOf, whenOf } from '../ui/when.ts'

const closings: Readonly<Record<Closing, { readonly title: string; readonly advice: string }>> = {
  signedOut: {
    title: 'You have been signed out.',
    advice: 'Open your sign-in link again, then try again here.',
  },
  forbidden: {
    title: 'Your seat no longer has access to this draft.',
    advice: 'Ask the secretariat if it should.',
  },
  unknownDraft: {
    title: 'This draft is no longer here.',
    advice: 'Ask the secretariat where it has gone.',
  },
  damaged: {
    title: 'What the server has of this draft on its disk is damaged.',
    advice: 'Keep this page open if it shows the text, and tell the secretariat.',
  },
  revoked: {
    title: 'The secretariat has taken this seat away.',
    advice: 'Ask the secretariat if that is a mistake.',
  },
  roleChanged: {
    title: 'The secretariat has given this seat another role.',
    advice: 'Copy what is not saved, then reload the page to go on with the new role.',
  },
  ended: {
    title: 'The server has closed the connection.',
    advice: 'Try again; if it stays so, tell the secretariat.',
  },
}

export function DraftNotices({ session }: { readonly session: Session }) {
  const state = useSyncExternalStore(session.subscribe, session.snapshot)
  const { connection, problem, refused, held, copy } = state
  const unsaved = copy.unsaved
  const words = connection.type === 'closed' ? copy.unsavedText() : ''
  return (
    <>
      {connection.type === 'closed' && (
        <div className="notice-bar" data-tone="warn" role="alert">
          <div>
            <strong>{closings[connection.reason].title}</strong>{' '}
            {unsaved > 0
              ? `${unsaved === 1 ? '1 change is' : `${unsaved} changes are`} not saved yet and kept ${place(state)}.`
              : 'Everything you wrote is saved.'}{' '}
            {closings[connection.reason].advice}
          </div>
          {words && <OwnWords words={words} label="Your unsaved words" />}
          <div className="notice-bar-acts">
            <Button onClick={() => session.reconnect()}>Try again</Button>
            <Link className="button" data-kind="quiet" href="/">
              Your meetings
            </Link>
          </div>
        </div>
      )}
      {connection.type === 'offline' && (
        <OfflineNotice key={connection.since} since={connection.since} state={state} />
      )}
      {held !== null && (
        // The status beside it says the same aloud.
        <div className="notice-bar" data-tone="warn">
          <div>
            <strong>Not saved at present.</strong> {held}
          </div>
        </div>
      )}
      {problem && held === null && (
        <div className="notice-bar" data-tone="warn" role="alert">
          <div>
            <strong>Writing has stopped.</strong> {problem.message} {problem.advice}
          </div>
          <div className="notice-bar-acts">
            <Button onClick={() => session.reconnect()}>Try again</Button>
          </div>
        </div>
      )}
      {refused.length > 0 && (
        <RefusedEdits refused={refused} onDismiss={() => session.dismissRefused()} />
      )}
    </>
  )
}

/** Where what is not saved is kept, for now. */
const place = ({ keeps, connection }: SessionState): string =>
  keeps && !(connection.type === 'closed' && connection.reason === 'revoked')
    ? 'on this device'
    : 'in this page'

/** A line that is back so soon is not worth a word; milliseconds. */
const shortCut = 3000

/** What of the draft is seen, and where what is written is kept. The status beside it says it aloud. */
function OfflineNotice({ since, state }: { readonly since: number; readonly state: SessionState }) {
  const [isLong, setIsLong] = useState(false)
  useEffect(() => {
    const timer = setTimeout(() => setIsLong(true), shortCut)
    return () => clearTimeout(timer)
  }, [])
  const { keptAt, keeps, saving, copy } = state
  if (!isLong && keptAt === null) return null
  const { unsaved } = copy
  return (
    <div className="notice-bar" data-tone="warn">
      <div>
        <strong>Offline since {timeOf(since)}.</strong>{' '}
        {keptAt !== null && `You see the draft as this device kept it, of ${whenOf(keptAt)}. `}
        {saving.type !== 'readOnly' &&
          `${
            unsaved > 0
              ? `${counted(unsaved, 'change')} not sent yet, kept ${place(state)} until the line is back.`
              : `What you write is kept ${place(state)} until the line is back.`
          } ${keeps ? 'You may close the page.' : 'Keep the page open.'}`}
      </div>
    </div>
  )
}
