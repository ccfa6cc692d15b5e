import type { ContributionSummary, EditionSummary } from '@revmark/shared/wire'
import { ArrowRight } from 'lucide-react'
import { useState } from 'react'
import { Link } from 'wouter'
import { library } from '../session/index.ts'
import { Button } from '../ui/button.tsx'
import { Message, ProblemText, Waiting } from '../ui/message.tsx'
import { useTitle } from '../ui/title.ts'
import { useAnswer } from './answer.ts'
import { WayBack } from './way-back.tsx'

/** `/library`: every text that the corpus holds, by organ and number, to be searched and read. */
export function LibraryPage() {
  const [round, setRound] = useState(0)
  const answer = useAnswer(`library ${round}`, library.library)
  useTitle('Library')
  const [wanted, setWanted] = useState('')
  if (answer.type === 'waiting') return <Waiting>Opening the library …</Waiting>
  if (answer.type === 'failed') {
    return (
      <Message
        title="The library could not be opened"
        actions={<Button onClick={() => setRound(round + 1)}>Try again</Button>}
      >
        <ProblemText problem={answer.problem} />
      </Message>
    )
  }
  const editions = answer.value.editions.filter((edition) => fits(edition, wanted))
  const contributions = answer.value.contributions.filter((one) => fits(one, wanted))
  return (
    <main className="home library">
      <WayBack href="/" to="Your meetings" />
      <h1>Library</h1>
      <input
        className="field library-search"
        type="search"
        aria-label="Search the library"
        placeholder="Number, place, year or words of the title"
        value={wanted}
        onChange={(event) => setWanted(event.target.value)}
      />
      <output className="visually-hidden">{editions.length + contributions.length} texts</output>
      {editions.length + contributions.length === 0 && (
        <p className="home-none">
          Nothing in the library has all of these words. Try fewer, or a number such as 45.
        </p>
      )}
      {groupsOf(editions).map(([group, own]) => (
        <section key={group} aria-label={group}>
          <h2>{group}</h2>
          <ul className="home-seats">
            {own.map((edition) => (
              <Row key={edition.id} id={edition.id} name={edition.name} note={edition.title} />
            ))}
          </ul>
        </section>
      ))}
      {contributions.length > 0 && (
        <section aria-label="Contributions">
          <h2>Contributions</h2>
          <ul className="home-seats">
            {contributions.map(({ id, name, title }) => (
              <Row key={id} id={id} name={name} note={title} />
            ))}
          </ul>
        </section>
      )}
    </main>
  )
}

function Row({
  id,
  name,
  note,
}: {
  readonly id: string
  readonly name: string
  readonly note: string
}) {
  return (
    <li>
      <Link className="home-seat" href={`/library/${id}`}>
        <span className="home-seat-name">{name}</span>
        <span className="home-seat-note">{note}</span>
        <ArrowRight aria-hidden="true" />
      </Link>
    </li>
  )
}

/** By organ and number: "WTDC, Resolution 45". */
function groupsOf(editions: readonly EditionSummary[]): [string, EditionSummary[]][] {
  const groups = new Map<string, EditionSummary[]>()
  for (const edition of editions) {
    const group = `${edition.organ}, Resolution ${edition.number}`
    groups.set(group, [...(groups.get(group) ?? []), edition])
  }
  return [...groups].map(([group, own]) => [group, own.toSorted((a, b) => a.year - b.year)])
}

/** Whether a text's names have every word that is looked for. */
function fits(text: EditionSummary | ContributionSummary, wanted: string): boolean {
  const organ = 'organ' in text ? text.organ : ''
  const all = `${text.id} ${organ} ${text.name} ${text.title}`.toLowerCase()
  return wanted
    .toLowerCase()
    .split(/\s+/)
    .every((word) => all.includes(word))
}
