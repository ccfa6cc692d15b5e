import { Download } from 'lucide-react'
import { contributions } from '../session/index.ts'
import { Chip } from '../ui/chip.tsx'
import { ProblemText } from '../ui/message.tsx'
import { useAnswer } from './answer.ts'
import { whenOf } from '../ui/when.ts'

/** The Word files that were taken into a draft, each as it was sent. */
export function Attachments({ draft, seat }: { readonly draft: string; readonly seat: string }) {
  const answer = useAnswer(`${draft} ${seat}`, () => contributions.attachments(draft, seat))
  if (answer.type === 'waiting') return null
  if (answer.type === 'failed') return <ProblemText problem={answer.problem} />
  const { attachments } = answer.value
  return (
    <section aria-labelledby="import-attached">
      <h3 id="import-attached">Attached to this draft</h3>
      {attachments.length === 0 && <p>No Word file has been taken into it.</p>}
      <ul className="import-files">
        {attachments.map(({ id, name, delegation, at, size }) => (
          <li key={id}>
            <Chip code={delegation} />
            <a href={contributions.attachmentAddress(draft, id, seat)} download={name}>
              <Download aria-hidden="true" />
              {name}
            </a>
            <span className="import-place">
              {whenOf(at)}, {Math.ceil(size / 1024)} kB
            </span>
          </li>
        ))}
      </ul>
    </section>
  )
}
