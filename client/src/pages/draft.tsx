import { useEffect, useState } from 'react'
import { Link, Redirect, useSearchParams } from 'wouter'
import { api, openDraft, servicesOf } from '../session/index.ts'
import type { Problem, Session } from '../session/index.ts'
import { Button } from '../ui/button.tsx'
import { byCode, Delegations } from '../ui/chip.tsx'
import { Message, ProblemText, Waiting } from '../ui/message.tsx'
import { useAnswer } from './answer.ts'
import { DraftScreen } from './draft-screen.tsx'
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

type Opening =
  | { readonly type: 'waiting' }
  | { readonly type: 'failed'; readonly problem: Problem }
  | { readonly type: 'open'; readonly session: Session }

function OpenedDraft({ id, seat }: { readonly id: string; readonly seat: string }) {
  const [opening, setOpening] = useState<Opening>({ type: 'waiting' })
  const [tries, setTries] = useState(0)

  useEffect(() => {
    let opened: Session | null = null
    let left = false
    const open = async () => {
      const draft = await api.draft(id, seat)
      if (left) return
      if (!draft.ok) return setOpening({ type: 'failed', problem: draft.problem })
      const session = await openDraft(draft.value, servicesOf(window.location))
      if (!session.ok) {
        if (!left) setOpening({ type: 'failed', problem: session.problem })
      } else if (left) session.value.destroy()
      else {
        opened = session.value
        setOpening({ type: 'open', session: opened })
      }
    }
    void open()
    return () => {
      left = true
      opened?.destroy()
    }
    // Each try opens anew.
    // oxlint-disable-next-line react/exhaustive-effect-dependencies
  }, [id, seat, tries])

  if (opening.type === 'waiting') return <Waiting>Opening the draft …</Waiting>
  if (opening.type === 'open') {
    return (
      <Delegations value={byCode(opening.session.draft.delegations)}>
        <DraftScreen session={opening.session} />
      </Delegations>
    )
  }
  return (
    <Message
      title="The draft could not be opened"
      actions={
        <>
          <Button
            onClick={() => {
              setOpening({ type: 'waiting' })
              setTries(tries + 1)
            }}
          >
            Try again
          </Button>
          <Link className="button" data-kind="quiet" href="/">
            Your meetings
          </Link>
        </>
      }
    >
      <ProblemText problem={opening.problem} />
    </Message>
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
          <ProblemText problem={answer.problem} />
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
