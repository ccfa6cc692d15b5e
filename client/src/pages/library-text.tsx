import type { View } from '@revmark/shared/ledger'
import { comparedDelegation } from '@revmark/shared/wire'
import type { Library, Seat } from '@revmark/shared/wire'
import { ChevronLeft, Download, FileText } from 'lucide-react'
import { useState } from 'react'
import { Link, useLocation } from 'wouter'
import { DraftEditor } from '../editor/index.ts'
import { api, library } from '../session/index.ts'
import type { ExportFormat, Reading, Result } from '../session/index.ts'
import { Button } from '../ui/button.tsx'
import { byCode, Delegations } from '../ui/chip.tsx'
import { Menu, MenuItem } from '../ui/menu.tsx'
import { Message, ProblemText, Waiting } from '../ui/message.tsx'
import { Segments } from '../ui/segments.tsx'
import { useNotify } from '../ui/toasts.tsx'
import { useAnswer } from './answer.ts'
import { hintOf, viewWords } from './draft-views.ts'
import { saveAs } from './save-as.ts'

interface Opened {
  readonly reading: Reading
  readonly texts: Library
  readonly seats: readonly Seat[]
}

async function open(id: string, other: string | null): Promise<Result<Opened>> {
  const texts = await library.library()
  if (!texts.ok) return texts
  const reading = await library.read(id, other)
  if (!reading.ok) return reading
  const seats = await api.seats()
  if (!seats.ok) return seats
  const value = { reading: reading.value, texts: texts.value, seats: seats.value.seats }
  return { ok: true, value }
}

/** `/library/:id` and `/library/:id/compare/:other`: a text on the sheet, with its outline. */
export function TextPage({ id, other }: { readonly id: string; readonly other: string | null }) {
  const answer = useAnswer(`${id} ${other}`, () => open(id, other))
  if (answer.type === 'waiting') return <Waiting>Opening the text …</Waiting>
  if (answer.type === 'failed') {
    return (
      <Message
        title="The text could not be opened"
        actions={
          <Link className="button" href="/library">
            Library
          </Link>
        }
      >
        <ProblemText problem={answer.problem} />
      </Message>
    )
  }
  return <TextScreen id={id} other={other} {...answer.value} />
}

function TextScreen({
  id,
  other,
  reading,
  texts,
  seats,
}: Opened & { readonly id: string; readonly other: string | null }) {
  const { ledger, presence } = reading
  const [view, setView] = useState<View>('marked')
  const name = nameOf(texts, id)
  const contribution = texts.contributions.find((one) => one.id === id)
  const hasMarks = other !== null || contribution !== undefined
  const delegations = byCode([
    { code: comparedDelegation, name: other === null ? '' : nameOf(texts, other), colour: 0 },
    { code: contribution?.delegation ?? '', name: name, colour: 0 },
  ])
  const views = viewWords.filter(({ value }) => value !== 'accepted')
  const count = ledger.changes().length
  return (
    <Delegations value={delegations}>
      <div className="draft">
        <header className="bar">
          <div className="bar-title">
            <Link href="/library" className="bar-meeting">
              <ChevronLeft aria-hidden="true" />
              Library
            </Link>
            <h1>{other === null ? name : `${nameOf(texts, other)} on ${name}`}</h1>
          </div>
          <div className="bar-views">
            {hasMarks && <Segments label="View" value={view} options={views} onChange={setView} />}
          </div>
          <div className="bar-right">
            <ExportText id={id} other={other} view={hasMarks ? view : 'base'} />
          </div>
        </header>
        <div className="draft-body">
          <nav className="side library-side" aria-label="Outline and what to do">
            <Outline reading={reading} view={view} />
            <Doings id={id} other={other} texts={texts} seats={seats} />
          </nav>
          <main className="desk" id="sheet" tabIndex={-1}>
            <p className="desk-caption">
              {hasMarks ? `${hintOf(view)}. ${count} changes.` : 'The text as it was adopted'}
            </p>
            <div className="sheet" data-view={view}>
              <DraftEditor
                ref={null}
                copy={{ ledger, presence, pen: null, seat: null }}
                view={view}
                editable={false}
              />
            </div>
          </main>
        </div>
      </div>
    </Delegations>
  )
}

