import type { Draft, History, Moment } from '@revmark/shared/wire'
import { Bookmark, Gavel } from 'lucide-react'
import { useState } from 'react'
import { history } from '../session/index.ts'
import { Button } from '../ui/button.tsx'
import { Chip } from '../ui/chip.tsx'
import { badNews, useNotify } from '../ui/toasts.tsx'
import { roleName } from './roles.ts'
import { dayOf, timeOf, whenOf } from '../ui/when.ts'

/** The moments of a draft, the latest first, day by day; one of them is on the sheet. */
export function Moments({
  past,
  at,
  onChoose,
}: {
  readonly past: History
  readonly at: number
  readonly onChoose: (seq: number) => void
}) {
  const days = Map.groupBy(past.moments.toReversed(), ({ to }) => dayOf(to))
  return (
    <>
      {[...days].map(([day, moments]) => (
        <section key={day} aria-label={day}>
          <h2>{day}</h2>
          <ul className="moments">
            {moments.map((moment) => (
              <li key={moment.seq}>
                <button
                  type="button"
                  className="moment"
                  aria-current={moment.seq === at || undefined}
                  onClick={() => onChoose(moment.seq)}
                >
                  <Who past={past} moment={moment} />
                </button>
              </li>
            ))}
          </ul>
        </section>
      ))}
    </>
  )
}

function Who({ past, moment }: { readonly past: History; readonly moment: Moment }) {
  const person = past.people.find(({ id }) => id === moment.user)
  const note = past.decisions.find(({ id }) => id === moment.decision)?.note
  const names = past.versions.filter(({ seq }) => seq === moment.seq)
  return (
    <>
      <span className="moment-head">
        <time dateTime={new Date(moment.to).toISOString()}>{timeOf(moment.to)}</time>
        {person?.delegation && <Chip code={person.delegation} />}
        <span>{doingOf(moment, person?.name ?? (person && roleName(person.role)))}</span>
        {moment.kind === 'decision' && <Gavel aria-hidden="true" />}
      </span>
      {note && <span className="moment-note">“{note}”</span>}
      {names.map(({ name }) => (
        <span key={name} className="moment-name">
          <Bookmark aria-hidden="true" />
          {name}
        </span>
      ))}
    </>
  )
}

function doingOf({ kind }: Moment, name = 'Somebody'): string {
  if (kind === 'base') return 'The text in force'
  return kind === 'decision' ? `${name} decided` : `${name} wrote`
}

/** Since when changes are shown; nothing: the draft as it was. */
export function DifferenceFrom({
  past,
  at,
  from,
  onChange,
}: {
  readonly past: History
  readonly at: number
  readonly from: number | null
  readonly onChange: (seq: number | null) => void
}) {
  const named = past.versions.filter(({ seq }) => seq < at)
  const moments = past.moments.filter(({ seq }) => seq < at).toReversed()
  return (
    <>
      <h2>
        <label htmlFor="changed-since">Show what has changed since</label>
      </h2>
      <select
        id="changed-since"
        className="field library-select"
        value={from ?? ''}
        onChange={({ target: { value } }) => onChange(value === '' ? null : Number(value))}
      >
        <option value="">nothing: the draft as it was</option>
        {named.length > 0 && (
          <optgroup label="Named versions">
            {named.map(({ name, seq }) => (
              <option key={name} value={seq}>
                {name}
              </option>
            ))}
          </optgroup>
        )}
        <optgroup label="Moments">
          {moments.map((moment) => (
            <option key={moment.seq} value={moment.seq}>
              {whenOf(moment.to)},{' '}
              {doingOf(moment, past.people.find(({ id }) => id === moment.user)?.name)}
            </option>
          ))}
        </optgroup>
      </select>
    </>
  )
}

/** Gives the moment on the sheet a name that everybody in the meeting sees. */
export function NameVersion({
  draft,
  at,
  onNamed,
}: {
  readonly draft: Draft
  readonly at: number
  readonly onNamed: () => void
}) {
  const notify = useNotify()
  const [name, setName] = useState('')
  const give = async () => {
    const given = await history.nameVersion(draft.id, draft.seat.id, name, at)
    if (given.ok) {
      notify({ title: `This moment is now called “${given.value.name}”` })
      setName('')
      onNamed()
    } else notify(badNews('No name was given', given.problem))
  }
  return (
    <form
      className="name-version"
      onSubmit={(event) => {
        event.preventDefault()
        void give()
      }}
    >
      <h2>
        <label htmlFor="version-name">Name this moment</label>
      </h2>
      <div>
        <input
          id="version-name"
          className="field library-select"
          value={name}
          maxLength={80}
          placeholder="As sent to the plenary"
          onChange={({ target: { value } }) => setName(value)}
        />
        <Button type="submit" disabled={name.trim() === ''}>
          Name it
        </Button>
      </div>
    </form>
  )
}
