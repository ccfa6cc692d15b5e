import { proposalSymbols } from '@revmark/shared/wire'
import type { WordExport } from '@revmark/shared/wire'
import { useState } from 'react'
import type { ReactNode } from 'react'
import { api } from '../session/index.ts'
import type { Copy, Problem } from '../session/index.ts'
import { Button } from '../ui/button.tsx'
import { Dialog } from '../ui/dialog.tsx'
import { ProblemText } from '../ui/message.tsx'
import { saveAs } from './save-as.ts'
import { keepWordChoice, wordChoiceOf } from './word-choice.ts'
import type { Frame, WordChoice } from './word-choice.ts'

const views: readonly (readonly [WordExport['view'], string])[] = [
  ['marked', 'Marked up, with revision marks'],
  ['clean', 'Clean, as if every pending change were accepted'],
  ['accepted', 'Accepted changes only, without marks'],
  ['base', 'The text in force'],
]

const families: readonly (readonly [WordExport['family'], string])[] = [
  ['wtdc', 'WTDC and PP: Calibri 12'],
  ['wrc', 'WRC: Times New Roman 12'],
  ['wtsa', 'WTSA: Times New Roman 11'],
]

const numberLines: readonly (readonly [WordExport['numberLine'], string])[] = [
  ['published', 'RESOLUTION 45 (Rev. Dubai, 2014)'],
  ['capitals', 'RESOLUTION 45 (REV. DUBAI, 2014)'],
]

const lines: readonly (readonly [Exclude<keyof Frame, 'symbol'>, string, 'line' | 'words'])[] = [
  ['conference', 'Conference', 'line'],
  ['placeAndDates', 'Place and dates', 'line'],
  ['body', 'Body', 'line'],
  ['addendum', 'Addendum, as “Addendum 3 to”', 'line'],
  ['document', 'Document, as “Document WTDC-17/24-E”', 'line'],
  ['date', 'Date', 'line'],
  ['original', 'Language, as “Original: English”', 'line'],
  ['source', 'Source', 'line'],
  ['title', 'Title', 'line'],
  ['agendaItem', 'Agenda item', 'line'],
  ['priorityArea', 'Priority area', 'words'],
  ['summary', 'Summary', 'words'],
  ['expectedResults', 'Expected results', 'words'],
  ['references', 'References', 'words'],
  ['identifier', 'Identifier, as “B/24/1”', 'line'],
  ['reasons', 'Reasons', 'words'],
]

