import type { Refused } from '../session/index.ts'
import { Button } from '../ui/button.tsx'
import { CopyWords } from '../ui/copy-words.tsx'
import { OwnWords } from '../ui/own-words.tsx'

/** Edits that the server would not take: why, and one's own words, to be copied. */
export function RefusedEdits({
  refused,
  onDismiss,
}: {
  readonly refused: readonly Refused[]
  readonly onDismiss: () => void
}) {
  const edits = refused.reduce((sum, one) => sum + one.edits, 0)
  const text = refused
    .map((one) => one.text)
    .filter(Boolean)
    .join('\n')
  const reason = refused.at(-1)?.message ?? ''
  return (
    <div className="notice-bar" data-tone="bad" role="alert">
      <div>
        <strong>
          {edits === 1 ? 'Your last change was' : `Your last ${edits} changes were`} not accepted.
        </strong>{' '}
        {reason} The draft has been loaded anew; everything saved before is there.{' '}
        {!text && 'You had deleted only; do it again if it is still wanted.'}
      </div>
      {text && <OwnWords words={text} />}
      <div className="notice-bar-acts">
        {text && <CopyWords words={text} />}
        <Button kind="quiet" onClick={onDismiss}>
          Dismiss
        </Button>
      </div>
    </div>
  )
}
