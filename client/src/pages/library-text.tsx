import type { View } from '@revmark/shared/ledger'
import { comparedDelegation } from '@revmark/shared/wire'
import type { Library, Seat } from '@revmark/shared/wire'
import { useState } from 'react'
import { api, library, success, together } from '../session/index.ts'
import type { Reading, Result } from '../session/index.ts'
import { byCode, Delegations } from '../ui/chip.tsx'
import { Waiting } from '../ui/message.tsx'
import { Segments } from '../ui/segments.tsx'
import { useTitle } from '../ui/title.ts'
import { useAnswer } from './answer.ts'
import { counted } from '../ui/counted.ts'
import { hintOf, viewWords } from './draft-views.ts'
import { Doings, ExportText } from './library-doings.tsx'
import { NotShown } from './not-shown.tsx'
import { ReadSheet } from './read-sheet.tsx'
import { WayBack } from './way-back.tsx'

interface Opened {
  readonly reading: Reading
  readonly texts: Library
  readonly seats: readonly Seat[]
}

async function open(id: string, other: string | null): Promise<Result<Opened>> {
  const found = await together([library.library(), library.read(id, other), api.seats()])
  if (!found.ok) return found
  const [texts, reading, { seats }] = found.value
  return success({ reading, texts, seats })
}

/** `/library/:id` and `/library/:id/compare/:other`: a text on the sheet, with its outline. */
export function TextPage({ id, other }: { readonly id: string; readonly other: string | null }) {
  const answer = useAnswer(`${id} ${other}`, () => open(id, other))
  if (answer.type === 'waiting') return <Waiting>Opening the text …</Waiting>
  if (answer.type === 'failed') {
    return (
      <NotShown
        title="The text could not be opened"
        problem={answer.problem}
        href="/library"
        to="Library"
      />
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
  const { ledger } = reading
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
  const heading = other === null ? name : `${nameOf(texts, other)} on ${name}`
  useTitle(heading, 'Library')
  return (
    <Delegations value={delegations}>
      <div className="draft">
        <header className="bar">
          <div className="bar-title">
            <WayBack href="/library" to="Library" />
            <h1>{heading}</h1>
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
              {hasMarks
                ? `${hintOf(view)}. ${counted(count, 'change')}.`
                : 'The text as it was adopted'}
            </p>
            <ReadSheet reading={reading} view={view} />
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
              onClick={() => {
                document.querySelector(`[data-key="${CSS.escape(key)}"]`)?.scrollIntoView()
                document.querySelector<HTMLElement>('#sheet')?.focus({ preventScroll: true })
              }}
            >
              {text || pieces.map((piece) => piece.text).join('')}
            </button>
          </li>
        ))}
      </ul>
    </>
  )
}