const nameOf = ({ editions, contributions }: Library, id: string): string =>
  [...editions, ...contributions].find((one) => one.id === id)?.name ?? id

/** The calls, which part a resolution: a click brings one into sight. */
function Outline({ reading, view }: { readonly reading: Reading; readonly view: View }) {
  const calls = reading.ledger.project(view).paragraphs.filter(({ kind }) => kind === 'call')
  return (
    <>
      <h2>Outline</h2>
      <ul className="library-outline">
        {calls.map(({ key, text, pieces }) => (
          <li key={key}>
            <button
              type="button"
              onClick={() =>
                document.querySelector(`[data-key="${CSS.escape(key)}"]`)?.scrollIntoView()
              }
            >
              {text || pieces.map((piece) => piece.text).join('')}
            </button>
          </li>
        ))}
      </ul>
    </>
  )
}

/** What can be done with the text on the sheet. */
function Doings({
  id,
  other,
  texts,
  seats,
}: {
  readonly id: string
  readonly other: string | null
  readonly texts: Library
  readonly seats: readonly Seat[]
}) {
  const [, go] = useLocation()
  const notify = useNotify()
  const contribution = texts.contributions.find((one) => one.id === id)
  const others = texts.editions.filter((edition) => edition.id !== id)
  const begins = seats.filter(({ role }) => role === 'chair' || role === 'secretariat')
  const begin = async ({ meeting, id: seat }: Seat) => {
    const made = await library.beginDraft(meeting, seat, id, other)
    if (made.ok) go(`/d/${made.value.id}?seat=${seat}`)
    else {
      const { message, advice } = made.problem
      notify({ title: 'No draft was begun', text: `${message} ${advice}`, tone: 'bad' })
    }
  }
  if (contribution) {
    const later = others.filter((edition) => edition.id !== contribution.edition)
    return (
      <>
        <h2>What became of it</h2>
        <ul className="library-links">
          {later.map((edition) => (
            <li key={edition.id}>
              <Link href={`/library/${id}/outcome/${edition.id}`}>in {edition.name}</Link>
            </li>
          ))}
        </ul>
      </>
    )
  }
  return (
    <>
      <h2>
        <label htmlFor="compare-with">Compare with</label>
      </h2>
      <select
        id="compare-with"
        className="library-select"
        value={other ?? ''}
        onChange={({ target: { value } }) =>
          go(value === '' ? `/library/${id}` : `/library/${id}/compare/${value}`)
        }
      >
        <option value="">nothing: the text alone</option>
        {others.map((edition) => (
          <option key={edition.id} value={edition.id}>
            {edition.name}
          </option>
        ))}
      </select>
      {begins.length > 0 && (
        <>
          <h2>{other === null ? 'Amend it' : 'Decide it, change by change'}</h2>
          {begins.map((seat) => (
            <Button key={seat.id} onClick={() => void begin(seat)}>
              Start a draft as {seat.name}
            </Button>
          ))}
        </>
      )}
    </>
  )
}

function ExportText({
  id,
  other,
  view,
}: {
  readonly id: string
  readonly other: string | null
  readonly view: View
}) {
  const notify = useNotify()
  const download = async (format: ExportFormat) => {
    const file = await library.exportText(id, other, format, view)
    if (file.ok) return saveAs(file.value.name, file.value.blob)
    const { message, advice } = file.problem
    notify({ title: 'No file was written', text: `${message} ${advice}`, tone: 'bad' })
  }
  return (
    <Menu
      trigger={
        <Button>
          <Download aria-hidden="true" />
          Export
        </Button>
      }
    >
      <MenuItem
        icon={<FileText />}
        note={`The ${view} view`}
        onSelect={() => void download('docx')}
      >
        Word
      </MenuItem>
      <MenuItem
        icon={<FileText />}
        note={`The ${view} view, a paragraph a line`}
        onSelect={() => void download('txt')}
      >
        Plain text
      </MenuItem>
    </Menu>
  )
}
