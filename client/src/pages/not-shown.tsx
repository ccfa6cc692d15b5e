import { Link } from 'wouter'
import type { Problem } from '../session/index.ts'
import { Message, ProblemText } from '../ui/message.tsx'

/** Instead of a page that has nothing to show: why, and the way on. */
export const NotShown = ({
  title,
  problem,
  href = '/',
  to = 'Your meetings',
}: {
  readonly title: string
  readonly problem: Problem
  readonly href?: string
  /** What is at `href`. */
  readonly to?: string
}) => (
  <Message
    title={title}
    actions={
      <Link className="button" href={href}>
        {to}
      </Link>
    }
  >
    <ProblemText problem={problem} />
  </Message>
)
