/** What of a Word file is taken and what is not, for a person to see before and after. */
import type { ImportReport } from '@revmark/shared/wire'
import type { ReactNode } from 'react'
import { counted, countedOrNo } from '../ui/counted.ts'
import { settingWords } from '../ui/setting-words.ts'

/** So many lines of a list are shown; a person does not read more of them here. */
const mostLines = 200

export function Report({ report, name }: { readonly report: ImportReport; readonly name: string }) {
  const { changes, signed, cover, reasons, labels, left, whole } = report
  if (whole) return <Whole whole={whole} report={report} />
  return (
    <>
      <p>
        <strong>{countedOrNo(changes.length, 'marked change')}</strong> of {report.editionName}, to
        be taken as changes of {name}.{signed.length > 0 && ` ${signedBy(signed)}`}
      </p>
      <Part title="Marked changes" count={changes.length}>
        {changes.slice(0, mostLines).map(({ address, inserted, deleted, setting }, i) => (
          <li key={i}>
            <span className="import-place">{address || 'the number line'}</span>{' '}
            {deleted && <del>{cut(deleted)}</del>} {inserted && <ins>{cut(inserted)}</ins>}
            {setting && (
              <>
                {settingWords(setting.property, setting.value, setting.former)}: {cut(setting.text)}
              </>
            )}
          </li>
        ))}
      </Part>
      <Part title="Counted otherwise than the file says" count={labels.length}>
        {labels.slice(0, mostLines).map(({ paragraph, file, draft }) => (
          <li key={paragraph}>
            <span className="import-place">paragraph {paragraph}</span> {file ?? 'no label'} in the
            file, {draft ?? 'none'} in the draft
          </li>
        ))}
      </Part>
      <Part title="Not taken, in the attached file only" count={left.length} open>
        {left.slice(0, mostLines).map(({ paragraph, words, what }, i) => (
          <li key={i}>
            <span className="import-place">paragraph {paragraph}</span> {what}
            {words && <>, at “{words}”</>}
          </li>
        ))}
      </Part>
      {(cover.length > 0 || reasons !== '') && (
        <Part title="Cover and reasons, in the attached file" count={cover.length}>
          {cover.map((line, i) => (
            <li key={i}>{line}</li>
          ))}
          {reasons && <li>Reasons: {reasons}</li>}
        </Part>
      )}
    </>
  )
}

/** A proposal that is of a text as a whole: there is nothing in it to be taken. */
function Whole({
  whole: { symbol, identifier, text },
  report: { editionName, reasons },
}: {
  readonly whole: NonNullable<ImportReport['whole']>
  readonly report: ImportReport
}) {
  const does = symbol.startsWith('ADD')
    ? 'proposes a new text, which amends none'
    : symbol.startsWith('SUP')
      ? `proposes to suppress ${editionName} as a whole`
      : `proposes to leave ${editionName} as it is`
  return (
    <>
      <p>
        <strong>
          {symbol} {identifier}
        </strong>{' '}
        {does}. There are no changes in it to be taken in: the draft stays as it is, and the file
        stays attached to it.
      </p>
      <Part title="The text of the proposal" count={text.length}>
        {text.slice(0, mostLines).map((line, i) => (
          <li key={i}>{line}</li>
        ))}
        {reasons && <li>Reasons: {reasons}</li>}
      </Part>
    </>
  )
}

/** Where the file differs without a mark, and the question what becomes of that. */
export function Differences({
  report: { differences, editionName },
  name,
  choice,
  onChoose,
}: {
  readonly report: ImportReport
  readonly name: string
  readonly choice: 'take' | 'leave' | null
  readonly onChoose: (choice: 'take' | 'leave') => void
}) {
  return (
    <fieldset className="dialog-question">
      <legend>
        The file differs from {editionName} without a mark in{' '}
        {counted(differences.length, 'paragraph')}
      </legend>
      <ul className="import-lines" aria-label="Paragraphs that differ">
        {differences.slice(0, mostLines).map(({ paragraph, edition, file }, i) => (
          <li key={i}>
            <span className="import-place">
              {paragraph === null ? 'missing' : `paragraph ${paragraph}`}
            </span>{' '}
            {edition !== null && <del>{differing(edition, file)}</del>}{' '}
            {file !== null && <ins>{differing(file, edition)}</ins>}
          </li>
        ))}
      </ul>
      <label>
        <input
          type="radio"
          name="differences"
          checked={choice === 'leave'}
          onChange={() => onChoose('leave')}
        />
        Leave them aside: only what is marked is taken
      </label>
      <label>
        <input
          type="radio"
          name="differences"
          checked={choice === 'take'}
          onChange={() => onChoose('take')}
        />
        Take them too, as changes of {name}
      </label>
    </fieldset>
  )
}

function Part({
  title,
  count,
  open = false,
  children,
}: {
  readonly title: string
  readonly count: number
  readonly open?: boolean
  readonly children: ReactNode
}) {
  if (count === 0) return null
  return (
    <details className="import-part" open={open}>
      <summary>
        {title} <span className="import-count">{count}</span>
      </summary>
      <ul className="import-lines">{children}</ul>
    </details>
  )
}

function signedBy(signed: ImportReport['signed']): string {
  const names = [...new Set(signed.map(({ author }) => author ?? 'somebody without a name'))]
  const some = names.slice(0, 5).join(', ')
  return `The file’s marks are signed by ${some}${names.length > 5 ? ' and others' : ''}.`
}

const longest = 160

const cut = (text: string): string =>
  text.length > longest ? `${text.slice(0, longest).trimEnd()} …` : text

/** A text from a little before the first letter that another has otherwise. */
function differing(text: string, other: string | null): string {
  if (other === null) return cut(text)
  let at = 0
  while (at < text.length && text[at] === other[at]) at++
  const from = at < 30 ? 0 : text.lastIndexOf(' ', at - 15) + 1
  return (from > 0 ? '… ' : '') + cut(text.slice(from))
}
