/** What stands in the place of a draft that could not be opened. */
import { useState } from 'react'
import { Link } from 'wouter'
import { forgetLeft, servicesOf } from '../session/index.ts'
import type { Opened } from '../session/index.ts'
import { Button } from '../ui/button.tsx'
import { CopyWords } from '../ui/copy-words.tsx'
import { counted } from '../ui/counted.ts'
import { Message, ProblemText } from '../ui/message.tsx'
import { OwnWords } from '../ui/own-words.tsx'

type Unopened = Extract<Opened, { type: 'failed' }>

/** Why, and what this device keeps of one's own that the server does not have. */
export function DraftUnopened({
  id,
  seat,
  unopened,
  onRetry,
}: {
  readonly id: string
  readonly seat: string
  readonly unopened: Unopened
  readonly onRetry: () => void
}) {
  const { problem } = unopened
  const [left, setLeft] = useState(unopened.left)
  const forget = async () => {
    await forgetLeft(id, seat, servicesOf(window.location))
    setLeft(null)
  }
  return (
    <Message
      title="The draft could not be opened"
      actions={
        <>
          <Button onClick={onRetry}>Try again</Button>
          <Link className="button" data-kind="quiet" href="/">
            Your meetings
          </Link>
        </>
      }
    >
      <ProblemText problem={problem} />
      {left && (
        <section className="kept" aria-label="Not sent">
          <p>
            {counted(left.edits, 'change')} that you made here could not be sent. This device keeps
            them, and sends them if you open the draft with this seat again.{' '}
            {!left.text && 'They are deletions only.'}
          </p>
          {left.text && <OwnWords words={left.text} rows={4} />}
          <div className="actions">
            {left.text && <CopyWords words={left.text} />}
            <Button kind="quiet" onClick={() => void forget()}>
              Remove them from this device
            </Button>
          </div>
        </section>
      )}
    </Message>
  )
}
