import { signInRefusals } from '@revmark/shared/wire'
import type { SignInRefusal } from '@revmark/shared/wire'
import { Link, useSearchParams } from 'wouter'
import { api } from '../session/index.ts'
import { Message } from '../ui/message.tsx'
import { useAnswer } from './answer.ts'

const refusals: Readonly<Record<SignInRefusal, string>> = {
  'not-invited':
    'No seat here has the address that you proved. Ask your secretariat to write it beside your name.',
  unverified:
    'The provider does not say that your address is yours, so it opens no seat. Confirm it there, or ask your secretariat for a link.',
  declined: 'The provider did not let you in. Nothing was changed; you can try again.',
  stale: 'That took too long, or was begun in another window. Begin again here.',
  unreachable: 'The provider cannot be reached at present. Try again, or use a sign-in link.',
  failed: 'The answer of the provider could not be used. Begin again here.',
}

/** What a browser sees that has no seat, or none in this meeting: the ways in. */
export function NoSeat({ meeting }: { readonly meeting: string | null }) {
  const [search] = useSearchParams()
  const refused = signInRefusals.find((each) => each === search.get('refused'))
  const ways = useAnswer('ways', api.signInWays)
  const provider = ways.type === 'here' ? ways.value.provider : null
  const title = meeting === null ? 'You have no seat yet' : 'You have no seat in this meeting'
  return (
    <Message
      title={refused === undefined ? title : 'You could not be signed in'}
      actions={
        <>
          {provider !== null && (
            <a className="button" data-kind="primary" href="/api/sign-in">
              Sign in with {provider}
            </a>
          )}
          {meeting !== null && (
            <Link className="button" href="/">
              Your meetings
            </Link>
          )}
        </>
      }
    >
      {refused !== undefined && <p>{refusals[refused]}</p>}
      <p>
        Open the sign-in link that the secretariat of your meeting has sent you. It gives this
        browser a seat: as a delegate, as the chair or as an observer. One browser may hold several.
      </p>
      <p>
        No link? Ask your secretariat. Is this your own server? It prints the links when it starts.
      </p>
      {provider !== null && (
        <p>
          On a machine that others use, <a href="/api/sign-in/leave">sign out at {provider}</a> too.
        </p>
      )}
    </Message>
  )
}
