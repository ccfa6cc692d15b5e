import { scopesOf } from '@revmark/shared/wire'
import type { Meeting, Seat } from '@revmark/shared/wire'
import { ArrowRight } from 'lucide-react'
import { useState } from 'react'
import { Link, useLocation, useSearchParams } from 'wouter'
import { api, isUnreachable, success, together } from '../session/index.ts'
import type { Problem, Result } from '../session/index.ts'
import { Button } from '../ui/button.tsx'
import { byCode, Chip, Delegations } from '../ui/chip.tsx'
import { Message, ProblemText, Waiting } from '../ui/message.tsx'
import { useAnswer } from './answer.ts'
import { ImportButton } from './import-button.tsx'
import { mayImport } from './import-dialog.tsx'
import { NoSeat } from './no-seat.tsx'
import { KeptDrafts } from './kept-drafts.tsx'
import { rightsOf, roleName } from './roles.ts'
import { SignOut } from './sign-out.tsx'

interface Seated {
  readonly seats: readonly Seat[]
  readonly meetings: readonly Meeting[]
}

/** The seats of this browser and their meetings; of one meeting only where one is asked for. */
async function seatedIn(only: string | null): Promise<Result<Seated>> {
  const found = await api.seats()
  if (!found.ok) return found
  const seats = found.value.seats.filter((seat) => only === null || seat.meeting === only)
  const ids = [...new Set(seats.map((seat) => seat.meeting))]
  const meetings = await together(ids.map(api.meeting))
  return meetings.ok ? success({ seats, meetings: meetings.value }) : meetings
}

/** `/` and `/m/:meeting`: where this browser has seats, and the drafts that lie there. */
export function HomePage({ meeting }: { readonly meeting: string | null }) {
  const [search] = useSearchParams()
  const [round, setRound] = useState(0)
  const answer = useAnswer(`${round} ${meeting}`, () => seatedIn(meeting))
  if (answer.type === 'waiting') return <Waiting>Looking for your meetings …</Waiting>
  if (answer.type === 'failed') return <CouldNotLoad problem={answer.problem} />
  const { seats, meetings } = answer.value
  if (meetings.length === 0) return <NoSeat meeting={meeting} />
  return (
    <main className="home">
      {meetings.map((one) => (
        <MeetingSection
          key={one.id}
          meeting={one}
          seats={seats.filter((seat) => seat.meeting === one.id)}
          preferred={search.get('seat')}
        />
      ))}
      <p className="home-library">
        <Link href="/library">The library</Link>: editions in force and before, compared, and what
        became of proposals.
      </p>
      <SignOut onLeft={() => setRound(round + 1)} />
    </main>
  )
}

function MeetingSection({
  meeting,
  seats,
  preferred,
}: {
  readonly meeting: Meeting
  readonly seats: readonly Seat[]
  readonly preferred: string | null
}) {
  const [, go] = useLocation()
  const bringing = seats.filter(mayImport)
  const bringer = bringing.find(({ id }) => id === preferred) ?? bringing[0]
  const office = seats.find(({ role }) => role === 'secretariat')
  const maker = seats.find(({ role }) => scopesOf[role])
  return (
    <Delegations value={byCode(meeting.delegations)}>
      <section aria-labelledby={`meeting-${meeting.id}`}>
        <p className="home-mark">Revmark</p>
        <h1 id={`meeting-${meeting.id}`}>{meeting.name}</h1>
        <p className="home-place">{meeting.place}</p>
        <h2>Drafts</h2>
        {meeting.drafts.length === 0 && (
          <p className="home-none">
            There is no draft yet. It will stand here as soon as the secretariat opens one.
          </p>
        )}
        <ul className="home-drafts">
          {meeting.drafts.map((draft) => (
            <li key={draft.id}>
              <h3>{draft.title}</h3>
              <ul className="home-seats" aria-label={`Ways into ${draft.title}`}>
                {seats.map((seat) => (
                  <li key={seat.id}>
                    <Link
                      className="home-seat"
                      href={`/d/${draft.id}?seat=${seat.id}`}
                      data-preferred={seat.id === preferred || undefined}
                    >
                      <span className="home-seat-name">
                        {seat.delegation ? (
                          <Chip code={seat.delegation} full />
                        ) : (
                          roleName(seat.role)
                        )}
                      </span>
                      <span className="home-seat-note">
                        {seat.name} · {rightsOf(seat)}
                      </span>
                      <ArrowRight aria-hidden="true" />
                    </Link>
                  </li>
                ))}
              </ul>
            </li>
          ))}
        </ul>
        {bringer && (
          <p className="home-import">
            <ImportButton
              to={{ place: 'meetings', id: meeting.id }}
              seat={bringer}
              delegations={meeting.delegations}
              onTaken={(draft) => go(`/d/${draft}?seat=${bringer.id}`)}
            >
              Begin a draft with a Word file
            </ImportButton>
          </p>
        )}
        {office && (
          <p className="home-library">
            <Link href={`/m/${meeting.id}/people?seat=${office.id}`}>People and links</Link>: who
            has a seat in this meeting, and how they come in.
          </p>
        )}
        {maker && (
          <p className="home-library">
            <Link href={`/m/${meeting.id}/tokens?seat=${maker.id}`}>Tokens for scripts</Link>: what
            programs may do here.
            <br />
            <Link href={`/m/${meeting.id}/audit?seat=${maker.id}`}>Who did what</Link>: signing in,
            rights, reading, decisions and files.
          </p>
        )}
        <h2>Delegations</h2>
        <ul className="home-delegations">
          {meeting.delegations.map(({ code, name }) => (
            <li key={code}>
              <Chip code={code} /> <span aria-hidden="true">{name}</span>
            </li>
          ))}
        </ul>
      </section>
    </Delegations>
  )
}

const CouldNotLoad = ({ problem }: { readonly problem: Problem }) => (
  <Message
    title="Your meetings could not be loaded"
    actions={<Button onClick={() => window.location.reload()}>Try again</Button>}
  >
    <ProblemText problem={problem} />
    {isUnreachable(problem) && <KeptDrafts />}
  </Message>
)
