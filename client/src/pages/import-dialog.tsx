import type { Delegation, Seat } from '@revmark/shared/wire'
import { FileUp } from 'lucide-react'
import { useState } from 'react'
import { contributions, library } from '../session/index.ts'
import type { Destination, Problem } from '../session/index.ts'
import { Button } from '../ui/button.tsx'
import { countedOrNo } from '../ui/counted.ts'
import { Dialog } from '../ui/dialog.tsx'
import { ProblemText } from '../ui/message.tsx'
import { useNotify } from '../ui/toasts.tsx'
import { useAnswer } from './answer.ts'
import { Attachments } from './attachments.tsx'
import { Differences, Report } from './import-report.tsx'
import { whenOf } from '../ui/when.ts'

/** Who may bring a Word file in. */
export const mayImport = ({ role }: Seat): boolean => role === 'delegate' || role === 'secretariat'

/** How a file is read; each change of it is another look at the file. */
interface Way {
  readonly text: number
  readonly delegation: string | null
  readonly edition: string | null
}

/** What becomes of what differs without a mark. */
type Choice = 'take' | 'leave'

interface Props {
  readonly to: Destination
  readonly seat: Seat
  readonly delegations: readonly Delegation[]
  /** A file that was dropped; null: one is to be chosen. */
  readonly file: File | null
  readonly onFile: (file: File | null) => void
  readonly onClose: () => void
  /** The draft into which the file has been taken. */
  readonly onTaken: (draft: string) => void
}

/** Brings a Word file in: what it holds is shown first, and nothing is taken before that is said. */
export function ImportDialog({ to, seat, delegations, file, onFile, onClose, onTaken }: Props) {
  const may = mayImport(seat)
  return (
    <Dialog
      title={!may ? 'Word files taken in' : file ? file.name : 'Bring a Word file in'}
      onClose={onClose}
    >
      {may && file && (
        <Looking
          key={`${file.name} ${file.size} ${file.lastModified}`}
          {...{ to, seat, delegations, file, onFile, onTaken }}
        />
      )}
      {may && !file && (
        <>
          <p>
            Its revision marks become changes of{' '}
            {seat.delegation === null ? 'a delegation' : 'your delegation'}; the file itself stays
            attached to the draft. You see what it holds before anything is taken.
          </p>
          <label className="button" data-kind="primary">
            <FileUp aria-hidden="true" />
            Choose a .docx file
            <input
              type="file"
              className="visually-hidden"
              accept=".docx,.doc"
              onChange={({ target }) => onFile(target.files?.[0] ?? null)}
            />
          </label>{' '}
          or drop one on the page.
        </>
      )}
      {to.place === 'drafts' && !file && <Attachments draft={to.id} seat={seat.id} />}
    </Dialog>
  )
}

/** The questions that decide how the file is read, and what is seen in it. */
function Looking({ seat, delegations, ...rest }: Omit<Props, 'file' | 'onClose'> & Held) {
  const [way, setWay] = useState<Way>({ text: 1, delegation: seat.delegation, edition: null })
  return (
    <>
      {seat.delegation === null && (
        <label className="dialog-field">
          In the name of
          <select
            className="field"
            value={way.delegation ?? ''}
            onChange={({ target }) => setWay({ ...way, delegation: target.value || null })}
          >
            <option value="">choose a delegation</option>
            {delegations.map((one) => (
              <option key={one.code} value={one.code}>
                {one.name}
              </option>
            ))}
          </select>
        </label>
      )}
      {way.edition !== null && <EditionChoice way={way} onChoose={setWay} />}
      {way.delegation !== null && (
        <Seen
          key={JSON.stringify(way)}
          {...{ ...rest, seat, way }}
          name={delegations.find(({ code }) => code === way.delegation)?.name ?? way.delegation}
          onWay={setWay}
        />
      )}
    </>
  )
}

interface Held {
  readonly file: File
}

interface SeenProps extends Held {
  readonly to: Destination
  readonly seat: Seat
  readonly way: Way
  /** The delegation's name. */
  readonly name: string
  readonly onWay: (way: Way) => void
  readonly onFile: (file: File | null) => void
  readonly onTaken: (draft: string) => void
}

/** The report of one look at the file, and the button that takes it in. */
function Seen({ to, seat, way, name, file, onWay, onFile, onTaken }: SeenProps) {
  const notify = useNotify()
  const [choice, setChoice] = useState<Choice | null>(null)
  const [taking, setTaking] = useState(false)
  const [refused, setRefused] = useState<Problem | null>(null)
  const send = (differences: Choice | null) =>
    contributions.sendFile(to, file, {
      ...way,
      seat: seat.id,
      delegation: seat.delegation === null ? way.delegation : null,
      differences,
    })
  const look = useAnswer('look', () => send(null))

  const take = async () => {
    setTaking(true)
    const taken = await send(choice ?? 'leave')
    setTaking(false)
    if (!taken.ok) return setRefused(taken.problem)
    const { draft, report } = taken.value
    notify({
      title: report.whole ? 'Attached' : `${countedOrNo(report.changes.length, 'change')} taken in`,
      text: `${file.name} stays attached to the draft.`,
    })
    if (draft !== null) onTaken(draft)
  }

  const report = look.type === 'here' ? look.value.report : null
  const problem = refused ?? (look.type === 'failed' ? look.problem : null)
  const asks = report !== null && report.differences.length > 0
  return (
    <>
      {look.type === 'waiting' && <output className="import-wait">Reading the file …</output>}
      {problem && (
        <div role="alert" className="dialog-problem">
          <ProblemText problem={problem} />
        </div>
      )}
      {problem?.code === 'unknown-edition' && <EditionChoice way={way} onChoose={onWay} />}
      {report && report.proposals.length > 1 && (
        <label className="dialog-field">
          Proposal
          <select
            className="field"
            value={way.text}
            onChange={({ target }) => onWay({ ...way, text: Number(target.value) })}
          >
            {report.proposals.map((proposal, i) => (
              <option key={i} value={i + 1}>
                {i + 1}. {proposal ?? 'without a proposal line'}
              </option>
            ))}
          </select>
        </label>
      )}
      {look.type === 'here' && look.value.before !== null && (
        <p className="import-warning">
          This very file was taken in on {whenOf(look.value.before)} already. Its changes would
          stand in the draft twice.
        </p>
      )}
      {report && <Report report={report} name={name} />}
      {report && asks && <Differences {...{ report, name, choice }} onChoose={setChoice} />}
      <div className="dialog-acts">
        {report && (
          <Button
            kind="primary"
            aria-busy={taking}
            disabled={taking || (asks && choice === null)}
            onClick={() => void take()}
          >
            {taking
              ? 'Taking it in …'
              : report.whole
                ? 'Attach to the draft'
                : `Take in as changes of ${name}`}
          </Button>
        )}
        <Button onClick={() => onFile(null)}>Another file</Button>
      </div>
    </>
  )
}

function EditionChoice({
  way,
  onChoose,
}: {
  readonly way: Way
  readonly onChoose: (way: Way) => void
}) {
  const answer = useAnswer('editions', library.library)
  const editions = answer.type === 'here' ? answer.value.editions : []
  return (
    <label className="dialog-field">
      It amends
      <select
        className="field"
        value={way.edition ?? ''}
        onChange={({ target }) => onChoose({ ...way, edition: target.value || null })}
      >
        <option value="">choose an edition</option>
        {editions.map((one) => (
          <option key={one.id} value={one.id}>
            {one.name}
          </option>
        ))}
      </select>
    </label>
  )
}
