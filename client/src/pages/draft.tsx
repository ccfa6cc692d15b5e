import { useEffect, useState } from 'react'
import { Link, Redirect, useSearchParams } from 'wouter'
import { api, isUnreachable, openPlace, servicesOf } from '../session/index.ts'
import type { Opened, Session } from '../session/index.ts'
import { byCode, Delegations } from '../ui/chip.tsx'
import { Message, ProblemText, Waiting } from '../ui/message.tsx'
import { useStable } from '../ui/stable.ts'
import { useAnswer } from './answer.ts'
import { DraftScreen } from './draft-screen.tsx'
import { DraftUnopened } from './draft-unopened.tsx'
import { KeptDrafts } from './kept-drafts.tsx'
import { rightsOf, roleName } from './roles.ts'

/** `/d/:draft?seat=...`: the seat stands in the address, so that two tabs can be two delegations. */
export function DraftPage({ id }: { readonly id: string }) {
  const [search] = useSearchParams()
  const seat = search.get('seat')
  return seat === null ? (
    <ChooseSeat draft={id} />
  ) : (
    <OpenedDraft key={`${id} ${seat}`} id={id} seat={seat} />
  )
}

type Opening = Opened | { readonly type: 'waiting' }

function OpenedDraft({ id, seat }: { readonly id: string; readonly seat: string }) {
  const [opening, setOpening] = useState<Opening>({ type: 'waiting' })
  const [tries, setTries] = useState(0)
  const again = useStable(() => {
    setOpening({ type: 'waiting' })
    setTries(tries + 1)
  })

  useEffect(() => {
    let session: Session | null = null
    let left = false
    const open = async () => {
      const opened = await openPlace(id, seat, servicesOf(window.location))
      const isOpen = opened.type === 'open'
      if (left) return isOpen && opened.session.destroy()
      if (isOpen) session = opened.session
      return setOpening(opened)
    }
    void open()
    // A page that the browser lays aside holds nothing, so that another page may go on where it was;
    // when it is brought back it begins as any other page does, under a client id of its own.
    let isAside = false
    const layAside = ({ persisted }: PageTransitionEvent) => {
      if (!persisted || session?.isKept !== true) return
      isAside = true
      session.destroy()
    }
    const bringBack = () => isAside && again()
    window.addEventListener('pagehide', layAside)
    window.addEventListener('pageshow', bringBack)
    return () => {
      left = true
      window.removeEventListener('pagehide', layAside)
      window.removeEventListener('pageshow', bringBack)
      if (!isAside) session?.destroy()
    }
    // Each try opens anew.
    // oxlint-disable-next-line react/exhaustive-effect-dependencies
  }, [again, id, seat, tries])

  if (opening.type === 'waiting') return <Waiting>Opening the draft …</Waiting>
  if (opening.type === 'failed') {
    return <DraftUnopened id={id} seat={seat} unopened={opening} onRetry={again} />
  }
  return (
    <Delegations value={byCode(opening.session.draft.delegations)}>
      <DraftScreen session={opening.session} />
    </Delegations>
  )
}

/** An address without a seat, as it is passed on by mail: the browser's only seat, or a choice. */
function ChooseSeat({ draft }: { readonly draft: string }) {
  const answer = useAnswer('seats', api.seats)
  if (answer.type === 'waiting') return <Waiting>Looking for your seats …</Waiting>
  const seats = answer.type === 'here' ? answer.value.seats : []
  const [only, another] = seats
  if (only && !another) return <Redirect to={`/d/${draft}?seat=${only.id}`} replace />
  if (answer.type === 'failed' || !only) {
    return (
      <Message
        title="You have no seat here yet"
        actions={
          <Link className="button" href="/">
            Your meetings
          </Link>
        }
      >
        {answer.type === 'failed' ? (
          <>
            <ProblemText problem={answer.problem} />
            {isUnreachable(answer.problem) && <KeptDrafts only={draft} />}
          </>
        ) : (
          <p>Open your sign-in link first, then this address again.</p>
        )}
      </Message>
    )
  }
  return (
    <Message
      title="Which seat is it?"
      actions={seats.map((seat) => (
        <Link
          key={seat.id}
          className="button"
          href={`/d/${draft}?seat=${seat.id}`}
          title={`${roleName(seat.role)}, ${rightsOf(seat)}`}
        >
          {seat.name}
        </Link>
      ))}
    >
      <p>This browser holds several seats. Choose the one that speaks here.</p>
    </Message>
  )
}
