import { actKinds } from '@revmark/shared/wire'
import type { ActKind, AuditEntry, Meeting, Seat } from '@revmark/shared/wire'
import { useState } from 'react'
import { api, audit as session, success, together } from '../session/index.ts'
import type { Office, Result } from '../session/index.ts'
import { Button } from '../ui/button.tsx'
import { Waiting } from '../ui/message.tsx'
import { useTitle } from '../ui/title.ts'
import { badNews, useNotify } from '../ui/toasts.tsx'
import { useAnswer } from './answer.ts'
import { actWords } from './audit-words.ts'
import { NotShown } from './not-shown.tsx'
import { OfficePage, useOffice } from './office-page.tsx'
import { whenOf } from '../ui/when.ts'

interface Known {
  readonly meeting: Meeting
  readonly people: readonly Pick<Seat, 'id' | 'name'>[]
  readonly entries: readonly AuditEntry[]
  readonly next: number | null
}

async function ask(office: Office, kind: ActKind | null): Promise<Result<Known>> {
  const found = await together([api.meeting(office.meeting), session.page(office, kind, null)])
  if (!found.ok) return found
  const [meeting, page] = found.value
  return success({ meeting, ...page })
}

/** `/m/:meeting/audit`: who did what, for the chair and the secretariat. */
export function AuditPage({ meeting }: { readonly meeting: string }) {
  useTitle('Who did what')
  const office = useOffice(meeting)
  const [kind, setKind] = useState<ActKind | null>(null)
  const question = `${meeting} ${office.seat} ${kind}`
  const answer = useAnswer(question, () => ask(office, kind))
  if (answer.type === 'failed')
    return <NotShown title="The record cannot be shown" problem={answer.problem} />
  if (answer.type === 'waiting') return <Waiting>Reading who did what …</Waiting>
  const { meeting: known } = answer.value
  return (
    <OfficePage office={office} meetingName={known.name} title="Who did what">
      <p className="office-note">
        Take the record away as a <a href={session.fileAddress(office, 'csv')}>table</a> or as{' '}
        <a href={session.fileAddress(office, 'jsonl')}>JSON lines</a>: who keeps such a file can
        prove later whether anything in it was changed here.
      </p>
      <form className="office-form">
        <label>
          Show
          <select
            className="field"
            value={kind ?? ''}
            onChange={(event) =>
              setKind(actKinds.find((each) => each === event.target.value) ?? null)
            }
          >
            <option value="">everything</option>
            {actKinds.map((each) => (
              <option key={each}>{each}</option>
            ))}
          </select>
        </label>
      </form>
      <Entries key={question} office={office} kind={kind} known={answer.value} />
    </OfficePage>
  )
}

/** The entries of a question, and more of them on request. */
function Entries({
  office,
  kind,
  known,
}: {
  readonly office: Office
  readonly kind: ActKind | null
  readonly known: Known
}) {
  const [{ entries, next }, setShown] = useState<Pick<Known, 'entries' | 'next'>>(known)
  const notify = useNotify()
  const nameOf = (id: string): string => known.people.find((each) => each.id === id)?.name ?? id
  const more = async (): Promise<void> => {
    const found = await session.page(office, kind, next)
    if (found.ok)
      setShown({ entries: [...entries, ...found.value.entries], next: found.value.next })
    else notify(badNews('No more could be read', found.problem))
  }
  return (
    <>
      {entries.length === 0 && <p className="home-none">Nothing of this kind was done yet.</p>}
      <ol className="office-list" aria-label="Record">
        {entries.map((entry) => (
          <li key={entry.seq}>
            <p>
              <strong>
                {entry.person === null ? 'The server or its operator' : nameOf(entry.person)}
              </strong>{' '}
              {actWords(entry, nameOf)}
            </p>
            <p className="office-note">{whenOf(entry.at)}</p>
          </li>
        ))}
      </ol>
      {next !== null && (
        <div className="office-acts">
          <Button onClick={() => void more()}>Show earlier ones</Button>
        </div>
      )}
    </>
  )
}
