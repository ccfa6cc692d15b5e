import type { View } from '@revmark/shared/ledger'
import { comparedDelegation } from '@revmark/shared/wire'
import type { Draft, History } from '@revmark/shared/wire'
import { useState } from 'react'
import { Link, Redirect, useSearchParams } from 'wouter'
import { api, history, success, together } from '../session/index.ts'
import type { Reading, Result } from '../session/index.ts'
import { Button } from '../ui/button.tsx'
import { byCode, Delegations } from '../ui/chip.tsx'
import { Message, ProblemText, Waiting } from '../ui/message.tsx'
import { Segments } from '../ui/segments.tsx'
import { useTitle } from '../ui/title.ts'
import { useAnswer } from './answer.ts'
import { hintOf, viewWords } from './draft-views.ts'
import { DifferenceFrom, Moments, NameVersion } from './history-moments.tsx'
import { ReadSheet } from './read-sheet.tsx'
import { WayBack } from './way-back.tsx'
import { whenOf } from '../ui/when.ts'

interface Past {
  readonly draft: Draft
  readonly past: History
}

async function open(id: string, seat: string): Promise<Result<Past>> {
  const found = await together([api.draft(id, seat), history.history(id, seat)])
  if (!found.ok) return found
  const [draft, past] = found.value
  return success({ draft, past })
}

/**
 * `/d/:draft/history?seat=...`: the draft as it was at a moment, to be read; `at` and `from` in the
 * address say which and since when its changes are shown, so that a moment can be passed on.
 */
export function HistoryPage({ id }: { readonly id: string }) {
  const [search] = useSearchParams()
  const seat = search.get('seat')
  const [round, setRound] = useState(0)
  const answer = useAnswer(`${id} ${seat}`, () => open(id, seat ?? ''), round)
  if (seat === null) return <Redirect to={`/d/${id}`} replace />
  if (answer.type === 'waiting') return <Waiting>Opening the history …</Waiting>
  if (answer.type === 'here')
    return <HistoryScreen {...answer.value} onNamed={() => setRound(round + 1)} />
  return (
    <Message
      title="The history could not be opened"
      actions={
        <>
          <Button onClick={() => setRound(round + 1)}>Try again</Button>
          <Link className="button" data-kind="quiet" href={`/d/${id}?seat=${seat}`}>
            To the draft
          </Link>
        </>
      }
    >
      <ProblemText problem={answer.problem} />
    </Message>
  )
}

function HistoryScreen({ draft, past, onNamed }: Past & { readonly onNamed: () => void }) {
  const [search, setSearch] = useSearchParams()
  const [view, setView] = useState<View>('marked')
  const last = past.moments.at(-1)?.seq ?? 1
  const at = Number(search.get('at') ?? last)
  const from = search.has('from') ? Number(search.get('from')) : null
  const show = (change: Readonly<Record<string, number | null>>) =>
    setSearch((query) => {
      for (const [name, seq] of Object.entries(change)) {
        if (seq === null) query.delete(name)
        else query.set(name, `${seq}`)
      }
      return query
    })
  useTitle('History', draft.title)
  const compared = { code: comparedDelegation, name: 'Changed since', colour: 0 }
  const views = from === null ? viewWords : differenceViews
  const shown = from !== null && view !== 'accepted' ? 'clean' : view
  const moment = past.moments.find(({ seq }) => seq === at)
  return (
    <Delegations value={byCode([...draft.delegations, compared])}>
      <div className="draft">
        <header className="bar">
          <div className="bar-title">
            <WayBack href={`/d/${draft.id}?seat=${draft.seat.id}`} to={draft.title} />
            <h1>History</h1>
          </div>
          <div className="bar-views">
            <Segments label="View" value={shown} options={views} onChange={setView} />
          </div>
          <div className="bar-right" />
        </header>
        <div className="draft-body">
          <aside className="side library-side" aria-label="Moments">
            <DifferenceFrom
              past={past}
              at={at}
              from={from}
              onChange={(seq) => show({ from: seq })}
            />
            {draft.seat.role !== 'observer' && (
              <NameVersion draft={draft} at={at} onNamed={onNamed} />
            )}
            <Moments past={past} at={at} onChoose={(seq) => show({ at: seq })} />
          </aside>
          <main className="desk" id="sheet" tabIndex={-1}>
            <p className="desk-caption">
              {from === null ? hintOf(view) : 'What has changed in this view since then'}
              {moment && `, as it was ${whenOf(moment.to)}`}
            </p>
            <PastSheet draft={draft} at={at} from={from} view={shown} />
          </main>
        </div>
      </div>
    </Delegations>
  )
}

const differenceViews = viewWords.filter(({ value }) => value === 'clean' || value === 'accepted')

/** The sheet of a moment; of a difference, the marks that lead from the earlier to the later text. */
function PastSheet({
  draft: { id, seat },
  at,
  from,
  view,
}: {
  readonly draft: Draft
  readonly at: number
  readonly from: number | null
  readonly view: View
}) {
  const isDifference = from !== null
  const name = isDifference ? `${from} ${at} ${view}` : `${at}`
  const answer = useAnswer<Reading>(name, () =>
    isDifference && (view === 'clean' || view === 'accepted')
      ? history.difference(id, seat.id, from, at, view)
      : history.stateAt(id, seat.id, at),
  )
  if (answer.type === 'waiting') return <Waiting>Fetching what was there …</Waiting>
  if (answer.type === 'failed') {
    return (
      <div className="message" role="alert">
        <ProblemText problem={answer.problem} />
      </div>
    )
  }
  return (
    <ReadSheet
      key={answer.value.ledger.ydoc.guid}
      reading={answer.value}
      view={isDifference ? 'marked' : view}
    />
  )
}