/** What goes into a Word file of the draft, remembered for the next one; and the proof of the last. */
export function WordDialog({
  copy,
  onClose,
}: {
  readonly copy: Copy
  readonly onClose: () => void
}) {
  const { draft, seat } = copy
  const [choice, setChoice] = useState<WordChoice>(() => wordChoiceOf(draft))
  const [busy, setBusy] = useState(false)
  const [made, setMade] = useState<{ readonly name: string; readonly proof: string } | null>(null)
  const [problem, setProblem] = useState<Problem | null>(null)

  const { wanted, frame } = choice
  const choose = (change: Partial<WordExport>) =>
    setChoice({ ...choice, wanted: { ...wanted, ...change } })
  const fill = (change: Partial<Frame>) => {
    const filled = { ...frame, ...change }
    setChoice({ frame: filled, wanted: { ...wanted, frame: filled } })
  }
  const download = async () => {
    setBusy(true)
    keepWordChoice(draft, choice)
    const file = await api.exportWord(draft.id, seat.id, wanted)
    setBusy(false)
    setProblem(file.ok ? null : file.problem)
    setMade(file.ok ? { name: file.value.name, proof: file.value.proof ?? '' } : null)
    if (file.ok) saveAs(file.value.name, file.value.blob)
  }
  const some = Array.isArray(wanted.changes) ? wanted.changes : []
  const whose = typeof wanted.changes === 'string' ? wanted.changes : 'some'
  const isEmpty = whose === 'some' && some.length === 0

  return (
    <Dialog title="Word file of this draft" onClose={onClose}>
      <Choice
        label="Text"
        value={wanted.view}
        options={views}
        onChange={(view) => choose({ view })}
      />
      {wanted.view === 'marked' && (
        <Choice
          label="Marks"
          value={whose}
          options={[
            ['all', 'of all changes'],
            ['accepted', 'of changes accepted or in brackets'],
            ['some', 'of the delegations chosen here'],
          ]}
          onChange={(next) => choose({ changes: next === 'some' ? [] : next })}
        />
      )}
      {wanted.view === 'marked' && whose === 'some' && (
        <fieldset className="dialog-question">
          <legend>Delegations whose changes are in the file</legend>
          {draft.delegations.map(({ code, name }) => (
            <label key={code}>
              <input
                type="checkbox"
                checked={some.includes(code)}
                onChange={({ target: { checked } }) =>
                  choose({
                    changes: checked ? [...some, code] : some.filter((each) => each !== code),
                  })
                }
              />
              {name}
            </label>
          ))}
        </fieldset>
      )}
      <Choice
        label="Template"
        value={wanted.family}
        options={families}
        onChange={(family) => choose({ family })}
      />
      <Choice
        label="Number line"
        value={wanted.numberLine}
        options={numberLines}
        onChange={(numberLine) => choose({ numberLine })}
      />
      <Choice
        label="Persons"
        value={wanted.persons}
        options={[
          ['unnamed', 'Delegations only'],
          [
            'named',
            wanted.view === 'marked' && wanted.comments === 'changes'
              ? 'Named in the file’s properties and comments'
              : 'Named in the file’s properties',
          ],
        ]}
        onChange={(persons) => choose({ persons })}
      />
      {wanted.view === 'marked' && (
        <Choice
          label="Comments"
          value={wanted.comments}
          options={[
            ['none', 'None, as ITU asks of a contribution'],
            ['changes', 'Further proposers, notes of decisions'],
          ]}
          onChange={(comments) => choose({ comments })}
        />
      )}
      {/* No line ends at the hyphens of the example. */}
      <Field label={`Page header, as “WTDC\u201117/24(Add.3)\u2011E”`}>
        <input
          className="field"
          value={wanted.header}
          onChange={({ target }) => choose({ header: target.value })}
        />
      </Field>
      <label className="dialog-field">
        <input
          type="checkbox"
          checked={wanted.frame !== null}
          onChange={({ target }) => choose({ frame: target.checked ? frame : null })}
        />
        As a contribution, with cover, proposal and reasons
      </label>
      {wanted.frame !== null && (
        <fieldset className="dialog-question">
          <legend>Contribution; what is empty is left out</legend>
          <Choice
            label="Proposal"
            value={frame.symbol}
            options={proposalSymbols.map((symbol) => [symbol, symbol] as const)}
            onChange={(symbol) => fill({ symbol })}
          />
          {lines.map(([name, label, sort]) => (
            <Field key={name} label={label}>
              {sort === 'line' ? (
                <input
                  className="field"
                  value={frame[name]}
                  onChange={({ target }) => fill({ [name]: target.value })}
                />
              ) : (
                <textarea
                  className="field"
                  rows={2}
                  value={frame[name]}
                  onChange={({ target }) => fill({ [name]: target.value })}
                />
              )}
            </Field>
          ))}
        </fieldset>
      )}
      {problem && (
        <div role="alert" className="dialog-problem">
          <ProblemText problem={problem} />
        </div>
      )}
      {made && (
        <output className="word-proof">
          <strong>{made.name} is proved</strong> and in your downloads. Read again, it says what the
          draft says:
          {made.proof.split(', ').map((hash) => (
            <code key={hash}>{hash.replace('=', ' ')}</code>
          ))}
        </output>
      )}
      {wanted.view === 'marked' && (
        <details className="import-part">
          <summary>What a Word file cannot hold</summary>
          <ul className="import-lines">
            <li>Decisions: changes that are accepted are marks like the others.</li>
            <li>Words that are rejected or withdrawn: they are not in it.</li>
            <li>Square brackets as such: they are typed, with their holders.</li>
            <li>
              Several who propose one deletion: the first signs, the others stand in its properties.
            </li>
          </ul>
        </details>
      )}
      <div className="dialog-acts">
        <Button
          kind="primary"
          aria-busy={busy}
          disabled={busy || isEmpty}
          onClick={() => void download()}
        >
          {busy ? 'Writing and proving …' : 'Download'}
        </Button>
      </div>
    </Dialog>
  )
}

function Choice<T extends string>({
  label,
  value,
  options,
  onChange,
}: {
  readonly label: string
  readonly value: T
  readonly options: readonly (readonly [T, string])[]
  readonly onChange: (value: T) => void
}) {
  return (
    <Field label={label}>
      <select
        className="field"
        value={value}
        onChange={({ target }) => {
          const found = options.find(([one]) => one === target.value)
          if (found) onChange(found[0])
        }}
      >
        {options.map(([one, name]) => (
          <option key={one} value={one}>
            {name}
          </option>
        ))}
      </select>
    </Field>
  )
}

const Field = ({ label, children }: { readonly label: string; readonly children: ReactNode }) => (
  <label className="word-field">
    <span>{label}</span>
    {children}
  </label>
)
