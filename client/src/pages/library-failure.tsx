import { Link } from 'wouter'
import type { Problem } from '../session/index.ts'
import { Message, ProblemText } from '../ui/message.tsx'

/** A page of the library that has nothing to show: why, and the way back. */
export const NotInLibrary = ({
  title,
  problem,
}: {
  readonly title: string
  readonly problem: Problem
}) => (
  <Message
    title={title}
    actions={
      <Link className="button" href="/library">
        Library
      </Link>
    }
  >
    <ProblemText problem={problem} />
  </Message>
)
