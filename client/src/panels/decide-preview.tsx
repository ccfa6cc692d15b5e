import type { Preview, Turn, Verb } from '@revmark/shared/ledger'
import { Delegations } from '../ui/chip.tsx'
import { use } from 'react'
import { counted } from '../ui/counted.ts'

interface DecidePreviewProps {
  readonly verb: Verb
  readonly preview: Preview
  readonly includes: boolean
  readonly onInclude: (includes: boolean) => void
}

/** What a decision would do, before it is made: whose changes, what is left out, what each view will show. */
export function DecidePreview({ verb, preview, includes, onInclude }: DecidePreviewProps) {
  const names = use(Delegations)
  const { decided, delegations, leftBehind, struck, turns, problem } = preview
  if (problem !== null) return <p className="decide-problem">{problem}</p>
  const whose = delegations
    .map(({ code, count }) =>
      delegations.length === 1
        ? `of ${names.get(code)?.name ?? code}`
        : `${count} of ${names.get(code)?.name ?? code}`,
    )
    .join(', ')
  const behind = includes ? decided.length > 0 : leftBehind.length > 0
  return (
    <div className="decide-preview" aria-live="polite">
      <p>
        <strong>{counted(decided.length, 'change')}</strong>
        {whose && (delegations.length === 1 ? ` ${whose}` : `: ${whose}`)}.
      </p>
      {verb === 'accept' && behind && (leftBehind.length > 0 || includes) && (
        <label className="decide-include">
          <input
            type="checkbox"
            checked={includes}
            onChange={(event) => onInclude(event.target.checked)}
          />
          {includes
            ? 'With what is left behind'
            : `Left out: ${counted(leftBehind.length, 'change')} left behind, whose paragraph is to be deleted. Take in`}
        </label>
      )}
      {struck.length > 0 && (
        <p>
          {struck.length === 1 ? 'One insertion' : `${struck.length} insertions`} will be in
          Accepted and not in Clean: somebody proposes to delete{' '}
          {struck.length === 1 ? 'it' : 'them'}.
        </p>
      )}
      <p>{ofMarked[verb]}</p>
      <Turns view="Clean" turns={turns.clean} />
      <Turns view="Accepted" turns={turns.accepted} />
    </div>
  )
}

const ofMarked: Readonly<Record<Verb, string>> = {
  accept: 'Marked keeps the marks, in grey.',
  reject: 'Marked hides what was inserted, and strikes no more.',
  bracket: 'All views but Base show the words in square brackets, with who holds them.',
  reopen: 'Marked shows them as proposals again.',
}

/** So many paragraphs are told of each view at most. */
const mostTold = 20

function Turns({ view, turns }: { readonly view: string; readonly turns: readonly Turn[] }) {
  if (turns.length === 0) return <p>{view} stays as it is.</p>
  return (
    <details>
      <summary>
        {view} changes in {counted(turns.length, 'paragraph')}
      </summary>
      <ul>
        {turns.slice(0, mostTold).map(({ address, before, after }, i) => (
          <li key={i}>
            {address && <em>{address}: </em>}
            {before === null && 'new: '}
            {after ?? 'gone'}
          </li>
        ))}
        {turns.length > mostTold && <li>and {turns.length - mostTold} more</li>}
      </ul>
    </details>
  )
}
