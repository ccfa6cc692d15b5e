import type { OutcomeRow } from '@revmark/shared/wire'
import { library } from '../session/index.ts'
import { Waiting } from '../ui/message.tsx'
import { useTitle } from '../ui/title.ts'
import { useAnswer } from './answer.ts'
import { NotShown } from './not-shown.tsx'
import { WayBack } from './way-back.tsx'

async function judged(id: string, edition: string) {
  const texts = await library.library()
  if (!texts.ok) return texts
  const outcome = await library.outcome(id, edition)
  if (!outcome.ok) return outcome
  const named = [...texts.value.editions, ...texts.value.contributions]
  const nameOf = (wanted: string) => named.find((one) => one.id === wanted)?.name ?? wanted
  const value = { rows: outcome.value.rows, name: nameOf(id), later: nameOf(edition) }
  return { ok: true as const, value }
}

const results = ['taken over', 'in other words', 'not taken over'] as const

/** `/library/:id/outcome/:edition`: what a later edition made of each change of a contribution. */
export function OutcomePage({ id, edition }: { readonly id: string; readonly edition: string }) {
  const answer = useAnswer(`${id} ${edition}`, () => judged(id, edition))
  useTitle('Outcome', 'Library')
  if (answer.type === 'waiting') return <Waiting>Comparing …</Waiting>
  if (answer.type === 'failed') {
    return (
      <NotShown
        title="The outcome could not be told"
        problem={answer.problem}
        href="/library"
        to="Library"
      />
    )
  }
  const { rows, name, later } = answer.value
  const counts = results.map(
    (result) => `${rows.filter((row) => row.result === result).length} ${result}`,
  )
  return (
    <main className="home library library-wide">
      <WayBack href={`/library/${id}`} to={name} />
      <h1>What became of it in {later}</h1>
      <p className="home-place">
        {counts.join(', ')}. Judged by words and places; changes that touch each other are one row.
      </p>
      <table className="library-table">
        <caption className="visually-hidden">
          Each change of {name} and what {later} has of it
        </caption>
        <thead>
          <tr>
            <th scope="col">Where</th>
            <th scope="col">Proposed</th>
            <th scope="col">Result</th>
            <th scope="col">There now</th>
          </tr>
        </thead>
        <tbody>
          {rows.map((row, i) => (
            // The rows are the contribution's changes in order; nothing else names one.
            // oxlint-disable-next-line react/no-array-index-key
            <Row key={i} row={row} />
          ))}
        </tbody>
      </table>
    </main>
  )
}

function Row({ row }: { readonly row: OutcomeRow }) {
  const { address, deleted, inserted, result, place, there } = row
  return (
    <tr data-result={result}>
      <th scope="row">{address}</th>
      <td>
        {deleted && <del>{deleted}</del>} {inserted && <ins>{inserted}</ins>}
      </td>
      <td>{result}</td>
      <td>
        {place && place !== address && <strong>{place} </strong>}
        {result === 'taken over' ? '' : there}
      </td>
    </tr>
  )
}
